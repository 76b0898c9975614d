"""Our regions of a page: `details` macros at top level, known by their id, found by place in the original text."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connector.pages.canonical import digest, parse, stamps, typed, well_formed
from connector.pages.comments import carried
from connector.pages.draft import Draft, Merged, Region
from connector.pages.spans import Macro, Span, details_macros, spliced
from mappings.okr import Cycle, Team, key_result_ref, key_results
from mappings.team_text import TeamText

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_MACHINE = re.compile(r"okr-m-([a-z0-9-]+)-([0-9a-f]{10})")
_TEAM = re.compile(r"okr-t-([a-z0-9-]+)")
_OPENING = '<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:parameter ac:name="id">'
_MIDDLE = "</ac:parameter><ac:rich-text-body>"
_BEGINS, _ENDS = "<ac:structured-macro", "</ac:structured-macro>"
_CLOSING = f"</ac:rich-text-body>{_ENDS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One region of ours as it stands on a page."""

    name: str  # of a machine region; the ref of a team region
    digest: str  # of what we wrote there last; empty for a team region
    macro: Macro = field(repr=False)

    @property
    def inside(self) -> str:
        """What the region holds now, in storage format."""
        return self.macro.inside

    @property
    def untouched(self) -> bool:
        """Whether people see in a machine region what we wrote there, word for word."""
        return digest(self.inside) == self.digest


def region_of(name: str, inside: str, *, once: bool = False) -> Region:
    """A machine region of that inside, with the digest that its id will carry."""
    return Region(name=name, inside=inside, digest=digest(inside), once=once)


def machine_region(region: Region) -> str:
    """The region in storage format; its id tells the name and the digest of what is seen in it."""
    return f"{_OPENING}okr-m-{region.name}-{region.digest}{_MIDDLE}{region.inside}{_CLOSING}"


def team_region(ref: str, inside: str) -> str:
    """A region that belongs to the team from the moment it is made; `ref` is a slug of [a-z0-9-]."""
    return f"{_OPENING}okr-t-{ref}{_MIDDLE}{inside}{_CLOSING}"


def key_result_slugs(team: Team, cycle: Cycle) -> dict[str, str]:
    """By key result ref, the slug `<objective>-<key result>` that its regions are named after; each is given once."""
    slugs: dict[str, str] = {}
    for objective, key_result in key_results(team, cycle):
        slugs[key_result_ref(team, objective, key_result)] = _free(f"{objective.id}-{key_result.id}", slugs.values())
    return slugs


def machine_regions(body: TeamText) -> tuple[Found, ...]:
    """The machine regions of a page, those at top level before those that people put inside something else.

    Raises BodyUnreadable.
    """
    return both_regions(body)[0]


def lists_something(body: TeamText | None, named: Callable[[str], bool] | None) -> bool:
    """Whether a machine region of such a name holds a list, as learnings are; without a page or a name none does.

    Raises BodyUnreadable.
    """
    if body is None or named is None:
        return False
    return any(named(region.name) and "<li" in region.inside for region in machine_regions(body))


def team_regions(body: TeamText) -> tuple[Found, ...]:
    """The team regions of a page, in the same order of precedence. Raises BodyUnreadable."""
    return both_regions(body)[1]


def both_regions(body: TeamText) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """The machine regions and the team regions, for who needs both of a page. Raises BodyUnreadable."""
    macros = _details(body)
    machine = ((match, macro) for macro in macros if (match := _MACHINE.fullmatch(macro.id)))
    team = ((match, macro) for macro in macros if (match := _TEAM.fullmatch(macro.id)))
    return (
        tuple(Found(name=match[1], digest=match[2], macro=macro) for match, macro in machine),
        tuple(Found(name=match[1], digest="", macro=macro) for match, macro in team),
    )


def is_ours(body: TeamText) -> bool:
    """Whether a page carries a mark of ours. Raises BodyUnreadable."""
    return any(both_regions(body))


def start_of(body: TeamText, found: Found) -> int:
    """Where a region begins in the text of its page."""
    return body.words.rindex(_BEGINS, 0, found.macro.id_at[0])


def end_of(body: TeamText, found: Found) -> int:
    """Where a region has ended in the text of its page."""
    return body.words.index(_ENDS, found.macro.body_at[1]) + len(_ENDS)


def same_hands(one: TeamText, other: TeamText) -> bool:
    """Whether people wrote the same on two bodies, whatever we wrote in regions of ours. Raises BodyUnreadable."""
    return _by_hand(one) == _by_hand(other)


def merge(body: TeamText, draft: Draft, restore: bool = False) -> Merged:
    """The page with the inside of our untouched regions brought up to date; every other byte is the page's own.

    A region that people changed is left alone and named as drifted, unless it is to be restored; one that they
    removed stays away; of two with one name the first is served and the other left alone. Raises BodyUnreadable.
    """
    standing: dict[str, list[Found]] = {}
    for found in machine_regions(body):
        standing.setdefault(found.name, []).append(found)
    edits: list[tuple[Span, str]] = []
    changed: list[str] = []
    drifted: list[str] = []
    for region in draft.regions:
        copies = standing.get(region.name, [])
        if region.once or not copies:
            continue
        inside = _renewed(copies[0], region, restore)
        if inside is None or len(copies) > 1:
            drifted.append(region.name)
        if inside is not None and inside != copies[0].inside:
            edits += copies[0].macro.edits(f"okr-m-{region.name}-{region.digest}", inside)
            changed.append(region.name)
    if changed:
        edits += _of_this_day(standing, [region for region in draft.regions if region.name not in changed])
    return Merged(body=_checked(body, tuple(edits)), changed=tuple(changed), drifted=tuple(drifted))


def _of_this_day(standing: Mapping[str, Sequence[Found]], regions: Iterable[Region]) -> Iterator[tuple[Span, str]]:
    """Where a page is written anyway, no region of it names an older day; no page is written for the day alone."""
    for region in regions:
        copies = standing.get(region.name, ())
        if len(copies) != 1 or region.once or digest(copies[0].inside) != region.digest:
            continue
        found = copies[0]
        inside = carried(found.inside, region.inside)
        if inside is not None and stamps(found.inside) != stamps(region.inside):
            yield from found.macro.edits(f"okr-m-{region.name}-{region.digest}", inside)


def _renewed(found: Found, region: Region, restore: bool) -> str | None:
    """The inside as it is to be; None when people changed it and it is to stay theirs."""
    seen = digest(found.inside)
    if seen == region.digest:
        return found.inside
    inside = carried(found.inside, region.inside)
    if restore:
        return region.inside if inside is None else inside
    return inside if seen == found.digest else None


def _by_hand(body: TeamText) -> str:
    """What is seen on a page but for our untouched regions, of which only the place counts."""
    untouched = [found for found in machine_regions(body) if found.untouched]
    edits = (edit for found in untouched for edit in found.macro.edits("", f"<p>{found.name}</p>"))
    return typed(parse(spliced(body.words, tuple(edits))))


def _checked(body: TeamText, edits: tuple[tuple[Span, str], ...]) -> TeamText:
    if not edits:
        return body
    merged = TeamText(spliced(body.words, edits))
    well_formed(merged)
    return merged


def _details(body: TeamText) -> tuple[Macro, ...]:
    well_formed(body)
    return tuple(sorted(details_macros(body.words), key=lambda macro: (macro.deep, macro.id_at)))


def _free(name: str, taken: Collection[str]) -> str:
    slug = _NOT_IN_SLUG.sub("-", name.casefold()).strip("-")
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (slug, *numbered) if each not in taken)
