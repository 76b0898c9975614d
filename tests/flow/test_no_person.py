"""Nothing of a person reaches a row, a line, a page or a value of ours, although every answer is full of people."""

from datetime import UTC, datetime
from pathlib import Path

from connector.sandbox.log import Answered, Asked
from connector.sandbox.people import CANARIES
from connector.sync.scope import Options
from tests.flow.command import desk
from tests.flow.stand import Scene, scene
from tests.flow.stories import PLANNING, issue_is_assigned, link_is_removed, page_is_trashed, weeks_are_played

KEY_RESULT = "onboarding/2026-q4/first-week/setup-alone"
FORMS = tuple(form for canary in CANARIES for form in {canary, canary.casefold(), canary.rpartition(":")[2]})


def leaks(text: str) -> list[str]:
    """Which invented people are to be read in a text."""
    folded = text.casefold()
    return [form for form in FORMS if form.casefold() in folded]


def test_the_search_for_people_finds_a_planted_one() -> None:
    assert leaks(f"… {CANARIES[1]} …")
    assert not leaks("Team Onboarding")


def test_no_person_is_kept_or_sent(sqlite_url: str, tmp_path: Path) -> None:
    sent: list[bytes] = []
    came: list[bytes] = []

    def listen(asked: Asked, answered: Answered) -> None:
        sent.append(asked.path.encode() + asked.query.encode() + asked.body)
        came.append(answered.body)

    with scene(sqlite_url, tmp_path, start=datetime(2026, 11, 6, 12, tzinfo=UTC)) as on:
        on.site.log.on_exchange(listen)
        weeks_are_played(on, 3)
        issue_is_assigned(on, KEY_RESULT)
        link_is_removed(on, KEY_RESULT, "ONB-12")
        page_is_trashed(on, PLANNING)
        on.sync()
        on.sync(restore=True)
        on.lose_the_database()
        report = on.sync()
        assert leaks(b"".join(came).decode(errors="replace"))  # the site does name people
        assert leaks(b"\n".join(sent).decode(errors="replace")) == []
        assert leaks(_database(tmp_path)) == []
        assert leaks(repr(report)) == []
        assert leaks(_written_by_us(on)) == []


def test_no_record_shows_a_person(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        with on.engine() as engine:
            prepared = engine.plan(on.book(), Options(restore_drift=True))
            epics = engine.jira.epics_by_key(("ONB-12", "ONB-33", "ONB-40"), frozenset({"okr-setup-rate"}))
            issues = engine.jira.issues([on.issue_key(KEY_RESULT)])
            page = on.page_id(PLANNING)
            pages = engine.confluence.pages([page])
            values = (prepared, prepared.seen, epics, issues, pages, engine.confluence.children(page))
        assert len(epics) == 3
        assert leaks(repr(values)) == []
        assert leaks(repr(engine)) == []


def test_no_command_prints_a_person(tmp_path: Path) -> None:
    with desk(tmp_path) as on:
        said = [on.okr(*words) for words in (("plan",), ("sync", "--json"), ("plan", "--json"), ("sync",))]
        on.site.faults.answer(403, {"Content-Type": "application/json"}, _angry(on.site.people.person(1)), times=None)
        said.append(on.okr("sync"))
        assert said[-1].code == 1
        assert leaks("".join(one.said + one.complained for one in said)) == []
        assert leaks(_database(tmp_path)) == []


def _angry(person: dict[str, object]) -> bytes:
    return f'{{"errorMessages": ["{person["displayName"]} ({person["accountId"]}) may not"], "errors": {{}}}}'.encode()


def _database(folder: Path) -> str:
    files = [path for path in folder.iterdir() if path.name.startswith("okr.db")]
    assert files
    return b"".join(path.read_bytes() for path in files).decode(errors="replace")


def _written_by_us(on: Scene) -> str:
    issues = [one for one in on.site.jira.issues.values() if "okr" in one.properties]
    written = ("summary", "labels", "description")
    ours = [repr([*(one.fields[name] for name in written), one.properties, one.remote_links]) for one in issues]
    pages = [page.body for page in on.site.confluence.tree.pages.values() if "okr-m-" in page.body]
    return "\n".join(ours + pages)
