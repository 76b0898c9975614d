"""What can be said about a book or a query: closed lists, and the shape of a message with its ways on."""

from dataclasses import dataclass
from enum import StrEnum

from mappings.okr import Language


class Level(StrEnum):
    """A refusal keeps the book out; a hint is a question, and leaving everything as it is stays possible."""

    REFUSED = "refused"
    HINT = "hint"


class Rule(StrEnum):
    """R1–R14 are the method's; the others are about how a file is written."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R5B = "R5b"
    R6 = "R6"
    R7 = "R7"
    R8 = "R8"
    R9 = "R9"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R14 = "R14"
    YAML = "yaml"
    FILE = "file"
    UNKNOWN_KEY = "unknown-key"
    DUPLICATE_KEY = "duplicate-key"
    MISSING = "missing"
    VALUE = "value"
    REFERENCE = "reference"
    DUPLICATE_ID = "duplicate-id"
    QUERY = "query"


class Concern(StrEnum):
    """Every single thing that a refusal or a hint can be about."""

    # people, figures about work, grades and pay: the method's own
    PERSON_IN_QUERY = "person-in-query"
    SAVED_FILTER = "saved-filter"
    UNREADABLE_FUNCTION = "unreadable-function"
    PERSON_AS_OWNER = "person-as-owner"
    SIZE_AS_LIST = "size-as-list"
    TEAM_TOO_SMALL = "team-too-small"
    PERSONAL_SPACE = "personal-space"
    PERSON_IN_PAYLOAD = "person-in-payload"
    PERSON_IN_REPORT = "person-in-report"
    WORK_KEY = "work-key"
    WORK_IN_COUNT = "work-in-count"
    WORK_IN_SELECTOR = "work-in-selector"
    COUNT_IN_DELIVERY = "count-in-delivery"
    STATE_IN_SELECTOR = "state-in-selector"
    DAILY_BUSINESS = "daily-business"
    SCORE_KEY = "score-key"
    HR_KEY = "hr-key"
    PAY_KEY = "pay-key"
    OUTPUT_WORDING = "output-wording"
    MANY_OBJECTIVES = "many-objectives"
    MANY_KEY_RESULTS = "many-key-results"
    ALL_LAGGING = "all-lagging"
    NO_INDICATOR = "no-indicator"
    NUMBER_IN_MOAL = "number-in-moal"
    HANDED_DOWN = "handed-down"
    NUDGE_KEY = "nudge-key"
    APPROVAL_KEY = "approval-key"
    LOCK_KEY = "lock-key"
    NAME_IN_TEXT = "name-in-text"
    TEAM_LIKE_A_NAME = "team-like-a-name"
    # how a file is written
    NOT_YAML = "not-yaml"
    TAB = "tab"
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    ALIAS = "alias"
    TAG = "tag"
    SEVERAL_DOCUMENTS = "several-documents"
    EMPTY_FILE = "empty-file"
    EMPTY_TABLE = "empty-table"
    TABLE_NOT_UTF8 = "table-not-utf8"
    NOT_A_MAPPING = "not-a-mapping"
    KEY_NOT_TEXT = "key-not-text"
    MERGE_KEY = "merge-key"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSPELT_KEY = "misspelt-key"
    MISSING_KEY = "missing-key"
    STRATEGY_MISSING = "strategy-missing"
    # what a value may be
    TEXT = "text"
    TEXT_LENGTH = "text-length"
    NUMBER = "number"
    WHOLE_NUMBER = "whole-number"
    DAY = "day"
    MONTH = "month"
    WEEK = "week"
    LIST = "list"
    GROUP = "group"
    CHOICE = "choice"
    ID = "id"
    TIMEZONE = "timezone"
    MEETING = "meeting"
    TARGET = "target"
    SELECTOR = "selector"
    SOURCE = "source"
    CSV_PATH = "csv-path"
    METRIC_URL = "metric-url"
    POINTER = "pointer"
    PROJECT = "project"
    SPACE = "space"
    ISSUE_KEY = "issue-key"
    LABEL = "label"
    JIRA_PLACE = "jira-place"
    CYCLE_BACKWARDS = "cycle-backwards"
    UNREADABLE_VALUE = "unreadable-value"
    # how the parts of a book hang together
    DUPLICATE_ID = "duplicate-id"
    SAME_PAGE_TITLE = "same-page-title"
    INDICATOR_CHANGED = "indicator-changed"
    UNKNOWN_CYCLE = "unknown-cycle"
    NO_RUNNING_CYCLE = "no-running-cycle"
    UNKNOWN_OBJECTIVE = "unknown-objective"
    UNKNOWN_INDICATOR = "unknown-indicator"
    UNKNOWN_TEAM = "unknown-team"
    ITSELF = "itself"
    NO_MOAL = "no-moal"
    NO_DELIVERY = "no-delivery"
    RENAMED_TO_EXISTING = "renamed-to-existing"
    REVIEW_OUTSIDE = "review-outside"
    OUTSIDE_CYCLE = "outside-cycle"
    ONLY_FIRST_PAGE = "only-first-page"
    ONLY_FIRST_FRAME = "only-first-frame"
    SOURCES_UNUSED = "sources-unused"
    # how a query is written
    QUERY_SYNTAX = "query-syntax"
    QUERY_EMPTY = "query-empty"
    QUERY_TOO_LONG = "query-too-long"
    QUERY_PROPERTY = "query-property"
    DATE_IN_COUNT = "date-in-count"
    COUNT_WITHOUT_PROJECT = "count-without-project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is left out and the reason in one clause, then at least two ways on, each without an ending stop."""

    message: str
    options: tuple[str, ...]

    def sentence(self, language: Language) -> str:
        """Message and ways on in one line, as a terminal or a page shows them."""
        if language is Language.DE:
            return f"{self.message} Möglich: {' · '.join(self.options)}."
        return f"{self.message} You can {', or '.join(self.options)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One concern in both languages; `{braces}` name what the caller fills in."""

    rule: Rule
    level: Level
    de: Words
    en: Words


def wording(rule: Rule, level: Level, *, de: tuple[str, ...], en: tuple[str, ...]) -> Wording:
    """A table row: in each tuple the message comes first, the ways on follow."""
    return Wording(
        rule=rule,
        level=level,
        de=Words(message=de[0], options=de[1:]),
        en=Words(message=en[0], options=en[1:]),
    )
