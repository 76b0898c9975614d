from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.errors import Advice, Code, ConnectorError, RequestRefused
from connector.sources.watched import Complaint
from connector.sources.weekly_counts import BACKFILLED, EARLIER, WeeklyCounts, due_weeks
from mappings.calendar import IsoWeek
from mappings.indicators import Reading, Source, SourceKind
from tests.sources.watching import AUTUMN, BERLIN, TUESDAY, failure, reading, watching

CALLS = Source(kind=SourceKind.JQL_COUNT, jql="project = SUP AND labels = einrichtung")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
NOTHING: frozenset[IsoWeek] = frozenset()


@dataclass
class Counting:
    """Counts by query in the order of asking; an error is raised."""

    counts: Iterator[int | ConnectorError]
    asked: list[str] = field(default_factory=list)

    def count(self, jql: str) -> int:
        self.asked.append(jql)
        count = next(self.counts)
        if isinstance(count, ConnectorError):
            raise count
        return count


def counted(
    counts: list[int | ConnectorError], *sources: Source, known: frozenset[IsoWeek] = NOTHING
) -> tuple[list[Reading | Complaint], list[str]]:
    jira = Counting(iter(counts))
    due = [due for s in sources or (CALLS,) for due in due_weeks(watching(s), known, NOON, QUARTER)]
    return list(WeeklyCounts(jira=jira).outcomes(due)), jira.asked  # type: ignore[arg-type]  # only counting is needed


def refusal() -> RequestRefused:
    return RequestRefused(Code.QUERY_REFUSED, Advice(what="Jira refuses the request"))


def test_the_newest_whole_week_stands_on_the_monday_after_it() -> None:
    found, asked = counted([112, 97, 124, 118, 131, 122])
    assert found[0] == reading(date(2026, 11, 23), "112.0")
    assert asked[0] == (
        '(project = "SUP" AND labels = "einrichtung")'
        ' AND created >= "2026-11-16 00:00" AND created < "2026-11-23 00:00"'
    )
    assert [one.on for one in found if isinstance(one, Reading)] == [
        date(2026, 11, 23) - timedelta(weeks=back) for back in range(EARLIER + 1)
    ]


def test_a_week_that_has_a_reading_is_not_counted_again() -> None:
    known = frozenset(IsoWeek(2026, week) for week in (44, 45, 46, 47))
    found, asked = counted([112, 122], known=known)
    assert found == [reading(date(2026, 11, 23), "112.0"), reading(date(2026, 10, 19), "122.0")]
    assert len(asked) == 2


def test_nothing_is_asked_when_all_weeks_are_known() -> None:
    assert counted([], known=frozenset(IsoWeek(2026, week) for week in range(40, 49))) == ([], [])


def test_weeks_of_another_cycle_are_not_counted() -> None:
    first = [due.on for due in due_weeks(watching(CALLS, date(2026, 10, 13)), NOTHING, NOON, QUARTER)]
    assert first == [date(2026, 10, 12), date(2026, 10, 5)]
    later = datetime(2027, 1, 20, tzinfo=UTC)
    after = [due.on for due in due_weeks(watching(CALLS, date(2027, 1, 20)), NOTHING, later, QUARTER)]
    assert after == [date(2026, 12, 28), date(2026, 12, 21), date(2026, 12, 14)]


def test_a_week_is_whole_once_the_search_has_caught_up_with_its_end() -> None:
    def newest(now: datetime) -> date:
        today = now.astimezone(BERLIN).date()
        return next(due.on for due in due_weeks(watching(CALLS, today), NOTHING, now, QUARTER))

    monday = datetime(2026, 11, 23, tzinfo=BERLIN).astimezone(UTC)
    assert newest(monday - timedelta(seconds=1)) == date(2026, 11, 16)
    assert newest(monday + QUARTER - timedelta(seconds=1)) == date(2026, 11, 16)
    assert newest(monday + QUARTER) == date(2026, 11, 23)


def test_a_week_begins_at_midnight_of_the_team_on_both_sides_of_a_clock_change() -> None:
    for now, first in (
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),  # winter time since the day before
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 19)),
    ):
        today = now.astimezone(BERLIN).date()
        assert next(due_weeks(watching(CALLS, today), NOTHING, now, timedelta(0))).on == first


@given(
    st.datetimes(min_value=datetime(2026, 9, 1), max_value=datetime(2027, 2, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sets(st.integers(36, 53)),
    st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "UTC"]),
    st.sampled_from([timedelta(0), QUARTER, timedelta(hours=24)]),
)
def test_what_is_due_is_over_unknown_of_its_cycle_and_newest_first(
    now: datetime, weeks: set[int], zone: str, lag: timedelta
) -> None:
    known = frozenset(IsoWeek(2026, week) for week in weeks)
    today = now.astimezone(ZoneInfo(zone)).date()
    due = list(due_weeks(watching(CALLS, today, zone=ZoneInfo(zone)), known, now, lag))
    days = [one.on for one in due]
    assert days == sorted(set(days), reverse=True)
    assert len(days) <= EARLIER + 1
    for one in due:
        end = datetime.combine(one.on, datetime.min.time(), tzinfo=ZoneInfo(zone))
        assert end.astimezone(UTC) + lag <= now
        assert one.on.weekday() == 0
        assert IsoWeek.of(one.on) not in known
        assert AUTUMN.contains(one.on)
        assert one.week.day(6) == one.on - timedelta(days=1)
        assert today - one.on < timedelta(weeks=EARLIER + 1)


def test_a_refused_query_costs_one_request_and_one_complaint() -> None:
    found, asked = counted([refusal()])
    assert len(asked) == 1
    (complaint,) = found
    assert isinstance(complaint, Complaint)
    assert complaint.error.code is Code.SOURCE_UNREADABLE
    assert str(complaint.error).startswith("onboarding/calls: Jira does not know something in this query")


def test_a_site_that_does_not_answer_is_asked_no_more_in_this_run() -> None:
    other = Source(kind=SourceKind.JQL_COUNT, jql="project = SUP AND labels = other")
    found, asked = counted([failure(passes=True)], CALLS, other)
    assert len(asked) == 1
    assert all(isinstance(one, Complaint) for one in found)


def test_the_same_question_is_asked_once() -> None:
    found, asked = counted([1, 2, 3, 4, 5, 6], CALLS, CALLS)
    assert len(asked) == 6
    assert len(found) == 12


def test_the_newest_week_of_all_comes_before_any_earlier_one_and_earlier_ones_are_rationed() -> None:
    many = [Source(kind=SourceKind.JQL_COUNT, jql=f"project = SUP AND labels = l{n}") for n in range(40)]
    found, asked = counted([0] * 1000, *many)
    assert all('"2026-11-16 00:00" AND created <' in jql for jql in asked[:40])
    assert len(asked) == len(found) == 40 + BACKFILLED


@pytest.mark.parametrize(
    "jql",
    [
        "assignee = currentUser()",
        "project = SUP AND reporter = x",
        "project = SUP AND status = Done",
        "project = SUP AND created > -1w",
        "labels = einrichtung",
        "project = SUP AND filter = 10000",
        "project = SUP OR (",
        "",
    ],
)
def test_a_query_that_the_guard_refuses_never_reaches_the_site(jql: str) -> None:
    found, asked = counted([1], Source(kind=SourceKind.JQL_COUNT, jql=jql))
    assert asked == []
    (complaint,) = found
    assert isinstance(complaint, Complaint)
    assert "okr lint" in str(complaint.error)


def test_today_decides_which_week_is_the_newest() -> None:
    assert next(due_weeks(watching(CALLS, TUESDAY), NOTHING, NOON, QUARTER)).week == IsoWeek(2026, 47)
