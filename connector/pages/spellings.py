"""How people write round a number: what may stand before it, what may follow, and what makes it another one."""

import re

from connector.pages.questions import NO_DATA
from mappings.okr import Language

_COUNTED = (
    ("null", "zero"),
    ("eins", "one"),
    ("zwei", "two"),
    ("drei", "three"),
    ("vier", "four"),
    ("fünf", "fuenf", "five"),
    ("sechs", "six"),
    ("sieben", "seven"),
    ("acht", "eight"),
    ("neun", "nine"),
    ("zehn", "ten"),
    ("elf", "eleven"),
    ("zwölf", "zwoelf", "twelve"),
)
SPOKEN = {word: value for value, words in enumerate(_COUNTED) for word in words}
_WORD = rf"(?:{'|'.join(SPOKEN)})(?![\w-])"
_FIGURES = r"(?:[0-9]{1,3}(?:[.,’' ][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
NUMBER = rf"(?:{_FIGURES}|{_WORD})"

_ABOUT = (
    r"(?:(?:ca|approx)\b\.?|[~≈=]|(?:circa|etwa|ungefähr|rund|knapp|gut|genau|exakt|nur|wieder|weiter|weiterhin|immer"
    r"|noch|unverändert|jetzt|nun|aktuell|derzeit|diesmal|heute|bei|insgesamt|gesamt|wert|stand|zahl|ergebnis|summe"
    r"|(?:wir sind|bleibt|liegt) bei|(?:es )?sind(?: es)?|about|approximately|roughly|around|exactly|only|again|still"
    r"|now|currently|today|unchanged|at|value|result|total|in total|we are at|it is|stays at)\b)"
)
HEAD = re.compile(
    rf"(?:{_ABOUT}(?:\s*:)?\s*)*(?P<sign>[-−]?)(?P<number>{NUMBER})(?P<tail>.*)\Z", re.DOTALL | re.IGNORECASE
)
SURE = re.compile(  # before the number in the answer about our confidence
    r"(?:(?:unsere |our )?(?:zuversicht|confidence)\s*(?:ist|is|[:=])?\s*)?"
    r"(?:(?:eine|ein|an|a)\s(?:(?:gute|solide|klare|good|solid|clear)\s)?(?=[0-9]|[a-zäöü]+\b))?",
    re.IGNORECASE,
)
OUT_OF = re.compile(
    r"\s*(?:(?:[^\W\d_]+ ){0,2}(?:von|v\.?|of|out of|aus|der|unserer)\s(?:den |the |unseren |our )?|(?P<slash>/)\s*)"
    rf"(?P<whole>{NUMBER})(?P<tail>.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
AS_PERCENT = re.compile(rf"\s*[=≈]\s*(?:ca\.?\s*)?{_FIGURES}\s*(?:%|prozent\b|percent\b)", re.IGNORECASE)
OF_SOMETHING = re.compile(rf"\s(?:von|of|out of|aus|der|aller)\s(?:den |the )?(?:{_FIGURES})?[^,;:\n]*")

_SMALLER = (
    r"drittel\w*|viertel\w*|fünftel|sechstel|siebtel|achtel|neuntel|zehntel|hälfte|halb\w*|einhalb|thirds?|quarters?"
    r"|fifths?|sixths?|eighths?|tenths?|half|halves|komma|point"
)
_LARGER = (
    r"k|teur|tsd|tausend|thousand|mio|mrd|million\w*|milliard\w*|billion\w*|dutzend|dozen|hundert|hundred"
    r"|m|mal|times|x"
)
_ANOTHER = (
    r"bis|oder|und|to|or|and|bzw|beziehungsweise|resp|sowie|plus|minus|prozent-?\s?punkte?|p\.?\s?p|percentage points?"
)
OTHERWISE = re.compile(
    rf"\s*(?:[-–—,;]\s*)?(?:[0-9+*×^±]|%\s?-?\s?(?:punkte?|points?|pkte?|pts?)\b|(?:{_ANOTHER})\b)"
    rf"|\s*(?:(?:{_SMALLER}|{_LARGER})\b|[tkm]€|-?\s?ish\b|in\s+{NUMBER}\s*(?:\Z|[.,;!(]))"
    rf"|\s*[-–—,;/\n]\s*(?:eine?\s|an?\s)?{_WORD}\s*(?:\Z|[.,;!)\n])|\s*\(?\?",
    re.IGNORECASE,
)
BOUND = re.compile(r"[^,;:.–—\n]*\b(?:mindestens|höchstens|maximal|aufwärts|at least|at most|or so)\b", re.IGNORECASE)
HEDGE = re.compile(
    r"\b(?:(?:eher|vielleicht|eventuell|womöglich|oder|rather|maybe|perhaps|possibly|more like|or|statt|instead of)\s"
    r"|(?:nein|sorry|korrektur|korrigiert|bereinigt|richtig(?: ist| wäre)?|no|actually|corrected)[\s,:]+(?:auf |to )?"
    r")\s*"
    rf"(?:auch |an? |eine? )?{NUMBER}",
    re.IGNORECASE,
)
_BEFORE = (
    r"(?:vorher|zuvor|davor|vormals|bisher|vorwoche|(?:letzte|vorige|vergangene)[rns]?\s+(?:woche|mal)|before|previously"
    r"|(?:last|previous)\s+(?:week|time))"
)
BEFORE = re.compile(rf"\s*[(,;–—-]?\s*(?:in der |von |aus |from )?{_BEFORE}\s*(?:\Z|[).,;!\n])", re.IGNORECASE)
_OF_THESE = rf"(?:davon|darunter|of which|of those|of them|including|incl\.?|inkl\.?|{_BEFORE})"
LEADING_ASIDE = re.compile(r"\s*\((?P<said>[^()]*)\)")
NOT_A_READING = re.compile(
    r"\W*(?:ziel(?:wert|bereich)?|soll|plan|start(?:wert)?|target|goal|baseline)\W*", re.IGNORECASE
)
REMARK = re.compile(r"\s*(?:\(|[,;:–—.\n]\s*[^\W\d_]|-\s+[^\W\d_])")
REMARK_ON_THINGS = re.compile(rf"(?:\s+[^\W\d_]+){{1,2}}\s*(?:\(|[,;–—]\s*{_OF_THESE}\b)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_ANOTHER_SHARE = re.compile(
    r"(?:\A|[,;.\n–—(])(?P<said>[^,;.\n–—]*)(?<![0-9.,])[0-9]+(?:[.,][0-9]+)?\s?(?:%|prozent\b)(?P<then>[^,;.\n–—]*)",
    re.I,
)
_NOT_NOW = re.compile(
    rf"\b(?:{_BEFORE}|kw|start|ziel\w*|woche|week|start\w*|target|goal|baseline|{_OF_THESE}|[0-9]{{4}})\b",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"[^(,;:.–—\n]*\b(?:mehr|weniger|höher|niedriger|besser|schlechter|gestiegen|gesunken|gefallen|dazu|hinzu"
    r"|zusätzlich\w*|weitere\w*|gegenüber|verglichen|im vergleich|schneller|langsamer|länger|kürzer|früher|später"
    r"|größer|kleiner|more|less|fewer|higher|lower|better|worse|up|down|faster|slower|longer|shorter|earlier|later|larger"
    r"|smaller|additional|extra|further|compared|than|vs)\b",
    re.IGNORECASE,
)
PER = re.compile(
    r"[^(,;:.–—\n]*?(?:\b(?:pro|je|per|every|each|am|im|a|an)\s|/\s?)(tag|day|monat|month|stunde|hour|jahr|year|quartal|quarter)"
    r"|[^(,;:.–—\n]*?\b(täglich|tgl|monatlich|mtl|daily|monthly|hourly)\b",
    re.IGNORECASE,
)
LONGER = re.compile(  # more than the one week that is asked for
    r"[^,;:.–—\n]*?\b(?:kumuliert|kumulativ|aufgelaufen|cumulative(?:ly)?|ytd)\b"
    rf"|[^,;:.–—\n]*?\b(?:in|über|innerhalb von|over|within)\s(?:den |the )?(?:letzten |last )?(?:{NUMBER}\s)?"
    r"(?:wochen|tagen|monaten|weeks|days|months)\b",
    re.IGNORECASE,
)
_MONTHS = (
    r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|january|february|march|may|june|july|october|december)"
)
_DAY = (
    rf"(?:[0-9]{{1,2}}\.\s?[0-9]{{1,2}}\.(?:[0-9]{{4}}|[0-9]{{2}})?|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|[0-9]{{1,2}}\.?\s{_MONTHS}(?:\s[0-9]{{4}})?)(?![0-9])"
)
DATED = re.compile(rf"\s*[(,;–—-]?\s*(?:(?:am|vom|zum|per|stand|on|as of|from):?\s*)?{_DAY}\s*\)?", re.IGNORECASE)
DATED_BEFORE = re.compile(rf"(?:(?:stand|am|vom|on|as of)\s)?{_DAY}\s*[:–—-]\s+", re.IGNORECASE)
IS_DATE = re.compile(rf"[0-9]{{1,2}}\.\s?[0-9]{{1,2}}\.|[0-9]{{4}}-[0-9]{{2}}-|[0-9]{{1,2}}:[0-9]{{2}}|{_DAY}", re.I)
ORDINAL = re.compile(r"\. ?[^\W\d_]")
NTH = re.compile(rf"\.\s?(?:woche|mal|check|quartal|sprint|monat|tag|versuch|platz|stufe|{_MONTHS})", re.IGNORECASE)

UNKNOWN = re.compile(
    r"(?:(?:noch|leider|diesmal|diese woche|this week|still|sorry)[,:]? )*"
    rf"(?:{NO_DATA[Language.DE]}|{NO_DATA[Language.EN]}|keine (?:zahl|zahlen|angabe|angaben|messung|werte|wert)"
    r"|no (?:numbers?|figures?|readings?|values?)|unbekannt|unknown|nicht (?:bekannt|gemessen|erhoben|erfasst)"
    r"|not (?:known|measured|collected)|k\. ?a\.|n\. ?a\.|n/a"
    r"|wissen wir (?:noch )?nicht|liegt noch nicht vor|fehlt noch"
    r"|we (?:don['’]t|do not) know(?: yet)?)(?!\w)(?P<tail>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
SINCE = re.compile(r"\s(?:seit|since|weil|because|wegen|due to|in kw|für kw|for week)\b[^,;:%()\n]*\Z", re.IGNORECASE)
AFTER_ALL = re.compile(
    r"\b(?:aber|jedoch|nur|ca|etwa|geschätzt|schätzung|but|only|about|yet|guess|estimated?|außer|except)\b.*[0-9]",
    re.I | re.DOTALL,
)

POINTS = re.compile(r"\s*(?:punkte?|pkt\.?|points?)(?!\w)", re.IGNORECASE)
JUST_A_WORD = re.compile(
    r"\s*(?:\Z|[(!.,;:=–—\n→↑↓↗↘-]|(?:weil|wie|aber|da|denn|noch|immer|diesmal|heute|jetzt|insgesamt|für"
    r"|because|but|as|like|since|still|now|today|for)\b)",
    re.IGNORECASE,
)
GRADED = re.compile(r"[-−+]\s*\Z|\s*\(?(?:schul)?note\b", re.IGNORECASE)  # `6-` is a little less than six

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # as written with an East Asian keyboard
_ADDRESS = re.compile(r"\s*https?://\S+")
# Signs of direction stay: an arrow before a number tells a change.
_PICTURES = re.compile("[\u2600-\u2793\u27b0\u27bf\U0001f000-\U0001f7ff\U0001f900-\U0001faff\ufe0e\ufe0f\u20e3]")
_POINT = re.compile(r"^[•·*]\s*")


def names_another_share(tail: str) -> bool:
    """Whether a second percentage stands after the first, which is neither put in brackets nor of another time."""
    rest = _ASIDE.sub(" ", tail)
    return any(not _NOT_NOW.search(found["said"] + found["then"]) for found in _ANOTHER_SHARE.finditer(rest))


def without_ornaments(text: str) -> str:
    """The text without addresses, small pictures and the point of a list, which say nothing about a number."""
    bare = _PICTURES.sub("", _ADDRESS.sub("", text)).translate(_WIDE)
    return _POINT.sub("", bare.strip())
