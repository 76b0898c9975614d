"""Fourteen weeks across two cycles: what was learned is carried on, and nothing can be derived about people or work."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.app import WebParts, create_app
from connector.cli import okr
from connector.demo.play import environment
from connector.demo.written_story import TEAMS
from connector.gateways.posts import Line
from connector.living_book import LivingBook
from connector.ports import Clock
from connector.posting import Posting
from connector.rings import Slot, SlotLedger
from connector.sync.refs import team_of
from mappings.team_text import TeamText
from tests.flow.test_no_person import leaks
from tests.flow.test_posts import Channel
from tests.flow.written_weeks import Played, another_house, compare, known, play_on, playing, silent_sync
from tests.pages.seen import seen
from tests.pages.test_charts import chunks
from webhooks.signatures import secrets_of

WEEKS = 14
LOST_ON = (date(2026, 12, 14), date(2026, 12, 18), date(2027, 1, 7))
"""A review and the next planning have been made; they are written; the next cycle has begun."""
NAMES = ("Team Metering", "Team Onboarding")
STATES = ["gestützt", "geschwächt", "verworfen", "unklar", "supported", "weakened", "discarded", "unclear"]
OF_ALL = ("strategy", "learnings", "report", "home")
KEY = re.compile(r"\b(?:ONB|MET)-\d+")
ABOUT_WORK = re.compile(
    r"\d+\s*(?:Epics?|Vorgänge?|Tickets?|Aufgaben|issues?|stor(?:y|ies)|tasks?|(?:story )?points|Punkte|SP)\b"
    r"|(?:Epics?|Vorgänge|issues|stories|tasks|velocity|throughput|cycle time|Durchlaufzeit)\s*[:=]?\s*\d"
    r"|\d+\s*%\s*(?:fertig|erledigt|abgeschlossen|done|complete)"
    r"|\d+\s*(?:von|of|/)\s*\d+\s*(?:Epics?|issues|erledigt|abgeschlossen|done|completed)"
    r"|\b(?:seit|since|took|dauerte)\s+\d+\s*(?:Tagen?|Stunden|Wochen|days?|hours?|weeks?)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Played to its end; at some weeks' ends a house without a database looks on, which must find everything."""
    folder = tmp_path_factory.mktemp("fourteen-weeks")
    with playing(folder) as story:
        play_on(story, WEEKS, dict.fromkeys(LOST_ON, lambda: _found_again(story, folder)))
        yield story


def _found_again(story: Played, folder: Path) -> None:
    with another_house(story.on, folder / f"on-{story.on.today}") as parts:
        silent_sync(story.on, parts)
        assert known(story.on, parts) == known(story.on, story.on.parts), story.weeks
        silent_sync(story.on, parts)


def test_every_page_looks_as_it_is_to_look(story: Played) -> None:
    assert story.second is not None
    assert story.second.requests.writes == 0
    compare("fourteen-weeks", story.steady())


def test_at_the_end_everything_is_found_again(story: Played, tmp_path: Path) -> None:
    _found_again(story, tmp_path)


def test_nobody_loses_a_word(story: Played) -> None:
    everything = "\n".join(line for ref in story.bodies() for line in story.shows(ref))
    lines = [line for answer in story.typed() for line in answer.replace("{browse}", "").split("\n")]
    assert len(lines) > 250
    assert [line for line in lines if line not in everything] == []


def test_what_was_learned_goes_on_into_the_next_planning(story: Played) -> None:
    learned = "We learned that a letter does not help: at the meter nobody has it at hand."
    for ref in ("learning/metering", "learnings", "report/cycle/2026-q4", "report/month/2026-12"):
        assert any(learned in line for line in story.shows(ref)), ref
    assert f"{learned} (discarded, Q4 2026)" in story.shows("planning/metering/2027-q1")
    assert story.shows("planning/metering/2026-q4")[0] == "What we learned in this cycle"


def test_an_answer_stands_on_the_next_check_in_beside_what_was_needed(story: Played) -> None:
    (line,) = [line for line in story.shows("check-in/metering/2026-W49") if line.startswith("This was the answer")]
    assert line.endswith("Ja, drei Monate lang und ohne Anschrift. Danach werden sie gelöscht.")
    assert sum("Führung: ein Nachmittag im Monat" in line for line in story.shows("strategy")) == 1


def test_nothing_of_a_retrospective_is_to_be_read_anywhere_else(story: Played) -> None:
    for words in ("Dass wir zu zweit telefoniert haben.", "Visits on Friday afternoons."):
        places = [ref for ref in story.bodies() if any(words in line for line in story.shows(ref))]
        assert [place.partition("/")[0] for place in places] == ["retrospective"]


def test_no_person_can_be_read_in_anything_that_is_given_out(story: Played, tmp_path: Path) -> None:
    given = given_out(story, tmp_path)
    assert len(given) > 60
    assert {name: leaks(text) for name, text in given.items() if leaks(text)} == {}


def test_no_table_has_two_teams_and_no_page_of_all_a_state_or_an_epic(story: Played) -> None:
    for ref in story.bodies():
        tables = re.findall(r"<table.*?</table>", story.bodies()[ref], re.DOTALL)
        heads = [" ".join(re.findall(r"<th[^>]*>(.*?)</th>", table, re.DOTALL)) for table in tables]
        assert not [head for head in heads if all(name in head for name in NAMES)], ref
        firsts = [re.findall(r"<tr><t[dh][^>]*><p>(.*?)</p>", table, re.DOTALL) for table in tables]
        assert not [column for column in firsts if len({n for n in NAMES for c in column if c == n}) > 1], ref
        if ref.startswith(OF_ALL):
            shown = "\n".join(story.shows(ref))
            assert not KEY.search(shown), ref
            assert not [word for word in STATES if re.search(rf"\b{word}\b", shown.casefold())], ref


def test_teams_stand_in_the_order_of_the_book_wherever_they_stand_together(story: Played) -> None:
    for ref in ("learnings", "report/cycle/2026-q4", "report/month/2026-12"):
        stand = [line.removeprefix("Q4 2026 · ") for line in story.shows(ref) if line.endswith(NAMES)]
        assert [name for name in stand if name in NAMES] == sorted(NAMES), ref


def test_no_figure_about_work_is_given_out(story: Played, tmp_path: Path) -> None:
    typed = [answer for answer in story.typed() if ABOUT_WORK.search(answer)]
    assert typed == []
    for name, text in given_out(story, tmp_path).items():
        assert ABOUT_WORK.search(text) is None, (name, ABOUT_WORK.search(text))


def test_the_search_for_figures_finds_planted_ones() -> None:
    for planted in ("3 Epics", "5 von 8 Epics", "Velocity: 21", "62 % erledigt", "4 of 7 done", "seit 12 Tagen"):
        assert ABOUT_WORK.search(planted), planted


def test_only_epics_that_a_team_named_are_named_and_only_on_its_own_pages(story: Played) -> None:
    for ref in story.bodies().keys() - {"record"}:  # there stand examples
        named = {key for line in story.lined(team_of(ref)) for key in KEY.findall(line)}
        assert set(KEY.findall("\n".join(story.shows(ref)))) <= named, ref


def test_whatever_happens_to_people_and_work_in_jira_no_page_changes(story: Played, tmp_path: Path) -> None:
    """Only an epic's state crosses the boundary: titles, people, children, points and times change nothing."""
    jira, before = story.on.site.jira, story.steady()
    epics = [i for i in list(jira.issues.values()) if i.key.startswith(("ONB-", "MET-")) and not i.fields.get("parent")]
    for place, epic in enumerate(epics):
        jira.edit_issue(
            epic.key,
            summary=f"Another title {place}",
            assignee=story.on.site.people.person(place % 5),
            duedate="2026-12-24",
            customfield_10016=8.0 * place,
        )
        jira.comment_on(epic.key)
        for number in range(place + 1):
            child = jira.add_issue(project=epic.key[:3], type="Story", summary=f"More {number}", parent=epic.key)
            if number % 2:
                jira.set_status(child.key, "Done")
    with another_house(story.on, tmp_path / "anew") as parts:
        silent_sync(story.on, parts)
    silent_sync(story.on, story.on.parts)
    assert story.steady() == before


def given_out(story: Played, folder: Path) -> dict[str, str]:
    """Everything that anybody can look at: pages, issues, the web view, feeds, numbers for machines, the export."""
    on = story.on
    pages = {page.id: page for page in on.site.confluence.tree.pages.values() if "okr-m-" in page.body}
    given = {ref: "\n".join(seen(TeamText(body))) for ref, body in story.bodies().items()}
    given |= {
        f"page {i}": repr([p.title, [label.name for label in p.labels], list(p.attachments)]) for i, p in pages.items()
    }
    ours = [issue for issue in on.site.jira.issues.values() if "okr" in issue.properties]
    written = ("summary", "labels", "description")
    given |= {i.key: repr([*(i.fields[n] for n in written), i.properties, i.remote_links]) for i in ours}
    given |= _looked_at(story)
    given |= {f"post {line.title}": f"{line.title}\n{line.url}\n{line.open}" for line in _posted(story)}
    given |= {f"picture {name}": " ".join(chunks(content)) for name, content in _pictures(story).items()}
    settings = environment(on.site, on.parts.folder.root, Path(on.parts.folder.root).parent)
    ended = CliRunner(env={"OKR_REWRITE_GOLDEN": None, **settings}).invoke(okr, ["export", str(folder / "export")])
    assert ended.exit_code == 0, ended.output
    for path in sorted((folder / "export").rglob("*")):
        if path.is_file():
            given[f"export {path.name}"] = path.read_text(encoding="utf-8")
    return given


@dataclass(frozen=True, slots=True)
class _Noon(Clock):
    """Noon of one day."""

    day: date

    def now(self) -> datetime:
        return datetime.combine(self.day, time(12), UTC)

    def today(self, zone: str) -> date:
        return self.day


class _Unserved(SlotLedger):
    """Nothing was ever told; what is told now is not noted, so that the story stays as it is."""

    def serve(self, slots: Sequence[Slot], at: datetime, *, ring: bool = True) -> tuple[Slot, ...]:
        return tuple(slots)


def _posted(story: Played) -> list[Line]:
    """What a channel of every team would have been told of the weeks of the story, day by day."""
    on, channel = story.on, Channel()
    for back in range(WEEKS * 7):
        Posting(
            posts=channel,
            ledger=on.parts.store,
            slots=_Unserved(),
            book=LivingBook(on.parts.folder),
            clock=_Noon(on.today - timedelta(days=back)),
            wiki=on.site.confluence_url,
        ).work(frozenset(team.team for team in TEAMS))
    assert len({line.title for _, line in channel.said}) > WEEKS
    return [line for _, line in channel.said]


def _pictures(story: Played) -> dict[str, bytes]:
    pages = story.on.site.confluence.tree.pages.values()
    return {name: file.uploads[-1].data for page in pages for name, file in page.attachments.items()}


def _looked_at(story: Played) -> dict[str, str]:
    on, store = story.on, story.on.parts.store
    parts = WebParts(
        store=store,
        group=store.group_commit(),
        book=LivingBook(on.parts.folder),
        clock=on.parts.clock,
        secrets=secrets_of("jira=0123456789abcdef0123456789abcdef"),
        ui_token="a-token-of-the-house",
        migrated=lambda: True,
        folder=on.parts.folder.root,
        confluence=on.parts.engine.confluence,
        wiki=on.parts.engine.confluence_url,
        door="https://okr.example.com",
    )
    client = create_app(parts).test_client()
    paths = ["/", "/status", "/privacy", "/metrics"]
    paths += [
        f"{before}{team.team}{after}" for team in TEAMS for before, after in (("/teams/", ""), ("/calendar/", ".ics"))
    ]
    answers = {path: client.get(path, headers={"Authorization": "Bearer a-token-of-the-house"}) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    return {path: re.sub(r"<style.*?</style>", "", answer.text, flags=re.DOTALL) for path, answer in answers.items()}
