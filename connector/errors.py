"""Everything that can go wrong, in one tree.

ConnectorError              has a code, and says what, where, why and two ways on
├── SettingError            a setting is missing or cannot be right          ends the run
├── BookError               the mapping folder cannot be read                ends the run
├── TemporaryError          will pass by itself                              ends the run, the next one goes on
│   ├── SiteUnreachable     no answer, a half one, or the site is busy
│   └── RateLimited         the site asked us to wait
├── PermanentError          needs a person to change something
│   ├── AccessRefused       401 or 403
│   ├── NotFound            404 or 410: gone or hidden
│   ├── RequestRefused      400: the site says our request cannot be done
│   ├── NotOurs             something of somebody else stands in the place
│   └── NotAnAnswer         a page for people where JSON was due
├── VersionConflict         409: somebody was faster; read again and apply again
├── AnswerLost              a write was sent and no answer came: it may have been done
└── UnsafePlan              a plan would retire too much at once
"""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The closed list of what is reported; the only part of an error that is kept."""

    SETTING_MISSING = "setting-missing"
    SETTING_WRONG = "setting-wrong"
    BOOK_REFUSED = "book-refused"
    SITE_UNREACHABLE = "site-unreachable"
    RATE_LIMITED = "rate-limited"
    TOKEN_REFUSED = "token-refused"  # noqa: S105 (a code, no secret)
    PERMISSION_MISSING = "permission-missing"
    NOT_FOUND = "not-found"
    REQUEST_REFUSED = "request-refused"
    NOT_AN_ANSWER = "not-an-answer"
    VERSION_CONFLICT = "version-conflict"
    ANSWER_LOST = "answer-lost"
    UNSAFE_PLAN = "unsafe-plan"
    PROJECT_MISSING = "project-missing"
    ISSUE_TYPE_MISSING = "issue-type-missing"
    LINK_TYPE_MISSING = "link-type-missing"
    SPACE_MISSING = "space-missing"
    TITLE_TAKEN = "title-taken"
    PAGE_UNREADABLE = "page-unreadable"
    UNASSIGNED_REFUSED = "unassigned-refused"
    QUERY_REFUSED = "query-refused"
    CREATE_WAITS = "create-waits"
    TEAM_UNKNOWN = "team-unknown"
    CYCLE_MISSING = "cycle-missing"
    SOURCE_UNREADABLE = "source-unreadable"
    SOURCE_NOT_AGREED = "source-not-agreed"
    AGREEMENT_UNREADABLE = "agreement-unreadable"
    PLAN_CHANGED = "plan-changed"
    STORE_UNUSABLE = "store-unusable"
    LEAVE_LOST = "leave-lost"
    PAGE_IN_USE = "page-in-use"
    NOT_FORESEEN = "not-foreseen"  # a fault of our own


OF_SOURCES = frozenset({Code.SOURCE_UNREADABLE, Code.SOURCE_NOT_AGREED})
"""A source that was not read: its team is served all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a person reads: what is left out, where, why in one clause, and two ways on. Never a word of Atlassian's."""

    what: str
    where: str = ""  # a setting, a team, a page title of ours, file:line:column
    why: str = ""
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        because = f" ({self.why})" if self.why else ""
        ways = f" Possible: {' · '.join(self.options)}." if self.options else ""
        return f"{head}{because}.{ways}"


class ConnectorError(Exception):
    """The root; `code` is kept, the advice is shown."""

    def __init__(self, code: Code, advice: Advice) -> None:
        self.code = code
        self.advice = advice
        super().__init__(str(advice))


class SettingError(ConnectorError):
    """A setting is missing or cannot be right."""


class BookError(ConnectorError):
    """The mapping folder cannot be read."""


class TemporaryError(ConnectorError):
    """Will pass by itself; the next run goes on."""

    def __init__(self, code: Code, advice: Advice, *, retry_after: float | None = None) -> None:
        super().__init__(code, advice)
        self.retry_after = retry_after  # seconds the site asked for


class SiteUnreachable(TemporaryError):
    """No answer, a half one, or the site is busy; nothing was written."""


class RateLimited(TemporaryError):
    """The site asked us to wait; nothing was written."""


class PermanentError(ConnectorError):
    """Needs a person to change something."""


class AccessRefused(PermanentError):
    """The token or one of its permissions is refused."""


class NotFound(PermanentError):
    """Gone, or hidden from the service account."""


class RequestRefused(PermanentError):
    """The site says that our request cannot be done; `fields` names the fields of ours it objects to."""

    def __init__(self, code: Code, advice: Advice, *, fields: frozenset[str] = frozenset()) -> None:
        super().__init__(code, advice)
        self.fields = fields


class NotOurs(PermanentError):
    """Something of somebody else stands in the place."""


class NotAnAnswer(PermanentError):
    """A page for people came where JSON was due, as when a login is asked for."""


class VersionConflict(ConnectorError):
    """Somebody was faster; read again and apply again."""


class AnswerLost(ConnectorError):
    """A write was sent and no answer came: it may have been done."""


class UnsafePlan(ConnectorError):
    """A plan would retire too much at once."""
