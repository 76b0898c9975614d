"""A page as it should be: its regions, each known by the digest of what people see in it."""

from dataclasses import dataclass, field

from mappings.team_text import TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A machine region: the inside of a `details` macro with the id `okr-m-<name>-<digest>`."""

    name: str  # [a-z0-9-]+, unique on its page
    inside: str = field(repr=False)  # storage format
    digest: str  # canonical digest of the inside, short
    once: bool = False  # written when the page is made, never changed after that


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of a page; its file name carries the digest of its data, so the body says whether to upload."""

    file_name: str
    content: bytes = field(repr=False)  # PNG


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole page as it should be."""

    title: str
    labels: tuple[str, ...]
    body: TeamText  # the page as it is made: machine regions, and team regions with empty answers
    regions: tuple[Region, ...]  # in their order on the page
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A body in which only the inside of our untouched regions was brought up to date."""

    body: TeamText
    changed: tuple[str, ...]  # names of regions that were rewritten; empty: nothing to write
    drifted: tuple[str, ...]  # names of regions that people changed and that were left alone
