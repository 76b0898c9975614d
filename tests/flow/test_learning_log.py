"""What was learned survives: reviews are put away, forgotten, restricted and brought back, and the logs go on."""

import re
from datetime import UTC, datetime
from pathlib import Path

from connector.ledger import Kind
from connector.pages.regions import end_of, machine_region, machine_regions, region_of, start_of
from connector.pages.standing_log import WHOLE, is_of_log, part_region
from connector.storage.store import Store
from connector.sync.refs import LEARNINGS
from mappings.team_text import TeamText
from tests.flow.stand import Scene, codes, scene
from tests.flow.stories import page_is_edited_by_hand, page_is_trashed, region_is_removed

DECEMBER = datetime(2026, 12, 16, 12, tzinfo=UTC)  # both teams' reviews stand ready
OURS, THEIRS = "review/onboarding/2026-q4", "review/metering/2026-q4"
LOG, LATER = "learning/onboarding", "review/onboarding/2027-q1"
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
    assert codes(on.sync()) == {}
    learned(on, OURS, "okr-t-first-week-setup-alone", "gelernt", SAID)
    learned(on, THEIRS, "okr-t-trusted-reading-photo-reading", "learn", MEANT)
    on.sync()
    on.silent_sync()
    assert SAID in body(on, LOG)
    assert [said for said in (SAID, MEANT) if said not in body(on, LEARNINGS)] == []


def learned(on: Scene, ref: str, region: str, question: str, answer: str) -> None:
    on.site.confluence.type_into_cell(on.page_id(ref), region, question, answer)


def body(on: Scene, ref: str) -> str:
    return on.site.confluence.page(on.page_id(ref)).body


def parts(on: Scene, ref: str) -> dict[str, str]:
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
        ours, of_team, of_all = on.page_id(OURS), parts(on, LOG), parts(on, LEARNINGS)
        page_is_trashed(on, OURS)
        is_forgotten(on, THEIRS)
        on.sync()
        assert (parts(on, LOG), parts(on, LEARNINGS)) == (of_team, of_all)
        on.lose_the_database()
        on.silent_sync()
        on.days_pass(104)  # the thirtieth of March
        on.sync()
        learned(on, LATER, "okr-t-calm-calm-calls", "gelernt", "ein ruhiger Brief ruhig macht")
        on.sync()
        for ref, before in ((LOG, of_team), (LEARNINGS, of_all)):
            names, after = list(parts(on, ref)), parts(on, ref)
            later = part_region(on.page_id(LATER))
            assert names.index(later) < names.index(part_region(ours))
            assert "ein ruhiger Brief ruhig macht" in after[later]
            assert {name: after[name] for name in before if name.startswith("log-")} == {
                name: inside for name, inside in before.items() if name.startswith("log-")
            }
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()
        assert (Kind.PAGE, LEARNINGS) in on.resources()


def test_a_review_that_comes_back_goes_on_speaking_and_one_for_some_only_is_not_quoted_any_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        reviews_are_written(on)
        page_is_trashed(on, OURS)
        on.sync()
        before = parts(on, LOG), parts(on, LEARNINGS)
        on.site.confluence.restore(on.page_id(OURS))
        on.sync()  # other pages quote it again
        assert (parts(on, LOG), parts(on, LEARNINGS)) == before
        page = on.site.confluence.page(on.page_id(THEIRS))
        page.readers = [on.site.people.account(0)]
        learned(on, OURS, "okr-t-first-week-setup-alone", "gelernt", "auch eine dritte E-Mail nichts ändert")
        on.sync()
        assert "auch eine dritte E-Mail" in body(on, LOG)
        assert "auch eine dritte E-Mail" in body(on, LEARNINGS)
        assert SAID not in body(on, LEARNINGS)
        assert MEANT not in body(on, LEARNINGS)
        on.silent_sync()


def test_what_people_do_to_sections_of_a_log_holds_also_without_a_database(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        reviews_are_written(on)
        ours, theirs = part_region(on.page_id(OURS)), part_region(on.page_id(THEIRS))
        region_is_removed(on, LEARNINGS, ours)
        page_is_edited_by_hand(on, LEARNINGS, MEANT, "a letter hardly helps")
        learned(on, OURS, "okr-t-first-week-setup-alone", "gelernt", "auch eine dritte E-Mail nichts ändert")
        learned(on, THEIRS, "okr-t-trusted-reading-photo-reading", "learn", "a card does not help")
        on.sync()
        assert ours not in parts(on, LEARNINGS)
        assert "a letter hardly helps" in parts(on, LEARNINGS)[theirs]
        assert "auch eine dritte E-Mail" in parts(on, LOG)[ours]
        on.lose_the_database()
        on.silent_sync()


def test_an_older_log_is_taken_apart_in_one_write_without_a_word_lost(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        reviews_are_written(on)
        new = {ref: parts(on, ref) for ref in (LOG, LEARNINGS)}
        for ref in new:
            on.site.confluence.edit_by_hand(on.page_id(ref), _as_it_was, "none")
        page_is_trashed(on, OURS)
        on.lose_the_database()
        writes = on.writes_of_sync()
        assert writes == {"PUT /wiki/api/v2/pages/<page_id>": 2}
        assert {ref: parts(on, ref) for ref in new} == new
        on.silent_sync()


def _as_it_was(text: str) -> str:
    """The log with one region for all, as the release before made it."""
    found = [region for region in machine_regions(TeamText(text)) if is_of_log(region.name)]
    inside = "".join(_older(region.inside) for region in found[1:])
    start, end = start_of(TeamText(text), found[0]), end_of(TeamText(text), found[-1])
    return text[:start] + machine_region(region_of(WHOLE, inside)) + text[end:]


def _older(inside: str) -> str:
    return re.sub(r"<h2>(.*?) · (<a .*?</a>)</h2>", r"<h2>\1</h2><h3>\2</h3>", inside)
