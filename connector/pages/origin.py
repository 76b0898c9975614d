"""What pages were made from: check-ins from a version of a planning page, planning pages from a file or as a form."""

import re

from connector.pages.regions import machine_regions, team_regions
from mappings.team_text import TeamText

_HEAD = "head"
_FROM_FILE = frozenset({"okrs", "frame", "rhythm"})  # machine regions that hold what a file says
_FORM = frozenset({"received", "carried"})
_NEEDS = "need-"  # room for answers to teams, on every strategy page
_LINK = re.compile(r"[?&;]pageId=([0-9]{1,20})#v([1-9][0-9]{0,8})[\"&<]")


def at_version(url: str, version: int) -> str:
    """The address of a page with the version that counted when somebody was sent there; it leads to the newest."""
    return f"{url}#v{version}"


def made_from_file(body: TeamText) -> bool:
    """Whether a planning or strategy page shows what a file says, and has no cells to write it in."""
    if any(not region.name.startswith(_NEEDS) for region in team_regions(body)):
        return False
    names = {region.name for region in machine_regions(body)}
    return bool(names & _FROM_FILE) and not names & _FORM


def origin(body: TeamText) -> tuple[str, int] | None:
    """Page id and version that the head of a check-in page links to. Raises BodyUnreadable."""
    for region in machine_regions(body):
        match = _LINK.search(region.inside) if region.name == _HEAD else None
        if match is not None:
            return match[1], int(match[2])
    return None
