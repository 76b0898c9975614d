import pytest
from werkzeug.test import Client

from connector.sandbox.confluence_content import Page
from connector.sandbox.confluence_views import blueprint
from connector.sandbox.macro_view import editing, reading
from connector.sandbox.seed import empty_site
from connector.sandbox.site import Site, create_app
from connector.sandbox.storage_format import parse, text_of

MACRO = '<ac:structured-macro ac:name="{}">{}</ac:structured-macro>'
REGION = MACRO.format(
    "details",
    '<ac:parameter ac:name="id">{}</ac:parameter><ac:rich-text-body><table><tbody>'
    "<tr><th><p>Was haben wir beobachtet?</p></th><td><p>eins</p></td></tr>"
    "<tr><th><p>Unsere Zuversicht</p></th><td /></tr></tbody></table></ac:rich-text-body>",
)


@pytest.fixture
def site() -> Site:
    made = empty_site(frozen=True)
    made.confluence.add_space("ONB", "Team Onboarding")
    return made


@pytest.fixture
def browser(site: Site) -> Client:
    app = create_app(site)
    if "confluence_views" not in app.blueprints:
        app.register_blueprint(blueprint(site))
    return Client(app)


def page_with(site: Site, body: str, title: str = "Check-in") -> Page:
    return site.confluence.add_page(space="ONB", title=title, body=body, labels=["okr-check-in"])


def html_of(site: Site, body: str) -> str:
    page = page_with(site, body)
    return reading(site.confluence, page, page.body)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>a &amp; <strong>b</strong></p>", "<p>a &amp; <strong>b</strong></p>"),
        (MACRO.format("info", "<ac:rich-text-body><p>hinweis</p></ac:rich-text-body>"), 'class="panel info"'),
        (MACRO.format("expand", "<ac:rich-text-body><p>mehr</p></ac:rich-text-body>"), "<summary>Click here"),
        (MACRO.format("status", "<ac:parameter ac:name='title'>in Arbeit</ac:parameter>"), ">in Arbeit</span>"),
        (REGION.format("okr-m-head-12"), "<td><p>eins</p></td>"),
        (MACRO.format("nobody-knows-it", ""), "nobody-knows-it"),
        ('<p><time datetime="2026-11-24" /></p>', "Nov 24, 2026"),
        ('<ac:image ac:alt="Verlauf"><ri:attachment ri:filename="no.png" /></ac:image>', "Verlauf</figure>"),
        ('<p><ac:link><ri:page ri:content-title="Team Onboarding" /></ac:link></p>', "/wiki/spaces/ONB/overview"),
        ('<p><ac:link><ri:page ri:content-title="Gibt es nicht" /></ac:link></p>', "broken-link"),
        ('<table data-layout="wide"><tbody><tr><td>a</td></tr></tbody></table>', "--table-width: 960px"),
    ],
)
def test_storage_format_is_shown_as_people_know_it(site: Site, body: str, shown: str) -> None:
    assert shown in html_of(site, body)


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p style="background: url(http://x.example)">x</p>',
        '<p onclick="alert(1)">x</p>',
        MACRO.format("code", "<ac:plain-text-body><![CDATA[<script>alert(1)</script>]]></ac:plain-text-body>"),
        MACRO.format("info", "<ac:parameter ac:name='title'>&lt;script&gt;</ac:parameter><ac:rich-text-body />"),
    ],
)
def test_nothing_a_page_holds_can_act_in_the_browser(site: Site, body: str) -> None:
    shown = html_of(site, body)
    assert not [sign for sign in ("javascript:", "url(", "onclick", "<script") if sign in shown]


def test_a_page_shows_its_words_labels_tree_and_author(site: Site, browser: Client) -> None:
    page = page_with(site, REGION.format("okr-t-kr1") + MACRO.format("children", ""))
    site.confluence.add_page(space="ONB", title="Darunter", parent=page.id)
    shown = browser.get(f"/wiki/spaces/ONB/pages/{page.id}/Check-in").text
    for words in ("Check-in", "Was haben wir beobachtet?", "okr-check-in", "Darunter", "Team Onboarding", "Kanarie"):
        assert words in shown
    assert "<textarea" not in shown
    assert "http://" not in shown.replace("http://www.w3.org", "")
    assert site.log.requests() == ()


def test_a_picture_is_served_and_shown(site: Site, browser: Client) -> None:
    page = page_with(site, '<ac:image ac:alt="Verlauf"><ri:attachment ri:filename="Bild 1.png" /></ac:image>')
    site.confluence.attach(page.id, "Bild 1.png", b"png bytes", author="712020:x")
    address = f"/wiki/download/attachments/{page.id}/Bild%201.png?version=1"
    assert f'<img src="{address}" alt="Verlauf">' in browser.get(f"/wiki/spaces/ONB/pages/{page.id}").text
    answer = browser.get(address)
    assert (answer.data, answer.mimetype) == (b"png bytes", "image/png")


def test_the_editor_opens_the_team_s_cells_and_no_other(site: Site) -> None:
    page = page_with(site, REGION.format("okr-t-kr1") + REGION.format("okr-m-head-12"))
    shown = editing(site.confluence, page, page.body)
    assert shown.count("<textarea") == 2
    assert '<textarea name="cell-0-0-0-1" rows="1" spellcheck="false">eins</textarea>' in shown


@pytest.mark.parametrize("editor", ["cloud", "legacy"])
def test_a_person_fills_a_cell_in_the_browser(site: Site, browser: Client, editor: str) -> None:
    page = page_with(site, REGION.format("okr-t-kr1"))
    form = {"version": "1", "editor": editor, "person": "4", "title": page.title, "cell-0-0-1-1": "6, <knapp>"}
    answer = browser.post(f"/wiki/spaces/ONB/pages/edit-v2/{page.id}", data=form)
    assert answer.status_code == 302
    assert (page.now.number, page.now.author) == (2, site.people.account(4))
    assert text_of(parse(page.body)) == "Was haben wir beobachtet? eins Unsere Zuversicht 6, <knapp>"


def test_whoever_publishes_over_another_s_version_is_shown_the_page_again(site: Site, browser: Client) -> None:
    page = page_with(site, REGION.format("okr-t-kr1"))
    site.confluence.type_into_cell(page.id, "okr-t-kr1", "Zuversicht", "7")
    answer = browser.post(f"/wiki/spaces/ONB/pages/edit-v2/{page.id}", data={"version": "1", "cell-0-0-1-1": "6"})
    assert answer.status_code == 409
    assert page.now.number == 2


@pytest.mark.parametrize("editor", ["cloud", "legacy", "none"])
def test_broken_storage_format_typed_by_hand_is_told_and_not_kept(site: Site, browser: Client, editor: str) -> None:
    page = page_with(site, "<p>a</p>")
    form = {"version": "1", "raw": "yes", "storage": "<p>b<br></p>", "editor": editor}
    answer = browser.post(f"/wiki/spaces/ONB/pages/edit-v2/{page.id}", data=form)
    assert answer.status_code == 400
    assert "Error parsing xhtml" in answer.text
    assert "&lt;p&gt;b&lt;br&gt;&lt;/p&gt;" in answer.text
    assert page.now.number == 1


def test_a_person_trashes_and_restores_a_page(site: Site, browser: Client) -> None:
    page = page_with(site, "<p>a</p>")
    browser.post(f"/wiki/pages/{page.id}/trash")
    assert page.status == "trashed"
    assert "in the trash" in browser.get(f"/wiki/spaces/ONB/pages/{page.id}").text
    browser.post(f"/wiki/pages/{page.id}/restore")
    assert page.status == "current"


@pytest.mark.parametrize(
    ("path", "status", "shown"),
    [
        ("/wiki/home", 200, "Team Onboarding"),
        ("/wiki/spaces/ONB", 200, "Team Onboarding"),
        ("/wiki/spaces/onb/overview", 200, "Team Onboarding"),
        ("/wiki/search?text=zahl", 200, "Check-in"),
        ("/wiki/pages/viewpreviousversions.action?pageId={id}", 200, "CURRENT (v. 1)"),
        ("/wiki/pages/viewpage.action?pageId={id}&version=1", 200, "eine Zahl"),
        ("/wiki/pages/viewpage.action?pageId={id}", 302, ""),
        ("/wiki/pages/resumedraft.action?draftId={id}", 302, ""),
        ("/wiki/pages/viewpage.action?pageId=1", 404, "couldn’t find"),
        ("/wiki/spaces/NOPE/overview", 404, "couldn’t find"),
    ],
)
def test_every_address_leads_somewhere(site: Site, browser: Client, path: str, status: int, shown: str) -> None:
    page = page_with(site, "<p>eine Zahl</p>")
    answer = browser.get(path.format(id=page.id))
    assert answer.status_code == status
    assert shown in answer.text
