"""Desired − actual, as a frozen value: steps in a total order, counts, thresholds, a checksum and printers."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from connector.errors import Advice, Code, ConnectorError, UnsafePlan
from connector.ledger import Resource
from connector.ports import IssueEdit
from connector.sync.desired import WantedPage
from connector.sync.issues import WantedIssue
from connector.sync.notes import Note
from mappings.records import PageRecord

MOST_RETIRED = 10
MOST_RETIRED_SHARE = 0.2


class Effect(StrEnum):
    """What a step does to the issue or page it is about, as reports count it."""

    CREATED = "created"
    UPDATED = "updated"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIssue:
    """An issue that is not there."""

    wanted: WantedIssue


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIssue:
    """An issue whose summary or labels change; retiring is such a change, too."""

    issue_id: str
    edit: IssueEdit
    retires: bool = False
    struck: bool = False  # by its team, on a page of its own that was cleanly read: that is a decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIssue(EditIssue):
    """An issue whose cycle is over is told so; after that it is not looked at any more, so this comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearAssignee:
    """An issue of ours that somebody, or a project default, assigned."""

    issue_id: str
    times: int  # how often it was cleared before


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEvidence:
    """A relation from a key result to an epic."""

    issue: str  # ref
    epic: str  # key
    link_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRemoteLink:
    """The link from an issue to its planning page, whose title says the hypothesis."""

    issue: str  # ref
    page: str  # ref
    title: str
    digest: str
    before: str | None = None  # ref of the issue when its team had another id, under which the link may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePage:
    """A page that is not there."""

    wanted: WantedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePage:
    """A page of ours with a region that is to change."""

    wanted: WantedPage
    page: PageRecord
    restore: bool  # also where people changed a region
    upload: bool = False  # the picture too, because nobody knows whether it arrived
    fills: bool = False  # also cells of the team's that are empty and ours to fill


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPage:
    """Labels that are missing on a page of ours."""

    page: str  # ref
    labels: tuple[str, ...]


Deed = CreateIssue | EditIssue | ClearAssignee | LinkEvidence | PutRemoteLink | CreatePage | UpdatePage | LabelPage

# One after the other; the lanes of one moment may go side by side: pages need the keys of issues, links need the pages,
# and an issue that is closed is not looked at any more, so all that it needs was done before.
MOMENTS: tuple[tuple[tuple[type, ...], ...], ...] = (
    ((CreateIssue,),),
    ((EditIssue, ClearAssignee, LinkEvidence), (CreatePage, UpdatePage, LabelPage)),
    ((PutRemoteLink,),),
    ((CloseIssue,),),
)
_ORDER = tuple(kind for lanes in MOMENTS for lane in lanes for kind in lane)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One write, about one issue or page of one team."""

    team: str
    subject: str  # ref of the issue or page that the write is about
    ref: str  # of the row that remembers it
    deed: Deed
    digest: str = ""

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """The place of this step in a plan."""
        depth = self.deed.wanted.depth if isinstance(self.deed, CreatePage) else 0
        return _ORDER.index(type(self.deed)), depth, self.team, self.ref

    @property
    def effect(self) -> Effect:
        """How reports count this step."""
        if isinstance(self.deed, CreateIssue | CreatePage):
            return Effect.CREATED
        retires = isinstance(self.deed, EditIssue) and self.deed.retires
        return Effect.RETIRED if retires else Effect.UPDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Something that people changed, moved or removed, and that is left alone."""

    team: str
    ref: str
    what: str  # a region of the page, "issue", "summary", "labels", "link" or "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A team that cannot be served, or not wholly."""

    team: str
    error: ConnectorError
    blocks: bool = True  # False: only a source of the team was not read, everything else is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a sync would do."""

    teams: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    unchanged: tuple[tuple[str, str], ...] = ()  # (team, ref)
    drift: tuple[Drift, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    known_issues: int = 0
    later: tuple[tuple[str, datetime], ...] = ()  # teams whose page waits for its moment, and until when
    notes: tuple[Resource, ...] = ()  # rows to keep although nothing is written at a site
    told: tuple[Note, ...] = ()  # what people may want to look at

    @property
    def checksum(self) -> str:
        """Equal for plans that would write the same; what `okr plan` prints and `okr sync` can be held to."""
        digest = hashlib.sha256()
        for step in self.steps:
            digest.update(f"{type(step.deed).__name__} {step.team} {step.ref} {step.digest}\n".encode())
        return digest.hexdigest()[:12]

    def counts(self, team: str) -> Counter[Effect]:
        """Issues and pages of a team by what happens to them; each counts once, by its strongest effect."""
        return counted(step for step in self.steps if step.team == team)

    def guard(self) -> None:
        """Raises UnsafePlan if too much would be retired at once, as after reading half a book."""
        edits = [step.deed for step in self.steps if isinstance(step.deed, EditIssue)]
        retired = sum(edit.retires and not edit.struck for edit in edits)
        if retired <= MOST_RETIRED or retired <= MOST_RETIRED_SHARE * self.known_issues:
            return
        raise UnsafePlan(
            Code.UNSAFE_PLAN,
            Advice(
                what=f"the plan would retire {retired} of {self.known_issues} issues, so nothing was written",
                where=f"plan {self.checksum}",
                why="that much at once is more often a half-read book than a decision",
                options=("check the mapping folder with `okr plan`", "release it with `okr sync --force`"),
            ),
        )


def counted(steps: Iterable[Step]) -> Counter[Effect]:
    """How many issues and pages are created, updated and retired by these steps."""
    strength = {Effect.UPDATED: 0, Effect.RETIRED: 1, Effect.CREATED: 2}
    strongest: dict[str, Effect] = {}
    for step in steps:
        known = strongest.get(step.subject)
        if known is None or strength[step.effect] > strength[known]:
            strongest[step.subject] = step.effect
    return Counter(strongest.values())


def ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in the order in which they are printed and applied."""
    return tuple(sorted(steps, key=lambda step: step.rank))


_VERBS = {
    CreateIssue: "create issue",
    EditIssue: "edit issue",
    CloseIssue: "close issue",
    ClearAssignee: "clear assignee",
    LinkEvidence: "link epic",
    CreatePage: "create page",
    UpdatePage: "update page",
    LabelPage: "label page",
    PutRemoteLink: "link page",
}


def verb(step: Step) -> str:
    """What a step does, in two words."""
    retires = isinstance(step.deed, EditIssue) and step.deed.retires
    if isinstance(step.deed, UpdatePage) and step.deed.fills:
        return "fill page"
    return "retire issue" if retires else _VERBS[type(step.deed)]


def lines(plan: Plan) -> Iterator[str]:
    """The plan for people: one line a write, then what is left alone."""
    for step in plan.steps:
        yield f"{verb(step):<15} {step.ref}"
    for drift in plan.drift:
        yield f"{'left alone':<15} {drift.ref} ({drift.what})"
