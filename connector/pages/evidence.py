"""What a team tries and what it may look at today: epics beside their indicators, and questions without a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from connector.pages.ended import EndedBefore, News
from connector.pages.hypotheses import STATUS, condition, expectation
from connector.pages.language import Words
from connector.pages.views import Addresses, Link, TeamView
from mappings.calendar import IsoWeek
from mappings.epics import Evidence, StatusCategory
from mappings.indicators import Indicator, IndicatorKind, Reading
from mappings.okr import KeyResult, Rethink


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRow:
    """One epic under the team's own name, beside the indicator it is to move."""

    name: str
    epic: Link
    status: str
    indicator: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """What a team tries for one key result; `head` names the column of indicators."""

    head: str
    rows: tuple[TrialRow, ...]


def trials(view: TeamView, key_result: KeyResult, week: IsoWeek, addresses: Addresses, words: Words) -> Trials:
    """The epics of a key result, indicator by indicator."""
    found = tuple(_pairs(view, key_result))
    leading = all(indicator.kind is IndicatorKind.LEADING for indicator, _ in found)
    return Trials(
        head=words.say("Leading indicator") if leading else words.say("Indicator"),
        rows=tuple(_row(indicator, epic, week, addresses, words) for indicator, epic in found),
    )


def _pairs(view: TeamView, key_result: KeyResult) -> Iterator[tuple[Indicator, Evidence]]:
    given = {epic.key: epic.name for epics in view.evidence.values() for epic in epics if epic.name}
    for indicator in key_result.indicators:
        for epic in view.evidence.get(indicator.id, ()):
            # a name that the team gave the epic beside another indicator is its name here too
            yield indicator, replace(epic, name=epic.name or given.get(epic.key, ""))


def _row(indicator: Indicator, epic: Evidence, week: IsoWeek, addresses: Addresses, words: Words) -> TrialRow:
    visible = indicator.expect.first_visible if indicator.expect else None
    waiting = epic.status is StatusCategory.TO_DO and visible is not None and visible <= week
    return TrialRow(
        name=epic.name,
        epic=Link(epic.key, addresses.issue(epic.key)),
        status=words.say(STATUS[epic.status]),
        indicator=indicator.name,
        expected=expectation(indicator.expect, words, leave_out_week=waiting),
    )


def todays_questions(
    view: TeamView, key_result: KeyResult, week: IsoWeek, ended: EndedBefore, words: Words
) -> tuple[str, ...]:
    """What a newly completed epic and a day to think again make a team ask; whatever the values are."""
    completed: dict[str, list[Indicator]] = {}
    for indicator, epic in _pairs(view, key_result):
        if epic.status is StatusCategory.DONE:
            completed.setdefault(epic.key, []).append(indicator)
    return (
        *(
            _since_then(key, indicators, words, news)
            for key, indicators in completed.items()
            if (news := ended.news(key)) is not None
        ),
        *_think_again(view, key_result, week, words),
    )


def _since_then(key: str, indicators: list[Indicator], words: Words, news: News) -> str:
    names = "; ".join(indicator.name for indicator in indicators)
    if len(indicators) > 1:
        message = "What have we seen since then at these indicators: {names}?"
    elif indicators[0].kind is IndicatorKind.LEADING:
        message = "What have we seen since then at this leading indicator: {names}?"
    else:
        message = "What have we seen since then at this indicator: {names}?"
    told = "{key} is completed." if news is News.TODAY else "Meanwhile {key} is completed."
    return f"{words.say(told, key=key)} {words.say(message, names=names)}"


def _think_again(view: TeamView, key_result: KeyResult, week: IsoWeek, words: Words) -> Iterator[str]:
    rethink = key_result.hypothesis.rethink
    if rethink is None or rethink.day is None or not _is_due(view, rethink.day, week):
        return
    yield " ".join(
        (
            _criterion(rethink, rethink.day, words),
            *_both_values(view, key_result.rethink_indicator, rethink.day, week, words),
            words.say("Do we carry on, change something or stop?"),
        )
    )


def _is_due(view: TeamView, day: date, week: IsoWeek) -> bool:
    before = view.check_in_before(week)
    asked_before = before is not None and view.meeting(before) >= day
    return day <= view.meeting(week) and not asked_before


def _criterion(rethink: Rethink, day: date, words: Words) -> str:
    message, value = condition(rethink.condition, words)
    return words.say(message, day=words.spoken_day(day), condition=value)


def _both_values(
    view: TeamView, indicator: Indicator | None, day: date, week: IsoWeek, words: Words
) -> tuple[str, ...]:
    if indicator is None:
        return ()
    known = [r for r in view.readings_of(indicator, week) if r.value is not None]
    until = max((r for r in known if r.on <= day), key=lambda r: r.on, default=None)
    newest = max((r for r in known if r.on > day), key=lambda r: r.on, default=None)
    return (
        _dated("Last value up to then: {value} ({day}).", until, indicator, words)
        or words.say("Last value up to then: no data."),
        _dated("Newest value: {value} ({day}).", newest, indicator, words) or words.say("No newer value since."),
    )


def _dated(message: str, reading: Reading | None, indicator: Indicator, words: Words) -> str:
    if reading is None or reading.value is None:
        return ""
    value = words.amount(reading.value, indicator.unit)
    return words.say(message, value=value, day=words.short_day(reading.on))
