"""The contract of `connector.ledger.Ledger`, the same on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from connector.arrivals import Sender
from connector.errors import Code, ConnectorError
from connector.ledger import Answer, Kind, Ledger, Resource, RunRecord, RunTotals
from connector.quota import QuotaLeft
from connector.rhythms import WrittenRhythm
from connector.storage.shapes import TimeWithoutZone
from connector.storage.store import Store
from mappings.calendar import IsoWeek, Rhythm, Weekday
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers, HypothesisState
from mappings.open_cells import CellKind, OpenCell

WEEK = IsoWeek(2026, 48)
TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC)
REFS = [
    "onboarding/2026-q4/first-week/setup-alone>ONB-12",
    "check-in/onboarding/2026-W48",
    "home/ONB",
    "strategy",
    "*",
    "home/" + "A" * 255,
    "a" * 203 + ">" + "A" * 20 + "-1234567890",
]


def page(ref: str = "strategy", **changes: object) -> Resource:
    made = Resource(kind=Kind.PAGE, ref=ref, remote_id="98304", version=3, digest="0a1b2c3d", drifted=1, since=NOW)
    return replace(made, **changes)


def answer(week: IsoWeek = WEEK, **answers: object) -> Answer:
    return Answer(
        team="onboarding",
        week=week,
        key_result="onboarding/2026-q4/first-week/setup-alone",
        answers=CheckInAnswers(**answers),  # type: ignore[arg-type]  # a test names the fields by keyword
    )


def reading(value: str | None = "41.5", on: date = TUESDAY, indicator: str = "onboarding/setup-rate") -> Reading:
    return Reading(indicator=indicator, on=on, value=None if value is None else Decimal(value))


def test_the_store_is_a_ledger(store: Store) -> None:
    ledger: Ledger = store
    assert ledger.resources() == {}
    assert ledger.readings() == ()
    assert ledger.answers() == ()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("ref", REFS)
def test_a_kept_resource_comes_back_whole(store: Store, kind: Kind, ref: str) -> None:
    kept = page(ref, kind=kind)
    store.keep([kept])
    assert store.resources() == {(kind, ref): kept}


def test_an_intent_has_no_remote_id_and_gets_one_later(store: Store) -> None:
    intent = page(remote_id=None, version=None, digest=None, drifted=0)
    store.keep([intent])
    assert store.resources()[Kind.PAGE, "strategy"].remote_id is None
    store.keep([page(version=1)])
    assert store.resources() == {(Kind.PAGE, "strategy"): page(version=1)}


def test_the_same_ref_of_two_kinds_is_two_rows(store: Store) -> None:
    store.keep([page(), page(kind=Kind.PAGE_LABELS, remote_id=None)])
    assert len(store.resources()) == 2


def test_of_two_rows_with_one_ref_in_one_call_the_later_one_stays(store: Store) -> None:
    store.keep([page(version=1), page(version=2)])
    assert store.resources()[Kind.PAGE, "strategy"].version == 2


def test_forgotten_rows_are_gone_and_others_stay(store: Store) -> None:
    store.keep([page("strategy"), page("home/ONB")])
    store.forget([(Kind.PAGE, "strategy"), (Kind.ISSUE, "never-there")])
    store.forget([])
    assert list(store.resources()) == [(Kind.PAGE, "home/ONB")]


def test_a_row_that_is_refused_takes_the_whole_call_with_it(store: Store) -> None:
    with pytest.raises(ConnectorError) as caught:
        store.keep([page("strategy"), page("home of Ada Beispiel")])
    assert caught.value.code is Code.STORE_UNUSABLE
    assert store.resources() == {}


def test_times_come_back_in_utc_whatever_the_zone_they_went_in_with(store: Store) -> None:
    store.keep([page(since=NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))])
    since = store.resources()[Kind.PAGE, "strategy"].since
    assert (since, since.utcoffset()) == (NOW, timedelta(0))


def test_a_time_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(TimeWithoutZone):
        store.keep([page(since=NOW.replace(tzinfo=None))])
    assert store.resources() == {}


def test_fifteen_thousand_rows_are_one_call(store: Store) -> None:
    many = [page(f"check-in/team-{number}/2026-W48", remote_id=str(number)) for number in range(15_000)]
    store.keep(many)
    store.keep(many)
    assert len(store.resources()) == 15_000


def test_readings_come_back_by_indicator_and_day(store: Store) -> None:
    later, earlier = reading(on=date(2026, 11, 24)), reading(on=date(2026, 11, 17))
    other = reading(indicator="onboarding/a-calls")
    store.add_readings([later, other, earlier])
    assert store.readings() == (other, earlier, later)


def test_only_real_changes_are_counted(store: Store) -> None:
    assert store.add_readings([reading("41.5"), reading(None, on=date(2026, 11, 17))]) == 2
    assert store.add_readings([reading("41.5"), reading(None, on=date(2026, 11, 17))]) == 0
    assert store.add_readings([reading("41.50")]) == 0
    assert store.add_readings([reading("42"), reading("7", on=date(2026, 11, 17))]) == 2
    assert store.add_readings([reading(None)]) == 1
    assert store.add_readings([]) == 0
    assert store.readings() == (reading("7", on=date(2026, 11, 17)), reading(None))


def test_of_two_values_of_one_day_in_one_call_the_later_one_counts_once(store: Store) -> None:
    assert store.add_readings([reading("1"), reading("2")]) == 1
    assert store.readings() == (reading("2"),)


def test_unknown_is_not_zero(store: Store) -> None:
    store.add_readings([reading(None), reading("0", indicator="onboarding/zero")])
    assert [r.value for r in store.readings()] == [None, Decimal(0)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=5))
def test_decimals_are_kept_exactly(store: Store, value: Decimal) -> None:
    store.add_readings([reading(None)])
    store.add_readings([reading(str(value))])
    (kept,) = store.readings()
    assert str(kept.value) == str(value if value else abs(value))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1E+3", "1000"), ("0.00", "0.00"), ("-0.5", "-0.5"), ("1E-18", "1E-18"), ("9" * 18, "9" * 18)],
)
def test_a_decimal_keeps_its_places(store: Store, written: str, kept: str) -> None:
    store.add_readings([reading(written)])
    assert str(store.readings()[0].value) == kept


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "1E+18", "1E-19", "1234567890123456789", "1E+999999"])
def test_a_value_that_cannot_be_kept_exactly_is_refused(store: Store, value: str) -> None:
    with pytest.raises(ConnectorError) as caught:
        store.add_readings([reading("1", indicator="onboarding/before"), reading(value)])
    assert caught.value.code is Code.SOURCE_UNREADABLE
    assert value not in str(caught.value)
    assert store.readings() == ()


def test_more_indicators_than_fit_one_query_are_compared(store: Store) -> None:
    many = [reading(str(number), indicator=f"team-{number}/rate") for number in range(900)]
    assert store.add_readings(many) == 900
    assert store.add_readings(many) == 0


def test_answers_come_back_whole(store: Store) -> None:
    full = answer(
        state=HypothesisState.WEAKENED,
        confidence=7,
        observed=(("setup-rate", Decimal("41.5")), ("calls", None), ("a-third", Decimal("3"))),
    )
    none = answer(week=IsoWeek(2026, 53))
    store.keep_answers([none, full])
    assert store.answers() == (full, none)


def test_a_kept_answer_replaces_what_was_known(store: Store) -> None:
    store.keep_answers([answer(confidence=7, observed=(("setup-rate", Decimal("41.5")), ("calls", None)))])
    emptied = answer(state=HypothesisState.OPEN, observed=(("calls", Decimal(4)),))
    other = answer(week=IsoWeek(2026, 47), confidence=1)
    store.keep_answers([other, emptied])
    store.keep_answers([])
    assert store.answers() == (other, emptied)


def test_open_cells_are_replaced_page_by_page(store: Store) -> None:
    ref = answer().key_result
    number = OpenCell(team="onboarding", week=WEEK, key_result=ref, kind=CellKind.NUMBER, indicator="calls")
    state = OpenCell(team="onboarding", week=WEEK, key_result=ref, kind=CellKind.STATE, as_last=True)
    words = OpenCell(team="metering", week=WEEK, key_result=None, kind=CellKind.WORDS)
    store.keep_open_cells([("onboarding", WEEK), ("metering", WEEK)], [number, words, state])
    assert store.open_cells() == (words, number, state)
    store.keep_open_cells([("onboarding", WEEK)], [state])
    assert store.open_cells() == (words, state)
    store.keep_open_cells([("onboarding", WEEK), ("metering", WEEK)], [])
    assert store.open_cells() == ()


def test_a_reading_that_was_taken_back_is_gone_and_others_stay(store: Store) -> None:
    store.add_readings([reading("1"), reading("2", indicator="onboarding/other")])
    store.take_back([("onboarding/other", reading("2").on), ("onboarding/never", reading("2").on)])
    assert store.readings() == (reading("1"),)


@pytest.mark.parametrize("confidence", [0, 11, -1])
def test_a_confidence_is_one_to_ten(store: Store, confidence: int) -> None:
    with pytest.raises(ConnectorError):
        store.keep_answers([answer(confidence=confidence)])
    assert store.answers() == ()


def test_runs_are_numbered_upwards(store: Store, engine: Engine) -> None:
    run = RunRecord(
        started=NOW,
        finished=NOW + timedelta(seconds=4),
        created=1,
        updated=2,
        retired=3,
        unchanged=4,
        drift=5,
        failed=6,
        reads=7,
        writes=8,
    )
    first = store.record_run(run)
    assert store.record_run(run) == first + 1
    with engine.begin() as connection:
        (row, _) = connection.exec_driver_sql(
            "SELECT created, updated, retired, unchanged, drift, failed, reads, writes FROM runs"
        ).all()
    assert tuple(row) == (1, 2, 3, 4, 5, 6, 7, 8)


def test_what_one_store_wrote_another_one_reads(database_url: str, store: Store) -> None:
    store.keep([page()])
    with Store.open(database_url) as second:
        assert second.resources() == store.resources()


def run(**counts: int) -> RunRecord:
    return RunRecord(
        started=NOW,
        finished=NOW + timedelta(seconds=9),
        **{"created": 1, "updated": 2, "retired": 0, "unchanged": 9, "drift": 0, "failed": 0, "reads": 7, "writes": 3}
        | counts,
    )


def test_the_newest_runs_come_first_with_their_numbers(store: Store) -> None:
    numbers = [store.record_run(run(created=count)) for count in range(3)]
    assert store.runs(2) == ((numbers[2], run(created=2)), (numbers[1], run(created=1)))


def test_all_runs_are_counted_together(store: Store) -> None:
    assert store.run_totals() == RunTotals(whole=0, partly=0, reads=0, writes=0)
    for failed in (0, 0, 2):
        store.record_run(run(failed=failed))
    assert store.run_totals() == RunTotals(whole=2, partly=1, reads=21, writes=9)


def test_points_are_counted_together_and_a_run_that_knows_none_adds_none(store: Store) -> None:
    for points in (54, None, 0, 6):
        store.record_run(replace(run(), points=points))
    assert [made.points for _, made in store.runs(9)] == [6, 0, None, 54]
    assert store.run_totals().points == 60


@pytest.mark.parametrize("said", [(), ("Jira",), ("Confluence",), ("Confluence", "Jira")])
def test_a_run_keeps_what_sites_said_of_their_quotas(store: Store, said: tuple[str, ...]) -> None:
    quota = tuple(QuotaLeft(product=name, limit=65_000 + len(name), remaining=len(name)) for name in said)
    store.record_run(replace(run(), quota=quota))
    ((_, kept),) = store.runs(1)
    assert kept.quota == quota


ASKED = (("confluence.pages", 4), ("jira.search", 3))


def test_a_run_knows_what_it_asked_for(store: Store) -> None:
    numbers = [store.record_run(replace(run(), by_operation=asked)) for asked in (ASKED[:1], ASKED, ())]
    assert [(number, made.by_operation) for number, made in store.runs(2)] == [(numbers[2], ()), (numbers[1], ASKED)]
    assert store.run_totals().by_operation == (("confluence.pages", 8), ("jira.search", 3))


def test_what_was_counted_does_not_fall_when_runs_are_forgotten(store: Store, engine: Engine) -> None:
    for failed in (0, 1):
        store.record_run(replace(run(failed=failed), by_operation=ASKED))
    before = store.run_totals()
    assert store.expiry.forget_runs(NOW + timedelta(days=1)) == 2
    assert store.runs(9) == ()
    assert store.run_totals() == before
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT * FROM run_requests").all() == []


def test_the_last_arrival_of_each_sender_is_kept_and_no_earlier_one(store: Store) -> None:
    assert store.arrivals.last() == {}
    for sender, day in ((Sender.JIRA, 23), (Sender.JIRA, 24), (Sender.JIRA, 22), (Sender.READINGS, 1)):
        store.arrivals.note(sender, date(2026, 11, day))
    assert store.arrivals.last() == {Sender.JIRA: date(2026, 11, 24), Sender.READINGS: date(2026, 11, 1)}


def test_a_written_rhythm_comes_back_as_it_was_and_is_replaced_whole(store: Store) -> None:
    weekly = Rhythm(check_in=Weekday.TUESDAY, at=time(9, 30), quiet_weeks=frozenset({IsoWeek(2026, 52)}))
    first = WrittenRhythm(team="onboarding", cycle="2026-q4", valid_from=date(2026, 10, 5), rhythm=weekly)
    other = replace(first, team="metering", rhythm=None)
    store.keep_rhythms([first, other])
    assert store.rhythms() == (other, first)
    reviewed = replace(weekly, every=2, reviews=(("2026-q4", date(2026, 12, 15)),), quiet_weeks=frozenset())
    store.keep_rhythms([replace(first, rhythm=reviewed)])
    assert store.rhythms() == (other, replace(first, rhythm=reviewed))
    assert store.expiry.forget_rhythms([("onboarding", "2026-q4"), ("gone", "2026-q4")]) == 1
    assert store.rhythms() == (other,)
