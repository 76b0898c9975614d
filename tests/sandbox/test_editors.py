from collections.abc import Callable
from itertools import count

import pytest

from connector.sandbox.editors import cloud_editor, legacy_editor, round_trip
from connector.sandbox.storage_format import check, parse, text_of
from connector.sandbox.team_cells import answered, fields, filled, regions, rows, tables

REGION = (
    '<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:parameter ac:name="id">{}</ac:parameter>'
    "<ac:rich-text-body>{}</ac:rich-text-body></ac:structured-macro>"
)
ANSWERS = (
    "<table><tbody><tr><th>Was <b>sehen</b> wir?</th><td></td></tr>"
    "<tr><th>Zuversicht</th><td>6</td></tr></tbody></table>"
)
WIDE = "<table><tbody><tr><th>a</th><th>b</th><th>c</th></tr><tr><td>1</td><td>2</td><td /></tr></tbody></table>"
BODY = (
    '<h2 class="x" id="y">1 · Überschrift</h2>'
    + REGION.format("okr-t-kr1", ANSWERS + WIDE)
    + REGION.format(
        "okr-m-head-1a2b", '<p style="color: blue" data-mine="1">Ein <i>Satz</i> mit „Zeichen“ – und mehr</p>'
    )
    + "loser Text<ul><li>eins<ul><li>zwei</li></ul></li></ul>"
    + '<ac:image ac:alt="Bild"><ri:attachment ri:filename="a.png" /></ac:image>'
)


def fresh() -> Callable[[], str]:
    numbers = count()
    return lambda: f"fresh-{next(numbers):012d}"


@pytest.mark.parametrize("editor", ["cloud", "legacy"])
def test_an_editor_changes_the_markup_and_no_word(editor: str) -> None:
    after = round_trip(BODY, editor, fresh())
    check(after)
    assert after != BODY
    assert text_of(parse(after)) == text_of(parse(BODY))


@pytest.mark.parametrize("editor", ["cloud", "legacy"])
def test_a_second_save_in_the_same_editor_changes_nothing(editor: str) -> None:
    once = round_trip(BODY, editor, fresh())
    assert round_trip(once, editor, fresh()) == once


@pytest.mark.parametrize("editor", ["cloud", "legacy"])
def test_regions_keep_their_ids(editor: str) -> None:
    after = parse(round_trip(BODY, editor, fresh()))
    assert [name for name, _ in regions(after)] == ["okr-t-kr1", "okr-m-head-1a2b"]


def test_the_cloud_editor_writes_its_own_markup() -> None:
    after = cloud_editor(BODY, fresh())
    assert "<strong>sehen</strong>" in after
    assert "<em>Satz</em>" in after
    assert 'data-layout="default" data-table-display-mode="default" data-table-width="760" ac:local-id=' in after
    assert '<col style="width: 380.0px;" />' in after
    assert "&bdquo;Zeichen&ldquo; &ndash;" in after
    assert "data-mine" not in after
    assert 'class="x"' not in after
    assert "<p local-id=" in after
    assert "ac:macro-id=" in after


def test_the_cloud_editor_makes_smart_links_and_room_for_the_cursor() -> None:
    after = cloud_editor('<p><a href="https://a.example/1">https://a.example/1</a></p><hr />', fresh())
    assert '<a data-card-appearance="inline" href="https://a.example/1">' in after
    assert "<hr /><p local-id=" in after


def test_the_cloud_editor_writes_what_only_it_knows_a_second_time_for_others() -> None:
    panel = (
        '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute>'
        "<ac:adf-content><p>Merkt euch das.</p></ac:adf-content></ac:adf-node></ac:adf-extension>"
    )
    once = cloud_editor(panel, fresh())
    assert once.count("Merkt euch das.") == 2
    changed = once.replace("Merkt euch das.", "Vergesst es.", 1)
    assert cloud_editor(changed, fresh()).count("Vergesst es.") == 2


def test_the_cloud_editor_keeps_a_wide_table_wide() -> None:
    assert 'data-table-width="1800"' in cloud_editor(
        '<table data-layout="full-width"><tbody><tr><td>a</td></tr></tbody></table>', fresh()
    )


def test_the_old_editor_writes_its_own_markup() -> None:
    after = legacy_editor(BODY.replace("<td>6</td>", "<td><p>6</p></td>"), fresh())
    assert '<table class="wrapped confluenceTable"><colgroup><col /><col /></colgroup>' in after
    assert '<td colspan="1">6</td>' in after
    assert '<td colspan="1"><br /></td>' in after
    assert after.count('<p class="auto-cursor-target"><br /></p>') == 1  # between two macros
    assert "</b>&nbsp;wir?" in after
    assert 'ac:macro-id="fresh-' in after
    assert 'data-mine="1"' in after


def test_an_unknown_editor_is_refused() -> None:
    with pytest.raises(ValueError, match="no editor is called"):
        round_trip(BODY, "word", fresh())


def test_an_answer_lands_beside_its_question_with_addresses_as_links() -> None:
    after = answered(
        BODY, "okr-t-kr1", "sehen wir", "Erste Zeile, siehe https://site.example/browse/A-1.\nZweite & letzte"
    )
    cells = rows(tables(regions(parse(after))[0][1])[0])
    assert text_of(cells[0][1]) == "Erste Zeile, siehe https://site.example/browse/A-1. Zweite & letzte"
    assert '<a href="https://site.example/browse/A-1" data-card-appearance="inline">' in after
    assert after.count("<p>Zweite &amp; letzte</p>") == 1


def test_a_region_is_found_by_the_beginning_of_its_id() -> None:
    assert "<p>7</p>" in answered(BODY, "okr-t", "Zuversicht", "7")
    with pytest.raises(KeyError, match="no region"):
        answered(BODY, "okr-x", "Zuversicht", "7")
    with pytest.raises(KeyError, match="no row"):
        answered(BODY, "okr-t-kr1", "Wetter", "7")


def test_only_cells_of_team_regions_can_be_filled_and_untouched_cells_stay() -> None:
    names = [name for name, _ in fields(parse(BODY))]
    assert names == ["cell-0-0-0-1", "cell-0-0-1-1", "cell-0-1-1-0", "cell-0-1-1-1", "cell-0-1-1-2"]
    after = filled(BODY, {"cell-0-0-1-1": "6", "cell-0-1-1-2": "3"})
    assert "<th>Zuversicht</th><td>6</td>" in after
    assert "<td><p>3</p></td>" in after
