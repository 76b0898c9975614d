"""What people read in a terminal: lines in which no word of a file, a page or a site steers it."""

import json
import re
from collections.abc import Iterable
from typing import Final

import click

_STEERS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # bells, colours, titles, the way back over a line
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # the direction in which a line is read
    "\u2028\u2029\ufeff\ud800-\udfff]"  # ends of lines, and what no terminal is sent
)


def put(lines: Iterable[str], *, err: bool = False) -> None:
    """Each item as one line on standard output, or on standard error."""
    click.echo("\n".join(map(inert, lines)), err=err)


def put_json(value: object) -> None:
    """One JSON document on standard output."""
    put(json.dumps(value, ensure_ascii=False, indent=2).split("\n"))


def inert(line: str) -> str:
    """The line with every sign that would steer a terminal as its number, written as JSON writes it."""
    return _STEERS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line)
