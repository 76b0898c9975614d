"""Two spellings of a page that look alike have one digest; what looks different has another."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.pages.canonical import BodyUnreadable, digest, well_formed
from connector.sandbox.editors import cloud_editor, legacy_editor

INSIDE = (
    "<h2>1 · Einrichtung ohne Hilfe</h2><p><strong>Unsere Annahme:</strong> von 38 % auf 55–65 %.<br />"
    "<em>Erkundung</em></p><table><tbody><tr><th></th><th>KW 47</th><th><strong>KW 48</strong></th></tr>"
    "<tr><th>Anteil · Start 38 %</th><td>44 %</td><td><strong>41,5 %</strong></td></tr>"
    "<tr><th>Daten vom</th><td></td><td>23.11.</td></tr></tbody></table><ul><li>a</li><li>b &amp; „c“</li></ul>"
    '<p><ac:image ac:alt="x"><ri:attachment ri:filename="okr-12.png" /></ac:image></p>'
    '<p>Epic (<a href="https://site.example.com/browse/ONB-12">ONB-12</a>), '
    '<a href="https://site.example.com/wiki/x?a=1&amp;b=2">voriger <strong>Check-in</strong></a></p>'
    '<ac:structured-macro ac:name="children" ac:schema-version="1"><ac:parameter ac:name="all">true</ac:parameter>'
    "</ac:structured-macro><p>Quellen · abgeglichen am 24.11.2026 · Ende</p>"
)

EXPAND = '<ac:structured-macro ac:name="expand"><ac:rich-text-body>'
EXPANDED = "</ac:rich-text-body></ac:structured-macro>"
TOO_DEEP = "<p>" * 300 + "</p>" * 300

SAME = {
    "nbsp": INSIDE.replace("38 %", "38&nbsp;%").replace("44 %", "44\u202f%"),
    "entities": INSIDE.replace("„", "&bdquo;").replace("ä", "&auml;").replace("·", "&#183;"),
    "bold": INSIDE.replace("strong>", "b>").replace("em>", "i>"),
    "no formatting": INSIDE.replace("<strong>", "").replace("</strong>", ""),
    "cells in paragraphs": INSIDE.replace("<td>44 %</td>", "<td><p>44 %</p></td>").replace(
        "<td></td>", "<td><p /></td>"
    ),
    "colgroup": INSIDE.replace("<tbody>", '<colgroup><col style="width: 9px;" /></colgroup><tbody>'),
    "no tbody": INSIDE.replace("<tbody>", "").replace("</tbody>", ""),
    "thead": INSIDE.replace("<tbody><tr>", "<thead><tr>", 1).replace(
        "KW 48</strong></th></tr>", "KW 48</strong></th></tr></thead><tbody>"
    ),
    "attributes": INSIDE.replace("<td>", '<td class="confluenceTd" local-id="a1" style="text-align: left;">'),
    "header cells": INSIDE.replace("th>", "td>"),
    "macro ids": INSIDE.replace('ac:name="children" ac:schema-version="1"', 'ac:macro-id="1-2" ac:name="children"'),
    "stamp": INSIDE.replace("24.11.2026", "1.12.2026"),
    "zero width": INSIDE.replace("ONB-12<", "ONB\u200b-12\ufeff<"),
    "line ends": INSIDE.replace("><", ">\n  <").replace(" · ", "\n · "),
    "split link": INSIDE.replace(
        "voriger <strong>Check-in</strong></a>",
        'voriger </a><strong><a href="https://site.example.com/wiki/x?a=1&amp;b=2">Check-in</a></strong>',
    ),
    "card": INSIDE.replace("<a href", '<a data-card-appearance="inline" href'),
    "picture alone": INSIDE.replace("<p><ac:image", "<ac:image").replace("</ac:image></p>", "</ac:image>"),
    "picture attributes": INSIDE.replace('ac:alt="x"', 'ac:width="760" ac:alt="x" ac:align="center"'),
    "empty paragraphs": INSIDE.replace("<ul>", "<p /><p><br /></p><h3></h3><ul>"),
    "colours": INSIDE.replace("Quellen", '<span style="color: rgb(255,0,0);">Quellen</span>'),
}
OTHER = {
    "a number": INSIDE.replace("41,5", "41,6"),
    "a word": INSIDE.replace("Quellen", "Quelle"),
    "a cell": INSIDE.replace("<td></td>", ""),
    "an empty row": INSIDE.replace("</tbody>", "<tr><td /></tr></tbody>"),
    "cells swapped": INSIDE.replace("<td></td><td>23.11.</td>", "<td>23.11.</td><td></td>"),
    "a link's target": INSIDE.replace("browse/ONB-12", "browse/ONB-13"),
    "a link removed": INSIDE.replace('<a href="https://site.example.com/browse/ONB-12">ONB-12</a>', "ONB-12"),
    "a picture": INSIDE.replace("okr-12.png", "okr-13.png"),
    "a picture removed": INSIDE.replace("<ac:image", "<p><ac:image", 0).split("<p><ac:image")[0]
    + INSIDE.split("</ac:image></p>")[1],
    "a macro": INSIDE.replace('"children"', '"recently-updated"'),
    "struck out": INSIDE.replace("Quellen", "<s>Quellen</s>"),
    "a mention": INSIDE.replace("Quellen", 'Quellen <ac:link><ri:user ri:account-id="1" /></ac:link>'),
    "an emoticon": INSIDE.replace("Quellen", '<ac:emoticon ac:name="tick" /> Quellen'),
    "two paragraphs": INSIDE.replace("Quellen ·", "Quellen</p><p>·"),
    "a heading's level": INSIDE.replace("h2>", "h3>"),
    "an item": INSIDE.replace("<li>a</li><li>", "<li>a "),
    "a word beside the stamp": INSIDE.replace("24.11.2026", "24.11.2026, nachmittags"),
    "an expand": INSIDE.replace("<ul>", '<ac:structured-macro ac:name="expand"><ac:rich-text-body><ul>').replace(
        "</ul>", "</ul></ac:rich-text-body></ac:structured-macro>"
    ),
    "a date": INSIDE.replace("Ende", '<time datetime="2026-11-24" />Ende'),
}


@pytest.mark.parametrize("spelling", SAME)
def test_what_looks_alike_has_one_digest(spelling: str) -> None:
    assert SAME[spelling] != INSIDE
    assert digest(SAME[spelling]) == digest(INSIDE)


@pytest.mark.parametrize("change", OTHER)
def test_what_people_see_changed_has_another_digest(change: str) -> None:
    assert OTHER[change] != INSIDE
    assert digest(OTHER[change]) != digest(INSIDE)


def test_both_editors_leave_the_digest_as_it_is() -> None:
    once = cloud_editor(INSIDE, lambda: "12345678-aaaa-bbbb-cccc-123456789abc")
    then = legacy_editor(once, lambda: "22345678-aaaa-bbbb-cccc-123456789abc")
    again = cloud_editor(then, lambda: "32345678-aaaa-bbbb-cccc-123456789abc")
    assert len({once, then, again, INSIDE}) == 4
    assert digest(once) == digest(then) == digest(again) == digest(INSIDE)


def test_an_english_stamp_does_not_count_either() -> None:
    assert digest("<p>compared on 24 November 2026 · x</p>") == digest("<p>compared on 1 December 2026 · x</p>")
    assert digest("<p>compared with 24 November 2026</p>") != digest("<p>compared with 1 December 2026</p>")


@pytest.mark.parametrize(
    "body",
    ["<p>", "<br>", "</page><page>", "<p>&nothing;</p>", "a\x00b", "<x:y />", "\ud800", TOO_DEEP],
)
def test_what_is_no_storage_format_is_said_without_its_words(body: str) -> None:
    with pytest.raises(BodyUnreadable) as refused:
        well_formed(f"<p>geheim</p>{body}")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("name", ["p", "h2", "table", "ul"])
def test_deep_nesting_never_ends_in_a_crash(name: str) -> None:
    for depth in (50, 120, 250):
        body = f"<{name}>" * depth + f"</{name}>" * depth
        try:
            digest(body)
        except BodyUnreadable:
            assert depth > 100


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BodyUnreadable):
        assert len(digest(text)) == 10
