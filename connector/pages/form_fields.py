"""The questions of the forms that teams and leadership fill: drawn by the templates, known again by the readers."""

from collections.abc import Iterator
from enum import StrEnum

from connector.pages.given import begins, plain
from connector.pages.questions import DE, EN
from mappings.okr import Language


class Sheet(StrEnum):
    """A kind of table on a form; the value is also the ref of the team region it is made in."""

    CARRIED = "carried"
    RHYTHM = "rhythm"
    OBJECTIVE = "objective"
    KEY_RESULT = "key-result"
    INDICATORS = "indicators"  # stands in the region of its key result
    STRATEGY = "strategy"


class Field(StrEnum):
    """What a row, or a column of indicators, asks for."""

    CARRIED = "carried"
    VALID_FROM = "valid-from"
    SIZE = "size"
    CHECK_IN = "check-in"
    QUIET_WEEKS = "quiet-weeks"
    REVIEW = "review"
    FACILITATES = "facilitates"
    LANGUAGE = "language"
    SUPPORT = "support"
    TITLE = "title"
    IDENTIFIER = "identifier"
    CONTRIBUTES = "contributes"
    DEPENDS = "depends"
    UNKNOWNS = "unknowns"
    NOT_DOING = "not-doing"
    SHORT_NAME = "short-name"
    WHO = "who"
    DOES = "does"
    WAY = "way"
    BECAUSE = "because"
    RETHINK = "rethink"
    NOTICED = "noticed"
    KIND = "kind"
    TODAY = "today"
    TARGET = "target"
    SOURCE = "source"
    MOVED_BY = "moved-by"
    PURPOSE = "purpose"
    VISION = "vision"
    MOAL = "moal"
    PICTURE = "picture"
    UNTIL = "until"
    FRAME = "frame"


_IDENTIFIER = {DE: "Kennung (füllen wir)", EN: "Identifier (we fill this in)"}
HEADS: dict[Sheet, dict[Field, dict[Language, str]]] = {
    Sheet.CARRIED: {
        Field.CARRIED: {DE: "Was davon nehmen wir mit?", EN: "What of this do we take with us?"},
    },
    Sheet.RHYTHM: {
        Field.VALID_FROM: {DE: "Gilt ab (leer: wir planen noch)", EN: "Valid from (empty: we are still planning)"},
        Field.SIZE: {DE: "Wie viele sind wir?", EN: "How many are we?"},
        Field.CHECK_IN: {DE: "Unser Check-in", EN: "Our check-in"},
        Field.QUIET_WEEKS: {DE: "Ruhige Wochen", EN: "Quiet weeks"},
        Field.REVIEW: {DE: "Unser Review", EN: "Our review"},
        Field.FACILITATES: {DE: "Wer moderiert? (eine Rolle, keine Namen)", EN: "Who facilitates? (a role, no names)"},
        Field.LANGUAGE: {DE: "Sprache unserer Seiten", EN: "Language of our pages"},
        Field.SUPPORT: {
            DE: "Möchten wir Unterstützung, und wobei?",
            EN: "Would we like support, and with what?",
        },
    },
    Sheet.OBJECTIVE: {
        Field.TITLE: {
            DE: "Was ist am Ende anders? (ein Satz, ohne Zahl)",
            EN: "What is different in the end? (one sentence, without a number)",
        },
        Field.IDENTIFIER: _IDENTIFIER,
        Field.CONTRIBUTES: {
            DE: "Zahlt ein auf (Moal oder Link auf ein anderes Objective)",
            EN: "Contributes to (Moal, or a link to another objective)",
        },
        Field.DEPENDS: {DE: "Dafür brauchen wir (Teams)", EN: "For this we need (teams)"},
        Field.UNKNOWNS: {DE: "Was wir nicht wissen", EN: "What we do not know"},
        Field.NOT_DOING: {DE: "Was wir in diesem Zyklus nicht tun", EN: "What we are not doing in this cycle"},
    },
    Sheet.KEY_RESULT: {
        Field.SHORT_NAME: {DE: "Kurzname", EN: "Short name"},
        Field.IDENTIFIER: _IDENTIFIER,
        Field.WHO: {DE: "Wer?", EN: "Who?"},
        Field.DOES: {DE: "tut was?", EN: "does what?"},
        Field.WAY: {
            DE: "Von wo nach wo? („unbekannt“ ist eine Antwort)",
            EN: "From where to where? (“unknown” is an answer)",
        },
        Field.BECAUSE: {DE: "Was probieren wir dafür?", EN: "What are we trying for this?"},
        Field.RETHINK: {DE: "Wann denken wir neu nach?", EN: "When do we think again?"},
    },
    Sheet.INDICATORS: {
        Field.NOTICED: {DE: "Woran merken wir es?", EN: "How do we notice it?"},
        Field.IDENTIFIER: {DE: "Kennung", EN: "Identifier"},
        Field.KIND: {DE: "Früh oder spät?", EN: "Early or late?"},
        Field.TODAY: {DE: "Heute", EN: "Today"},
        Field.TARGET: {DE: "Ziel", EN: "Target"},
        Field.SOURCE: {DE: "Woher kommt die Zahl?", EN: "Where does the number come from?"},
        Field.MOVED_BY: {DE: "Was soll das bewegen, und wohin?", EN: "What is to move this, and which way?"},
    },
    Sheet.STRATEGY: {
        Field.PURPOSE: {DE: "Purpose", EN: "Purpose"},
        Field.VISION: {DE: "Vision", EN: "Vision"},
        Field.MOAL: {DE: "Moal (ein Satz, ohne Zahl)", EN: "Moal (one sentence, without a number)"},
        Field.PICTURE: {DE: "Das Bild dazu", EN: "The picture to it"},
        Field.UNTIL: {DE: "Bis wann?", EN: "Until when?"},
        Field.FRAME: {DE: "Was wir als Führung ermöglichen", EN: "What we as leadership make possible"},
    },
}


def head(sheet: Sheet, field: Field, language: Language) -> str:
    """The question as it is drawn."""
    return HEADS[sheet][field][language]


def short_head(sheet: Sheet, field: Field, language: Language) -> str:
    """The question without its remark in brackets, to name a place on the page."""
    return head(sheet, field, language).partition(" (")[0]


def field_in(sheet: Sheet, written: str) -> tuple[Field, Language] | None:
    """Which question of a table a head is, in either language; its beginning is enough, the longest one counts."""
    said = plain(written)
    return next((known for begin, known in _BEGINNINGS[sheet] if begins(said, begin)), None)


def _beginnings(sheet: Sheet) -> Iterator[tuple[str, tuple[Field, Language]]]:
    for field, texts in HEADS[sheet].items():
        for language, text in texts.items():
            first = text.partition("?")[0].partition(" (")[0].partition(",")[0]
            yield plain(first), (field, language)


_BEGINNINGS = {sheet: sorted(_beginnings(sheet), key=lambda known: -len(known[0])) for sheet in Sheet}
