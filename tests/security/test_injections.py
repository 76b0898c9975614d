"""Words stay words: whatever a team, a book or a site writes, in every place where we show, ask, log or hand it out.

Each sink is held against its own with harmless words: what is around the words must be the same to the last element.
"""

import csv
import io
import json
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from urllib.parse import quote

import pytest
from flask import Flask, render_template
from icalendar import Calendar
from lxml import etree

from connector.departure.cells import table
from connector.gateways import operations
from connector.gateways.posts import Line, in_slack, in_teams
from connector.log import NotLoggable, facts, start_logging
from connector.pages.markup import BodyUnreadable, parse
from connector.pages.readable import readable
from connector.pages.render import Pages
from connector.pages.views import TeamView
from connector.web.feed import calendar, moments
from connector.web.view_words import VIEW_WORDS
from mappings.epics import EpicSelector
from mappings.jql import epics_by_label, epics_by_parent
from mappings.okr import Language, Strategy, Team
from mappings.team_text import TeamText
from tests.pages.team_onboarding import (
    ADDRESSES,
    EVIDENCE,
    FIRST_WEEK,
    GUIDE,
    SETUP,
    SHARE,
    STRATEGY,
    TEAM,
    VIEW,
    WEEK,
)
from tests.security.corpus import CORPUS, twin, xml_can_hold

PAGES = Pages()
WORDS = tuple(text for text in CORPUS if xml_can_hold(text))
SINKS = 18  # places for words in one view; in the short form each string stands in one of them, in the long form in all
Shape = list[tuple[str, tuple[str, ...]]]


def strategy_of(words: Sequence[str]) -> Strategy:
    moal = replace(STRATEGY.moal, title=words[0], picture=words[1]) if STRATEGY.moal else None
    return replace(
        STRATEGY, organisation=words[2], purpose=words[3], vision=words[4], moal=moal, frame=(words[5], "Ruhe.")
    )


def view_of(words: Sequence[str]) -> TeamView:
    """The team of the model pages, with other words in every place that holds some."""
    share = replace(
        SHARE, name=words[6], unit=words[7], epics=EpicSelector(keys=(("ONB-12", words[8]), ("ONB-33", "Hinweis")))
    )
    guessed = replace(SETUP.hypothesis, who=words[9], does=words[10], because=words[11])
    setup = replace(SETUP, name=words[12], hypothesis=guessed, indicators=(share, *SETUP.indicators[1:]))
    objective = replace(
        FIRST_WEEK,
        title=words[13],
        not_doing=(words[14],),
        unknowns=(words[15],),
        depends_on=(words[16],),
        key_results=(setup, GUIDE),
    )
    first, *others = EVIDENCE[SHARE.id]
    return replace(
        VIEW,
        strategy=strategy_of(words),
        team=replace(TEAM, name=words[17], objectives=(objective,)),
        evidence={**EVIDENCE, SHARE.id: (replace(first, name=words[8]), *others)},
    )


def bodies(words: Sequence[str]) -> Iterator[str]:
    view = view_of(words)
    yield PAGES.strategy(view.strategy, ADDRESSES, (view.team,)).body.words
    yield PAGES.planning(view, ADDRESSES).body.words
    yield PAGES.check_in(view, WEEK, ADDRESSES, None).body.words


def shape(root: etree._Element) -> Shape:
    """Elements with the names of their attributes, in order: all that is not words."""
    return [(str(node.tag), tuple(sorted(map(str, node.attrib)))) for node in root.iter()]


def macros(root: etree._Element) -> Shape:
    """The macros by their names."""
    named = (node.attrib for node in root.iter() if str(node.tag).endswith("structured-macro"))
    return [(value, ("macro",)) for attributes in named for key, value in attributes.items() if key.endswith("}name")]


@cache
def of_forms() -> set[tuple[str, tuple[str, ...]]]:
    """What a form is made of, with questions about every cell and with none."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    for word in ("x", "?", "Wir liefern die App aus", "0", "-", "x " * 200):
        root = parse(PAGES.planning_form(view_of([word] * SINKS), ADDRESSES).body.words)
        found |= {*shape(root), *macros(root)}
    return found


def hands(every: bool) -> Iterator[list[str]]:
    """The strings, so many at once as there are places; in the long form each comes to each place."""
    for start in range(0, len(WORDS), SINKS):
        some = [*WORDS[start : start + SINKS], *["x"] * SINKS][:SINKS]
        for turn in range(SINKS if every else 1):
            yield [*some[turn:], *some[:turn]]


def stays_words(every: bool) -> None:
    for words in hands(every):
        harmless = [twin(word) for word in words]
        for body, like in zip(bodies(words), bodies(harmless), strict=True):
            assert shape(parse(body)) == shape(parse(like)), words
        form = parse(PAGES.planning_form(view_of(words), ADDRESSES).body.words)  # it asks about words
        assert {*shape(form), *macros(form)} <= of_forms(), words


def test_no_word_on_a_page_is_markup() -> None:
    stays_words(every=False)


@pytest.mark.slow
def test_no_word_on_a_page_is_markup_in_any_place() -> None:
    stays_words(every=True)


def test_a_word_that_is_not_escaped_would_be_seen() -> None:
    raw = "<p>{}</p>"
    assert shape(parse(raw.format("<b>x</b>"))) != shape(parse(raw.format(twin("<b>x</b>"))))
    assert len(CORPUS) >= 500
    assert len(WORDS) >= 500


def test_words_that_xml_cannot_hold_are_refused_and_not_sent() -> None:
    for text in (text for text in CORPUS if not xml_can_hold(text)):
        with pytest.raises(BodyUnreadable):
            parse(text)


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>',
        '<p>x</p><!DOCTYPE p [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x">%a;]>',
        "<p>&undeclared;</p>",
        '<?xml version="1.0"?><p/>',
        "</page><page>",
    ],
)
def test_a_page_cannot_bring_entities_of_its_own(body: str) -> None:
    with pytest.raises(BodyUnreadable):
        parse(body)


FORBIDDEN = {"style", "srcdoc", "formaction"}
DRAWN = {
    *(
        "p",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "div",
        "span",
        "a",
        "em",
    ),
    *(
        "strong",
        "br",
        "hr",
        "code",
        "pre",
        "blockquote",
        "sub",
        "sup",
        "small",
        "img",
        "time",
        "s",
        "u",
        "dl",
        "dt",
        "dd",
    ),
    *("caption", "figure", "figcaption", "colgroup", "col", "section"),
}


def test_of_a_page_of_confluence_only_known_elements_reach_our_own_pages() -> None:
    read = 0
    for text in CORPUS:
        try:
            shown = readable(TeamText(f"<p>{text}</p><table><tr><td>{text}</td></tr></table>"), Language.DE).words
        except BodyUnreadable:
            continue
        read += 1
        root = etree.HTML(f"<html><body>{shown}</body></html>")
        for node in root.find("body").iter():
            assert node.tag in {*DRAWN, "body"}, (text, node.tag)
            assert not [
                name for name in node.attrib if name.startswith("on") or name in {"style", "srcdoc", "formaction"}
            ]
            for name in ("href", "src"):
                assert re.match(r"(?:https?://|/|#|mailto:|$)", node.get(name, "")), (text, node.get(name))
    assert read > 100


def drawn(app: Flask, template: str, words: Sequence[str]) -> str:
    strategy = strategy_of(words)
    with app.test_request_context("/"):
        return render_template(
            template,
            words=VIEW_WORDS[Language.DE],
            language=Language.DE,
            other=Language.EN,
            switch="/",
            connected=False,
            asked="",
            part=None,
            teams=(),
            strategy=strategy,
            told=strategy,
            team=replace(TEAM, name=words[17]),
            parts=(),
            missing=[words[6]],
            earlier=(),
            this_week="/",
            calendar="",
        )


def test_no_word_in_our_own_pages_is_markup() -> None:
    app = Flask("connector.web", template_folder="templates")
    for words in hands(every=False):
        for template in ("organisation.html", "team.html"):
            pages = (drawn(app, template, words), drawn(app, template, [twin(word) for word in words]))
            shown, like = (shape(etree.HTML(page)) for page in pages)
            assert shown == like, words


def test_no_word_makes_an_event_of_a_calendar() -> None:
    today = date(2026, 11, 24)

    def made(team: Team) -> list[str]:
        file = calendar(team, moments(STRATEGY, team, today)[:2], today, "https://okr.example/x")
        Calendar.from_ical(file)
        unfolded = file.decode().replace("\r\n ", "")
        return [re.split("[:;]", line)[0] for line in unfolded.split("\r\n")]

    like = made(replace(TEAM, name="x"))
    for text in CORPUS[::2]:
        name = re.sub(r"[\t\r\n]", " ", text)  # as a book reads a name
        assert made(replace(TEAM, name=name)) == like, text


def test_no_word_leaves_the_quotes_of_a_query() -> None:
    string = re.compile(r'"((?:[^"\\]|\\.)*)"')
    for text in CORPUS:
        for made in (
            lambda t: epics_by_label([t], [t]),
            lambda t: epics_by_parent(["A"], [t]),
            lambda t: epics_by_label(["A"], ["b", t]),
        ):
            try:
                query = made(text)
            except ValueError:
                assert not text.isprintable() or not text.strip()
                continue
            assert text.isprintable()
            values = [re.sub(r"\\(.)", r"\1", value) for value in string.findall(query)]
            assert text in values, text
            assert re.fullmatch(r"(?:project|labels|parent|AND|IN|=|\(|\)|,|\s)+", string.sub("", query)), query


def test_no_cell_of_an_export_is_a_formula() -> None:
    rows = [(text, "x", text) for text in CORPUS]
    read = list(csv.reader(io.StringIO(table(("a", "b", "c"), rows), newline="")))
    assert len(read) == len(rows) + 1
    for (text, _, _), cells in zip(rows, read[1:], strict=True):
        for cell in (cells[0], cells[2]):
            number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
            assert number or not cell.lstrip(" ").startswith(
                ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
            )
            assert cell.removeprefix("'") in (text.replace("\0", ""), text.replace("\0", "").removeprefix("'"))


def test_no_word_makes_a_line_of_the_log() -> None:
    root, stream = logging.getLogger(), io.StringIO()
    before = (root.level, root.handlers[:], logging.raiseExceptions)
    try:
        start_logging("INFO", stream)
        log = logging.getLogger("connector.x")
        said = 0
        for text in CORPUS:
            try:
                log.warning("A team was synced", extra=facts(team=text))
                said += 1
            except NotLoggable:
                log.warning("A team was left out", extra=facts(created=1))
            log.warning(text)
            logging.getLogger("urllib3.x").warning("%s", text)
    finally:
        logging.captureWarnings(False)
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        logging.raiseExceptions = before[2]
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert len(lines) == 3 * len(CORPUS)
    for line in lines:
        told = json.loads(line)
        assert isinstance(told, dict)
        assert line.isprintable(), line


def test_no_word_leaves_its_part_of_an_address_or_a_header() -> None:
    named = [one for one in (*operations.JIRA, *operations.CONFLUENCE) if "{" in one.path]
    for text in CORPUS:
        for one in named[::3]:
            parts = dict.fromkeys(re.findall(r"{(\w+)}", one.path), text)
            path = one.at(**parts)
            assert path.count("/") == one.path.count("/")
            assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", path), path
            assert quote(text, safe="") in path


def test_no_word_calls_a_channel_or_links_elsewhere_in_a_post() -> None:
    url = "https://wiki.example.org/pages/10"
    for text in (*CORPUS, "<!channel>", "<@U123>", "<https://evil.example|x>", "x|y>z"):
        line = Line(title=text, url=url, open="Öffnen")
        said = in_slack(line)["text"]
        assert said.startswith(f"<{url}|")
        assert said.count("<") == said.count(">") == said.count("|") == 1
        card = json.dumps(in_teams(line))
        assert re.findall(r'"url": "([^"]*)"', card) == [url]


def test_the_corpus_is_of_every_kind() -> None:
    kinds: dict[str, Callable[[str], bool]] = {
        "markup": lambda text: "<script" in text,
        "storage": lambda text: "<ac:" in text,
        "query": lambda text: "OR project" in text,
        "formula": lambda text: text.startswith("="),
        "line": lambda text: "\n" in text,
        "header": lambda text: "\r\n" in text,
        "template": lambda text: "{{" in text,
    }
    assert {name for name, is_one in kinds.items() if any(map(is_one, CORPUS))} == set(kinds)
