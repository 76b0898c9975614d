"""What one page says and another repeats: a team's plans of last time, and the keys of our own issues."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from connector.pages.canonical import BodyUnreadable
from connector.pages.cells import rows
from connector.pages.given import anything_in, given_in
from connector.pages.markup import parse
from connector.pages.questions import TOGETHER, Asked, page_rows
from connector.pages.regions import machine_regions, team_regions
from connector.pages.views import LastTime
from mappings.calendar import IsoWeek
from mappings.okr import Language
from mappings.team_text import TeamText

_BROWSE = re.compile(r"/browse/([A-Z][A-Z0-9_]*-[1-9][0-9]*)/?\Z")
_OKRS, _PAIR = "okrs", 2


def last_time(body: TeamText, week: IsoWeek, language: Language = Language.DE) -> LastTime | None:
    """What a team wanted to try and what it needed, one line for each paragraph; None when it wrote neither.

    Whoever is mentioned is „jemand“ or "someone", by the language of the question. Raises BodyUnreadable.
    """
    for found in team_regions(body):
        if found.name == TOGETHER:
            said = _said(found.inside, language)
            if said.get(Asked.NEXT) or said.get(Asked.NEEDS):
                tried, needed = (TeamText("\n".join(said.get(a, ()))) for a in (Asked.NEXT, Asked.NEEDS))
                return LastTime(week=week, tried=tried, needed=needed)
    return None


def last_check_in(pages: Iterable[tuple[IsoWeek, TeamText]], language: Language = Language.DE) -> LastTime | None:
    """What a new page takes over from those before it, which come the newest first.

    Plans and needs are those of the last page on which anybody wrote, the rows those of the last page that can be read.
    """
    rows_of: tuple[IsoWeek, TeamText] | None = None
    for week, body in pages:
        with suppress(BodyUnreadable):
            written = any(anything_in(found.inside) for found in team_regions(body))
            rows_of = rows_of or (week, body)
            if written:
                said = last_time(body, week, language) or LastTime(week=week)
                return replace(said, page=rows_of[1])
    return LastTime(week=rows_of[0], page=rows_of[1]) if rows_of else None


def issue_keys(body: TeamText) -> tuple[str, ...]:
    """The keys of our own issues, which a planning page links beside a question; epics stand in wider tables.

    Raises BodyUnreadable.
    """
    found: dict[str, None] = {}
    for region in machine_regions(body):
        if region.name == _OKRS:
            beside = (row[1] for row in rows(parse(region.inside)) if len(row) == _PAIR)
            links = (node.get("href") or "" for cell in beside for node in cell.iter("a"))
            found |= dict.fromkeys(match[1] for match in map(_BROWSE.search, links) if match)
    return tuple(found)


def _said(inside: str, language: Language) -> dict[Asked, tuple[str, ...]]:
    answered = (row for row in given_in(inside, page_rows(language), language) if row.text)
    return {row.asked: row.lines for row in answered}
