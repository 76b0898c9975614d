"""A text as a value of a mapping file: whatever it holds, it is read as that text and ends where it ends."""

import json
import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_WORDS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})  # of one YAML or another


def written(text: str) -> str:
    """As it is where nothing else can be meant by it, else in quotes."""
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS else quoted(text)


def quoted(text: str) -> str:
    """In double quotes; a sign that is not shown, or that could end the line, stands as its number."""
    return "".join(c if c.isprintable() else _numbered(c) for c in json.dumps(text, ensure_ascii=False))


def _numbered(sign: str) -> str:
    number = ord(sign)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
