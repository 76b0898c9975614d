"""`/` and `/teams/<team>`: the words of the pages, live, without names, and nothing that lines teams up."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from connector.sandbox.people import CANARIES
from connector.visitors import proxy_identity_of
from tests.web.standing import BEARER, TOKEN, Standing, standing

PAGE = "/teams/onboarding?week=2026-W48"
CHECK_IN, PLANNING = "check-in/onboarding/2026-W48", "planning/onboarding/2026-q4"


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(tmp_path_factory.mktemp("web")) as built:
        yield built


def written(on: Standing, ref: str, markup: str) -> None:
    page = on.scene.page_id(ref)
    on.scene.site.confluence.edit_by_hand(page, lambda body: f"{body}{markup}")


def test_a_team_s_page_says_what_its_pages_say_now(on: Standing) -> None:
    page = on.look(PAGE)
    for words in ("Unsere Annahme:", "Was haben wir beobachtet?", "Team Onboarding", "Check-in · KW 48/2026"):
        assert words in page, words
    written(on, CHECK_IN, "<p>Heute drei Haushalte angerufen.</p>")
    assert "Heute drei Haushalte" in on.look(PAGE)
    assert f"pageId={on.scene.page_id(CHECK_IN)}" in page
    assert f"pageId={on.scene.page_id(PLANNING)}" in page


def test_what_was_read_is_read_again_only_after_a_while(on: Standing) -> None:
    client, log = on.client(), on.scene.site.log
    client.get("/teams/onboarding", headers=BEARER)
    mark = log.mark()
    client.get("/teams/onboarding", headers=BEARER)
    assert [line.path for line in log.reads(mark)] == []


def test_nobody_who_is_mentioned_is_named(on: Standing) -> None:
    people = on.scene.site.confluence.people
    somebody = people.nth(3)
    written(
        on,
        PLANNING,
        f'<p>Danke an <ac:link><ri:user ri:account-id="{somebody.account_id}" /></ac:link> und {somebody.mail}</p>',
    )
    page = on.look("/teams/onboarding")
    assert "Danke an jemand und jemand" in page
    pages = (page, on.look("/"), on.look("/teams/metering"))
    assert [mark for mark in CANARIES for seen in pages if mark in seen] == []


def test_a_page_that_only_some_may_read_is_not_quoted(on: Standing) -> None:
    page = on.scene.site.confluence.page(on.scene.page_id(CHECK_IN))
    page.readers = [on.scene.site.confluence.people.account(1)]
    try:
        shown = on.look(PAGE)
    finally:
        page.readers = []
    assert "nur einige lesen" in shown
    assert "Was haben wir beobachtet?" not in shown
    assert "Was haben wir beobachtet?" in on.look(PAGE)


def test_a_page_below_one_that_only_some_may_read_is_not_quoted(on: Standing) -> None:
    world = on.scene.site.confluence
    above = world.page(world.page(on.scene.page_id(CHECK_IN)).parent_id or "")
    above.readers = [world.people.account(1)]
    try:
        assert "Was haben wir beobachtet?" not in on.look(PAGE)
    finally:
        above.readers = []


def test_the_organisation_s_page_gives_the_frame_and_links_to_teams_and_nothing_about_how_they_do(on: Standing) -> None:
    page = on.look("/")
    assert "Unser Moal" in page or "Moal" in page
    links = re.findall(r'href="/teams/([a-z-]+)"', page)
    assert links == [team.id for team in on.scene.book().teams]
    listed = page[page.index('id="teams"') :]
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", listed))


def test_both_languages_are_there_and_the_words_keep_their_own(on: Standing) -> None:
    german, english = on.look("/teams/onboarding"), on.look("/teams/onboarding?language=en")
    assert '<html lang="de">' in german
    assert '<html lang="en">' in english
    assert 'class="page" lang="de"' in english
    assert "Open in Confluence" in english
    assert 'href="/teams/onboarding?language=en" lang="en" hreflang="en"' in german
    assert 'class="page" lang="en"' in on.look("/teams/metering")
    assert '<html lang="de">' in on.look("/teams/onboarding?language=xx")


def test_earlier_check_ins_are_linked_and_shown(on: Standing) -> None:
    on.scene.days_pass(7)
    on.scene.sync()
    page = on.look("/teams/onboarding")
    assert "KW 49/2026" in page
    assert 'href="/teams/onboarding?week=2026-W48"' in page
    earlier = on.look("/teams/onboarding?week=2026-W48&language=en")
    assert "Week 48/2026" in earlier
    assert 'href="/teams/onboarding?week=2026-W49&amp;language=en"' in earlier
    for nowhere in ("?week=2026-W12", "?week=heute", "?week=2026-W99"):
        assert on.client().get(f"/teams/onboarding{nowhere}", headers=BEARER).status_code == 404


def test_an_unknown_team_is_not_there(on: Standing) -> None:
    assert on.client().get("/teams/nobody", headers=BEARER).status_code == 404


def test_without_confluence_the_pages_say_so_and_give_the_book_s_frame(on: Standing) -> None:
    page = on.look("/", confluence=None)
    assert "nicht verbunden" in page
    assert "Unser Moal" in page
    assert "nicht verbunden" in on.look("/teams/onboarding", confluence=None)


def test_when_confluence_is_silent_the_page_says_so(on: Standing) -> None:
    on.scene.site.faults.answer(503, path_regex="/wiki/api/v2/pages.*", times=4)
    shown = on.look(PAGE)
    on.scene.minutes_pass(10)  # the gateway lets a site rest that does not answer
    assert "Confluence antwortet gerade nicht" in shown
    assert "Unsere Annahme" not in shown
    assert "Unsere Annahme" in on.look(PAGE)


@pytest.mark.parametrize("path", ["/", "/teams/onboarding", "/teams/onboarding?week=2026-W48", "/teams/nobody"])
def test_nobody_gets_in_without_access(on: Standing, path: str) -> None:
    client = on.client()
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer other"}).status_code == 401
    closed = on.client(ui_token=None)
    assert closed.get(path).status_code == 403
    assert "Annahme" not in client.get(path).text + closed.get(path).text


def test_a_named_proxy_s_word_is_enough_and_everybody_else_s_is_not(on: Standing) -> None:
    identity = proxy_identity_of("X-Remote-User@10.0.0.7")
    client = on.client(ui_token=None, identity=identity)
    said = {"X-Remote-User": "somebody"}
    inside, outside = {"REMOTE_ADDR": "10.0.0.7"}, {"REMOTE_ADDR": "10.0.0.8"}
    assert client.get("/", headers=said, environ_base=inside).status_code == 200
    assert client.get("/", headers=said, environ_base=outside).status_code == 403
    assert client.get("/", environ_base=inside).status_code == 403
    assert client.get("/status", headers=said, environ_base=inside).status_code == 200


def test_who_it_was_is_kept_nowhere(on: Standing, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    client = on.client(identity=proxy_identity_of("X-Remote-User@127.0.0.1"))
    name = "kanarie.vogel"
    answer = client.get("/teams/onboarding", headers={"X-Remote-User": name})
    assert answer.status_code == 200
    seen = [answer.text, caplog.text, str(answer.headers)]
    seen += [path.read_bytes().decode("latin-1") for path in on.scene.book_folder.parent.glob("okr.db*")]
    assert [text for text in seen if name in text or TOKEN in text] == []


@pytest.mark.parametrize("path", ["/", "/teams/onboarding", "/teams/metering"])
def test_it_works_without_script_and_for_those_who_listen(on: Standing, path: str) -> None:
    page = on.look(path)
    assert "<script" not in page
    assert "style=" not in page
    assert page.count("<h1") == page.count("<main") == page.count("<header") == 1
    assert 'class="skip" href="#content"' in page
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(later <= level + 1 for level, later in pairwise(levels))
