"""A review page as values: each assumption with its biography across the weeks, and the questions to the team."""

from dataclasses import dataclass
from datetime import date

from connector.pages.charts import Chart, chart
from connector.pages.foot import Foot, foot
from connector.pages.hypotheses import Assumption, assumption, named
from connector.pages.language import Words, sentence
from connector.pages.questions import QUESTIONS, STATES, Asked
from connector.pages.refs import check_in_ref, planning_ref, retrospective_ref
from connector.pages.regions import key_result_slugs
from connector.pages.review_questions import PAGE, Asks, key_result_questions, questions_of
from connector.pages.trend import printed_since, shown_indicators, trend, trend_weeks, weeks_met
from connector.pages.views import Addresses, Link, TeamView
from mappings.calendar import IsoWeek
from mappings.indicators import Indicator, SourceKind
from mappings.okr import HypothesisState, KeyResult, Objective, key_result_ref, key_results


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewHead:
    """The day, the organisation, and where the page belongs."""

    day: str
    organisation: str
    links: tuple[Link, ...]
    retrospective: Link
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Biography:
    """What the check-ins said of one assumption, a row for each week."""

    region: str
    number: int
    name: str
    assumption: Assumption
    heads: tuple[str, ...]
    weeks: tuple[tuple[str, ...], ...]  # cells, the first one names the week
    rows: tuple[str, ...]  # questions of the team's part below


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A whole review page."""

    head: ReviewHead
    before: tuple[str, ...]
    key_results: tuple[Biography, ...]
    together: int  # number of the last section
    rows: tuple[str, ...]
    foot: Foot
    chart: Chart | None


def review(view: TeamView, day: date, addresses: Addresses, words: Words) -> Review:
    """The review of a team's cycle; nothing later than the week of its day stands on it."""
    pairs = tuple(key_results(view.team, view.cycle))
    week = last_week(view, day)
    shown = tuple(i for _, key_result in pairs for i in shown_indicators(view, key_result, week))
    return Review(
        head=_head(view, day, addresses, words),
        before=questions_of((Asks.CHANGED,), words.language),
        key_results=tuple(_biography(view, number, pair, week, words) for number, pair in enumerate(pairs, start=1)),
        together=len(pairs) + 1,
        rows=questions_of(PAGE, words.language),
        foot=foot(view, addresses, words, indicators=shown),
        chart=chart(view, week, words),
    )


def last_week(view: TeamView, day: date) -> IsoWeek:
    """The week of the cycle's last check-in up to the review; that of the review where there was none."""
    until = IsoWeek.of(day)
    return max((week for week in weeks_met(view, view.cycle) if week <= until), default=until)


def _head(view: TeamView, day: date, addresses: Addresses, words: Words) -> ReviewHead:
    team, last = view.team, view.check_in_before(IsoWeek.of(day).shifted(1))
    links = [Link(words.say("Planning"), addresses.page(planning_ref(team, view.cycle)))]
    if last is not None:
        text = words.say("last check-in: {week}", week=words.week(last))
        links.append(Link(text, addresses.page(check_in_ref(team, last))))
    return ReviewHead(
        day=words.long_day(day),
        organisation=view.strategy.organisation,
        links=tuple(links),
        retrospective=Link(words.say("Retrospective"), addresses.page(retrospective_ref(team, view.cycle))),
        objectives=tuple(sentence(objective.title) for objective in team.in_cycle(view.cycle)),
    )


def _biography(
    view: TeamView, number: int, pair: tuple[Objective, KeyResult], week: IsoWeek, words: Words
) -> Biography:
    objective, key_result = pair
    known = trend_weeks(view, shown_indicators(view, key_result, week), week)
    since = max(IsoWeek.of(view.cycle.first), printed_since(view, key_result, week))  # older stands in no check-in
    own = sum(w >= since for w in known)
    told = trend(view, objective, key_result, week, words, shown=own)
    columns = tuple(zip(told.columns, *(row.cells for row in told.rows), strict=True))
    late = (_number(i, words) for i in key_result.lagging if i.source.kind is SourceKind.OBSERVED)
    return Biography(
        region=key_result_slugs(view.team, view.cycle)[key_result_ref(view.team, objective, key_result)],
        number=number,
        name=key_result.short_name,
        assumption=assumption(key_result, words),
        heads=(words.say("Week"), *(row.head for row in told.rows)),
        weeks=_lived(columns, words),
        rows=(*late, *key_result_questions(key_result.short_name, words.language)),
    )


def _lived(columns: tuple[tuple[str, ...], ...], words: Words) -> tuple[tuple[str, ...], ...]:
    """From the first week with a value or an answer; nothing after the week in which the assumption was discarded."""
    states = {word[words.language]: state for state, word in STATES.items()}
    said = [n for n, (*_, day, state, confidence) in enumerate(columns) if day or state in states or confidence]
    if not said:
        return columns
    ended = states.get(columns[said[-1]][-2]) is HypothesisState.DISCARDED
    return columns[said[0] : said[-1] + 1 if ended else None]


def _number(indicator: Indicator, words: Words) -> str:
    """A number that is looked at in the review."""
    name = f"{indicator.name}, in %" if indicator.unit.strip() == "%" else named(indicator)
    return f"{QUESTIONS[Asked.NUMBER][words.language]} {name}"
