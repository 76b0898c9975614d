"""A cycle that is over: its issues are told so once, whatever became of our memory meanwhile."""

from pathlib import Path

from connector.ledger import Kind
from tests.flow.stand import Scene, codes, scene
from tests.flow.stories import KEY_RESULT, issue
from tests.flow.test_learning import DECEMBER, REVIEW


def issues(on: Scene) -> dict[str, str | None]:
    return {ref: row.remote_id for (kind, ref), row in on.resources().items() if kind is Kind.ISSUE}


def test_issues_of_a_cycle_that_ended_while_the_database_was_lost_are_closed_once(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        on.sync()
        before = issues(on)
        on.days_pass(21)  # the fourth of January
        on.lose_the_database()
        mark = on.site.log.mark()
        assert codes(on.sync()) == {}
        assert issues(on) == before
        written = [line.path for line in on.site.log.writes(mark) if "/issue/" in line.path]
        assert [path.endswith("/remotelink") for path in written] == [True] * 3 + [False] * 3  # what ends it comes last
        assert "okr-closed" in issue(on, KEY_RESULT).fields["labels"]
        (link,) = issue(on, KEY_RESULT).remote_links
        assert link["object"]["url"].endswith(f"pageId={on.page_id(REVIEW)}")
        on.lose_the_database()
        on.silent_sync()
        assert issues(on) == before
        on.silent_sync()
