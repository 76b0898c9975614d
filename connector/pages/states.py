"""The five words for a state of an assumption, and „wie letztes Mal“, as people begin an answer with them."""

import re

from connector.pages.questions import STATES
from mappings.okr import HypothesisState

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STATE_OF = {word.translate(_UMLAUTS): state for state, names in STATES.items() for word in names.values()}
_WORD = r"[^\W\d_]+"
_STILL = (  # says since when, not what
    r"(?:(?:immer noch|noch immer|nach wie vor|noch|weiter|weiterhin|wieder|jetzt|nun|diesmal|aktuell|derzeit"
    r"|unverändert|still|now|again|currently|this time|unchanged)[\s,:]+)*"
)
_NAMED = (
    r"(?:(?:(?:unsere|die|our|the) )?(?:annahme|hypothese|assumption|hypothesis|stand|zustand|status|state)"
    r" ?[:=][\W\d_]*)?"
)
_FIRST = re.compile(rf"[\W\d_]*{_NAMED}{_STILL}(?P<word>{_WORD})(?P<rest>.*)\Z", re.IGNORECASE | re.DOTALL)
_SECOND = re.compile(
    rf"(?:[\s/|+&,;.·•=>→⇒–—-]|\b(?:oder|or|bis|to|und|and|bzw|resp|vs)\b)+(?P<word>{_WORD})",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*,\s")  # „unklar, offen ist auch der Brief“ says one state and goes on
_GOES_ON = re.compile(r"\s+(?:ist|sind|war|waren|bleibt|bleiben|is|are|was|were|remains?)\b", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\s*(?:\(?[?❓❔⁉]|(?:nicht|kaum|not|hardly)\b(?!\s+(?:nur|only))|,?\s*(?:wäre|waere|würde|wuerde|would)\b)"
    r"|[\s:=,–—-]*(?:ja\s?/\s?)?(?:nein|nee|nö|no(?=\W*\Z))\b"
    r"|,?\s*(?:oder|or)\b(?:\s+(?:auch|vielleicht|maybe))*\s*(?:nicht|not|\?)"
    r"|\s*(?:mit|with)\s(?:(?:einem|großem|a|big)\s)*(?:fragezeichen|question mark)"
    r"|,?\s*(?:wenn(?! auch| man| überhaupt)|falls|sofern|sobald|unless|if(?! anything| you| any))\b"
    r"|\s+(?:ist|sind|war|wird|werden|wurden?|kann|können|trifft|haben|hat|it|is|was|will|can)\b[^.,;:\n]*"
    r"\b(?:nicht|nichts|nie|kein\w*|erst|übertrieben|not|nothing|never)\b",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"[☐□◻⬜▢]|\[\s*\]|\(\s+\)")  # of boxes to tick only a person can tell which word is whose
_CROSSED = re.compile(r"\s*[❌❎✗✘✖🚫⛔¬]")
_A_SENTENCE = re.compile(  # the word is not the answer, it only begins one
    r"\s+(?:ist|sind|war|waren|bleibt|bleiben|wird|werden|wurden?|haben?|hat|gesagt|gestanden"
    r"|und ehrlich|fragen?|punkte?|is|are|was|were|remains?|has|have|questions?|points?|issues?|the|an?|our|this|these"
    r"|two|three)\b"
    r"|\s*:?\s*(?:wer|was|wie|wo|wann|ob|who|what|how|whether)\b[^\n]*\?",
    re.IGNORECASE,
)
_LATER = re.compile(  # another word further on, said of now or of some
    rf"(?:\b(?:jetzt|nun|inzwischen|mittlerweile|heute|diese woche|dann|danach|seither|seitdem|seit \w+|eher"
    rf"|tendenz(?:iell)?(?:\s(?:zu|richtung))?|leaning(?:\s(?:to|towards?))?|nein,?|sorry,?|now|today|this week"
    rf"|meanwhile|then|rather)\s+(?:(?:aber|eher|wieder|doch|but|again)\s+)*|\n(?:[^\n:]{{1,40}}:)?[\W\d_]*)"
    rf"(?P<word>{_WORD})",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    rf"(?:[,;/|+&)]|\b(?:und|and|aber|but)\b)+\s*(?:(?:aber|und|but|and)\s+)?(?P<word>{_WORD})"
    r"(?=\s*(?:\Z|[(.!,;:\n]|(?:bei|für|in|im|am|auf|nach|beim|for|with|among|at|on)\b))",
    re.IGNORECASE,
)
_ORDINARY = frozenset({HypothesisState.OPEN})  # words of which a later line may well begin
_COMPOUND = re.compile(r"-[^\W\d_]")

_AS_LAST = re.compile(
    r"\W*(?:(?:genau|so|ebenso|exactly)\s+)?(?:"
    r"wie (?:(?:beim|das)\s+)?(?:letzte[sn]? (?:mal|woche|check-?in)|vorige[sn]? (?:mal|woche)|zuletzt|gehabt)"
    r"|unverändert|unveraendert|gleich wie (?:letztes mal|zuletzt)"
    r"|(?:the )?same as (?:last (?:time|week|check-in)|before)|(?:as|like) (?:last (?:time|week)|before)|unchanged)"
    r"(?!\w)(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NOT_QUITE = re.compile(
    r"[0-9+±?]|^\s*[-–]\s*\Z|\b(?:aber|nur|jedoch|fast|außer|nicht|plus|minus|mehr|weniger|höher|niedriger|besser"
    r"|schlechter|etwas|bisschen|oder|eins|but|only|almost|except|not|more|less|higher|lower|better|worse|slightly|bit|or|up|down"
    r"|one)\b",
    re.IGNORECASE,
)


def state(answer: str) -> HypothesisState | None:
    """The state that an answer begins with; None when it begins with none, with two, or takes it back."""
    match = _FIRST.match(answer)
    first = _known(match["word"]) if match else None
    if match is None or first is None:
        return None
    rest = match["rest"]
    if first in _ORDINARY and _A_SENTENCE.match(rest):
        return None
    if _UNTICKED.search(answer) or (first is not HypothesisState.DISCARDED and _CROSSED.match(answer)):
        return None
    if _TAKEN_BACK.match(rest) or _COMPOUND.match(rest) or _says_another(first, rest):
        return None
    second = _SECOND.match(rest)
    other = _known(second["word"]) if second else None
    if second is None or other in (None, first):
        return first
    goes_on = _ASIDE.match(rest) and _GOES_ON.match(rest, second.end())
    return first if goes_on else None


def _says_another(first: HypothesisState, rest: str) -> bool:
    """Whether a later word tells another state, of now, of some of the people or on a line of its own."""
    for match in (*_LATER.finditer(rest), *_OF_OTHERS.finditer(rest)):
        other = _known(match["word"])
        aside = "\n" in match[0] and (other in _ORDINARY or _GOES_ON.match(rest, match.end()))
        if other not in (None, first) and not aside:
            return True
    return False


def as_last(answer: str) -> bool:
    """Whether an answer is „wie letztes Mal“ and nothing that makes it another one."""
    match = _AS_LAST.match(answer)
    if match is None:
        return False
    rest = match["rest"]
    return not _NOT_QUITE.search(rest) and not any(_known(word) for word in re.findall(_WORD, rest))


def _known(word: str) -> HypothesisState | None:
    return _STATE_OF.get(word.casefold().translate(_UMLAUTS))
