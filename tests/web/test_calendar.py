"""A team's calendar, read back and held against weeks that are counted by hand; and the address of the week's page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from connector.clock import WallClock
from connector.rhythms import WrittenRhythm, keeping_time
from connector.web.feed import calendar, moments
from connector.web.secret_addresses import SecretAddresses
from mappings.calendar import IsoWeek, Rhythm, Weekday
from mappings.okr import Cycle, Language, MappingBook, OkrSource, Strategy, Team
from tests.flow.stand import START
from tests.web.standing import BEARER, DOOR, TOKEN, Standing, standing

BERLIN, YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
RUNNING = Cycle(id="2026-Q4", first=date(2026, 10, 1), last=date(2026, 12, 31))
NEXT = Cycle(id="2027-Q1", first=date(2027, 1, 1), last=date(2027, 3, 31))
LATER = Cycle(id="2027-Q2", first=date(2027, 4, 1), last=date(2027, 6, 30))
BEFORE = Cycle(id="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
STRATEGY = Strategy(
    organisation="Nordlicht",
    language=Language.DE,
    timezone=BERLIN,
    cycles=(LATER, BEFORE, NEXT, RUNNING),
    space="OKR",
    parent="OKR",
)
RHYTHM = Rhythm(
    check_in=Weekday.TUESDAY,
    at=time(9),
    every=2,
    reviews=(("2026-Q4", date(2026, 12, 15)), ("2026-Q3", date(2026, 9, 15))),
    quiet_weeks=frozenset({IsoWeek(2026, 51), IsoWeek(2026, 53)}),
)
TODAY = date(2026, 11, 24)
KEYS = SecretAddresses(secret=TOKEN)


def team(zone: ZoneInfo = BERLIN, language: Language = Language.DE, rhythm: Rhythm | None = RHYTHM) -> Team:
    return Team(
        id="heat",
        name="Team Wärme",
        size=5,
        language=language,
        timezone=zone,
        jira=None,
        space="HEAT",
        rhythm=rhythm,
    )


def events(of: Team, today: date = TODAY) -> list[Event]:
    raw = calendar(of, moments(STRATEGY, of, today), today, f"{DOOR}/there")
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def starts(found: list[Event], kind: str) -> list[date]:
    return [event["DTSTART"].dt for event in found if str(event["UID"]).startswith(kind)]


def test_check_ins_are_every_other_tuesday_of_both_cycles_but_for_quiet_weeks() -> None:
    """Counted with days alone: from the first Tuesday of each cycle on, in steps of fourteen days."""
    expected = []
    for first, last in ((date(2026, 10, 6), date(2026, 12, 31)), (date(2027, 1, 5), date(2027, 3, 31))):
        day = first
        while day <= last:
            expected.append(day)
            day += timedelta(days=14)
    expected.remove(date(2026, 12, 15))  # in week 51
    expected.remove(date(2026, 12, 29))  # in week 53
    found = starts(events(team()), "check-in")
    assert [start.date() for start in found] == expected
    assert {start.time() for start in found} == {time(9)}


@pytest.mark.parametrize(("zone", "autumn"), [(BERLIN, date(2026, 10, 25)), (YORK, date(2026, 11, 1))])
def test_the_meeting_stays_at_its_hour_when_the_clocks_change(zone: ZoneInfo, autumn: date) -> None:
    """Read back through the zone that the file itself defines, not through ours."""
    found = starts(events(team(zone)), "check-in")
    hours = {start.date(): start.astimezone(UTC).hour for start in found}
    winter = 9 - int(datetime(2026, 12, 1, tzinfo=zone).utcoffset().total_seconds() // 3600)
    spring = date(2027, 3, 14) if zone is YORK else date(2027, 3, 28)
    assert hours
    assert {day: hour for day, hour in hours.items() if hour != winter - (day < autumn or day >= spring)} == {}


def test_the_file_carries_its_zone() -> None:
    raw = calendar(team(), moments(STRATEGY, team(), TODAY), TODAY, None)
    (zone,) = Calendar.from_ical(raw).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    there = zone.to_tz(lookup_tzid=False)
    for moment in (datetime(2026, 10, 24, 12), datetime(2026, 10, 26, 12), datetime(2027, 3, 29, 12)):  # noqa: DTZ001
        assert moment.replace(tzinfo=there).utcoffset() == moment.replace(tzinfo=BERLIN).utcoffset()
    assert b"DTSTART;TZID=Europe/Berlin:20261006T090000" in raw


def test_reviews_and_plannings_take_a_day_and_only_of_the_two_cycles() -> None:
    found = events(team())
    assert starts(found, "review") == [date(2026, 12, 15)]
    assert starts(found, "planning") == [date(2026, 9, 10), date(2026, 12, 11)]  # three weeks before
    titles = [str(event["SUMMARY"]) for event in found]
    assert "OKR-Review · Team Wärme · Q4 2026" in titles
    assert "OKR-Planning · Team Wärme · Q1 2027" in titles
    assert "OKR review · Team Wärme · Q4 2026" in [str(e["SUMMARY"]) for e in events(team(language=Language.EN))]


def test_a_team_without_a_rhythm_has_its_plannings() -> None:
    assert {str(event["UID"]).partition("-")[0] for event in events(team(rhythm=None))} == {"planning"}


def test_a_team_that_writes_its_rhythm_itself_meets_as_it_wrote() -> None:
    """From the day on that it wrote; the rhythm of its file counts for nothing."""
    writing = replace(team(), source=OkrSource.CONFLUENCE)
    written = WrittenRhythm(
        team="heat",
        cycle="2026-q4",
        valid_from=date(2026, 11, 9),
        rhythm=Rhythm(check_in=Weekday.FRIDAY, at=time(10), reviews=(("2026-q4", date(2026, 12, 18)),)),
    )
    book = keeping_time(MappingBook(strategy=STRATEGY, teams=(writing,)), (written,))
    found = events(book.teams[0])
    assert [start.date() for start in starts(found, "check-in")][:2] == [date(2026, 11, 13), date(2026, 11, 20)]
    assert {start.year for start in starts(found, "check-in")} == {2026}
    assert starts(found, "review") == [date(2026, 12, 18)]


def test_the_same_event_has_the_same_name_whenever_it_is_asked_for() -> None:
    one, other = events(team()), events(team(), today=date(2026, 12, 3))
    assert [str(event["UID"]) for event in one] == [str(event["UID"]) for event in other]
    assert len({str(event["UID"]) for event in one}) == len(one)
    moved = Rhythm(check_in=Weekday.WEDNESDAY, at=time(14), every=2)
    assert {str(e["UID"]) for e in one if "check-in" in e["UID"]} < {str(e["UID"]) for e in events(team(rhythm=moved))}


def test_nobody_is_invited_and_nothing_rings() -> None:
    raw = calendar(team(), moments(STRATEGY, team(), TODAY), TODAY, None).decode()
    assert [word for word in ("ATTENDEE", "ORGANIZER", "VALARM", "METHOD", "CONTACT", "mailto") if word in raw] == []


def test_between_two_cycles_the_next_one_is_there() -> None:
    gap = (Cycle(id="2026-Q4", first=date(2026, 10, 1), last=date(2026, 12, 18)), NEXT)
    strategy = Strategy(organisation="N", language=Language.DE, timezone=BERLIN, cycles=gap, space="OKR", parent="OKR")
    found = moments(strategy, team(), date(2026, 12, 25))
    assert {moment.title[-7:] for moment in found if "Planning" in moment.title} == {"Q1 2027"}


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(tmp_path_factory.mktemp("calendar")) as built:
        yield built


def test_the_address_is_shown_to_those_who_see_the_team_and_opens_its_calendar_only(on: Standing) -> None:
    key = KEYS.key("onboarding")
    assert f"{DOOR}/calendar/onboarding.ics?key={key}" in on.look("/teams/onboarding")
    client = on.client()
    answer = client.get(f"/calendar/onboarding.ics?key={key}")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert client.get("/calendar/onboarding.ics", headers=BEARER).data == answer.data
    for path in ("/", "/status", "/teams/onboarding", "/calendar/metering.ics", "/teams/metering/this-week"):
        assert client.get(f"{path}?key={key}").status_code == 401, path


@pytest.mark.parametrize("shown", ["", "?key=", "?key=x", "?key=%ff", "?key=ä", "?other=1"])
def test_another_key_opens_nothing_and_does_not_tell_which_teams_there_are(on: Standing, shown: str) -> None:
    for name in ("onboarding", "nobody"):
        assert on.client().get(f"/calendar/{name}.ics{shown}").status_code == 401
        assert on.client(ui_token=None).get(f"/calendar/{name}.ics{shown}").status_code == 403


def test_a_secret_of_its_own_takes_the_token_s_place(on: Standing) -> None:
    client = on.client(calendar_secret="another")
    key = SecretAddresses(secret="another").key("onboarding")
    assert client.get(f"/calendar/onboarding.ics?key={KEYS.key('onboarding')}").status_code == 401
    assert client.get(f"/calendar/onboarding.ics?key={key}").status_code == 200


def test_the_calendar_is_the_book_s(on: Standing) -> None:
    found = Calendar.from_ical(on.client().get("/calendar/onboarding.ics", headers=BEARER).data).walk("VEVENT")
    kinds = {str(event["UID"]).split("-")[0] for event in found}
    assert {"check", "planning"} <= kinds
    assert all(str(event["URL"]).startswith(f"{DOOR}/teams/onboarding/this-week?key=") for event in found)


def test_the_week_s_address_leads_to_the_page_in_confluence(on: Standing) -> None:
    page = on.scene.page_id("check-in/onboarding/2026-W48")
    for answer in (
        on.client().get("/teams/onboarding/this-week", headers=BEARER),
        on.client().get(f"/teams/onboarding/this-week?key={KEYS.key('onboarding')}"),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{on.scene.address}/wiki/pages/viewpage.action?pageId={page}"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert on.client().get("/teams/onboarding/this-week").status_code == 401
    assert on.client().get("/teams/nobody/this-week", headers=BEARER).status_code == 404


def test_a_week_without_a_page_says_just_that(on: Standing) -> None:
    later = WallClock(lambda: START + timedelta(days=21))
    answer = on.client(clock=later).get("/teams/onboarding/this-week?language=en", headers=BEARER)
    assert answer.status_code == 404
    assert "There is no page for this week." in answer.text
    assert "pageId=" in answer.text
