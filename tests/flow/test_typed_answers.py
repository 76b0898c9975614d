"""What teams type on check-in pages, week after week: understood, asked about, corrected, taken back, found again."""

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

from connector.ledger import Answer, Kind
from mappings.calendar import IsoWeek
from mappings.okr import CheckInAnswers, HypothesisState
from mappings.open_cells import CellKind, OpenCell
from tests.flow.stand import Scene, scene
from tests.flow.stories import CHECK_IN, book_says, page_is_edited_by_hand, region_is_removed, team_answers

W47, W48, W49, W50 = (IsoWeek(2026, week) for week in (47, 48, 49, 50))
GUIDE = "okr-t-first-week-guide-answer"
GUIDE_REF, SETUP_REF = (f"onboarding/2026-q4/first-week/{name}" for name in ("guide-answer", "setup-alone"))
FOUND = "onboarding/guide-found"
NUMBER, STATE, SURE = "Unsere Zahl", "Wo steht unsere Annahme", "Unsere Zuversicht"
QUESTION = "In ‚fast alle‘ war keine Zahl zu lesen. Eine Zahl eintragen, ‚keine Daten‘, oder so lassen?"


def check_in(week: IsoWeek) -> str:
    return f"check-in/onboarding/{week}"


def body(on: Scene, ref: str = CHECK_IN) -> str:
    return unescape(on.site.confluence.page(on.page_id(ref)).body)


def types(on: Scene, question: str, answer: str, ref: str = CHECK_IN, region: str = GUIDE) -> None:
    team_answers(on, ref, question, answer, region)


def told(on: Scene, week: IsoWeek = W48, ref: str = GUIDE_REF) -> CheckInAnswers:
    return next(
        (a.answers for a in on.answers() if (a.team, a.week, a.key_result) == ("onboarding", week, ref)),
        CheckInAnswers(),
    )


def series(on: Scene) -> list[tuple[str, str]]:
    return [(str(r.on), str(r.value)) for r in on.readings() if r.indicator == FOUND]


def next_week(on: Scene) -> None:
    on.days_pass(7)
    on.sync()


def test_what_cannot_be_read_is_asked_about_on_the_page_until_it_can(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, NUMBER, "fast alle")
        types(on, SURE, "7,5")
        on.sync()
        assert QUESTION in body(on)
        assert "In ‚7,5‘ war keine einzelne Zahl von 1 bis 10 zu lesen." in body(on)
        assert told(on) == CheckInAnswers()
        assert {cell.kind for cell in on.open_cells()} == {CellKind.NUMBER, CellKind.CONFIDENCE}
        on.silent_sync()
        types(on, NUMBER, "4 von 5")
        types(on, SURE, "7")
        on.sync()
        assert "zu lesen" not in body(on)
        assert told(on) == CheckInAnswers(confidence=7, observed=(("guide-found", Decimal(4)),))
        assert on.open_cells() == ()
        on.silent_sync()


def test_the_words_of_a_question_are_in_no_database(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, NUMBER, "Katzenminze")
        types(on, STATE, "Zitronenfalter")
        on.sync()
        assert "In ‚Katzenminze‘" in body(on)
        file = Path(sqlite_url.removeprefix("sqlite:///"))
        with sqlite3.connect(file) as connection:
            dump = "\n".join(connection.iterdump())
        assert "open_cells" in dump
        assert not [word for word in ("Katzenminze", "Zitronenfalter", "fast alle") if word in dump]


def test_other_words_in_an_open_cell_are_quoted_anew_and_a_lost_database_costs_no_write(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, NUMBER, "fast alle")
        on.sync()
        types(on, NUMBER, "kaum einer")
        on.sync()
        assert "In ‚kaum einer‘ war keine Zahl zu lesen." in body(on)
        assert QUESTION not in body(on)
        cells = on.open_cells()
        on.lose_the_database()
        on.silent_sync()
        assert on.open_cells() == cells
        assert cells == (
            OpenCell(team="onboarding", week=W48, key_result=GUIDE_REF, kind=CellKind.NUMBER, indicator="guide-found"),
        )


def test_a_changed_answer_replaces_and_a_deleted_one_is_taken_back(database_url: str, tmp_path: Path) -> None:
    with scene(database_url, tmp_path) as on:
        on.sync()
        types(on, NUMBER, "4 von 5")
        types(on, STATE, "gestützt – vier haben sie gefunden")
        types(on, SURE, "7")
        on.sync()
        assert series(on) == [("2026-11-24", "4")]
        assert "<strong>gestützt</strong>" in body(on)
        types(on, NUMBER, "2 von 5")
        types(on, STATE, "unklar")
        types(on, SURE, "")
        on.sync()
        assert series(on) == [("2026-11-24", "2")]
        assert told(on) == CheckInAnswers(state=HypothesisState.UNCLEAR, observed=(("guide-found", Decimal(2)),))
        types(on, NUMBER, "")
        types(on, STATE, "")
        on.sync()
        assert series(on) == []
        assert told(on) == CheckInAnswers()
        assert "<strong>unklar</strong>" not in body(on)
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()


def test_an_answer_whose_part_of_the_page_is_removed_is_taken_back(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, SURE, "7")
        on.sync()
        page_is_edited_by_hand(on, CHECK_IN, GUIDE, "somebodys-own")
        on.sync()
        assert told(on) == CheckInAnswers()
        on.silent_sync()


def test_a_correction_by_another_way_stays_until_the_team_changes_its_cell(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, NUMBER, "4 von 5")
        on.sync()
        corrected = next(r for r in on.readings() if r.indicator == FOUND)
        on.push(type(corrected)(indicator=FOUND, on=corrected.on, value=Decimal(3)))
        types(on, SURE, "6")
        on.sync()
        assert series(on) == [("2026-11-24", "3")]
        types(on, NUMBER, "5 von 5")
        on.sync()
        assert series(on) == [("2026-11-24", "5")]


def test_as_last_time_is_what_was_said_before_a_week_that_was_skipped(database_url: str, tmp_path: Path) -> None:
    with scene(database_url, tmp_path) as on:
        on.sync()
        for question, answer in ((NUMBER, "3 von 5"), (STATE, "gestützt"), (SURE, "6")):
            types(on, question, answer)
        next_week(on)
        next_week(on)
        for question in (NUMBER, STATE, SURE):
            types(on, question, "wie letztes Mal", check_in(W50))
        on.sync()
        said = CheckInAnswers(state=HypothesisState.SUPPORTED, confidence=6, observed=(("guide-found", Decimal(3)),))
        assert told(on, W50) == said
        assert ("2026-12-08", "3") in series(on)
        page = body(on, check_in(W50))
        assert "ohne Check-in</p>" in page
        assert "<strong>gestützt</strong>" in page
        assert "<strong>6</strong>" in page
        on.silent_sync()
        answers: tuple[Answer, ...] = on.answers()
        on.lose_the_database()
        on.silent_sync()
        assert on.answers() == answers


def test_as_last_time_follows_a_later_correction_of_last_time(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, SURE, "6")
        next_week(on)
        types(on, SURE, "wie letztes Mal", check_in(W49))
        on.sync()
        assert told(on, W49).confidence == 6
        types(on, SURE, "8", CHECK_IN)
        on.sync()
        assert (told(on).confidence, told(on, W49).confidence) == (8, 8)
        on.sync()
        assert "<strong>8</strong>" in body(on, check_in(W49))
        on.lose_the_database()
        on.silent_sync()


def test_as_last_time_without_a_last_time_is_asked_about(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, SURE, "wie letztes Mal")
        on.sync()
        assert "Für ‚wie letztes Mal‘ steht beim letzten Mal hier nichts." in body(on)
        assert told(on) == CheckInAnswers()
        on.silent_sync()


def test_a_week_with_words_alone_is_a_check_in(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, "Was haben wir beobachtet", "Die meisten rufen samstags an.")
        next_week(on)
        assert "ohne Check-in</p></td><td><p></p></td></tr>" not in body(on, check_in(W49))
        on.lose_the_database()
        on.silent_sync()


def test_rows_that_the_team_took_off_stay_off_and_rows_it_added_return(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        hidden = "<tr><th><p>Was zeigt die Zahl nicht?</p></th><td><p /></td></tr>"
        own = "<tr><th><p>Was sagt der Kundenservice?</p></th><td><p>Viel.</p></td></tr>"
        page_is_edited_by_hand(on, CHECK_IN, hidden, own, "none")
        for week in (W49, W50):
            next_week(on)
            page = body(on, check_in(week))
            assert page.count("Was sagt der Kundenservice?") == 1
            assert page.count("Was zeigt die Zahl nicht?") == 1
            assert "Viel." not in page
        on.silent_sync()


def test_last_words_are_quoted_on_the_next_page_also_after_a_week_without(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, "Was probieren wir", "Ein Bild zeigen.", region="okr-t-together")
        types(on, "Was hindert uns", "@Ada Beispiel ist im Urlaub.", region="okr-t-together")
        for week in (W49, W50):
            next_week(on)
            page = body(on, check_in(week))
            assert "Letztes Mal, in KW 48" in page
            assert "<p>Ein Bild zeigen.</p>" in page
            assert "<p>jemand ist im Urlaub.</p>" in page


def test_a_number_that_is_connected_later_keeps_what_the_team_wrote(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, NUMBER, "4 von 5")
        on.sync()
        observed = "source: {type: observed}                   # tragen wir im Check-in ein"
        book_says(on, "teams/onboarding.yaml", observed, "source: {type: pushed}")
        types(on, SURE, "6")
        on.sync()
        assert series(on) == [("2026-11-24", "4")]
        next_week(on)
        assert NUMBER not in body(on, check_in(W49))
        on.silent_sync()


def test_an_indicator_that_lives_on_shows_its_series_in_the_next_cycle(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=datetime(2026, 12, 8, 12, tzinfo=UTC)) as on:
        file = on.book_folder / "teams" / "onboarding.yaml"
        text = file.read_text(encoding="utf-8")
        objectives = text[text.index("  - id: first-week") :]
        file.write_text(text + objectives.replace("2026-Q4", "2027-Q1", 1), encoding="utf-8")
        on.sync()
        types(on, NUMBER, "2 von 5", check_in(W50))
        on.sync()
        for _ in range(4):
            next_week(on)
        page = body(on, check_in(IsoWeek(2027, 1)))
        table = page[page.index("2 · Antwort in der Anleitung") :]
        assert "<th><p>KW 50</p></th>" in table
        assert "<td><p>2</p></td>" in table
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()
        assert series(on) == [("2026-12-08", "2")]


def test_a_removed_machine_table_takes_no_answer_away(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        types(on, SURE, "7")
        region_is_removed(on, CHECK_IN, "kr-first-week-guide-answer")
        on.sync()
        assert told(on).confidence == 7
        assert on.resources()[Kind.PAGE, CHECK_IN].remote_id
        on.silent_sync()
