"""Strategy, teams and their OKRs. A team is the only owner; there is no person in these words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from mappings.calendar import IsoWeek, Rhythm
from mappings.epics import EpicSelector
from mappings.indicators import Indicator, IndicatorKind, Source


class Language(StrEnum):
    """The languages of generated pages."""

    DE = "de"
    EN = "en"


class OkrSource(StrEnum):
    """Where the words are written: in the mapping files, or on a Confluence page."""

    HERE = "here"
    CONFLUENCE = "confluence"


class HypothesisState(StrEnum):
    """How a team sees its hypothesis; all five look alike everywhere."""

    OPEN = "open"
    SUPPORTED = "supported"
    UNCLEAR = "unclear"
    WEAKENED = "weakened"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moal:
    """The mid-term goal of the organisation, a picture in words."""

    title: str
    picture: str = ""
    until: str = ""  # YYYY-MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One OKR cycle, both days included."""

    id: str
    first: date
    last: date

    def contains(self, day: date) -> bool:
        """Whether the day lies in this cycle."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """What leadership gives: orientation and a frame, never a target for a team."""

    organisation: str
    language: Language
    timezone: ZoneInfo
    purpose: str = ""
    vision: str = ""
    moal: Moal | None = None
    frame: tuple[str, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    planning_ahead: int = 3  # weeks
    space: str
    parent: str  # title of the page under which everything stands
    source: OkrSource = OkrSource.HERE

    def running(self, day: date) -> Cycle | None:
        """The cycle in which the day lies; of two that overlap, the earlier one."""
        return next((cycle for cycle in sorted(self.cycles, key=lambda c: c.first) if cycle.contains(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rethink:
    """When a team thinks again: a criterion in its own words, and the day, if it named one."""

    condition: str
    day: date | None = None
    indicator: str | None = None  # id; default: the first leading one


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A key result as an outcome hypothesis, in the team's words."""

    who: str
    does: str
    start: str = ""  # as written, e.g. "38 %"; empty for an exploration
    goal: str = ""  # as written, e.g. "55–65 %"
    because: str = ""  # what the team tries
    rethink: Rethink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """One assumption of a team and the indicators at which it is noticed."""

    id: str
    name: str = ""  # short name; empty: the hypothesis speaks for itself
    hypothesis: Hypothesis
    indicators: tuple[Indicator, ...]

    @property
    def leading(self) -> tuple[Indicator, ...]:
        """The indicators a team can act on this week."""
        return tuple(i for i in self.indicators if i.kind is IndicatorKind.LEADING)

    @property
    def lagging(self) -> tuple[Indicator, ...]:
        """The indicators that show the result late."""
        return tuple(i for i in self.indicators if i.kind is IndicatorKind.LAGGING)

    @property
    def rethink_indicator(self) -> Indicator | None:
        """The indicator at which the team thinks again: the named one, else the first leading one."""
        rethink = self.hypothesis.rethink
        named = rethink.indicator if rethink else None
        return next((i for i in self.indicators if i.id == named), next(iter(self.leading), None))

    @property
    def short_name(self) -> str:
        """The team's short name, else what people do."""
        return self.name or self.hypothesis.does


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is different in the end, in one sentence without a number."""

    id: str
    cycle: str  # cycle id
    title: str
    contributes_to: tuple[str, ...] = ()  # "moal" or team/objective
    depends_on: tuple[str, ...] = ()  # team ids or names
    not_doing: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    key_results: tuple[KeyResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JiraPlace:
    """Where a team's OKR issues live; `None` in a team means the team keeps none."""

    project: str
    objective_type: str = "Task"
    key_result_type: str = "Task"
    evidence_link: str = "Relates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The only owner of OKRs; its size is a number, never a list."""

    id: str
    name: str
    size: int | None = None  # None: not told yet
    language: Language
    timezone: ZoneInfo
    delivery: tuple[str, ...] = ()  # project keys where its epics live
    jira: JiraPlace | None
    space: str
    rhythm: Rhythm | None = None
    source: OkrSource = OkrSource.HERE
    was: str | None = None  # the id under which the team was known before
    objectives: tuple[Objective, ...] = ()
    sources: tuple[tuple[str, Source], ...] = ()  # by indicator id, for a team that writes its OKRs in Confluence
    rhythms: tuple[tuple[str, Rhythm], ...] = ()  # by cycle id, of such a team: one stands on each planning page

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the book; one that lives on stands here once a cycle."""
        return tuple(i for o in self.objectives for k in o.key_results for i in k.indicators)

    @property
    def selectors(self) -> tuple[EpicSelector, ...]:
        """How its epics are named, one for each indicator that names any."""
        return tuple(indicator.epics for indicator in self.indicators if indicator.epics is not None)

    @property
    def writes_itself(self) -> bool:
        """Whether the team writes its OKRs in Confluence; its file only starts the first page then."""
        return self.source is OkrSource.CONFLUENCE

    def rhythm_in(self, cycle: Cycle) -> Rhythm | None:
        """When the team meets in a cycle: by its file, or by what it wrote on the planning page of that cycle."""
        return dict(self.rhythms).get(cycle.id) if self.writes_itself else self.rhythm

    def in_cycle(self, cycle: Cycle) -> tuple[Objective, ...]:
        """The team's objectives of one cycle, in the order of the book."""
        return tuple(each for each in self.objectives if each.cycle == cycle.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingBook:
    """Everything a mapping folder says: one strategy and its teams."""

    strategy: Strategy
    teams: tuple[Team, ...]

    def team(self, team_id: str) -> Team | None:
        """The team of that id, or nothing."""
        return next((team for team in self.teams if team.id == team_id.casefold()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAnswers:
    """What a team answered about one key result in one week; `None` means no answer."""

    state: HypothesisState | None = None
    confidence: int | None = None  # 1–10
    observed: tuple[tuple[str, Decimal | None], ...] = field(default=())  # (indicator id, value or unknown)


def objective_ref(team: Team, objective: Objective) -> str:
    """The name of an objective everywhere: `team/cycle/objective`."""
    return f"{team.id}/{objective.cycle.casefold()}/{objective.id}"


def key_result_ref(team: Team, objective: Objective, key_result: KeyResult) -> str:
    """The name of a key result everywhere: `team/cycle/objective/key-result`."""
    return f"{objective_ref(team, objective)}/{key_result.id}"


def indicator_ref(team: Team, indicator: Indicator) -> str:
    """The name of an indicator across cycles: `team/indicator`."""
    return f"{team.id}/{indicator.id}"


def key_results(team: Team, cycle: Cycle) -> Iterator[tuple[Objective, KeyResult]]:
    """Every key result of a team in one cycle, beside its objective, in the order of the book."""
    return ((objective, key_result) for objective in team.in_cycle(cycle) for key_result in objective.key_results)


@lru_cache(maxsize=256)  # a page asks twenty times; most teams share a rhythm
def check_in_weeks(rhythm: Rhythm, cycle: Cycle) -> tuple[IsoWeek, ...]:
    """The weeks of a cycle in which a team checks in: counted from its first check-in, quiet weeks left out."""
    weeks = ((week, week.day(rhythm.check_in)) for week in IsoWeek.of(cycle.first).until(IsoWeek.of(cycle.last)))
    meetings = [week for week, day in weeks if max(cycle.first, rhythm.valid_from or cycle.first) <= day <= cycle.last]
    return tuple(week for week in meetings[:: rhythm.every] if week not in rhythm.quiet_weeks)
