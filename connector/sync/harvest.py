"""What teams wrote on their check-in pages, as typed values; their words stay where they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from connector.ledger import Answer, Ledger
from connector.pages.answers import read_answers
from connector.pages.canonical import BodyUnreadable
from connector.pages.series import read_series
from connector.sync.refs import check_in_week, named_now
from connector.sync.scope import TeamScope
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers, Cycle, Team, indicator_ref, key_result_ref, key_results
from mappings.records import PageRecord

SILENCE = CheckInAnswers()


def harvest(ledger: Ledger, pages: Iterable[tuple[TeamScope, str, PageRecord]], *, series: bool) -> None:
    """Keeps the answers on check-in pages (team, ref, page); with `series` also the readings there, which were lost."""
    answers: list[Answer] = []
    readings: list[Reading] = []
    for scope, ref, page in sorted(pages, key=lambda entry: entry[1]):
        week = check_in_week(ref, scope.team)
        cycle = scope.cycle_of(week) if week else None
        if week is None or cycle is None:
            continue
        try:
            found = read_answers(page.body, scope.team, cycle)
        except BodyUnreadable:  # the page's own comparison tells it
            continue
        answers += [Answer(team=scope.team.id, week=week, key_result=r, answers=a) for r, a in found.items()]
        if series:
            readings += read_series(page.body, scope.team, cycle, week)
        readings += _observed(scope.team, cycle, week, found)
    ledger.add_readings(readings)
    ledger.keep_answers(_told(answers, ledger))


def _told(answers: list[Answer], ledger: Ledger) -> list[Answer]:
    """Without the silence that was silence before; an answer that was taken back is kept as taken back."""
    if all(answer.answers != SILENCE for answer in answers):
        return answers
    known = {(a.team, a.week, a.key_result) for a in ledger.answers()}
    return [a for a in answers if a.answers != SILENCE or (a.team, a.week, a.key_result) in known]


def _observed(team: Team, cycle: Cycle, week: IsoWeek, found: Mapping[str, CheckInAnswers]) -> Iterator[Reading]:
    """A number that the team wrote itself is a reading of the day of its check-in."""
    weekday = team.rhythm.check_in if team.rhythm else 0
    for objective, key_result in key_results(team, cycle):
        answers = found.get(key_result_ref(team, objective, key_result))
        by_id = {i.id: i for i in key_result.indicators}
        for indicator_id, value in answers.observed if answers else ():
            indicator = by_id[indicator_id]
            yield Reading(
                indicator=indicator_ref(team, indicator),
                on=week.day(weekday),
                value=None if value is None else indicator.quantised(value),
            )


def readings_before(team: Team, readings: Sequence[Reading]) -> Iterator[Reading]:
    """What was kept of a team under its earlier id, as its own, but for days that are known by now."""
    known = {(reading.indicator, reading.on) for reading in readings}
    for reading in readings:
        renamed = named_now(reading.indicator, team)
        if renamed != reading.indicator and (renamed, reading.on) not in known:
            yield replace(reading, indicator=renamed)


def answers_before(team: Team, answers: Sequence[Answer]) -> Iterator[Answer]:
    """The same of what a team answered."""
    known = {(answer.week, answer.key_result) for answer in answers}
    for answer in answers:
        renamed = named_now(answer.key_result, team)
        if renamed != answer.key_result and (answer.week, renamed) not in known:
            yield replace(answer, team=team.id, key_result=renamed)
