import pytest

from connector.sandbox.storage_format import StorageError, check, parse, saved, serialise, text_of

MACRO = '<ac:structured-macro ac:name="{}"{}>{}</ac:structured-macro>'


@pytest.mark.parametrize(
    "body",
    [
        "",
        "plain words",
        "<p>a &amp; b &nbsp; &bdquo;c&ldquo; &#8211;</p>",
        "<p>a<br />b</p><hr />",
        "<table><colgroup><col /></colgroup><tbody><tr><th>a</th><td><p /></td></tr></tbody></table>",
        MACRO.format(
            "details", "", "<ac:parameter ac:name='id'>x</ac:parameter><ac:rich-text-body><p>a</p></ac:rich-text-body>"
        ),
        MACRO.format("a-macro-nobody-knows", "", ""),
        MACRO.format("code", "", "<ac:plain-text-body><![CDATA[<a> & &nbsp;]]></ac:plain-text-body>"),
        '<ac:image ac:alt="a"><ri:attachment ri:filename="a.png" /></ac:image>',
        '<p><ac:link><ri:user ri:account-id="712020:x" /></ac:link></p>',
        "<ac:layout><ac:layout-section ac:type='single'><ac:layout-cell /></ac:layout-section></ac:layout>",
    ],
)
def test_what_confluence_stores_is_stored(body: str) -> None:
    check(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<br>b</p>",
        "<p>a",
        "<p>a & b</p>",
        "<p>&unknownentity;</p>",
        "<p class=x>a</p>",
        "<p>a</b></p>",
        "<p>\x07</p>",
        "<foo:bar />",
        "<script>a()</script>",
        "<?php a ?>",
        "<!DOCTYPE html><p>a</p>",
        "</storage-root><storage-root>",
        "<td>a</td>",
        "<table><tbody><td>a</td></tbody></table>",
        "<ul>a</ul>",
        "<li>a</li>",
        "<ac:image ac:alt='a' />",
        "<ac:rich-text-body><p>a</p></ac:rich-text-body>",
        "<ac:unheard-of />",
        "<ac:structured-macro><ac:rich-text-body /></ac:structured-macro>",
        MACRO.format("info", "", "<p>outside of the body</p>"),
    ],
)
def test_what_confluence_refuses_is_refused_in_its_own_words(body: str) -> None:
    with pytest.raises(StorageError, match=r"^Error parsing xhtml: "):
        check(body)


def test_a_refusal_names_row_and_column_of_the_body() -> None:
    with pytest.raises(StorageError, match=r"\[2,\d+\]"):
        check("<p>a</p>\n<p>b<br></p>")


def test_a_stored_macro_has_an_id_and_a_schema_version_and_keeps_them() -> None:
    body = "<p>é &nbsp;</p>" + MACRO.format("info", ' ac:schema-version="2"', "<ac:rich-text-body />")
    once = saved(body, lambda: "id-1")
    assert 'ac:schema-version="2" ac:macro-id="id-1"' in once
    assert saved(once, lambda: "id-2") == once
    assert once.startswith("<p>é &nbsp;</p>")


def test_a_macro_quoted_in_a_code_block_gets_no_id() -> None:
    quoted = MACRO.format(
        "code",
        ' ac:macro-id="a" ac:schema-version="1"',
        "<ac:plain-text-body><![CDATA[<ac:structured-macro ac:name='x'>]]></ac:plain-text-body>",
    )
    assert saved(quoted, lambda: "new") == quoted


def test_reading_and_writing_keeps_the_meaning() -> None:
    code = "<ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b]]></ac:plain-text-body>"
    body = '<p title="&quot;&lt;">a &amp; b&nbsp;<br />c</p>' + MACRO.format("code", "", code)
    assert serialise(parse(body)) == body


def test_visible_text_leaves_parameters_out() -> None:
    body = MACRO.format(
        "details",
        "",
        "<ac:parameter ac:name='id'>okr</ac:parameter><ac:rich-text-body><p>a</p><p>b</p></ac:rich-text-body>",
    )
    assert text_of(parse(body)) == "a b"
