"""Team Onboarding of Nordlicht Energie, in week 48 of 2026: the team of the model pages, built by hand."""

from dataclasses import replace
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
BERLIN = ZoneInfo("Europe/Berlin")
QUARTER = Cycle(id="2026-Q4", first=date(2026, 10, 1), last=date(2026, 12, 31))
STRATEGY = Strategy(
    organisation="Nordlicht Energie",
    language=Language.DE,
    timezone=BERLIN,
    purpose="Wir machen Energiesparen leicht.",
    vision="In fünf Jahren kennen die Haushalte, die wir beliefern, ihren Verbrauch so gut wie ihren Kontostand.",
    moal=Moal(
        title="Ein Blick genügt: Wer zu uns kommt, versteht den eigenen Verbrauch, ohne nachzufragen.",
        picture="Am Küchentisch liegt ein Telefon. Ein Blick darauf, und alle wissen: heute war ein guter Tag.\n"
        "Niemand sucht mehr nach der Zählernummer.",
        until="2027-12",
    ),
    frame=(
        "Für Planning und Review je einen Nachmittag ohne Tagesgeschäft.",
        "Wie die Einrichtung aussieht, entscheidet das Team.",
        "OKR sind kein Thema in Jahresgesprächen, und Geld hängt nicht daran.",
    ),
    cycles=(QUARTER,),
    space="OKR",
    parent="OKR",
)

SHARE = Indicator(
    id="anteil-konten",
    name="Anteil selbst eingerichteter Konten",
    kind=IndicatorKind.LEADING,
    unit="%",
    baseline=Decimal(38),
    target=Target(low=Decimal(55), high=Decimal(65)),
    source=Source(kind=SourceKind.PUSHED),
    epics=EpicSelector(keys=(("ONB-12", "Geführte Einrichtung"), ("ONB-33", "Hinweis zum Zählerstand"))),
    expect=Expectation(direction=Direction.RISES, first_visible=IsoWeek(2026, 44)),
)
CALLS = Indicator(
    id="anrufe",
    name="Anrufe zur Einrichtung je Woche",
    kind=IndicatorKind.LEADING,
    baseline=Decimal(120),
    source=Source(kind=SourceKind.JQL_COUNT, jql="project = SUP AND labels = einrichtung"),
    epics=EpicSelector(keys=(("ONB-40", "Rückruf-Knopf bei Schritt 2"),)),
    expect=Expectation(direction=Direction.FALLS, first_visible=IsoWeek(2026, 47)),
)
CANCELLED = Indicator(
    id="kuendigungen",
    name="Kündigungen in den ersten 90 Tagen",
    kind=IndicatorKind.LAGGING,
    unit="%",
    baseline=Decimal(6),
    source=Source(kind=SourceKind.OBSERVED),
)
FOUND = Indicator(
    id="gefunden",
    name="Antwort in der Anleitung gefunden",
    kind=IndicatorKind.LEADING,
    unit="von 5 angerufenen Haushalten",
    source=Source(kind=SourceKind.OBSERVED),
    epics=EpicSelector(keys=(("ONB-27", "Anleitung auf einer Seite"),)),
    expect=Expectation(direction=Direction.RISES, first_visible=IsoWeek(2026, 46)),
)

SETUP = KeyResult(
    id="einrichtung-ohne-hilfe",
    name="Einrichtung ohne Hilfe",
    hypothesis=Hypothesis(
        who="neue Kundinnen und Kunden",
        does="richten ihr Konto ohne Hilfe ein",
        start="38 %",
        goal="55–65 %",
        because="eine geführte Einrichtung mit drei Schritten",
        rethink=Rethink(condition="unter 42 %", day=date(2026, 11, 20)),
    ),
    indicators=(SHARE, CALLS, CANCELLED),
)
GUIDE = KeyResult(
    id="antwort-in-der-anleitung",
    name="Antwort in der Anleitung",
    hypothesis=Hypothesis(
        who="neue Kundinnen und Kunden",
        does="finden in der Anleitung die Antwort auf ihre erste Frage",
        because="eine Anleitung auf einer einzigen Seite, mit Bildern",
    ),
    indicators=(FOUND,),
)
FIRST_WEEK = Objective(
    id="erste-woche",
    cycle="2026-Q4",
    title="Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs.",
    contributes_to=("moal",),
    depends_on=("Team Kundenservice", "Team Messstellen"),
    not_doing=("Ein neues Rechnungsportal",),
    unknowns=("Ob die Anleitung überhaupt gelesen wird", "Ob der Brief vor dem ersten Login ankommt"),
    key_results=(SETUP, GUIDE),
)
TEAM = Team(
    id="onboarding",
    name="Team Onboarding",
    size=7,
    language=Language.DE,
    timezone=BERLIN,
    delivery=("ONB",),
    jira=JiraPlace(project="OKR"),
    space="OKR",
    rhythm=Rhythm(
        check_in=Weekday.TUESDAY,
        at=time(9, 0),
        reviews=(("2026-Q4", date(2026, 12, 15)),),
        quiet_weeks=frozenset({IsoWeek(2026, 52)}),
    ),
    objectives=(FIRST_WEEK,),
)
FIRST_REF = "onboarding/2026-q4/erste-woche"
SETUP_REF = f"{FIRST_REF}/einrichtung-ohne-hilfe"
GUIDE_REF = f"{FIRST_REF}/antwort-in-der-anleitung"


def series(indicator: Indicator, *values: tuple[int, int, str | None]) -> tuple[Reading, ...]:
    """Readings of 2026 from (month, day, value)."""
    return tuple(
        Reading(
            indicator=f"onboarding/{indicator.id}",
            on=date(2026, month, day),
            value=None if value is None else indicator.quantised(Decimal(value)),
        )
        for month, day, value in values
    )


READINGS = {
    SHARE.id: series(
        SHARE, (10, 26, "39"), (11, 2, "40.5"), (11, 9, None), (11, 16, "44"), (11, 23, "41.5"), (11, 30, "60")
    ),
    CALLS.id: series(CALLS, (10, 26, "131"), (11, 2, "118"), (11, 9, "124"), (11, 16, "97"), (11, 23, "112")),
    FOUND.id: series(FOUND, (10, 27, "2"), (11, 10, "2"), (11, 17, "1"), (11, 24, "3")),
}
EVIDENCE = {
    SHARE.id: (
        Evidence(key="ONB-12", name="Geführte Einrichtung", status=StatusCategory.IN_PROGRESS),
        Evidence(key="ONB-33", name="Hinweis zum Zählerstand", status=StatusCategory.TO_DO),
    ),
    CALLS.id: (Evidence(key="ONB-40", name="Rückruf-Knopf bei Schritt 2", status=StatusCategory.DONE),),
    FOUND.id: (Evidence(key="ONB-27", name="Anleitung auf einer Seite", status=StatusCategory.DONE),),
}


def _given(state: HypothesisState, confidence: int) -> CheckInAnswers:
    return CheckInAnswers(state=state, confidence=confidence)


OPEN, UNCLEAR = HypothesisState.OPEN, HypothesisState.UNCLEAR
SUPPORTED, WEAKENED = HypothesisState.SUPPORTED, HypothesisState.WEAKENED
ANSWERS = {
    (IsoWeek(2026, 44), SETUP_REF): _given(OPEN, 5),
    (IsoWeek(2026, 46), SETUP_REF): _given(UNCLEAR, 5),
    (IsoWeek(2026, 47), SETUP_REF): _given(SUPPORTED, 7),
    (IsoWeek(2026, 48), SETUP_REF): _given(UNCLEAR, 6),
    (IsoWeek(2026, 44), GUIDE_REF): _given(OPEN, 4),
    (IsoWeek(2026, 46), GUIDE_REF): _given(OPEN, 4),
    (IsoWeek(2026, 47), GUIDE_REF): _given(WEAKENED, 3),
    (IsoWeek(2026, 48), GUIDE_REF): _given(SUPPORTED, 5),
}
VIEW = TeamView(
    strategy=STRATEGY,
    team=TEAM,
    cycle=QUARTER,
    today=date(2026, 11, 24),
    evidence=EVIDENCE,
    readings=READINGS,
    answers=ANSWERS,
    checked_weeks=frozenset({IsoWeek(2026, 44), IsoWeek(2026, 46), IsoWeek(2026, 47), WEEK}),
    agreed_on=date(2026, 9, 14),
)
ADDRESSES = Addresses(
    issues={FIRST_REF: "OKR-1", SETUP_REF: "OKR-2", GUIDE_REF: "OKR-3"},
    pages={
        "strategy": "https://wiki.example.org/pages/10",
        "planning/onboarding/2026-q4": "https://wiki.example.org/pages/11",
        "check-in/onboarding/2026-W47": "https://wiki.example.org/pages/12",
    },
    browse="https://jira.example.org/browse/",
    about="https://okr.example.org/privacy",
)
LAST = LastTime(
    week=IsoWeek(2026, 47),
    tried=TeamText("Den Rückruf-Knopf bei Schritt 2 freischalten. Wieder fünf Haushalte anrufen."),
    needed=TeamText("Team Kundenservice: Anrufe zur Einrichtung mit dem Stichwort „einrichtung“ kennzeichnen."),
)


def view_with(key_result: KeyResult) -> TeamView:
    """The view of a team whose only key result is this one."""
    objective = replace(FIRST_WEEK, key_results=(key_result,))
    return replace(VIEW, team=replace(TEAM, objectives=(objective,)))
