"""What Atlassian's Cloud counts in points: an estimate by its published rule, from what answers were read as.

A request is one point. A read costs one more for every issue, page or space in its answer, and two for what is about
permissions; what the boundary dropped is not counted.
"""

from collections.abc import Mapping
from typing import Final

from connector.gateways import operations as at
from connector.gateways.operations import Operation
from mappings.boundary import Page

_CORE: Final = (
    at.SEARCH, at.BULK_FETCH, at.PROJECT, at.PERMITTED_PROJECTS, at.SPACES, at.PAGES, at.PAGE_DRAFT, at.PAGE_VERSION,
    at.CHILDREN, at.CHILD_PAGES, at.ANCESTORS,
)  # fmt: skip
_EACH: Final[Mapping[Operation, int]] = {
    **dict.fromkeys(_CORE, 1),
    **dict.fromkeys((at.READERS, at.PERMISSIONS, at.SPACE_OPERATIONS), 2),
}


def points_of(operation: Operation, result: object) -> int:
    """Of the objects that an answer held, by what the boundary made of it; the request itself counts besides."""
    return _EACH.get(operation, 0) * _held(result)


def _held(result: object) -> int:
    if isinstance(result, Page):
        return len(result.records)
    return len(result) if isinstance(result, (tuple, frozenset)) else 1
