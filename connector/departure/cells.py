"""CSV that a spreadsheet shows and does not run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # as a spreadsheet reads them


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its heads, UTF-8, lines ending as RFC 4180 says."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return written.getvalue()


def inert(cell: str) -> str:
    """The text as it is, with an apostrophe in front where a spreadsheet would take it for a formula."""
    plain = cell.replace("\0", "")
    if _NUMBER.fullmatch(plain) or not plain.lstrip(" ").startswith(_RUNS):
        return plain
    return f"'{plain}"
