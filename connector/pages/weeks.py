"""Which week a check-in page is about, read from the page itself, since people may give it another title."""

import re
from collections.abc import Iterable, Sequence

from connector.pages.cells import rows, text
from connector.pages.markup import parse
from connector.pages.regions import machine_regions
from mappings.calendar import IsoWeek
from mappings.team_text import TeamText

_COLUMN = re.compile(r"\D*([0-9]{1,2})\Z")


def week_of(body: TeamText, weeks: Iterable[IsoWeek]) -> IsoWeek | None:
    """Of these weeks, the one that the last column of a table of readings names. Raises BodyUnreadable."""
    by_number = {week.week: week for week in weeks}
    for region in machine_regions(body):
        for row in rows(parse(region.inside)) if region.name.startswith("kr-") else ():
            heads = [text(cell) for cell in row[1:]]
            number = _last_number(heads)
            if number in by_number:
                return by_number[number]
    return None


def _last_number(heads: Sequence[str]) -> int | None:
    """The number at the end of the last head, where every head ends with one, as in „KW 48“ or "week 48"."""
    numbers = [int(match[1]) for match in map(_COLUMN.match, heads) if match]
    return numbers[-1] if numbers and len(numbers) == len(heads) else None
