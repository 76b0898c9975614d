"""Regions of a learning log, one for each page that it is gathered from: put in where they belong, each once."""

from collections.abc import Callable, Collection, Iterable

from connector.pages.canonical import well_formed
from connector.pages.draft import Region
from connector.pages.learning_log import Log, parts_of
from connector.pages.regions import Found, end_of, machine_region, region_of, start_of
from connector.pages.spans import Span, spliced
from connector.pages.standing_log import StandingLog, part_region, standing_log
from mappings.team_text import TeamText

Draw = Callable[[Log], tuple[Region, ...]]  # the region that names what is gathered, then one for each part


def with_parts(body: TeamText, log: Log, said: Collection[str], draw: Draw) -> TeamText:
    """The page with a place for each page of `said` that is new in the log, every other byte its own.

    New is what neither stands there nor is named as gathered before: what people took off stays away. Where people
    changed the region that names it, put it elsewhere or took it off, nothing is put. Raises BodyUnreadable.
    """
    began = _begun(body, draw)
    standing = standing_log(began)
    heading = standing.heading
    if heading is None or heading.macro.deep or not heading.untouched:
        return began
    before = {part.page for _, part in parts_of(standing.named)}
    new = {page for page in said if page not in before and part_region(page) not in standing.regions}
    pages = (part.page for _, part in parts_of(log))
    return _spliced(began, _places(began, heading, standing, pages, new))


def _places(
    body: TeamText, heading: Found, standing: StandingLog, pages: Iterable[str], new: Collection[str]
) -> dict[Span, str]:
    """By place what comes there: behind the nearest region before it in the log, else behind the heading."""
    added: dict[Span, str] = {}
    end = end_of(body, heading)
    for page in pages:
        name = part_region(page)
        found = standing.regions.get(name)
        if found is not None and not found.macro.deep:
            end = end_of(body, found)
        elif page in new:
            added[end, end] = f"{added.get((end, end), '')}\n{machine_region(region_of(name, ''))}"
    return added


def _begun(body: TeamText, draw: Draw) -> TeamText:
    """An older log with a region for each page; one that people changed is theirs, and what is new comes before it."""
    standing = standing_log(body)
    whole = standing.whole
    if whole is None or standing.heading is not None or whole.macro.deep:
        return body
    names, *parts = map(machine_region, draw(standing.named))
    start, end = start_of(body, whole), end_of(body, whole)
    if standing.to_be_taken_apart():
        return _spliced(body, {(start, end): "\n".join((names, *parts))})
    return _spliced(body, {(start, start): f"{names}\n"})


def _spliced(body: TeamText, edits: dict[Span, str]) -> TeamText:
    if not edits:
        return body
    changed = TeamText(spliced(body.words, tuple(edits.items())))
    well_formed(changed)
    return changed
