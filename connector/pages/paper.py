"""Something to read that is not made from a team's words: sections with paragraphs and tables, in one language."""

from dataclasses import dataclass

from mappings.okr import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; every row is as long as its head."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with a heading; `name` is [a-z0-9-]+ and unique in its paper."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole document; the same input gives the same one."""

    language: Language
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
