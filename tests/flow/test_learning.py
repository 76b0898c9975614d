"""A cycle closes into learning and opens into the next one: reviews, logs, needs and reports on a real site."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from connector.sync.refs import LEARNINGS
from mappings.indicators import Reading
from tests.flow.stand import Scene, codes, scene
from tests.flow.stories import STRATEGY, issue

DECEMBER = datetime(2026, 12, 14, 12, tzinfo=UTC)  # the working day before a review
REVIEW, RETRO = "review/onboarding/2026-q4", "retrospective/onboarding/2026-q4"
LOG, NEXT = "learning/onboarding", "planning/onboarding/2027-q1"
OLD = "planning/onboarding/2026-q4"
CHECK_IN = "check-in/onboarding/2026-W48"
LEARNED = "okr-t-first-week-setup-alone"
NEED = "okr-t-need-onboarding-2026-w48"


NEXT_CYCLE = """\
  - id: calm
    cycle: 2027-Q1
    title: Haushalte bleiben ruhig
    key_results: []
"""


def next_cycle_is_planned(on: Scene) -> None:
    file = on.book_folder / "teams" / "onboarding.yaml"
    file.write_text(file.read_text(encoding="utf-8") + NEXT_CYCLE, encoding="utf-8")


def body(on: Scene, ref: str) -> str:
    return on.site.confluence.page(on.page_id(ref)).body


def writes(on: Scene, ref: str, region: str, question: str, answer: str) -> None:
    on.site.confluence.type_into_cell(on.page_id(ref), region, question, answer)


def review_is_written(on: Scene) -> None:
    writes(on, REVIEW, LEARNED, "gelernt", "eine zweite E-Mail nichts ändert")
    writes(on, REVIEW, LEARNED, "am Ende", "verworfen")
    writes(on, REVIEW, LEARNED, "Schlagwörter", "E-Mail")
    writes(on, REVIEW, "okr-t-together", "Offene Fragen", "Wer ruft am Samstag an?")
    writes(on, REVIEW, "okr-t-together", "neuen Fragen", "Hilft der Brief?")
    writes(on, REVIEW, "okr-t-together", "Ein Satz", "Bilder sind schneller.")
    writes(on, REVIEW, "okr-t-together", "Zeit und Ruhe", "Meistens.")


def test_a_review_stands_ready_and_what_it_says_is_gathered(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        next_cycle_is_planned(on)
        assert codes(on.sync()) == {}
        assert {REVIEW, RETRO, LOG} <= {ref for _, ref in on.resources()}
        on.silent_sync()
        review_is_written(on)
        on.sync()
        on.silent_sync()
        assert "Wir haben gelernt, dass eine zweite E-Mail nichts ändert." in body(on, LOG)
        assert "verworfen" in body(on, LOG)
        assert "Wir haben gelernt, dass eine zweite E-Mail nichts ändert. (verworfen, Q4 2026)" in body(on, NEXT)
        for ref in (STRATEGY, LEARNINGS):
            assert "Wer ruft am Samstag an?" in body(on, ref)
            assert "verworfen" not in body(on, ref)
            assert "Meistens" not in body(on, ref)
            assert "Hilft der Brief?" not in body(on, ref)


def test_a_lost_database_finds_all_of_it_again(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        on.sync()
        review_is_written(on)
        writes(on, REVIEW, LEARNED, "Kündigungen", "ca. 5,2 %")
        on.sync()
        late = Reading(indicator="onboarding/cancellations", on=date(2026, 12, 15), value=Decimal("5.2"))
        assert late in on.readings()
        before = {key: row.remote_id for key, row in on.resources().items() if key[0] == "page"}
        on.lose_the_database()
        on.silent_sync()
        assert {key: row.remote_id for key, row in on.resources().items() if key[0] == "page"} == before
        assert late in on.readings()
        writes(on, REVIEW, LEARNED, "Kündigungen", "")
        on.sync()
        assert late not in on.readings()
        on.silent_sync()


def test_nothing_is_ever_read_from_a_retrospective(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        on.sync()
        page = on.page_id(RETRO)
        writes(on, RETRO, "okr-t-retrospective", "anfangen", "Etwas, das unter uns bleibt.")
        mark = on.site.log.mark()
        on.sync()
        on.lose_the_database()
        on.silent_sync()
        assert on.page_id(RETRO) == page
        assert not [
            line for line in on.site.log.reads(mark) if page in f"{line.path}?{line.query}" and _of_body(line.path)
        ]


def _of_body(path: str) -> bool:
    return not path.endswith(("/children", "/labels"))


def test_a_cycle_ends_with_learning_on_top_and_issues_that_lead_to_the_review(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=DECEMBER) as on:
        on.sync()
        review_is_written(on)
        on.sync()
        by_hand = body(on, OLD)
        on.days_pass(21)  # the fourth of January
        report = on.sync()
        assert codes(report) == {}
        assert sum(one.retired for one in report.teams) == 0
        on.silent_sync()
        closed = body(on, OLD)
        assert "Dieser Zyklus ist zu Ende." in closed
        assert closed.index("(verworfen)") < closed.index("Nordlicht Energie")
        assert closed.partition("okr-m-head-")[2] == by_hand.partition("okr-m-head-")[2]
        closed_issue = issue(on, "onboarding/2026-q4/first-week/setup-alone")
        assert "okr-closed" in closed_issue.fields["labels"]
        assert [link["object"]["url"].endswith(f"pageId={on.page_id(REVIEW)}") for link in closed_issue.remote_links]
        cycle_report = body(on, "report/cycle/2026-q4")
        assert "Bilder sind schneller." in cycle_report
        assert "verworfen" not in cycle_report
        assert "report/month/2026-12" in {ref for _, ref in on.resources()}
        on.lose_the_database()
        on.silent_sync()


def test_a_need_comes_onto_the_strategy_page_and_its_answer_onto_the_next_check_in(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = body(on, STRATEGY)
        writes(
            on, CHECK_IN, "okr-t-together", "Was hindert uns", "Uns fehlt Zeit.\nFührung: Dürfen wir den Brief ändern?"
        )
        on.sync(teams=("onboarding",))
        assert body(on, STRATEGY) == before  # a single team's run leaves it to the one for all
        on.sync()
        on.silent_sync()
        told = body(on, STRATEGY)
        assert NEED in told
        assert "Dürfen wir den Brief ändern?" in told
        assert "Uns fehlt Zeit" not in told
        writes(on, STRATEGY, NEED, "Antwort", "Ja, bis Freitag.")
        on.days_pass(7)
        on.sync()
        on.silent_sync()
        assert "Ja, bis Freitag." in body(on, "check-in/onboarding/2026-W49")


def test_a_pair_that_people_took_off_stays_away(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        writes(on, CHECK_IN, "okr-t-together", "Was hindert uns", "Führung: Dürfen wir den Brief ändern?")
        on.sync()
        on.site.confluence.edit_by_hand(on.page_id(STRATEGY), lambda text: _without(text, "need-onboarding"))
        on.sync()
        writes(on, CHECK_IN, "okr-t-together", "Was hindert uns", "Führung: Dürfen wir den Brief bald ändern?")
        on.sync()
        on.lose_the_database()
        on.silent_sync()
        assert "need-onboarding" not in body(on, STRATEGY)


def _without(text: str, name: str) -> str:
    opening, closing = "<ac:structured-macro", "</ac:structured-macro>"
    while name in text:
        at = text.index(name)
        start, end = text.rindex(opening, 0, at), text.index(closing, at) + len(closing)
        text = text[:start] + text[end:]
    return text


def test_a_page_is_quoted_as_long_as_everybody_may_read_it(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        writes(on, CHECK_IN, "okr-t-together", "Was hindert uns", "Führung: Dürfen wir den Brief ändern?")
        page = on.site.confluence.page(on.page_id(CHECK_IN))
        page.readers = [on.site.people.account(0)]
        on.sync()
        assert "need-onboarding" not in body(on, STRATEGY)
        on.silent_sync()
        page.readers = []
        on.days_pass(0.5)
        on.sync()
        assert "Dürfen wir den Brief ändern?" in body(on, STRATEGY)
        writes(on, STRATEGY, NEED, "Antwort", "Ja, bis Freitag.")
        page.readers = [on.site.people.account(0)]
        on.days_pass(0.5)
        on.sync()
        assert "Dürfen wir" not in body(on, STRATEGY)
        assert "Ja, bis Freitag." in body(on, STRATEGY)
        on.lose_the_database()
        on.silent_sync()
