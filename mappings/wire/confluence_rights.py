"""Confluence Cloud's answers about who may read a page: whether any are named, never whom; and what stands above it."""

import msgspec

from mappings.wire.shape import Page, Wire, decoded, identifier


class _Somebody(Wire):
    """A person or a group of whom nothing is declared: that there is one is all that is seen."""


class _Some(Wire):
    results: list[_Somebody]


class _Named(Wire):
    user: _Some
    group: _Some


class _Rights(Wire):
    restrictions: _Named


class _Ancestor(Wire):
    id: str | int


class _Ancestors(Wire):
    results: list[_Ancestor]


_RIGHTS = msgspec.json.Decoder(_Rights)
_ANCESTORS = msgspec.json.Decoder(_Ancestors)


def for_some_only(answer: bytes) -> bool:
    """Whether reading is for named people or groups only."""
    named = decoded(answer, _RIGHTS).restrictions
    return bool(named.user.results or named.group.results)


def ancestors_page(answer: bytes) -> Page[str]:
    """The ids of what stands above a page, the topmost first."""
    return Page(records=tuple(identifier(one.id) for one in decoded(answer, _ANCESTORS).results))
