"""Words stay words on every page of ours in Confluence: in all places at once, of every string of the corpus.

Each page is held against its own with harmless words: what is around the words must be the same to the last element,
and the words must be read there as they were written.
"""

import re

import pytest
from lxml import etree

from connector.pages.markup import BodyUnreadable, parse
from connector.pages.readable import readable
from mappings.okr import Language
from mappings.team_text import TeamText
from tests.security.corpus import CORPUS, twin, xml_can_hold
from tests.security.places import asking, bodies, built, of_asking

WORDS = tuple(text for text in CORPUS if xml_can_hold(text))
SHARES = 4  # in the short form a place holds a fourth of the strings, one after the other
SILENT = 1  # pages that hold no word but ours: the retrospective


def stays_words(text: str) -> None:
    unheard = 0
    for body, like in zip(bodies(text), bodies(twin(text)), strict=True):
        assert built(body) == built(like), text
        unheard += squeezed(text) not in squeezed("".join(map(str, parse(body).itertext())))
    assert unheard <= SILENT, text
    for body in asking(text):
        assert set(built(body)) <= of_asking(), text


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("share", range(SHARES))
def test_no_word_on_a_page_is_markup(share: int) -> None:
    stays_words(" ".join(WORDS[share::SHARES]))


@pytest.mark.slow
@pytest.mark.parametrize("text", WORDS)
def test_no_word_on_a_page_is_markup_when_it_stands_alone(text: str) -> None:
    stays_words(text)


def test_a_word_that_is_not_escaped_would_be_seen() -> None:
    raw = "<p>{}</p>"
    assert built(raw.format("<b>x</b>")) != built(raw.format(twin("<b>x</b>")))
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
_BLOCKS = "body p h3 h4 h5 h6 ul ol li table thead tbody tr td th div section figure figcaption caption dl dt dd"
_WITHIN = "span a em strong br hr code pre blockquote sub sup small img time s u colgroup col"
DRAWN = frozenset(f"{_BLOCKS} {_WITHIN}".split())


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
            assert node.tag in DRAWN, (text, node.tag)
            assert not [name for name in node.attrib if name.startswith("on") or name in FORBIDDEN]
            for name in ("href", "src"):
                assert re.match(r"(?:https?://|/|#|mailto:|$)", node.get(name, "")), (text, node.get(name))
    assert read > 100
