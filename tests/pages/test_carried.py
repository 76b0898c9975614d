"""The next page asks what the last one asked: rows that were taken off stay off, rows that were added return empty."""

from dataclasses import replace

from connector.pages.draft import Draft
from connector.pages.quotations import last_check_in
from connector.pages.regions import team_region, team_regions
from connector.pages.render import Pages
from connector.pages.views import LastTime, TeamView
from connector.sandbox.editors import cloud_editor
from connector.sandbox.team_cells import answered
from mappings.calendar import IsoWeek
from mappings.indicators import Source, SourceKind
from mappings.okr import Language, Team
from mappings.team_text import TeamText
from tests.pages import team_onboarding as onboarding
from tests.pages.seen import lines
from tests.pages.team_onboarding import FIRST_WEEK, FOUND, GUIDE, TEAM, VIEW, WEEK

PAGES = Pages()
LAST_WEEK, NEXT_WEEK = IsoWeek(2026, 47), IsoWeek(2026, 49)
LAST_PAGE = PAGES.check_in(VIEW, LAST_WEEK, onboarding.ADDRESSES, None).body.words
GUIDE_REGION, TOGETHER = "erste-woche-antwort-in-der-anleitung", "together"
OBSERVED = "Was haben wir beobachtet? Was hat uns überrascht?"
STATE = "Wo steht unsere Annahme, und woran sehen wir das? (Antwort in der Anleitung)"
SURE = "Unsere Zuversicht, 1–10 (Antwort in der Anleitung)"
HIDDEN = "Was zeigt die Zahl nicht?"
NUMBER = "Unsere Zahl: Antwort in der Anleitung gefunden, von 5"


def row_of(question: str) -> str:
    return f"<tr><th><p>{question}</p></th><td><p /></td></tr>"


def without(body: str, question: str, region: str = GUIDE_REGION) -> str:
    """The page with a row of a region deleted."""
    at = body.index(f"okr-t-{region}<")
    start = body.index(row_of(question), at)
    return body[:start] + body[start + len(row_of(question)) + 1 :]


def with_row(body: str, before: str, row: str, region: str = GUIDE_REGION) -> str:
    """The page with a row of the team's own above another one."""
    place = body.index(row_of(before), body.index(f"okr-t-{region}<"))
    return body[:place] + row + body[place:]


def next_page(body: str, view: TeamView = VIEW) -> Draft:
    last = last_check_in([(LAST_WEEK, TeamText(body))])
    return PAGES.check_in(view, WEEK, onboarding.ADDRESSES, last)


def rows_of(draft: Draft, region: str = GUIDE_REGION) -> list[str]:
    """The questions of a team region."""
    found = next(r for r in team_regions(draft.body) if r.name == region)
    return [line.removesuffix(" | ") for line in lines(replace(draft, body=TeamText(team_region("x", found.inside))))]


def test_a_page_after_an_untouched_one_asks_the_same() -> None:
    calm = replace(VIEW, evidence={})  # a completed epic is asked about once
    first = PAGES.check_in(calm, WEEK, onboarding.ADDRESSES, None)
    assert next_page(LAST_PAGE, calm).body == first.body
    edited = next_page(cloud_editor(LAST_PAGE, lambda: "1" * 12), calm)
    assert edited.body == first.body


def test_a_question_that_was_taken_off_stays_off_on_every_page_after_it() -> None:
    second = next_page(without(LAST_PAGE, HIDDEN))
    assert rows_of(second) == [NUMBER, OBSERVED, STATE, SURE]
    third = PAGES.check_in(VIEW, NEXT_WEEK, onboarding.ADDRESSES, last_check_in([(WEEK, second.body)]))
    assert rows_of(third) == [NUMBER, OBSERVED, STATE, SURE]
    assert HIDDEN in rows_of(third, "erste-woche-einrichtung-ohne-hilfe")


def test_a_question_that_was_added_returns_with_an_empty_answer() -> None:
    own = '<tr><td>Was sagt <ac:link><ri:user ri:account-id="1" /></ac:link>?</td><td>Nichts.</td></tr>'
    second = next_page(with_row(LAST_PAGE, HIDDEN, own))
    assert rows_of(second) == [NUMBER, OBSERVED, STATE, SURE, "Was sagt jemand?", HIDDEN]
    assert "Nichts." not in second.body.words
    third = PAGES.check_in(VIEW, NEXT_WEEK, onboarding.ADDRESSES, last_check_in([(WEEK, second.body)]))
    assert rows_of(third) == rows_of(second)


def test_rows_of_the_whole_page_stay_off_and_return_as_well() -> None:
    body = without(LAST_PAGE, "Was haben wir entschieden?", TOGETHER)
    body = with_row(
        body, "Was probieren wir bis zum nächsten Check-in? (höchstens drei)", row_of("Wer bringt Kuchen?"), TOGETHER
    )
    assert rows_of(next_page(body), TOGETHER) == [
        "Was hindert uns? Was brauchen wir, und von welchem Team oder welcher Rolle?",
        "Wer bringt Kuchen?",
        "Was probieren wir bis zum nächsten Check-in? (höchstens drei)",
    ]


def test_the_order_of_the_last_page_is_kept() -> None:
    body = with_row(without(LAST_PAGE, SURE), OBSERVED, row_of(SURE) + "\n")
    assert rows_of(next_page(body)) == [NUMBER, SURE, OBSERVED, STATE, HIDDEN]


def test_a_question_in_other_words_keeps_them_where_nothing_is_read_from_it() -> None:
    body = LAST_PAGE.replace(HIDDEN, "Was sehen wir nicht?").replace("woran sehen wir das?", "und nun?")
    assert rows_of(next_page(body)) == [NUMBER, OBSERVED, STATE, SURE, "Was sehen wir nicht?"]


def test_a_region_that_was_removed_or_emptied_begins_anew() -> None:
    anew = [NUMBER, OBSERVED, STATE, SURE, HIDDEN]
    gone = LAST_PAGE.replace(f"okr-t-{GUIDE_REGION}<", "somebodys-own<")
    assert rows_of(next_page(gone)) == anew
    emptied = LAST_PAGE
    for question in anew:
        emptied = without(emptied, question)
    assert rows_of(next_page(emptied)) == anew


def team_with(*indicators: object) -> Team:
    key_results = tuple(
        replace(k, indicators=indicators) if k is GUIDE else k  # type: ignore[arg-type]  # indicators of this file
        for k in FIRST_WEEK.key_results
    )
    return replace(TEAM, objectives=(replace(FIRST_WEEK, key_results=key_results),))


def test_a_number_that_is_asked_for_since_then_gets_its_row_though_the_last_page_had_none() -> None:
    new = replace(FOUND, id="bilder", name="Bilder angesehen", unit="")
    view = replace(VIEW, team=team_with(FOUND, new))
    assert rows_of(next_page(LAST_PAGE, view))[:2] == ["Unsere Zahl: Bilder angesehen", NUMBER]
    off = without(LAST_PAGE, NUMBER)
    assert rows_of(next_page(off, view)) == ["Unsere Zahl: Bilder angesehen", OBSERVED, STATE, SURE, HIDDEN]


def test_a_number_that_comes_by_itself_since_then_is_no_longer_asked_for() -> None:
    pushed = replace(FOUND, source=Source(kind=SourceKind.PUSHED))
    rows = rows_of(next_page(LAST_PAGE, replace(VIEW, team=team_with(pushed))))
    assert rows == [OBSERVED, STATE, SURE, HIDDEN]
    back = PAGES.check_in(
        VIEW,
        NEXT_WEEK,
        onboarding.ADDRESSES,
        last_check_in([(WEEK, next_page(LAST_PAGE, replace(VIEW, team=team_with(pushed))).body)]),
    )
    assert rows_of(back) == [NUMBER, OBSERVED, STATE, SURE, HIDDEN]


def test_a_number_that_came_by_itself_until_now_is_asked_for_though_others_were_entered_before_it() -> None:
    pushed = replace(FOUND, id="bilder", name="Bilder angesehen", unit="", source=Source(kind=SourceKind.PUSHED))
    before = PAGES.check_in(replace(VIEW, team=team_with(FOUND, pushed)), LAST_WEEK, onboarding.ADDRESSES, None)
    moved = before.body.words.replace("geschickte Werte (Anteil selbst eingerichteter Konten, Bilder angesehen), ", "")
    moved = moved.replace("gefunden) · ", "gefunden), geschickte Werte (Bilder angesehen) · ")
    assert moved != before.body.words
    written_now = replace(pushed, source=Source(kind=SourceKind.OBSERVED))
    rows = rows_of(next_page(moved, replace(VIEW, team=team_with(FOUND, written_now))))
    assert rows[:2] == ["Unsere Zahl: Bilder angesehen", NUMBER]


def test_a_renamed_indicator_is_asked_for_once() -> None:
    renamed = replace(FOUND, name="Antwort gefunden")
    rows = rows_of(next_page(LAST_PAGE, replace(VIEW, team=team_with(renamed))))
    assert rows[:2] == ["Unsere Zahl: Antwort gefunden, von 5", OBSERVED]


def test_another_language_asks_in_that_language_what_stood_there() -> None:
    english = replace(TEAM, language=Language.EN)
    rows = rows_of(next_page(without(LAST_PAGE, HIDDEN), replace(VIEW, team=english)))
    assert rows == [
        "Our number: Antwort in der Anleitung gefunden, von 5",
        "What have we observed? What surprised us?",
        "Where does our assumption stand, and what shows us that? (Antwort in der Anleitung)",
        "Our confidence, 1–10 (Antwort in der Anleitung)",
    ]


def written(week: int, **answers: str) -> tuple[IsoWeek, TeamText]:
    body = LAST_PAGE
    for question, answer in answers.items():
        body = answered(
            body, "okr-t-together", {"tried": "Was probieren wir", "done": "Was haben wir"}[question], answer
        )
    return IsoWeek(2026, week), TeamText(body)


def test_after_a_week_that_nobody_wrote_in_the_last_words_are_those_before_it() -> None:
    found = last_check_in([written(47), written(46, tried="Ein Bild zeigen.")])
    assert found is not None
    assert (found.week, found.tried.words) == (IsoWeek(2026, 46), "Ein Bild zeigen.")
    assert found.page == written(47)[1]
    draft = PAGES.check_in(VIEW, WEEK, onboarding.ADDRESSES, found)
    assert "Letztes Mal, in KW 46" in lines(draft)


def test_a_check_in_without_plans_has_none_to_quote_however_old_others_are() -> None:
    found = last_check_in([written(47, done="Nichts."), written(46, tried="Ein Bild zeigen.")])
    assert found is not None
    assert (found.week, found.tried.words) == (IsoWeek(2026, 47), "")


def test_a_page_that_cannot_be_read_is_passed_over() -> None:
    broken = (IsoWeek(2026, 47), TeamText("<p>halb<"))
    found = last_check_in([broken, written(46, tried="Ein Bild zeigen.")])
    assert found is not None
    assert found.page == written(46, tried="Ein Bild zeigen.")[1]
    assert last_check_in([broken]) is None
    assert last_check_in([written(47)]) == LastTime(week=IsoWeek(2026, 47), page=written(47)[1])
