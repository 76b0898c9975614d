"""Books of many teams, written by code: one objective, two key results and two label selectors a team."""

from pathlib import Path

from connector.sandbox.seed import empty_site
from connector.sandbox.site import Site
from tests.flow.dialects import SPOKEN
from tests.flow.stand import START

STRATEGY = """\
organisation: Nordlicht Energie
language: de
timezone: Europe/Berlin
purpose: Wir machen Energiesparen leicht.
cycles:
  - {id: 2026-Q4, from: 2026-10-01, to: 2026-12-31}
confluence: {space: OKR, parent: OKRs}
strategy: here
"""
TEAM = """\
team: t{n}
name: Team {n}
size: 6
delivery: [WORK]
jira: {{project: OKR}}
rhythm: {{check_in: tuesday 09:00}}
okrs: here
objectives:
  - id: besser
    cycle: 2026-Q4
    title: Haushalte finden sich zurecht
    key_results:
{key_results}
"""
KEY_RESULT = """\
      - id: kr{k}
        hypothesis: {{who: Haushalte, do: finden Antwort {k} selbst, because: eine kurze Anleitung}}
        indicators:
          - id: found-{k}
            name: Antwort {k} gefunden
            kind: leading
            unit: von 5
            source: {{type: observed}}
            epics: {{label: okr-t{n}-{k}}}
"""


def crowded_site(teams: int) -> Site:
    """A project for the OKRs, one space, and an epic for every selector."""
    site = empty_site(start=START, frozen=True, dialect=SPOKEN)
    for key in ("OKR", "WORK"):
        site.jira.add_project(key)
    site.confluence.add_space("OKR", "OKR")
    for number in range(teams):
        for k in (1, 2):
            site.jira.add_issue(project="WORK", summary="Anleitung", labels=(f"okr-t{number}-{k}",))
    return site


def crowded_book(folder: Path, teams: int) -> None:
    """The mapping folder of that many teams."""
    (folder / "teams").mkdir(parents=True)
    (folder / "strategy.yaml").write_text(STRATEGY, encoding="utf-8")
    for number in range(teams):
        key_results = "".join(KEY_RESULT.format(n=number, k=k) for k in (1, 2))
        text = TEAM.format(n=number, key_results=key_results)
        (folder / "teams" / f"t{number}.yaml").write_text(text, encoding="utf-8")
