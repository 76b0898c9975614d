"""Human text always wins: whatever people do to a page, an update changes our own words and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.pages.canonical import BodyUnreadable, parse, seen
from connector.pages.draft import Draft, Merged, Region
from connector.pages.markup import attribute, child, tag
from connector.pages.regions import (
    is_ours,
    machine_region,
    machine_regions,
    merge,
    region_of,
    team_region,
    team_regions,
)
from connector.pages.render import Pages
from connector.pages.spans import details_macros
from connector.sandbox.editors import cloud_editor, legacy_editor
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding
from tests.pages.hands import EDITS, Edit, edited, insert, without_ours

PAGES = Pages()
FRESH: Callable[[], str] = lambda: "12345678-aaaa-bbbb-cccc-123456789abc"  # noqa: E731
EDITORS = {"cloud": cloud_editor, "legacy": legacy_editor, "none": lambda body, fresh: body}
ANSWERS = "<table><tbody><tr><th>Frage?</th><td></td></tr><tr><th>Zuversicht</th><td></td></tr></tbody></table>"


def trend(week: int, value: str) -> str:
    return (
        f"<h2>1 · Einrichtung</h2><p><strong>Annahme:</strong> ohne Hilfe &amp; ohne „Anruf“.</p><table><tbody>"
        f"<tr><th></th><th><strong>KW {week}</strong></th></tr><tr><th>Anteil</th><td>{value}&nbsp;%</td></tr>"
        f'</tbody></table><p><a href="https://site.example.com/browse/ONB-12">ONB-12</a></p>'
    )


def draft_of(*regions: Region) -> Draft:
    body = "".join(machine_region(region) + team_region(f"team-{region.name}", ANSWERS) for region in regions)
    return Draft(title="t", labels=(), body=TeamText(body), regions=regions)


def draft(week: int, value: str) -> Draft:
    return draft_of(
        region_of("head", f"<p>Kopf vom Tag {week}</p>", once=True),
        region_of("kr-a-b", trend(week, value)),
        region_of("kr-a-c", trend(week, value * 2)),
        region_of("foot", f"<p>Fuß {value} · abgeglichen am {week % 28 + 1:02d}.11.2026</p>"),
    )


OLD, NEW = draft(47, "44"), draft(48, "41,5")


def merged(body: str, target: Draft = NEW, restore: bool = False) -> Merged:
    return merge(TeamText(body), target, restore)


@pytest.mark.parametrize("editor", EDITORS)
def test_an_untouched_page_gets_our_new_words_and_keeps_everything_else(editor: str) -> None:
    page = EDITORS[editor](OLD.body.words.replace("<td></td>", "<td>Wir &amp; ihr</td>", 1), FRESH)
    result = merged(page)
    assert result.changed == ("kr-a-b", "kr-a-c", "foot")
    assert result.drifted == ()
    assert without_ours(result.body.words) == without_ours(page)
    assert "Wir &amp; ihr" in result.body.words
    assert "41,5" in result.body.words
    assert "Kopf vom Tag 47" in result.body.words


@pytest.mark.parametrize("editor", EDITORS)
def test_a_second_merge_changes_nothing(editor: str) -> None:
    once = merged(EDITORS[editor](OLD.body.words, FRESH)).body
    again = merged(EDITORS[editor](once.words, FRESH))
    assert again.changed == again.drifted == ()


def test_a_page_that_is_as_it_should_be_stays_the_same_object() -> None:
    assert merged(NEW.body.words) == Merged(body=NEW.body, changed=(), drifted=())


def test_another_day_of_comparison_alone_changes_nothing() -> None:
    later = draft_of(*(region_of(r.name, r.inside.replace(".11.2026", ".12.2026"), once=r.once) for r in NEW.regions))
    assert merged(NEW.body.words, later).changed == ()


def test_a_region_that_people_changed_is_left_alone_and_named() -> None:
    page = OLD.body.words.replace("44&nbsp;%", "45&nbsp;%", 1)
    result = merged(page)
    assert result.changed == ("kr-a-c", "foot")
    assert result.drifted == ("kr-a-b",)
    assert "45&nbsp;%" in result.body.words


def test_a_changed_region_comes_back_only_when_that_is_asked_for() -> None:
    page = OLD.body.words.replace("44&nbsp;%", "45&nbsp;%", 1)
    result = merged(page, restore=True)
    assert result.changed == ("kr-a-b", "kr-a-c", "foot")
    assert result.body.words == merged(OLD.body.words).body.words


def test_a_region_that_people_removed_stays_away_even_when_restoring() -> None:
    page = "".join(machine_region(r) for r in OLD.regions if r.name != "kr-a-b")
    for restore in (False, True):
        result = merged(page, restore=restore)
        assert "okr-m-kr-a-b" not in result.body.words
        assert result.changed == ("kr-a-c", "foot")


def test_of_a_region_pasted_twice_the_first_is_served_and_the_other_left_alone() -> None:
    copy = machine_region(OLD.regions[1])
    result = merged(OLD.body.words + copy)
    assert result.changed == ("kr-a-b", "kr-a-c", "foot")
    assert result.drifted == ("kr-a-b",)
    assert result.body.words == merged(OLD.body.words).body.words + copy


def test_a_region_at_top_level_goes_before_a_copy_inside_a_box_of_the_team() -> None:
    copy = machine_region(OLD.regions[1])
    box = f'<ac:structured-macro ac:name="panel"><ac:rich-text-body>{copy}</ac:rich-text-body></ac:structured-macro>'
    result = merged(box + OLD.body.words)
    assert result.body.words == box + merged(OLD.body.words).body.words


def test_regions_inside_a_layout_are_found() -> None:
    section = '<ac:layout-section ac:type="single"><ac:layout-cell>{}</ac:layout-cell></ac:layout-section>'
    layout = f"<ac:layout>{section}</ac:layout>"
    assert merged(layout.format(OLD.body.words)).body.words == layout.format(merged(OLD.body.words).body.words)


def test_a_region_inside_another_region_belongs_to_that_one() -> None:
    inner = machine_region(OLD.regions[1])
    page = team_region("team", inner)
    assert merged(page) == Merged(body=TeamText(page), changed=(), drifted=())
    assert [found.name for found in team_regions(TeamText(page))] == ["team"]


@pytest.mark.parametrize("emptied", ["<ac:rich-text-body />", "<ac:rich-text-body></ac:rich-text-body>", ""])
def test_an_emptied_region_stays_empty_until_it_is_restored(emptied: str) -> None:
    foot = OLD.regions[3]
    page = machine_region(foot).replace(f"<ac:rich-text-body>{foot.inside}</ac:rich-text-body>", emptied)
    assert merged(page).body.words == page
    assert merged(page).drifted == ("foot",)
    assert merged(page, restore=True).body.words == machine_region(NEW.regions[3])


def test_a_comment_of_a_reader_moves_with_the_words_it_hangs_on() -> None:
    marked = '<ac:inline-comment-marker ac:ref="7">ohne Hilfe &amp; ohne</ac:inline-comment-marker>'
    page = OLD.body.words.replace("ohne Hilfe &amp; ohne", marked, 1)
    result = merged(page)
    assert result.changed == ("kr-a-b", "kr-a-c", "foot")
    assert result.body.words.count(marked) == 1
    assert merged(result.body.words).changed == ()


@pytest.mark.parametrize("words", ["44&nbsp;%", "<strong>Annahme:</strong>"])
def test_a_region_stays_as_it_is_when_a_comment_would_lose_its_words(words: str) -> None:
    marked = f'<ac:inline-comment-marker ac:ref="7">{words}</ac:inline-comment-marker>'
    page = OLD.body.words.replace(words, marked, 1)
    result = merged(page)
    assert result.drifted == ("kr-a-b",)
    assert marked in result.body.words


def test_marks_are_known_in_every_spelling_of_xml() -> None:
    region = NEW.regions[3]
    page = (
        "<!-- <ac:structured-macro ac:name='details'> --><p title='a > b'>&lt;ac:parameter&gt;</p>"
        '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[</ac:rich-text-body><x>]]>'
        "</ac:plain-text-body></ac:structured-macro>"
        "<ac:structured-macro\n ac:macro-id='1'\n  ac:name = 'details' >"
        "<ac:parameter ac:name='hidden'>true</ac:parameter>"
        f"<ac:rich-text-body  >{OLD.regions[3].inside}</ac:rich-text-body >"
        f"<ac:parameter ac:name='id'> okr&#45;m-foot-{OLD.regions[3].digest} </ac:parameter></ac:structured-macro>"
    )
    result = merged(page)
    assert result.changed == ("foot",)
    assert [(f.name, f.inside, f.untouched) for f in machine_regions(result.body)] == [("foot", region.inside, True)]
    assert without_ours(result.body.words) == without_ours(page)


@pytest.mark.parametrize("body", ["<p>", OLD.body.words + "<br>", OLD.body.words.replace("</tbody>", "", 1)])
def test_a_page_that_cannot_be_read_is_refused_and_never_guessed_at(body: str) -> None:
    with pytest.raises(BodyUnreadable):
        merged(body)


def test_a_draft_that_would_break_the_page_is_refused() -> None:
    broken = Region(name="foot", inside="<p>", digest="0" * 10)
    with pytest.raises(BodyUnreadable):
        merged(OLD.body.words, draft_of(broken))


def test_a_page_is_ours_when_it_carries_a_mark() -> None:
    assert is_ours(OLD.body)
    assert is_ours(TeamText(team_region("x", "")))
    assert not is_ours(TeamText("<p>okr-m-head-1234567890</p>" + team_region("x", "").replace("okr-t-", "team-")))


REAL = {
    f"{team.TEAM.id} {name}": draft
    for team in (onboarding, crossing)
    for name, draft in (
        ("check-in", PAGES.check_in(team.VIEW, team.WEEK, team.ADDRESSES, team.LAST)),
        ("planning", PAGES.planning(team.VIEW, team.ADDRESSES)),
        ("strategy", PAGES.strategy(team.STRATEGY, team.ADDRESSES)),
        ("home", PAGES.home(team.STRATEGY, team.TEAM.language)),
    )
}


@pytest.mark.parametrize("page", REAL)
def test_our_pages_come_untouched_out_of_every_editor(page: str) -> None:
    body, saved = REAL[page].body.words, set()
    for editor in (cloud_editor, legacy_editor, legacy_editor, cloud_editor):
        body = editor(body, FRESH)
        saved.add(body)
        assert [f.untouched for f in machine_regions(TeamText(body))] == [True] * len(REAL[page].regions)
        assert merged(body, REAL[page]) == Merged(body=TeamText(body), changed=(), drifted=())
    assert saved - {REAL[page].body.words}


def test_a_page_compared_on_another_day_is_not_written() -> None:
    for team, name in ((onboarding, "onboarding"), (crossing, "crossing")):
        later = replace(team.VIEW, today=team.VIEW.today + timedelta(days=1))
        target = PAGES.check_in(later, team.WEEK, team.ADDRESSES, team.LAST)
        assert target.body != REAL[f"{name} check-in"].body
        assert merged(REAL[f"{name} check-in"].body.words, target).changed == ()


@settings(max_examples=400, deadline=None)
@given(EDITS)
def test_no_edit_of_people_is_ever_lost(edits: list[tuple[Edit, int, int]]) -> None:
    page = edited(OLD.body.words, edits)
    result = merged(page)
    after = result.body.words
    assert without_ours(after) == without_ours(page)
    for human in ("MENSCH", "<ac:inline-comment-marker"):
        assert after.count(human) == page.count(human)
    for before in (f for f in machine_regions(TeamText(page)) if not f.untouched):
        assert before.inside in after
    again = merged(after)
    assert again.changed == ()
    assert again.body == result.body


@settings(max_examples=200, deadline=None)
@given(EDITS)
def test_regions_are_found_where_an_xml_parser_finds_them(
    edits: list[tuple[Edit, int, int]],
) -> None:
    page = edited(OLD.body.words, edits)
    macros = [m for m in parse(page).iter() if tag(m) == "ac:structured-macro" and attribute(m, "name") == "details"]
    outermost = [m for m in macros if not any(above in macros for above in m.iterancestors())]
    named = [m for m in outermost if any(attribute(below, "name") == "id" for below in m)]
    bodies = [child(m, "ac:rich-text-body") for m in named]
    wanted = ["" if body is None else seen(body) for body in bodies]
    assert [seen(parse(macro.inside)) for macro in details_macros(page)] == wanted


@settings(max_examples=200, deadline=None)
@given(EDITS)
def test_team_regions_stay_byte_for_byte_even_when_restoring(
    edits: list[tuple[Edit, int, int]],
) -> None:
    page = edited(OLD.body.words, edits)
    after = merged(page, restore=True).body
    before_insides = [(found.name, found.inside) for found in team_regions(TeamText(page))]
    assert [(found.name, found.inside) for found in team_regions(after)] == before_insides


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 400), st.sampled_from(["cloud", "legacy", "none"]))
def test_a_region_in_which_someone_wrote_is_never_written_again(place: int, editor: str) -> None:
    foot = OLD.regions[3]
    inside = insert(foot.inside, place, place)
    page = EDITORS[editor](machine_region(foot).replace(foot.inside, inside), FRESH)
    assert merged(page) == Merged(body=TeamText(page), changed=(), drifted=("foot",))
