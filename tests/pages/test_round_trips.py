"""Our real pages through both editors: an edit by a person elsewhere on the page never looks like an edit of ours."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from connector.pages.regions import machine_regions, merge, team_regions
from connector.sandbox.editors import cloud_editor, legacy_editor
from connector.sandbox.storage_format import check
from mappings.team_text import TeamText
from tests.pages.team_onboarding import ADDRESSES, LAST, VIEW, WEEK
from tests.pages.test_golden import DRAFTS, PAGES

EDITORS = [cloud_editor, legacy_editor]


def fresh() -> str:
    return "12345678-aaaa-bbbb-cccc-123456789abc"


def edited(editor: Callable[[str, Callable[[], str]], str], body: str) -> TeamText:
    return TeamText(editor(body, fresh))


@pytest.mark.parametrize("name", DRAFTS)
def test_a_strict_confluence_takes_our_pages(name: str) -> None:
    check(DRAFTS[name].body.words)


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", DRAFTS)
def test_a_page_that_a_person_saved_is_still_ours_and_unchanged(name: str, editor: Callable[..., str]) -> None:
    draft = DRAFTS[name]
    body = edited(editor, draft.body.words)

    assert [(r.name, r.untouched) for r in machine_regions(body)] == [(r.name, True) for r in draft.regions]
    merged = merge(body, draft)
    assert (merged.changed, merged.drifted) == ((), ())


@pytest.mark.parametrize("editor", EDITORS)
def test_after_a_person_wrote_in_an_answer_new_numbers_still_arrive(editor: Callable[..., str]) -> None:
    before = PAGES.check_in(replace(VIEW, readings={}), WEEK, ADDRESSES, LAST)
    body = edited(editor, before.body.words.replace("<td><p /></td>", "<td><p>Viele rufen an.</p></td>"))

    merged = merge(body, PAGES.check_in(VIEW, WEEK, ADDRESSES, LAST))

    assert len(merged.changed) == 2
    assert merged.drifted == ()
    assert "41,5" in merged.body.words
    assert merged.body.words.count("Viele rufen an.") == body.words.count("Viele rufen an.") > 0
    assert len(team_regions(merged.body)) == 3
