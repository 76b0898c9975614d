"""What was learned survives: reviews are put away, forgotten, restricted and brought back, and the logs go on."""

import re
from datetime import UTC, datetime
from pathlib import Path

from connector.ledger import Kind
from connector.pages.regions import end_of, machine_region, machine_regions, region_of, start_of
from connector.pages.standing_log import GATHERED, WHOLE, is_of_log, part_region
from connector.storage.store import Store
from connector.sync.refs import LEARNINGS
from mappings.team_text import TeamText
from tests.flow.stand import Scene, codes, scene
from tests.flow.stories import book_says, page_is_moved, page_is_trashed, region_is_removed

DECEMBER = datetime(2026, 12, 16, 12, tzinfo=UTC)  # both teams' reviews stand ready
OURS, THEIRS = "review/onboarding/2026-q4", "review/metering/2026-q4"
LOG, LATER = "learning/onboarding", "review/onboarding/2027-q1"
PHOTOS = "okr-t-trusted-reading-photo-reading"
SETUP = "okr-t-first-week-setup-alone"
SAID, MEANT = "eine zweite E-Mail nichts ändert", "a letter does not help"
NEXT_CYCLE = """\
  - id: calm
    cycle: 2027-Q1
    title: Haushalte bleiben ruhig
    key_results:
      - id: calm-calls
        hypothesis: {who: Haushalte, do: rufen ruhiger an, because: ein Brief in leichter Sprache}
        indicators:
          - {id: calm-rate, name: Ruhige Anrufe, kind: leading, source: {type: observed}, expect: {direction: rises}}
"""


def reviews_are_written(on: Scene) -> None:
    file = on.book_folder / "teams" / "onboarding.yaml"
    file.write_text(file.read_text(encoding="utf-8") + NEXT_CYCLE, encoding="utf-8")
    book_says(on, "teams/onboarding.yaml", "2026-12-15}", "2026-12-15, 2027-Q1: 2027-03-17}")
    assert codes(on.sync()) == {}
    learned(on, OURS, SETUP, "gelernt", SAID)
    learned(on, THEIRS, PHOTOS, "learn", MEANT)
    on.sync()
    assert SAID in body(on, LOG)
    assert [said for said in (SAID, MEANT) if said not in body(on, LEARNINGS)] == []


def learned(on: Scene, ref: str, region: str, question: str, answer: str) -> None:
    on.site.confluence.type_into_cell(on.page_id(ref), region, question, answer)


def body(on: Scene, ref: str) -> str:
    return on.site.confluence.page(on.page_id(ref)).body


def sections(on: Scene, ref: str) -> dict[str, str]:
    """The sections of a log, in the order of its page."""
    found = machine_regions(TeamText(body(on, ref)))
    return {region.name: region.inside for region in found if is_of_log(region.name)}


def is_forgotten(on: Scene, ref: str) -> None:
    """As happens to what we remember of a page whose time is over."""
    with Store.open(on.database) as store:
        store.forget([(kind, of) for kind, of in store.resources() if of == ref])


def test_learnings_outlive_their_reviews_and_those_of_the_next_cycle_come_above_them(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        reviews_are_written(on)
        ours, of_team, of_all = on.page_id(OURS), sections(on, LOG), sections(on, LEARNINGS)
        page_is_trashed(on, OURS)
        is_forgotten(on, THEIRS)
        on.lose_the_database()
        on.sync()  # pages that quote the review do not any more
        assert (sections(on, LOG), sections(on, LEARNINGS)) == (of_team, of_all)
        assert (Kind.PAGE, OURS) in on.resources()  # known to be away, so that none is made in its place
        on.days_pass(90)  # the sixteenth of March
        on.sync()
        later = part_region(on.page_id(LATER))
        learned(on, LATER, "okr-t-calm-calm-calls", "gelernt", "ein ruhiger Brief ruhig macht")
        on.sync()
        for ref, before in ((LOG, of_team), (LEARNINGS, of_all)):
            after = sections(on, ref)
            assert list(after).index(later) < list(after).index(part_region(ours))
            assert "ein ruhiger Brief ruhig macht" in after.pop(later)
            assert {**after, GATHERED: ""} == {**before, GATHERED: ""}
        on.lose_the_database()
        on.silent_sync()


def test_an_older_log_is_taken_apart_and_then_each_section_goes_its_way(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        reviews_are_written(on)
        new = {ref: sections(on, ref) for ref in (LOG, LEARNINGS)}
        for ref in new:
            on.site.confluence.edit_by_hand(on.page_id(ref), _as_it_was, "none")
        page_is_trashed(on, OURS)
        on.lose_the_database()
        on.sync()
        assert {ref: sections(on, ref) for ref in new} == new

        on.site.confluence.restore(on.page_id(OURS))
        page_is_moved(on, OURS, "planning/onboarding/2026-q4")  # where it stood
        on.site.confluence.page(on.page_id(THEIRS)).readers = [on.site.people.account(0)]
        learned(on, THEIRS, PHOTOS, "learn", "nobody but us is to know")
        learned(on, OURS, SETUP, "gelernt", "auch eine dritte E-Mail nichts ändert")
        on.sync()
        assert MEANT not in body(on, LEARNINGS)
        assert "nobody but us" not in body(on, LEARNINGS)
        for ref in new:
            assert "auch eine dritte E-Mail" in sections(on, ref)[part_region(on.page_id(OURS))]

        region_is_removed(on, LEARNINGS, part_region(on.page_id(OURS)))
        learned(on, OURS, SETUP, "gelernt", "keine E-Mail etwas ändert")
        on.sync()
        assert part_region(on.page_id(OURS)) not in sections(on, LEARNINGS)
        assert "keine E-Mail etwas ändert" in body(on, LOG)
        on.lose_the_database()
        on.silent_sync()


def test_planning_pages_keep_the_learnings_of_a_review_that_is_gone_but_not_of_one_that_is_for_some(
    sqlite_url: str, tmp_path: Path
) -> None:
    closed, begun = "planning/metering/2026-q4", "planning/onboarding/2027-q1"
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        reviews_are_written(on)
        learned(on, OURS, SETUP, "Schlagw", "Brief")
        learned(on, THEIRS, PHOTOS, "Keywords", "Brief")
        on.days_pass(21)  # the sixth of January
        on.sync()
        assert MEANT in body(on, closed)
        assert [said for said in (SAID, MEANT) if said not in body(on, begun)] == []
        for ref in (OURS, THEIRS):
            page_is_trashed(on, ref)
        on.sync()
        assert MEANT in body(on, closed)
        assert [said for said in (SAID, MEANT) if said not in body(on, begun)] == []
        on.lose_the_database()
        on.silent_sync()
        on.site.confluence.restore(on.page_id(THEIRS))
        page_is_moved(on, THEIRS, closed)
        on.site.confluence.page(on.page_id(THEIRS)).readers = [on.site.people.account(0)]
        on.sync()
        assert [ref for ref in (closed, begun) if MEANT in body(on, ref)] == []


def _as_it_was(text: str) -> str:
    """The log with one region for all, as the release before made it."""
    found = [region for region in machine_regions(TeamText(text)) if is_of_log(region.name)]
    inside = "".join(_older(region.inside) for region in found[1:])
    start, end = start_of(TeamText(text), found[0]), end_of(TeamText(text), found[-1])
    return text[:start] + machine_region(region_of(WHOLE, inside)) + text[end:]


def _older(inside: str) -> str:
    return re.sub(r"<h2>(.*?) · (<a .*?</a>)</h2>", r"<h2>\1</h2><h3>\2</h3>", inside)
