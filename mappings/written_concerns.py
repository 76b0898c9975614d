"""What a page that a team wrote can leave open."""

from enum import StrEnum

Both = tuple[tuple[str, ...], tuple[str, ...]]  # German and English; in each the message first, then the ways on


class Unclear(StrEnum):
    """A closed list of what a form page can leave open."""

    VALID_FROM = "valid-from"
    STILL_IN_FORCE = "still-in-force"
    SIZE = "size"
    CHECK_IN = "check-in"
    QUIET_WEEKS = "quiet-weeks"
    REVIEW = "review"
    LANGUAGE = "language"
    TITLE = "title"
    COPIED = "copied"
    COPIED_ROW = "copied-row"
    IDENTIFIER = "identifier"
    TOO_LONG = "too-long"
    WAY = "way"
    RETHINK_DAY = "rethink-day"
    RETHINK_WHAT = "rethink-what"
    OUTPUT = "output"
    ALL_LATE = "all-late"
    KIND = "kind"
    TODAY = "today"
    TARGET = "target"
    SOURCE = "source"
    NOT_CONNECTED = "not-connected"
    MOVED_BY = "moved-by"
    MOVED_TWICE = "moved-twice"
    DIRECTION = "direction"
    SINCE = "since"
    NO_DELIVERY = "no-delivery"
