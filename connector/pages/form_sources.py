"""Where a team says that a number comes from: the first words are read, the rest is for the administrator."""

import re

from mappings.indicators import SourceKind

_WAYS = (
    (
        SourceKind.JQL_COUNT,
        r"(?:wir zählen|zählen wir|zählung|gezählt|anzahl)\s+(?:in|aus|über)\s+jira|jira\b|zählung in|jira-zählung"
        r"|(?:a |we )?count(?:ed)?\s+(?:in|from)\s+jira|jira count",
    ),
    (
        SourceKind.PUSHED,
        r"(?:sie )?(?:wird|werden|kommt|kommen)\s+(?:(?:uns|automatisch|regelmäßig|wöchentlich)\s+)*(?:geschickt"
        r"|gesendet|übermittelt|gepusht)|geschickt|gesendet|(?:it )?(?:is|gets|are|will be)\s+"
        r"(?:(?:automatically|regularly)\s+)?(?:sent|pushed)|sent\b|pushed\b",
    ),
    (
        SourceKind.CSV,
        r"(?:aus|in|steht in)\s+(?:einer|der|unserer)\s+(?:csv-?)?datei|csv\b|(?:from|in)\s+(?:a|the|our)"
        r"\s+(?:csv )?file",
    ),
    (
        SourceKind.HTTP_JSON,
        r"(?:sie )?wird\s+(?:automatisch\s+)?(?:abgerufen|geholt|abgefragt)|abgerufen|(?:it )?is\s+(?:automatically"
        r"\s+)?fetched|fetched\b|wird von .{1,40} abgerufen",
    ),
    (
        SourceKind.OBSERVED,
        r"(?:das |die zahl |sie )?(?:tragen|schreiben|notieren|zählen|schauen|sehen|beobachten|erheben|ermitteln|messen"
        r"|fragen)\s+wir|wir\s+(?:tragen|schreiben|notieren|zählen|schauen|sehen|beobachten|erheben|ermitteln|messen|fragen)"
        r"|(?:wird )?(?:selbst|von uns|von hand|händisch|manuell)\b|wird eingetragen|eintragen\b|im review\b|review\b"
        r"|we\s+(?:enter|write|note|count|look|observe|watch|measure|ask|will enter|will look)|entered by us"
        r"|by hand\b|manual(?:ly)?\b|ourselves\b|in the review\b|at the review\b",
    ),
)
_DOUBT = re.compile(r"[^,;:(.–—\n]*(?:\?|\b(?:nicht|nie|noch kein\w*|oder|bzw|not|never|or)\b)", re.IGNORECASE)
_KNOWN = tuple((kind, re.compile(rf"\W*(?:{way})", re.IGNORECASE)) for kind, way in _WAYS)


def wish(text: str) -> SourceKind | None:
    """The source that the first words of a cell name, an empty one the team itself; None when they name none."""
    if not text:
        return SourceKind.OBSERVED
    if _DOUBT.match(text):
        return None
    return next((kind for kind, way in _KNOWN if way.match(text)), None)
