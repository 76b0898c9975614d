"""What remains of an Atlassian answer: the few fields we want, in types that cannot hold a person.

Only `mappings.boundary` makes these from bytes. Ids are Jira's and Confluence's numeric ids as text.
"""

from dataclasses import dataclass, field

from mappings.team_text import TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One issue link, seen from the issue that was read."""

    id: str
    type: str  # name of the link type, empty when it is not one the book names
    other: str  # key of the issue at the other end


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """One issue of ours as it is in Jira."""

    id: str
    key: str
    project: str
    ref: str | None  # from our property; None: the issue does not carry it
    digest: str | None  # of what we wrote last, from our property
    summary: TeamText
    labels: frozenset[str]  # only those that begin with "okr"
    links: tuple[LinkRecord, ...]
    marked: bool = True  # False: the site could not send our property with it, and it was not asked for by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRecord:
    """Our property on an issue."""

    ref: str | None
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpicFields:
    """The custom fields by which Data Center tells epics; ids like `customfield_10011`, None where there is none."""

    name: str | None  # only epics have an Epic Name
    above: str | None  # Parent Link: what an epic stands below


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteLinkRecord:
    """One remote link of ours (its global id begins with `okr:`)."""

    global_id: str
    url: str
    title: TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTypeRecord:
    """An issue type as the create dialog of a project offers it."""

    id: str
    name: str
    level: int  # hierarchy level: 1 and above are epics, 0 stories and tasks, -1 sub-tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord:
    """A project's settings as far as they concern us; who leads it is not among them."""

    key: str
    levels: frozenset[int]  # hierarchy levels of its issue types
    assigns_by_default: bool | None  # whether a new issue gets somebody; None: the site does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenField:
    """One field of a create screen."""

    id: str  # a system field's name or `customfield_<digits>`; empty for anything else
    must_be_filled: bool  # required, and without a default value


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRecord:
    """A webhook that posts to our door."""

    id: str
    enabled: bool
    signed: bool | None  # None: the site does not say it
    thin: bool  # its bodies are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedIssue:
    """One issue that a create call confirmed."""

    id: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceRecord:
    """A Confluence space that is not a person's."""

    id: str
    key: str
    homepage: str | None  # page id


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceRights:
    """What we may do in a space, written like `create page`; of what is untold the site says neither yes nor no."""

    allowed: frozenset[str]
    untold: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVersion:
    """That a page exists and which version of it is current."""

    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRecord:
    """A current page directly below another, without its body: it need not be ours."""

    id: str
    title: TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """What an editor opened on a page would show: an unpublished draft, or the page itself where there is none."""

    version: int
    unpublished: bool
    body: TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """One page of ours, or one that stands where ours should be."""

    id: str
    version: int
    space: str  # id
    parent: str | None  # id
    title: TeamText
    body: TeamText  # storage format
    labels: frozenset[str] = frozenset()  # only those that begin with "okr"; empty when labels were not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedToken:
    """A token of a service account, for memory only; its repr does not show it."""

    token: str = field(repr=False)
    seconds: int  # from when it was asked for
    scopes: frozenset[str]  # like `read:jira-work`; empty where the service names none
