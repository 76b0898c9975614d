"""The story that is written on pages, played for tests: on a clock that stands still, kept as it ends."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from connector.clock import WallClock
from connector.config import Settings
from connector.demo.play import Stage, environment
from connector.demo.written_acts import Lines, Types
from connector.demo.written_play import moments, stories_of, written_stage
from connector.ledger import Kind
from connector.sync.report import SyncReport
from connector.sync.scope import Options
from connector.wiring import Parts, house
from mappings.team_text import TeamText
from tests.flow.dialects import SPOKEN, documents_kept
from tests.pages.seen import seen

GOLDEN = Path(__file__).parents[1] / "golden" / "story"
LINKS = (Kind.EVIDENCE, Kind.REMOTE_LINK)
SITE = "https://site.example"  # stands for an address whose port nobody knows before
_OF_THE_SITE = re.compile(r' (?:ac:)?(?:macro-id|local-id)="[^"]*"')
_DIGEST = re.compile(r"(>okr-m-[a-z0-9-]+)-[0-9a-f]{10}(?=<)")
_PAGE = re.compile(r"(pageId=|>okr-m-log-)(\d+)")


@dataclass(slots=True, kw_only=True)
class Played:
    """The story as it stands after so many weeks."""

    on: Stage
    weeks: int
    drafts: dict[str, str] = field(default_factory=dict)  # planning pages on their first evening, by ref
    second: SyncReport | None = None

    def bodies(self) -> dict[str, str]:
        """Every page by ref, as it is stored."""
        rows = self.on.parts.store.resources()
        return {
            ref: self._body(row.remote_id) for (kind, ref), row in rows.items() if kind is Kind.PAGE and row.remote_id
        }

    def shows(self, ref: str) -> list[str]:
        """A page line by line."""
        return seen(TeamText(self.bodies()[ref]))

    def keep_drafts(self) -> None:
        """The planning pages as they stand now."""
        self.drafts = {f"draft/{ref}": body for ref, body in self.steady().items() if ref.startswith("planning/")}

    def typed(self) -> Iterator[str]:
        """What people typed beside questions and did not replace later; an empty cell is none."""
        last: dict[tuple[object, ...], str] = {}
        for number in range(self.weeks):
            for team, week in stories_of(number):
                for act in (act for day in week for act in day.acts if isinstance(act, Types)):
                    where = (team, act.page, number if act.page == "check-in" else 0, act.region, act.nth)
                    last |= {(*where, question): answer for question, answer in act.answers}
        return (answer for answer in last.values() if answer)

    def lined(self, team: str) -> Iterator[str]:
        """What a team wrote into its rows of indicators."""
        days = (
            day for number in range(self.weeks) for name, week in stories_of(number) if name == team for day in week
        )
        acts = (act for day in days for act in day.acts if isinstance(act, Lines))
        return (cell for act in acts for cell in act.cells if cell)

    def steady(self) -> dict[str, str]:
        """The bodies without what is another in each play: the address, ids that the site gives, and their digests."""
        pages = {
            row.remote_id: ref for (kind, ref), row in self.on.parts.store.resources().items() if kind is Kind.PAGE
        }
        return {ref: _steady(body, pages) for ref, body in self.bodies().items()}

    def _body(self, page: str) -> str:
        site = self.on.site
        body = site.confluence.page(page).body.replace(site.confluence_url, f"{SITE}/wiki")
        return body.replace(site.jira_url, SITE)


def _steady(body: str, pages: Mapping[str | None, str]) -> str:
    body = _OF_THE_SITE.sub("", body)
    body = _DIGEST.sub(r"\1", body)
    return _PAGE.sub(lambda match: match[1] + pages.get(match[2], "unknown"), body)


@contextmanager
def playing(folder: Path) -> Iterator[Played]:
    """Before the first week."""
    with written_stage(0, folder, frozen=True, dialect=SPOKEN) as on, documents_kept(on.site):
        yield Played(on=on, weeks=0)


def play_on(story: Played, weeks: int, looks: Mapping[date, Callable[[], None]] | None = None) -> None:
    """Plays from the beginning, and follows a second time at the end; on some evenings somebody looks on."""
    for moment in moments(story.on, weeks):
        story.weeks, story.on = moment.week, moment.stage
        assert not [team.errors for team in moment.report.teams if team.errors], moment.day
        if looks and moment.day in looks:
            looks[moment.day]()
    story.second = story.on.sync()


@contextmanager
def another_house(on: Stage, folder: Path) -> Iterator[Parts]:
    """The same book in front of the same site, with a database that knows nothing."""
    folder.mkdir()
    settings = Settings.from_environment(environment(on.site, on.parts.folder.root, folder))
    with house(settings, WallClock(on.site.clock.now)) as parts:
        yield parts


def silent_sync(on: Stage, parts: Parts) -> None:
    """A run without a write, not even a refused one."""
    mark = on.site.log.mark()
    report = parts.engine.sync(on.book, Options())
    wrote = [f"{line.method} {line.path} {line.status}" for line in on.site.log.writes(mark)]
    assert not wrote, wrote
    assert not [team.errors for team in report.teams if team.errors]


def known(on: Stage, parts: Parts) -> tuple[object, ...]:
    """Everything found at the site: what, where, and every reading and answer.

    Labels and readers are asked for when they are due; an unknown value shows on a page like none at all; links of a
    cycle that is over are looked for no more.
    """
    over = [f"/{cycle.id.casefold()}/" for cycle in on.book.strategy.cycles if cycle.last < on.today]
    rows = [
        (kind.value, ref, row.remote_id)
        for (kind, ref), row in parts.store.resources().items()
        if kind not in (Kind.PAGE_LABELS, Kind.READERS) and not (kind in LINKS and any(cycle in ref for cycle in over))
    ]
    return (
        sorted(rows),
        sorted((r for r in parts.store.readings() if r.value is not None), key=lambda r: (r.indicator, r.on)),
        sorted(parts.store.answers(), key=str),
    )


def compare(folder: str, bodies: Mapping[str, str]) -> None:
    """Pages as they are to look, byte for byte; OKR_REWRITE_GOLDEN=1 writes them anew after a look at them."""
    names = {f"{ref.replace('/', '-')}.xml": f"{body}\n" for ref, body in bodies.items()}
    if os.environ.get("OKR_REWRITE_GOLDEN"):
        (GOLDEN / folder).mkdir(parents=True, exist_ok=True)
        for old in (GOLDEN / folder).iterdir():
            old.unlink()
        for name, text in names.items():
            (GOLDEN / folder / name).write_text(text, encoding="utf-8")
    wanted = {path.name: path.read_text(encoding="utf-8") for path in (GOLDEN / folder).iterdir()}
    assert sorted(wanted) == sorted(names)
    differing = [name for name in names if wanted[name] != names[name]]
    assert differing == []
