"""A learning log as it stands on its page, read back: what was gathered there outlives the pages that said it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from connector.pages.comments import carried
from connector.pages.learning_log import CycleOfLog, Entry, Log, Part, parts_of
from connector.pages.markup import parse, tag, words
from connector.pages.regions import Found, machine_regions
from connector.pages.views import Link
from mappings.team_text import TeamText

GATHERED = "gathered"  # the region that names what was gathered, and with it what people may since have taken off
WHOLE = "log"  # the one region of logs made before a page had one for each page it was gathered from
_PART = "log-"
_PAGE = re.compile(r"[?&]pageId=([0-9]{1,20})(?:[&#]|\Z)|/pages/([0-9]{1,20})(?:[/?#]|\Z)")


def part_region(page: str) -> str:
    """The name of the region that holds what the page of that id says."""
    return _PART + page


def is_of_log(region: str) -> bool:
    """Whether a region of that name holds or names what other pages say."""
    return region in (GATHERED, WHOLE) or region.startswith(_PART)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLog:
    """A learning log's page, as far as it is ours; of two regions with one name the first counts."""

    regions: dict[str, Found] = field(default_factory=dict)  # by name, in their order

    @property
    def heading(self) -> Found | None:
        """The region that names what was gathered, whoever wrote in it; on older logs there is none."""
        return self.regions.get(GATHERED)

    @property
    def whole(self) -> Found | None:
        """The one region of an older log."""
        return self.regions.get(WHOLE)

    @property
    def named(self) -> Log:
        """What was ever gathered there, in the order of the page; parts of an older log come with what they say."""
        found = ((self.heading, _listed), (self.whole, _written))
        return tuple(cycle for region, read in found if region for cycle in read(parse(region.inside)))

    def to_be_taken_apart(self) -> bool:
        """Whether an older log is ours word for word, so that each of its parts can have a region of its own."""
        whole = self.whole
        if whole is None or self.heading is not None or whole.macro.deep or not whole.untouched:
            return False
        return carried(whole.inside, "") is not None and all(part.page for _, part in parts_of(self.named))


def standing_log(body: TeamText | None) -> StandingLog:
    """What stands on the page. Raises BodyUnreadable."""
    found = reversed(machine_regions(body)) if body else ()
    by_name = {region.name: region for region in found if is_of_log(region.name)}
    return StandingLog(regions=dict(reversed(by_name.items())))


def _listed(root: etree._Element) -> Iterator[CycleOfLog]:
    for item in root.iter("li"):
        parts = tuple(part for anchor in item.iter("a") if (part := _linked(anchor)).page)
        if parts:
            yield CycleOfLog(name=_text(item).partition(": ")[0], parts=parts)


def _written(root: etree._Element) -> Iterator[CycleOfLog]:
    """A heading for each cycle; then for each page a linked heading or paragraph, entries, and perhaps questions."""
    name, parts = "", list[Part]()
    for node in (*root, etree.Element("h2")):
        if tag(node) != "h2":
            _take(node, parts)
            continue
        if parts:
            yield CycleOfLog(name=name, parts=tuple(parts))
        name, parts = _text(node), []


def _take(node: etree._Element, parts: list[Part]) -> None:
    anchor = next(node.iter("a"), None)
    if tag(node) == "ul" and parts:
        parts[-1] = _with_list(parts[-1], node)
    elif anchor is not None:
        parts.append(_linked(anchor))
    elif tag(node) == "h3":
        parts.append(Part(page="", source=Link(_text(node))))


def _with_list(part: Part, listed: etree._Element) -> Part:
    items = tuple(listed.iter("li"))
    before = listed.getprevious()
    asking = before is not None and tag(before) == "p" and next(before.iter("a"), None) is None
    if asking:
        return replace(part, questions=tuple(map(_text, items)))
    return replace(part, entries=tuple(map(_entry, items)))


def _linked(anchor: etree._Element) -> Part:
    href = anchor.get("href") or ""
    match = _PAGE.search(href)
    return Part(page=(match[1] or match[2]) if match else "", source=Link(_text(anchor), href or None))


def _entry(item: etree._Element) -> Entry:
    said = _text(item)
    about = "".join(map(_text, item.iter("em")))
    return Entry(text=said.removesuffix(about).rstrip(), about=about)


def _text(node: etree._Element) -> str:
    return words(map(str, node.itertext()))
