"""A page as a reader sees it, line by line, to say in a test what stands on it."""

from collections.abc import Iterator

from lxml import etree

from connector.pages.canonical import parse, tag, words
from connector.pages.draft import Draft
from mappings.team_text import TeamText

_LINES = frozenset({"p", "h2", "h3", "li"})


def lines(draft: Draft) -> list[str]:
    """Headings, paragraphs, list items, and table rows as cells with bars between them."""
    return seen(draft.body)


def seen(body: TeamText) -> list[str]:
    """The same of a page as it stands at a site."""
    return list(_lines(parse(body)))


def region(draft: Draft, name: str) -> str:
    """The inside of one machine region."""
    return next(r.inside for r in draft.regions if r.name == name)


def row(draft: Draft, head: str, nth: int = 1) -> list[str]:
    """The cells of the nth row that begins with these words, the head left out."""
    found = [line.split(" | ") for line in lines(draft) if " | " in f"{line} | " and line.startswith(head)]
    return [cell.strip() for cell in found[nth - 1][1:]]


def _lines(node: etree._Element) -> Iterator[str]:
    for below in node:
        name = tag(below)
        if name == "tr":
            yield " | ".join(_text(cell) for cell in below)
        elif name in _LINES:
            yield _text(below)
        elif name != "ac:parameter":
            yield from _lines(below)


def _text(node: etree._Element) -> str:
    return words(map(str, node.itertext()))


def renewed(draft: Draft) -> list[tuple[str, str]]:
    """What a later run would compare: the regions that are renewed, by what people see in them."""
    return [(region.name, region.digest) for region in draft.regions if not region.once]
