"""A page outside Confluence: its words by an allow-list, nobody's name, nothing that acts or loads."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.pages.markup import BodyUnreadable
from connector.pages.readable import readable
from mappings.okr import Language
from mappings.team_text import TeamText

DE, EN = Language.DE, Language.EN
MACRO = '<ac:structured-macro ac:name="{}">{}</ac:structured-macro>'
PARAMETER = re.compile(r"<ac:parameter.*?</ac:parameter>")
GOLDEN = Path(__file__).parents[1] / "golden"
INLINE = frozenset({"strong", "em", "code", "s", "del", "sub", "sup", "small", "u", "a", "span", "br"})
BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote", "pre", "dl", "dt", "dd", "div", "h3", "h4", "h5", "h6"})
ALLOWED = INLINE | BLOCKS | {"table", "thead", "tbody", "tr", "td", "th"}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "span": {"class"},
}


class Census(HTMLParser):
    """Every tag and attribute, and what is said."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.strange.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.strange.append(f"{tag}.{name}")
            if name == "href" and not re.match(r"https?://", value or ""):
                self.strange.append(f"href={value}")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def shown(body: str, language: Language = DE) -> str:
    return readable(TeamText(body), language).words


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.xml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_page_of_ours_is_whole_and_of_the_list(path: Path) -> None:
    body = path.read_text("utf-8")
    html = shown(body)
    assert Census(html).strange == []
    told, seen = (unescape(re.sub(r"<[^>]+>", " ", text)) for text in (PARAMETER.sub("", body), html))
    kept = {word for word in set(told.split()) if word in seen or f'href="{word}"' in html}
    assert set(told.split()) - kept == set()


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>", "<style>p{}</style>", "<iframe src='https://x.example' />", "<svg onload='x'/>",
        "<p onclick='x' style='color:red' id='a'>Wort</p>", "<a href='javascript:alert(1)'>Wort</a>",
        "<a href=' java&#10;script:alert(1)'>Wort</a>", "<a href='data:text/html,x'>Wort</a>",
        "<a href='//x.example'>Wort</a>",
        "<a href='https://name@x.example/'>Wort</a>", "<a href='https://x.example/&quot; onclick=&quot;x'>Wort</a>",
        "<img src='https://x.example/p.png' alt='Bild'/>", "<form><input name='x'/></form>", "<p>&lt;script&gt;x</p>",
        "<![CDATA[<script>x</script>]]>", "<ac:image><ri:url ri:value='https://x.example/p.png'/></ac:image>",
        "<table><tr><td colspan='1&quot; onclick=&quot;x'>Wort</td></tr></table>", "<math><mi>x</mi></math>",
        MACRO.format("html", "<ac:plain-text-body><![CDATA[<script>x</script>]]></ac:plain-text-body>"),
        MACRO.format("iframe", "<ac:parameter ac:name='src'>https://x.example</ac:parameter>"),
    ],
)  # fmt: skip
def test_nothing_acts_and_nothing_loads(body: str) -> None:
    html = shown(body)
    assert Census(html).strange == []
    assert "alert(1)" not in html.replace("&", "")
    assert "src" not in html


WORDS = st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Z")), max_size=8)
NAMES = ("p", "script", "table", "tr", "td", "th", "a", "span", "li", "h1", "object", "ac:link", "ac:image")
MARKS = ("href", "src", "style", "onclick", "ac:name", "ac:alt", "colspan")
TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(
        st.sampled_from((*NAMES, "ac:structured-macro")), st.sampled_from(MARKS), WORDS, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_whatever_stands_on_a_page_stays_on_the_list(tree: object) -> None:
    assert Census(shown(_markup(tree))).strange == []


@pytest.mark.parametrize(
    "mention",
    [
        '<ac:link><ri:user ri:account-id="712020:kanarie" /></ac:link>',
        '<ac:link><ri:user ri:account-id="712020:kanarie" /><ac:link-body>Kanarie Vogel</ac:link-body></ac:link>',
        MACRO.format("profile", '<ac:parameter ac:name="user">kanarie</ac:parameter>'),
        '<a href="https://site.example/wiki/people/712020:kanarie">Kanarie Vogel</a>',
        '<a href="mailto:kanarie@example.com">Kanarie Vogel</a>',
        "@Kanarie", "[~kanarie]", "kanarie@example.com",
    ],
)  # fmt: skip
def test_whoever_is_mentioned_is_someone(mention: str) -> None:
    assert shown(f"<p>mit {mention} gesprochen</p>") == "<p>mit jemand gesprochen</p>"
    assert shown(f"<p>with {mention} today</p>", EN) == "<p>with someone today</p>"


def test_macros_of_others_are_a_neutral_note_and_panels_keep_the_words_of_the_page() -> None:
    note = "Hier steht in Confluence ein weiterer Baustein."
    inside = "<ac:rich-text-body><p>Wort</p></ac:rich-text-body>"
    asked = shown(macro("jira", '<ac:parameter ac:name="jqlQuery">assignee = x</ac:parameter>'))
    assert note in asked
    assert "assignee" not in asked
    assert shown(macro("info", inside)) == "<p>Wort</p>"
    assert note in shown(macro("details", inside))
    assert "Wort" not in shown(macro("details", inside))
    ours = '<ac:parameter ac:name="id">okr-t-together</ac:parameter>'
    assert shown(macro("details", ours + inside)) == "<p>Wort</p>"


def test_a_table_says_which_cells_are_heads() -> None:
    html = shown(
        "<table><tbody><tr><th><p /></th><th><p>KW 47</p></th><th>KW 48</th></tr>"
        "<tr><td><p>Anteil</p></td><td>1</td><td>2</td></tr></tbody></table>"
        "<table><tr><th>Frage</th><td>Antwort</td></tr><tr><th colspan='2'>Beide</th></tr></table>"
    )
    assert '<thead><tr><td></td><th scope="col"><p>KW 47</p></th>' in html
    assert '<th scope="row"><p>Anteil</p></th><td>1</td>' in html
    assert '<th scope="row">Frage</th><td>Antwort</td>' in html
    assert '<th scope="colgroup" colspan="2">Beide</th>' in html
    assert re.findall(r'aria-label="(.*?)"', html) == ["Tabelle 1", "Tabelle 2"]


def test_headings_begin_below_the_titles_of_the_view() -> None:
    assert shown("<h1>a</h1><h2>b</h2><h3>c</h3><h6>d</h6>") == "<h3>a</h3><h3>b</h3><h4>c</h4><h6>d</h6>"


def test_a_picture_is_told_by_its_words() -> None:
    body = '<ac:image ac:alt="KW 47: 44 Prozent"><ri:attachment ri:filename="okr-1.png" /></ac:image>'
    assert shown(body) == '<span class="picture">Bild: KW 47: 44 Prozent</span>'


def test_what_cannot_be_read_is_an_error_without_its_words() -> None:
    with pytest.raises(BodyUnreadable) as error:
        shown("<p>Kanarie")
    assert "Kanarie" not in str(error.value)
    with pytest.raises(BodyUnreadable):
        shown("<span>" * 5000 + "</span>" * 5000)


def macro(name: str, inside: str) -> str:
    return MACRO.format(name, inside)


def _markup(tree: object) -> str:
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    name, attribute, value, inner = tree  # type: ignore[misc]  # as the strategy draws them
    escaped = _markup(value).replace('"', "&quot;")
    return f'<{name} {attribute}="{escaped}">{"".join(map(_markup, inner))}</{name}>'


def test_an_epic_that_stands_as_a_bare_address_is_shown_by_its_key_and_a_strange_address_in_full() -> None:
    epic, else_where = "https://jira.example.org/browse/ONB-33", "https://jira.example.org/browse/ONB-33/edit"
    told = shown(f'<p>Hinweis: <a href="{epic}">{epic}</a>, <a href="{else_where}">{else_where}</a></p>')
    assert f'<a href="{epic}" rel="noreferrer">ONB-33</a>' in told
    assert f'rel="noreferrer">{else_where}</a>' in told
    disguised = shown(f'<p><a href="https://other.example.org/">{epic}</a></p>')
    assert f">{epic}</a>" in disguised
