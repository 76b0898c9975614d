"""Whatever people and editors do to our real pages, what is theirs stays and what is ours is known again."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from connector.pages.draft import Draft
from connector.pages.regions import Found, machine_regions, merge, same_hands, team_regions
from connector.sandbox.editors import cloud_editor, legacy_editor
from connector.sandbox.storage_format import check
from mappings.team_text import TeamText
from tests.pages.form_pages import form_page, with_identifiers
from tests.pages.hands import EDITS, Edit, edited, lay_out, staged, without_ours
from tests.pages.test_golden import DRAFTS as PLAIN

DRAFTS = {**PLAIN, "de/form": form_page()}

EDITORS = {"cloud": cloud_editor, "legacy": legacy_editor}
OPENING, CLOSING = '<ac:structured-macro ac:name="details"', "</ac:structured-macro>"
COMMENT = '<ac:inline-comment-marker ac:ref="f3a1">{}</ac:inline-comment-marker>'


def saved(body: str, editor: str) -> str:
    after = EDITORS[editor](body, lambda: "12345678-aaaa-bbbb-cccc-123456789abc")
    check(after)
    return after


def names(body: str, draft: Draft) -> list[str]:
    standing = {found.name for found in machine_regions(TeamText(body))}
    return [region.name for region in draft.regions if region.name in standing and not region.once]


def update(body: str, name: str) -> tuple[str, Draft]:
    """The page after our next update, of which only our untouched regions know."""
    target = staged(DRAFTS[name], 1)
    merged = merge(TeamText(body), target)
    assert without_ours(merged.body.words) == without_ours(body)
    assert list(merged.changed) == names(body, target)
    assert merged.drifted == ()
    assert all(found.untouched for found in machine_regions(merged.body))
    return merged.body.words, target


def whole(found: Found, body: str) -> str:
    """A region with its macro around it."""
    return body[body.rindex(OPENING, 0, found.macro.id_at[0]) : found.macro.body_at[1]] + CLOSING


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", DRAFTS)
def test_a_page_that_got_a_layout_is_served_as_before(name: str, editor: str) -> None:
    for kind in range(3):
        body = saved(lay_out(saved(DRAFTS[name].body.words, editor), kind, 0), editor)
        after, _ = update(body, name)
        assert saved(after, editor).count("ac:layout-cell") == body.count("ac:layout-cell")


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", DRAFTS)
def test_regions_in_another_order_are_served_where_they_stand(name: str, editor: str) -> None:
    body = DRAFTS[name].body.words
    pieces = [OPENING + piece for piece in body.split(OPENING)[1:]]
    assert "".join(pieces) == body
    turned = saved("".join(reversed(pieces)), editor)
    after, _ = update(turned, name)
    order = [found.name for found in machine_regions(TeamText(after))]
    assert order == [found.name for found in machine_regions(DRAFTS[name].body)][::-1]


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", [name for name in DRAFTS if team_regions(DRAFTS[name].body)])
def test_comments_and_translated_heads_in_a_region_of_the_team_stay_as_they_are(name: str, editor: str) -> None:
    team = team_regions(DRAFTS[name].body)[0]
    body = DRAFTS[name].body.words
    head = re.search(r">([^<>\s][^<>]*)<", team.inside)
    assert head is not None
    word = head[1]
    spoken = COMMENT.format(f"Übersetzt: {word}")
    changed = saved(body.replace(team.inside, team.inside.replace(word, spoken, 1), 1), editor)
    before = [found.inside for found in team_regions(TeamText(changed))]
    after, _ = update(changed, name)
    assert [found.inside for found in team_regions(TeamText(after))] == before
    assert after.count("inline-comment-marker") == 2


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", DRAFTS)
def test_a_region_of_ours_that_was_copied_into_a_panel_is_served_at_its_own_place(name: str, editor: str) -> None:
    target = staged(DRAFTS[name], 1)
    body, region = DRAFTS[name].body.words, next(r for r in target.regions if not r.once)
    found = next(each for each in machine_regions(DRAFTS[name].body) if each.name == region.name)
    copy = whole(found, body)
    assert copy in body
    panel = (
        '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute>'
        f"<ac:adf-content>{copy}</ac:adf-content></ac:adf-node></ac:adf-extension>"
    )
    page = saved(panel + body, editor)
    merged = merge(TeamText(page), target)
    assert region.name in merged.changed
    assert merged.drifted == (region.name,)  # it stands there twice, not three times: what is for other editors is none
    first = machine_regions(merged.body)
    assert sum(each.name == region.name for each in first) == 2
    assert merged.body.words[: page.index("</ac:adf-extension>")] == page[: page.index("</ac:adf-extension>")]


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", DRAFTS)
def test_an_editor_that_is_only_open_is_nobody_writing(name: str, editor: str) -> None:
    body = DRAFTS[name].body
    opened = TeamText(saved(body.words, editor))
    assert same_hands(opened, body)
    assert same_hands(opened, merge(body, staged(DRAFTS[name], 1)).body)  # we wrote after it was opened


PAGE = DRAFTS["de/check-in"].body
OURS = [whole(found, PAGE.words) for found in machine_regions(PAGE)]
MACRO = '<ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">ONB-{}</ac:parameter></ac:structured-macro>'


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body + "<p>x</p>",
        lambda body: body.replace("<p />", "<p>x</p>", 1) if "<p />" in body else "<p>x</p>" + body,
        lambda body: body.replace("ONB-1<", "ONB-2<"),
        lambda body: body.replace(OURS[0], "", 1).replace(OURS[-1], OURS[-1] + OURS[0], 1),
        lambda body: body[: body.rindex(OPENING)],
    ],
    ids=["typed", "answered", "told a macro", "moved", "deleted"],
)
def test_a_draft_in_which_people_did_something_is_somebody_writing(change: Callable[[str], str]) -> None:
    body = MACRO.format(1) + PAGE.words
    assert not same_hands(TeamText(change(body)), TeamText(body))


@settings(max_examples=100, deadline=None)
@given(EDITS)
def test_whoever_types_a_character_is_seen_writing(edits: list[tuple[Edit, int, int]]) -> None:
    after = edited(PAGE.words, edits)
    assert same_hands(TeamText(after), PAGE) <= ("MENSCH" not in after)


@settings(max_examples=100, deadline=None)
@given(EDITS)
def test_filling_identifiers_takes_no_character_of_people(edits: list[tuple[Edit, int, int]]) -> None:
    page = TeamText(edited(DRAFTS["de/form"].body.words, edits))
    after = with_identifiers(page)
    for theirs in ("MENSCH", "<ac:inline-comment-marker", "<tr", "<ac:structured-macro"):
        assert after.words.count(theirs) == page.words.count(theirs)
    assert with_identifiers(after) == after
    assert [found.inside for found in machine_regions(after)] == [found.inside for found in machine_regions(page)]
