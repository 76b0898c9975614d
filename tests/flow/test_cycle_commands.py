"""`okr review` and `okr planning`: pages that a person wants now."""

from pathlib import Path

from connector.sync.scope import Options
from tests.flow.stand import codes, scene
from tests.flow.stories import page_is_trashed
from tests.flow.test_learning import NEXT, RETRO, REVIEW, next_cycle_is_planned


def test_a_review_is_made_when_it_is_asked_for_and_comes_back_from_the_trash(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:  # three weeks before its day
        on.sync()
        assert REVIEW not in {ref for _, ref in on.resources()}
        asked = Options(teams=("onboarding",), reviews={"onboarding": "2026-Q4"})
        with on.engine() as engine:
            assert codes(engine.sync(on.book(), asked)) == {}
        assert {REVIEW, RETRO} <= {ref for _, ref in on.resources()}
        on.sync()  # the organisation's learning log comes in a run for all teams
        on.silent_sync()
        page_is_trashed(on, REVIEW)
        on.silent_sync()
        with on.engine() as engine:
            engine.sync(on.book(), asked)
        assert on.site.confluence.page(on.page_id(REVIEW)).status == "current"


def test_the_next_planning_is_made_when_it_is_asked_for_and_anew_where_it_was_trashed(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        next_cycle_is_planned(on)
        on.sync()
        assert NEXT not in {ref for _, ref in on.resources()}
        asked = Options(teams=("onboarding",), plannings=frozenset({"onboarding"}))
        with on.engine() as engine:
            engine.sync(on.book(), asked)
        assert NEXT in {ref for _, ref in on.resources()}
        on.silent_sync()
        trashed = on.page_id(NEXT)
        page_is_trashed(on, NEXT)
        with on.engine() as engine:
            assert codes(engine.sync(on.book(), asked)) == {}
            assert on.page_id(NEXT) != trashed
            again = engine.sync(on.book(), asked)
        assert again.requests.writes == 0
        assert on.site.confluence.page(trashed).status == "trashed"
