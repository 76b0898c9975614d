"""Sites to begin with: an empty one, and the one of the example book, full of work that people have named."""

from datetime import datetime, timedelta

from connector.sandbox.calls import WEEKS, monday_of, take_calls
from connector.sandbox.clock import SiteClock
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.datacenter.faults import WORDS
from connector.sandbox.datacenter.jira_fields import SCREEN
from connector.sandbox.datacenter.release import NEWEST, Release
from connector.sandbox.dialect import Dialect
from connector.sandbox.faults import Faults
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.people import People
from connector.sandbox.site import Site

_STEPS = ("To Do", "In Progress", "Done")
_EPICS: tuple[tuple[str, int, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "ONB",
        12,
        "Geführte Einrichtung",
        "In Progress",
        ("okr-setup-rate",),
        ("Schritt 1: Anschrift vorbelegen", "Schritt 2: Zählernummer suchen", "Schritt 3: Abschlag erklären"),
    ),
    (
        "ONB",
        33,
        "Hinweis zum Zählerstand (Idee von {0})",
        "To Do",
        ("okr-setup-rate", "zaehler"),
        ("Text für den Hinweis", "Wo der Hinweis stehen soll"),
    ),
    (
        "ONB",
        40,
        "Rückruf-Knopf bei Schritt 2",
        "Done",
        ("okr-setup-calls",),
        ("Knopf zeigen", "Rückrufe in die Warteschlange stellen", "Mit {1} die Sprechzeiten klären"),
    ),
    (
        "ONB",
        27,
        "Anleitung auf einer Seite",
        "Done",
        ("okr-guide-found",),
        ("Bilder der drei häufigsten Zähler", "Seite gegenlesen lassen"),
    ),
    (
        "ONB",
        5,
        "Umzug der Testumgebung",
        "In Progress",
        (),
        ("Zugänge einrichten", "{2} fragt im Rechenzentrum nach"),
    ),
    (
        "MET",
        3,
        "Show where the number stands, on a photo",
        "In Progress",
        ("okr-photo-share",),
        ("Collect photos of the three most common meters", "Ask {3} for the old types"),
    ),
    (
        "MET",
        7,
        "Meter pictures beside the field",
        "In Progress",
        ("okr-photo-share",),
        ("Draw the two-tariff meter", "Try it with five households"),
    ),
    (
        "MET",
        11,
        "Read the meter with the phone's camera",
        "To Do",
        ("okr-photo-share", "okr-read-errors"),
        ("Try two recognisers", "Measure wrong digits"),
    ),
    (
        "MET",
        15,
        "Answer to “which number?” in the letter",
        "Done",
        ("okr-read-errors",),
        ("Say what looks odd", "Let people keep their answer"),
    ),
    (
        "MET",
        21,
        "First letter with one picture",
        "To Do",
        (),
        ("Choose the picture together with {4}", "Print two hundred letters"),
    ),
)


def empty_site(
    *,
    start: datetime | None = None,
    frozen: bool = False,
    search_lag: timedelta = timedelta(0),
    faults: str = "",
    dialect: Dialect = Dialect.CLOUD,
    release: Release = NEWEST,
) -> Site:
    """A site without a project and without a space; `release` counts for Data Center alone."""
    clock, people = SiteClock(start, frozen=frozen), People()
    jira, confluence = JiraWorld(clock, people, search_lag), ConfluenceWorld(clock, people, search_lag)
    if dialect is Dialect.DATACENTER:
        jira.write_limits, jira.screen, confluence.lifts_children = (), SCREEN, True
    return Site(
        clock=clock,
        people=people,
        jira=jira,
        confluence=confluence,
        faults=Faults(faults, words=WORDS if dialect is Dialect.DATACENTER else None),
        dialect=dialect,
        release=release,
    )


def demo_site(
    *,
    start: datetime | None = None,
    frozen: bool = False,
    search_lag: timedelta = timedelta(0),
    faults: str = "",
    to_come: int = 0,
    dialect: Dialect = Dialect.CLOUD,
    release: Release = NEWEST,
) -> Site:
    """The site of the example book.

    Jira: OKR (empty, a person is its default assignee), ONB and MET with epics and stories, SUP with what customers
    asked in the whole weeks before. Confluence: the spaces OKR, ONB and MET with their homepages. With `to_come`, the
    newest so many weeks of calls have not come yet: `take_calls` brings them.
    """
    site = empty_site(
        start=start, frozen=frozen, search_lag=search_lag, faults=faults, dialect=dialect, release=release
    )
    for key, name in (
        ("OKR", "Nordlicht Energie OKR"),
        ("ONB", "Onboarding"),
        ("SUP", "Kundenservice"),
        ("MET", "Metering"),
    ):
        site.jira.add_project(key, name)
    for key, name in (("OKR", "OKR"), ("ONB", "Team Onboarding"), ("MET", "Team Metering")):
        site.confluence.add_space(key, name)
    _add_epics(site)
    _add_calls(site, to_come)
    return site


def _add_epics(site: Site) -> None:
    names = [site.people.nth(number).name for number in range(len(site.people))]
    for project, number, title, status, labels, stories in sorted(_EPICS):
        site.jira.projects[project].last_number = number - 1
        epic = site.jira.add_issue(project=project, summary=title.format(*names), labels=labels, status=status)
        for place, story in enumerate(stories):
            site.jira.add_issue(
                project=project,
                type="Story",
                summary=story.format(*names),
                parent=epic.key,
                status=status if status != "In Progress" else _STEPS[min(place, 1)],
            )


def _add_calls(site: Site, to_come: int) -> None:
    newest = monday_of(site.clock.now()) - timedelta(weeks=1)
    for ago in range(WEEKS - 1, to_come - 1, -1):
        take_calls(site.jira, site.people, newest - timedelta(weeks=ago - to_come), ago)
