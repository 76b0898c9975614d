"""What people do to a page's body, and what of a body is theirs."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from hypothesis import strategies as st

from connector.pages.canonical import BodyUnreadable, well_formed
from connector.pages.draft import Draft, Picture
from connector.pages.regions import machine_region, machine_regions, region_of
from connector.sandbox.editors import cloud_editor, legacy_editor
from connector.sandbox.storage_format import StorageError, check
from mappings.team_text import TeamText

Edit = Callable[[str, int, int], str]

PLACES = re.compile(r"(?=<)|(?<=>)|(?<=\w)(?=\w)(?![^<>]*>)")  # not within a tag, where nobody can type
HUMAN = [
    "MENSCH",
    " MENSCH ",
    "<p>MENSCH</p>",
    "&lt;MENSCH&gt;",
    "<em>MENSCH</em>",
    '<a href="https://x.example.com/1">MENSCH</a>',
    '<a href="https://x.example.com/MENSCH" data-card-appearance="inline">https://x.example.com/MENSCH</a>',
    '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">MENSCH</ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[if a < MENSCH:]]></ac:plain-text-body>'
    "</ac:structured-macro>",
    "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status>"
    "<ac:task-body>MENSCH</ac:task-body></ac:task></ac:task-list>",
    '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute>'
    "<ac:adf-content><p>MENSCH</p></ac:adf-content></ac:adf-node></ac:adf-extension>",
    '<ac:image ac:align="center"><ri:attachment ri:filename="MENSCH.png" /></ac:image>',
]
BLOCK = re.compile(r"<ac:structured-macro.*?</ac:structured-macro>|<p>.*?</p>|<tr>.*?</tr>|<h2>.*?</h2>", re.DOTALL)


def insert(body: str, place: int, piece: int) -> str:
    places = [match.start() for match in PLACES.finditer(body)]
    at = places[place % len(places)] if places else 0
    return body[:at] + HUMAN[piece % len(HUMAN)] + body[at:]


def delete(body: str, place: int, _: int) -> str:
    start, end = block(body, place)
    return body[:start] + body[end:]


def move(body: str, place: int, to: int) -> str:
    start, end = block(body, place)
    rest = body[:start] + body[end:]
    at = block(rest, to)[0]
    return rest[:at] + body[start:end] + rest[at:]


def copy(body: str, place: int, to: int) -> str:
    start, end = block(body, place)
    at = block(body, to)[1]
    return body[:at] + body[start:end] + body[at:]


def retype(body: str, place: int, _: int) -> str:
    words = list(re.finditer(r"(?<=[>\s])[^\W\d_]{3,}(?=[<\s])", body))
    if not words:
        return body
    word = words[place % len(words)]
    return body[: word.start()] + "MENSCH" + body[word.end() :]


def comment(body: str, place: int, _: int) -> str:
    words = list(re.finditer(r"(?<=[>\s])[^\s<>&]+(?: [^\s<>&]+)?(?=[<\s])(?![^<>]*>)", body))
    if not words:
        return body
    word = words[place % len(words)]
    marked = f'<ac:inline-comment-marker ac:ref="{place}">{word[0]}</ac:inline-comment-marker>'
    return body[: word.start()] + marked + body[word.end() :]


def strike(body: str, place: int, _: int) -> str:
    words = list(re.finditer(r"(?<=[>\s])[^\W\d_]{3,}(?=[<\s])", body))
    if not words:
        return body
    word = words[place % len(words)]
    return f"{body[: word.start()]}<del>{word[0]}</del>{body[word.end() :]}"


def lay_out(body: str, place: int, _: int) -> str:
    """Everything in a section of its own, as an editor does with a page that gets a layout."""
    if "<ac:layout" in body:
        return body
    kind = ("fixed-width", "single", "two_equal")[place % 3]
    beside = "<ac:layout-cell><p>MENSCH</p></ac:layout-cell>" if kind == "two_equal" else ""
    section = f'<ac:layout-section ac:type="{kind}" ac:breakout-mode="default"><ac:layout-cell>{body}</ac:layout-cell>'
    return f"<ac:layout>{section}{beside}</ac:layout-section></ac:layout>"


def save(body: str, place: int, _: int) -> str:
    editor = (cloud_editor, legacy_editor)[place % 2]
    return editor(body, lambda: "12345678-aaaa-bbbb-cccc-123456789abc")


def block(body: str, place: int) -> tuple[int, int]:
    blocks = [match.span() for match in BLOCK.finditer(body)]
    return blocks[place % len(blocks)] if blocks else (len(body), len(body))


KINDS: tuple[Edit, ...] = (insert, delete, move, copy, retype, comment, strike, lay_out, save)
EDIT = st.tuples(st.sampled_from(KINDS), st.integers(0, 400), st.integers(0, 400))
EDITS = st.lists(EDIT, min_size=1, max_size=6)


def edited(page: str, edits: Iterable[tuple[Edit, int, int]]) -> str:
    """The page after these edits, but for those after which no site would take it."""
    for edit, place, other in edits:
        try:
            after = edit(page, place, other)
            check(after)
            well_formed(after)
        except (StorageError, BodyUnreadable):
            continue  # no editor saves such a page
        page = after
    return page


def staged(draft: Draft, number: int) -> Draft:
    """A page of ours as it could be later: each of its regions holds something new, and the picture is another."""
    body, regions = draft.body.words, []
    for region in draft.regions:
        inside = region.inside if region.once else f"<p>Stand {number}</p>{region.inside}<p>bis {number * 7} %</p>"
        new = region_of(region.name, inside, once=region.once)
        body = body.replace(machine_region(region), machine_region(new), 1)
        regions.append(new)
    picture = Picture(file_name=f"bild-{number}.png", content=b"\x89PNG")
    return replace(draft, body=TeamText(body), regions=tuple(regions), picture=picture)


def without_ours(body: str) -> str:
    """The body without what an update may change: digests in ids, and the inside of regions that were ours."""
    for found in sorted(machine_regions(TeamText(body)), key=lambda f: f.macro.id_at, reverse=True):
        for start, end in sorted(filter(None, (found.macro.id_at, found.macro.inside_at)), reverse=True):
            if found.untouched:
                body = f"{body[:start]}·{body[end:]}"
    return body.replace("<ac:rich-text-body />", "<ac:rich-text-body>·</ac:rich-text-body>")  # an empty one, closed
