"""Which edition of the pages this is: a page is drawn anew when what we say, or how, has changed with a release."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def edition() -> str:
    """A digest of everything in this package that shapes a page: code, templates, catalogues."""
    digest = hashlib.sha256()
    for part in _parts(files("connector.pages")):
        digest.update(part.name.encode() + part.read_bytes())
    return digest.hexdigest()[:12]


def _parts(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _parts(entry)
        elif entry.name.endswith((".py", ".j2", ".po")):
            found.append(entry)
    return found
