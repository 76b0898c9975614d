"""What is repeated from one page on another names nobody."""

import pytest

from connector.pages.quotations import issue_keys, last_time
from connector.pages.regions import team_region
from connector.pages.render import Pages
from connector.sandbox.editors import cloud_editor
from connector.sandbox.team_cells import answered
from mappings.calendar import IsoWeek
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding

WEEK = IsoWeek(2026, 47)
PAGES = Pages()
TOGETHER = "okr-t-together"
NEXT = "Was probieren wir bis zum nächsten Check-in? (höchstens drei)"


def page(inside: str, question: str = NEXT) -> TeamText:
    return TeamText(team_region("together", f"<table><tr><th>{question}</th><td>{inside}</td></tr></table>"))


def tried(inside: str, question: str = NEXT) -> str:
    found = last_time(page(inside, question), WEEK)
    assert found is not None
    return found.tried.words


def test_plans_and_needs_of_last_time_are_quoted() -> None:
    body = PAGES.check_in(onboarding.VIEW, onboarding.WEEK, onboarding.ADDRESSES, onboarding.LAST).body.words
    assert last_time(TeamText(body), WEEK) is None
    body = answered(body, TOGETHER, "Was probieren wir", "Ein Bild zeigen.\nDen Link in die SMS setzen.")
    body = cloud_editor(answered(body, TOGETHER, "Was hindert uns", "Führung: Dürfen wir?"), lambda: "1" * 12)
    found = last_time(TeamText(body), WEEK)
    assert found is not None
    assert (found.week, found.tried.words, found.needed.words) == (
        WEEK,
        "Ein Bild zeigen.\nDen Link in die SMS setzen.",
        "Führung: Dürfen wir?",
    )


def test_plans_are_quoted_from_english_pages() -> None:
    body = PAGES.check_in(crossing.VIEW, crossing.WEEK, crossing.ADDRESSES, crossing.LAST).body.words
    found = last_time(TeamText(answered(body, TOGETHER, "What will we try", "@sam Example paints signs")), WEEK)
    assert found is not None
    assert found.tried.words == "someone paints signs"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<ac:link><ri:user ri:account-id="1:2" /></ac:link> fragen', "jemand fragen"),
        ('<ac:link><ri:user ri:userkey="3" /><ac:link-body>Ada B.</ac:link-body></ac:link> ruft an', "jemand ruft an"),
        ("[~accountid:5b10] und [~ada]: anrufen", "jemand und jemand: anrufen"),
        ("@Ada Beispiel ruft an, @grace auch", "jemand ruft an, jemand auch"),
        ("@Ada von der Beispiel ruft an", "jemand ruft an"),
        ("Mail an ada.beispiel@example.org schreiben", "Mail an jemand schreiben"),
        ('<a href="https://site.example.com/wiki/people/5b1">Ada Beispiel</a> fragen', "jemand fragen"),
        ('<a href="https://wiki.example.org/display/~ada">Ada</a> fragen', "jemand fragen"),
        (
            '<ac:structured-macro ac:name="profile"><ac:parameter ac:name="user"><ri:user ri:userkey="1" />'
            "</ac:parameter></ac:structured-macro>",
            "jemand",
        ),
        (
            '<ac:adf-extension><ac:adf-node type="mention"><ac:adf-attribute key="text">@Ada</ac:adf-attribute>'
            "</ac:adf-node></ac:adf-extension> fragt",
            "jemand\nfragt",
        ),
        ("@Team Messstellen: ein Foto", "@Team Messstellen: ein Foto"),
        ('bis <time datetime="2026-11-24" /> fertig', "bis 24.11.2026 fertig"),
        ('<a href="https://site.example.com/browse/ONB-1">Rückruf &amp; Co.</a>', "Rückruf & Co."),
        ("<p>eins</p><ul><li>zwei</li><li><s>drei</s>vier</li></ul>", "eins\nzwei\nvier"),
        (
            "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status>"
            "<ac:task-body>anrufen</ac:task-body></ac:task></ac:task-list>",
            "anrufen",
        ),
    ],
)
def test_whoever_is_mentioned_becomes_someone(cell: str, words: str) -> None:
    assert tried(cell) == words


def test_a_quotation_can_not_be_logged() -> None:
    found = last_time(page("Ein Bild zeigen."), WEEK)
    assert "Bild" not in repr(found)


def test_a_dash_is_no_plan() -> None:
    assert last_time(page("–"), WEEK) is None


def test_the_planning_page_tells_which_issues_are_ours() -> None:
    body = PAGES.planning(onboarding.VIEW, onboarding.ADDRESSES).body
    assert issue_keys(body) == ("OKR-1", "OKR-2", "OKR-3")
    assert issue_keys(TeamText(cloud_editor(body.words, lambda: "1" * 12))) == ("OKR-1", "OKR-2", "OKR-3")
    assert issue_keys(PAGES.check_in(onboarding.VIEW, onboarding.WEEK, onboarding.ADDRESSES, None).body) == ()
