"""Team Crossing of the Sound Ferries, in week 48 of 2026: an English team, built by hand."""

from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from connector.pages.views import Addresses, LastTime, TeamView
from mappings.calendar import IsoWeek, Rhythm, Weekday
from mappings.epics import EpicSelector, Evidence, StatusCategory
from mappings.indicators import Direction, Expectation, Indicator, IndicatorKind, Reading, Source, SourceKind, Target
from mappings.okr import (
    CheckInAnswers,
    Cycle,
    Hypothesis,
    HypothesisState,
    JiraPlace,
    KeyResult,
    Language,
    Moal,
    Objective,
    Rethink,
    Strategy,
    Team,
)
from mappings.team_text import TeamText

WEEK = IsoWeek(2026, 48)
OSLO = ZoneInfo("Europe/Oslo")
QUARTER = Cycle(id="2026-Q4", first=date(2026, 10, 1), last=date(2026, 12, 31))
STRATEGY = Strategy(
    organisation="Sound Ferries",
    language=Language.EN,
    timezone=OSLO,
    purpose="We make the water a way across, not a barrier.",
    vision="In five years people on both shores plan their day as if there were a bridge",
    moal=Moal(title="Whoever arrives at the quay knows what to do next, without asking", until="2027-06"),
    frame=("One afternoon each for planning and review, free of daily business", "The team decides what the signs say"),
    cycles=(QUARTER,),
    space="SEA",
    parent="OKR",
)
BOARDED = Indicator(
    id="boarded",
    name="Passengers aboard at the first call",
    kind=IndicatorKind.LEADING,
    unit="%",
    baseline=Decimal(52),
    target=Target(low=Decimal(70), high=Decimal(80)),
    source=Source(kind=SourceKind.CSV, path="boarded.csv"),
    epics=EpicSelector(label="okr-boarded"),
    expect=Expectation(direction=Direction.RISES, first_visible=IsoWeek(2026, 45)),
)
ASKED = Indicator(
    id="asked",
    name="Passengers who asked for the way",
    kind=IndicatorKind.LEADING,
    unit="out of 20 we stood beside",
    source=Source(kind=SourceKind.OBSERVED),
    epics=EpicSelector(parent="SEA-7"),
    expect=Expectation(direction=Direction.FALLS),
)
BOARDING = KeyResult(
    id="first-call",
    name="Aboard at the first call",
    hypothesis=Hypothesis(
        who="passengers on foot",
        does="find their deck before the first call",
        start="52%",
        goal="70–80%",
        because="one sign at every fork, in pictures",
        rethink=Rethink(condition="below 55%", day=date(2026, 11, 20)),
    ),
    indicators=(BOARDED,),
)
WAY = KeyResult(
    id="way",
    name="Finding the way",
    hypothesis=Hypothesis(
        who="people who sail for the first time",
        does="walk from the bus to the quay without asking",
        because="a blue line on the ground",
        rethink=Rethink(condition="more than ten ask in two check-ins in a row"),
    ),
    indicators=(ASKED,),
)
QUAY = Objective(
    id="quay",
    cycle="2026-Q4",
    title="People on foot feel expected at the quay",
    contributes_to=("moal",),
    depends_on=("Team Timetable",),
    unknowns=("Whether the line is seen in the rain",),
    key_results=(BOARDING,),
)
RETURN = Objective(
    id="return",
    cycle="2026-Q4",
    title="Those who sailed once know the way back",
    contributes_to=("crossing/quay",),
    not_doing=("A new app",),
    key_results=(WAY,),
)
TEAM = Team(
    id="crossing",
    name="Team Crossing",
    size=5,
    language=Language.EN,
    timezone=OSLO,
    delivery=("SEA",),
    jira=JiraPlace(project="OKR"),
    space="SEA",
    rhythm=Rhythm(check_in=Weekday.THURSDAY, at=time(13, 30), every=2),
    objectives=(QUAY, RETURN),
)
QUAY_REF, RETURN_REF = "crossing/2026-q4/quay", "crossing/2026-q4/return"


def _series(indicator: Indicator, *values: tuple[int, int, str | None]) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            indicator=f"crossing/{indicator.id}",
            on=date(2026, month, day),
            value=None if value is None else indicator.quantised(Decimal(value)),
        )
        for month, day, value in values
    )


VIEW = TeamView(
    strategy=STRATEGY,
    team=TEAM,
    cycle=QUARTER,
    today=date(2026, 11, 25),
    evidence={
        BOARDED.id: (
            Evidence(key="SEA-3", name="Signs at the forks", status=StatusCategory.IN_PROGRESS),
            Evidence(key="SEA-5", name="", status=None),
        ),
        ASKED.id: (Evidence(key="SEA-8", name="The blue line", status=StatusCategory.DONE),),
    },
    readings={
        BOARDED.id: _series(BOARDED, (10, 29, "52"), (11, 12, "57.5"), (11, 26, "61")),
        ASKED.id: _series(ASKED, (10, 29, "9"), (11, 12, None)),
    },
    answers={
        (IsoWeek(2026, 44), f"{QUAY_REF}/first-call"): CheckInAnswers(state=HypothesisState.OPEN, confidence=6),
        (IsoWeek(2026, 44), f"{RETURN_REF}/way"): CheckInAnswers(state=HypothesisState.WEAKENED),
    },
    checked_weeks=frozenset({IsoWeek(2026, 44), IsoWeek(2026, 46)}),
    agreed_on=None,
)
ADDRESSES = Addresses(
    issues={QUAY_REF: "OKR-11", f"{QUAY_REF}/first-call": "OKR-12"},
    pages={"planning/crossing/2026-q4": "https://wiki.example.org/pages/21"},
    browse="https://jira.example.org/browse/",
)
LAST = LastTime(week=IsoWeek(2026, 46), tried=TeamText("Paint the line.\nStand beside it on a wet morning."))
