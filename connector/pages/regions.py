"""Our regions of a page: `details` macros at top level, known by their id, found by place in the original text."""

import re
from collections.abc import Iterable

from connector.pages.canonical import digest
from connector.pages.draft import Region
from mappings.okr import Cycle, Team, key_result_ref, key_results

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_OPENING = '<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:parameter ac:name="id">'
_MIDDLE = "</ac:parameter><ac:rich-text-body>"
_CLOSING = "</ac:rich-text-body></ac:structured-macro>"


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


def _free(name: str, taken: Iterable[str]) -> str:
    slug = _NOT_IN_SLUG.sub("-", name.casefold()).strip("-")
    known = set(taken)
    return next(s for s in (slug, *(f"{slug}-{n}" for n in range(2, len(known) + 3))) if s not in known)
