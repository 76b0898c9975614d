"""A check-in page as values: what stands on it, before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from connector.pages.asking import asked_about
from connector.pages.carried import Before, carried, page_before
from connector.pages.charts import Chart, chart
from connector.pages.ended import EndedBefore, ended_on
from connector.pages.evidence import Trials, todays_questions, trials
from connector.pages.foot import Foot, foot
from connector.pages.frame import moal_line
from connector.pages.hypotheses import Assumption, assumption
from connector.pages.language import Words, sentence
from connector.pages.questions import TOGETHER, key_result_rows, page_rows
from connector.pages.refs import check_in_ref, planning_ref
from connector.pages.regions import key_result_slugs
from connector.pages.titles import cycle_label
from connector.pages.trend import Trend, shown_indicators, trend
from connector.pages.views import Addresses, LastTime, Link, TeamView
from mappings.calendar import IsoWeek
from mappings.okr import KeyResult, Objective, Team, check_in_weeks, key_result_ref, key_results
from mappings.team_text import TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The day, the organisation, where the page belongs, and what the team is after."""

    day: str
    organisation: str
    links: tuple[Link, ...]
    changed: str  # the plan, since the check-in before; empty: it did not
    moal: str
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultPart:
    """One key result: the machine's part, and the questions of the team's part below it."""

    region: str
    number: int
    name: str
    objective: str  # empty when the team has one objective, which stands in the head
    assumption: Assumption
    trend: Trend
    trials: Trials
    questions: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What the team wrote last time, in paragraphs."""

    week: str
    tried: tuple[str, ...]
    needed: tuple[str, ...]
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """A whole check-in page."""

    head: Head
    key_results: tuple[KeyResultPart, ...]
    together: int  # number of the last section
    last: Quotation | None
    rows: tuple[str, ...]
    foot: Foot
    chart: Chart | None


def check_in(
    view: TeamView,
    week: IsoWeek,
    addresses: Addresses,
    last: LastTime | None,
    words: Words,
    body: TeamText | None = None,
) -> CheckIn:
    """The check-in page of a team in one week; nothing later than that week stands on it.

    `body`: the page as it stands, for what is to be asked about it. Raises BodyUnreadable.
    """
    pairs = tuple(key_results(view.team, view.cycle))
    asked = asked_about(view, week, body, words)
    before = page_before(last.page if last else None)
    over = view.today > view.meeting(week)
    ended = EndedBefore(before=before.ended if before else None, own=ended_on(body), over=over)
    shown = tuple(i for _, key_result in pairs for i in shown_indicators(view, key_result, week))
    return CheckIn(
        head=_head(view, week, addresses, words),
        key_results=tuple(
            _with_asked(_part(view, number, pair, week, ended, addresses, words), view.team, pair, asked, before)
            for number, pair in enumerate(pairs, start=1)
        ),
        together=len(pairs) + 1,
        last=_quotation(last, words),
        rows=carried(before, TOGETHER, page_rows(words.language), (), words.language),
        foot=foot(view, addresses, words, indicators=shown, next_check_in=_next(view, week)),
        chart=chart(view, week, words),
    )


def _head(view: TeamView, week: IsoWeek, addresses: Addresses, words: Words) -> Head:
    team, before = view.team, view.check_in_before(week)
    planning = words.say("Planning {cycle}", cycle=cycle_label(view.cycle))
    links = [Link(planning, addresses.page(planning_ref(team, view.cycle)))]
    if before is not None:
        text = words.say("previous check-in: {week}", week=words.week(before))
        links.append(Link(text, addresses.page(check_in_ref(team, before))))
    return Head(
        day=words.long_day(view.meeting(week)) if team.rhythm else words.week(week),
        organisation=view.strategy.organisation,
        links=tuple(links),
        changed=words.say("changed in {week}", week=words.week(view.changed_in)) if view.changed_in else "",
        moal=moal_line(view.strategy.moal),
        objectives=tuple(sentence(objective.title) for objective in team.in_cycle(view.cycle)),
    )


def _with_asked(
    part: KeyResultPart,
    team: Team,
    pair: tuple[Objective, KeyResult],
    asked: Mapping[str, tuple[str, ...]],
    before: Before | None,
) -> KeyResultPart:
    """With what is asked about the page as it stands, and the rows that the page before had."""
    objective, key_result = pair
    made = key_result_rows(key_result, team.language)
    again = asked.get(key_result_ref(team, objective, key_result), ())
    rows = carried(before, part.region, made, key_result.indicators, team.language)
    return replace(part, questions=(*part.questions, *again), rows=rows)


def _part(
    view: TeamView,
    number: int,
    pair: tuple[Objective, KeyResult],
    week: IsoWeek,
    ended: EndedBefore,
    addresses: Addresses,
    words: Words,
) -> KeyResultPart:
    objective, key_result = pair
    alone = len(view.team.in_cycle(view.cycle)) == 1
    return KeyResultPart(
        region=key_result_slugs(view.team, view.cycle)[key_result_ref(view.team, objective, key_result)],
        number=number,
        name=key_result.short_name,
        objective="" if alone else sentence(objective.title),
        assumption=assumption(key_result, words),
        trend=trend(view, objective, key_result, week, words),
        trials=trials(view, key_result, week, addresses, words),
        questions=todays_questions(view, key_result, week, ended, words),
        rows=(),
    )


def _quotation(last: LastTime | None, words: Words) -> Quotation | None:
    if last is None:
        return None
    tried, needed, answered = (_paragraphs(text.words) for text in (last.tried, last.needed, last.answered))
    if not (tried or needed):
        return None
    return Quotation(week=words.week(last.week), tried=tried, needed=needed, answered=answered)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _next(view: TeamView, week: IsoWeek) -> date | None:
    rhythm = view.team.rhythm
    if rhythm is None:
        return None
    cycles = {view.cycle, *view.strategy.cycles}  # after the last check-in of a cycle comes the first of the next
    later = (w for cycle in cycles for w in check_in_weeks(rhythm, cycle) if w > week)
    following = min(later, default=None)
    return None if following is None else view.meeting(following)
