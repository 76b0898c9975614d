"""A generated organisation of any size: its mapping folder, and a site full of its epics. Counts come from here alone.

Every team has one objective with two key results: four epics found by a label, four named by their keys. Nine teams of
ten share one space, the tenth has its own; every other team writes English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from pathlib import Path

from connector.pages.orientation import MOST_DRAWN
from connector.sandbox.seed import empty_site
from connector.sandbox.site import Site

EPICS = 4  # of each key result
KEY_RESULTS = 2
FIRST_DAYS = 7  # of a month, in which the month before is reported
CYCLE = "now"

_TITLE = "New customers feel safe after one week"
_JIRA = "{project: OKR, objective_type: Task, key_result_type: Task, evidence_link: Relates}"
_STRATEGY = """organisation: Nordlicht Energie
language: de
timezone: Europe/Berlin
purpose: Wir machen Energiesparen leicht.
vision: In fünf Jahren kennen die Haushalte ihren Verbrauch so gut wie ihren Kontostand.
moal: {{title: Ein Blick genügt, picture: Jedes Haus versteht den eigenen Verbrauch., until: {until}}}
frame: [Wie die Einrichtung aussieht, entscheidet das Team.]
cycles:
  - {{id: {cycle}, from: {first}, to: {last}}}
planning_ahead: 1
confluence: {{space: OKR, parent: OKR}}
strategy: here
"""

_TEAM = """team: {id}
name: {name}
size: 6
language: {language}
delivery: [{project}]
jira: {jira}
confluence: {{space: {space}}}
rhythm: {{check_in: monday 09:00, every: 1, reviews: {{{cycle}: {review}}}}}
okrs: here
objectives:
  - id: first-week
    cycle: {cycle}
    title: {title}
    contributes_to: [moal]
    not_doing: [A new billing portal.]
    unknowns: [Whether the guide is read at all.]
    key_results:
"""

_KEY_RESULT = """      - id: {id}
        name: Alone at first try {id}
        hypothesis:
          who: New customers
          do: set up their account without help
          from: 38 %
          to: 55–65 %
          because: a guided setup in three steps
          rethink: {{if: below 42 %, day: {rethink}}}
        indicators:
          - id: {id}-rate
            name: Share of accounts set up alone {id}
            kind: leading
            unit: "%"
            baseline: 38
            target: [55, 65]
            source: {{type: pushed}}
            {epics}expect: {{direction: rises, first_visible: {visible}}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """So many teams on a day; what they amount to on the sites."""

    teams: int
    today: date
    jira: bool = True  # without, nothing is asked there

    @property
    def spaces(self) -> tuple[str, ...]:
        """The shared one, and one for every tenth team."""
        return ("OKR", *(space_of(number) for number in self.numbers if space_of(number) != "OKR"))

    @property
    def numbers(self) -> range:
        """The teams."""
        return range(1, self.teams + 1)

    @property
    def issues(self) -> int:
        """Of ours: an objective and its key results."""
        return self.teams * (1 + KEY_RESULTS)

    @property
    def pages(self) -> int:
        """Of ours: a home in each space, strategy and data flow, of each team its planning and check-in."""
        return len(self.spaces) + 2 + 2 * self.teams

    @property
    def pictures(self) -> int:
        """On the strategy page: of more objectives than can be quiet there is none."""
        return int(self.teams <= MOST_DRAWN)

    @property
    def reports(self) -> int:
        """Of the month before: made in a month's first days, once somebody wrote on the page of a week that it had."""
        return int(self.today.day <= FIRST_DAYS and self.today.weekday() >= self.today.day)

    @property
    def epics_by_label(self) -> int:
        """Found by one label of each team."""
        return self.teams * EPICS

    @property
    def keys(self) -> int:
        """Named in the book."""
        return self.teams * EPICS

    def write_book(self, folder: Path) -> None:
        """The mapping folder."""
        (folder / "teams").mkdir(parents=True)
        first, last = self.today - timedelta(weeks=5), self.today + timedelta(weeks=6)
        strategy = _STRATEGY.format(cycle=CYCLE, first=first, last=last, until=f"{last.year + 1}-12")
        (folder / "strategy.yaml").write_text(strategy, encoding="utf-8")
        for number in self.numbers:
            self.write_team(folder, number)

    def write_team(self, folder: Path, number: int, more: int = 0, title: str = _TITLE) -> None:
        """One team's file; `more` key results beyond the two take the keys that the second one has."""
        week = (self.today - timedelta(weeks=1)).isocalendar()
        head = _TEAM.format(
            id=team_id(number),
            name=f"Team Bezirk {number:04d}",
            language="de" if number % 2 else "en",
            project=project_of(number),
            space=space_of(number),
            cycle=CYCLE,
            review=self.today + timedelta(weeks=5),
            jira=_JIRA if self.jira else "none",
            title=title,
        )
        parts = [head]
        for place in range(KEY_RESULTS + more):
            keys = ", ".join(f"{key}: Guided setup" for key in keys_of(number))
            epics = f"epics: {{keys: {{{keys}}}}}" if place else f"epics: {{label: {label_of(number)}}}"
            parts.append(
                _KEY_RESULT.format(
                    id=f"alone-{place}",
                    rethink=self.today + timedelta(weeks=2),
                    epics=f"{epics}\n            " if self.jira else "",
                    visible=f"{week.year}-W{week.week:02d}",
                )
            )
        (folder / "teams" / f"{team_id(number)}.yaml").write_text("".join(parts), encoding="utf-8")

    def site(self) -> Site:
        """An imitation site with the epics, the spaces, and nothing of ours."""
        site = empty_site()
        site.jira.add_project("OKR", "OKR")
        for space in self.spaces:
            site.confluence.add_space(space, f"Space {space}")
        for number in self.numbers:
            site.jira.add_project(project_of(number), f"Delivery {number}")
            for _ in range(EPICS):
                site.jira.add_issue(project=project_of(number), summary="Setup", labels=(label_of(number),))
            for _ in range(EPICS):
                site.jira.add_issue(project=project_of(number), summary="Guide")
        return site


def team_id(number: int) -> str:
    """As the book names a team."""
    return f"district-{number:04d}"


def project_of(number: int) -> str:
    """The delivery project of a team."""
    return f"D{number:04d}"


def space_of(number: int) -> str:
    """The space of a team."""
    return f"S{number:04d}" if number % 10 == 0 else "OKR"


def label_of(number: int) -> str:
    """The label on a team's epics."""
    return f"okr-setup-{number:04d}"


def labelled_epic(number: int) -> str:
    """One of the epics that carry a team's label."""
    return f"{project_of(number)}-1"


def keys_of(number: int) -> Iterator[str]:
    """The epics that a team names."""
    return (f"{project_of(number)}-{place}" for place in range(EPICS + 1, 2 * EPICS + 1))


def parts(count: int, size: int) -> int:
    """Requests for so many things at so many a request."""
    return ceil(count / size)
