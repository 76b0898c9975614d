"""A planning page as values, for a team whose words stand in the mapping files."""

from dataclasses import dataclass

from connector.pages.foot import Foot, foot
from connector.pages.frame import FrameRow, frame_rows
from connector.pages.language import Words
from connector.pages.objectives import ObjectivePart, objective_part
from connector.pages.planning_cells import check_in
from connector.pages.refs import STRATEGY
from connector.pages.views import Addresses, Link, TeamView
from mappings.calendar import Rhythm
from mappings.okr import Cycle, Language

_FIRST_OBJECTIVE = 3  # number of its section
LANGUAGES = {Language.DE: "Deutsch", Language.EN: "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmRow:
    """A question about how the team works, and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """A whole planning page."""

    span: str
    organisation: str
    strategy: Link
    team: str
    frame: tuple[FrameRow, ...]
    rhythm: tuple[RhythmRow, ...]
    objectives: tuple[ObjectivePart, ...]
    last_section: int
    jira_project: str  # empty: the team keeps no issues
    foot: Foot


def planning(view: TeamView, addresses: Addresses, words: Words) -> Planning:
    """The planning page of a team in one cycle, from the book."""
    objectives = view.team.in_cycle(view.cycle)
    first, last = words.day(view.cycle.first), words.day(view.cycle.last)
    return Planning(
        span=words.say("{first} to {last}", first=first, last=last),
        organisation=view.strategy.organisation,
        strategy=Link(words.say("Strategy"), addresses.page(STRATEGY)),
        team=view.team.id,
        frame=frame_rows(view.strategy, words),
        rhythm=tuple(_rhythm_rows(view, words)),
        objectives=_objectives(view, addresses, words),
        last_section=_FIRST_OBJECTIVE + max(2 * len(objectives), 1),
        jira_project=view.team.jira.project if view.team.jira else "",
        foot=foot(view, addresses, words),
    )


def _objectives(view: TeamView, addresses: Addresses, words: Words) -> tuple[ObjectivePart, ...]:
    objectives = view.team.in_cycle(view.cycle)
    return tuple(
        objective_part(
            view.team,
            objective,
            0 if len(objectives) == 1 else position + 1,
            _FIRST_OBJECTIVE + 2 * position,
            addresses,
            words,
        )
        for position, objective in enumerate(objectives)
    )


def _rhythm_rows(view: TeamView, words: Words) -> tuple[RhythmRow, ...]:
    rhythm = view.team.rhythm
    rows = (
        ("Valid from", words.day(view.cycle.first)),
        ("How many are we?", str(view.team.size)),
        ("Our check-in", check_in(rhythm, words) if rhythm else words.say("still open")),
        ("Quiet weeks", quiet_weeks(rhythm, view.cycle, words) if rhythm else ""),
        ("Our review", review(rhythm, view.cycle, words) if rhythm else ""),
        ("Language of our pages", LANGUAGES[view.team.language]),
    )
    return tuple(RhythmRow(question=words.say(question), answer=answer) for question, answer in rows if answer)


def quiet_weeks(rhythm: Rhythm, cycle: Cycle, words: Words) -> str:
    """The quiet weeks that touch a cycle."""
    quiet = (w for w in sorted(rhythm.quiet_weeks) if w.day(0) <= cycle.last and w.day(6) >= cycle.first)
    return ", ".join(words.week(week) for week in quiet)


def review(rhythm: Rhythm, cycle: Cycle, words: Words) -> str:
    """The day of a cycle's review, if the team named one."""
    return next((words.day(day) for name, day in rhythm.reviews if name.casefold() == cycle.id.casefold()), "")
