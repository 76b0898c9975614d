"""What a site makes of an open draft when the page gets another version."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from connector.sandbox.confluence_content import Page
from connector.sandbox.storage_format import StorageError, check

_PIECE = re.compile(r"<[^>]*>|\w+|\s+|.", re.DOTALL)

Change = tuple[int, int, list[str]]  # from and to in what was there before, and what stands there now


def left_open(page: Page, body: str) -> str | None:
    """The draft that is still open after the page took this body; what somebody typed and that is gone, is noted.

    The platform says that it tries to merge, and that the newest content "may entirely override" a draft that differs
    much. Unless the page merges, it always overrides: the worst that may happen.
    """
    if page.draft is None or page.draft in (body, page.body):
        return None
    merged = _merged(page.body, page.draft, body) if page.merges_drafts else None
    if merged is None:
        page.overridden_drafts.append(page.draft)
    return merged


def _merged(before: str, draft: str, body: str) -> str | None:
    """Both changes of one text; None where they meet."""
    pieces = _PIECE.findall(before)
    changes = sorted([*_changes(pieces, draft), *_changes(pieces, body)])
    if any(later[0] <= earlier[1] for earlier, later in pairwise(changes)):
        return None
    for start, end, new in reversed(changes):
        pieces[start:end] = new
    merged = "".join(pieces)
    try:
        check(merged)
    except StorageError:
        return None
    return merged


def _changes(before: list[str], after: str) -> Iterator[Change]:
    pieces = _PIECE.findall(after)
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, pieces, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start, end, pieces[new_start:new_end]
