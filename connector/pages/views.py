"""What a page is made from: the team's words, what was read for them, and where other things are found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mappings.calendar import IsoWeek
from mappings.epics import Evidence
from mappings.indicators import Indicator, Reading
from mappings.okr import CheckInAnswers, Cycle, KeyResult, Objective, Strategy, Team, key_result_ref
from mappings.open_cells import OpenCell
from mappings.team_text import TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """One team in one cycle, with everything that was read for it."""

    strategy: Strategy
    team: Team
    cycle: Cycle
    today: date
    evidence: Mapping[str, tuple[Evidence, ...]]  # by indicator id, in display order
    readings: Mapping[str, tuple[Reading, ...]]  # by indicator id, by day
    answers: Mapping[tuple[IsoWeek, str], CheckInAnswers]  # by week and key result ref
    checked_weeks: frozenset[IsoWeek]  # weeks for which a check-in page exists
    agreed_on: date | None
    signed: bool = True  # what was agreed; unsigned it is a note of one side
    changed_in: IsoWeek | None = None  # the week in which the plan last changed mid-cycle, before the page is made
    open_cells: tuple[OpenCell, ...] = ()  # of all weeks: where words stand without a value of ours

    def readings_of(self, indicator: Indicator, until: IsoWeek) -> tuple[Reading, ...]:
        """The last reading of each week up to and including a week: what pages show, and so all that they keep.

        Before the day from which a plan holds nobody looked, so that nothing is missing there; but where an indicator
        lives on from an earlier cycle, its series does.
        """
        known = sorted(self.readings.get(indicator.id, ()), key=lambda r: r.on)
        begun = None if any(r.on < self.cycle.first for r in known if r.value is not None) else self._begun()
        return tuple({r.week: r for r in known if r.week <= until and (begun is None or begun <= r.week)}.values())

    def _begun(self) -> IsoWeek | None:
        """The week of the first check-in that a plan's day leaves possible; nothing where it names no day."""
        rhythm = self.team.rhythm_in(self.cycle)
        if rhythm is None or rhythm.valid_from is None:
            return None
        week = IsoWeek.of(rhythm.valid_from)
        return week if rhythm.valid_from <= week.day(rhythm.check_in) else week.shifted(1)

    def answer(self, week: IsoWeek, objective: Objective, key_result: KeyResult) -> CheckInAnswers:
        """What the team answered about a key result in a week; no page and no answer look the same."""
        return self.answers.get((week, key_result_ref(self.team, objective, key_result)), CheckInAnswers())

    def answered(self, week: IsoWeek) -> bool:
        """Whether the team wrote anything in that week, typed or not."""
        typed = any(w == week and given != CheckInAnswers() for (w, _), given in self.answers.items())
        return typed or any(cell.week == week for cell in self.open_cells)

    def check_in_before(self, week: IsoWeek) -> IsoWeek | None:
        """The last week before this one for which a check-in page exists."""
        return max((w for w in self.checked_weeks if w < week), default=None)

    def meeting(self, week: IsoWeek) -> date:
        """The day of a week's check-in; a week begins on Monday for a team without a rhythm."""
        return week.day(self.team.rhythm.check_in if self.team.rhythm else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where issues and pages are found; what has no address yet is shown as text."""

    issues: Mapping[str, str]  # ref -> issue key
    pages: Mapping[str, str]  # page ref -> absolute URL
    browse: str  # browse + key is an issue's address
    about: str | None = None  # what is read here and what is not

    def page(self, ref: str) -> str | None:
        """A page's address; `None` while it is not made."""
        return self.pages.get(ref)

    def issue(self, key: str) -> str:
        """An issue's address."""
        return self.browse + key


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What a team wrote at its last check-in, people's names already left out."""

    week: IsoWeek
    tried: TeamText = field(default=TeamText(""))
    needed: TeamText = field(default=TeamText(""))
    answered: TeamText = field(default=TeamText(""))  # to what it needed, on the strategy page
    page: TeamText | None = None  # the page before, whose rows the next one has


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What people wrote on pages that stand, in memory while a page is drawn; for most pages nothing."""

    last: LastTime | None = None  # of the check-in before, when a page is made
    body: TeamText | None = None  # of the page itself, when it is drawn anew
    learnings: tuple[str, ...] = field(default=(), repr=False)  # sentences that a planning begins with


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, or stay words while the address is unknown."""

    text: str
    href: str | None = None
