"""Which version of its planning page a check-in was made from: it stands in the link at its head, and nowhere else."""

import re

from connector.pages.regions import machine_regions
from mappings.team_text import TeamText

_HEAD = "head"
_LINK = re.compile(r"[?&;]pageId=([0-9]{1,20})#v([1-9][0-9]{0,8})[\"&<]")


def at_version(url: str, version: int) -> str:
    """The address of a page with the version that counted when somebody was sent there; it leads to the newest."""
    return f"{url}#v{version}"


def origin(body: TeamText) -> tuple[str, int] | None:
    """Page id and version that the head of a check-in page links to. Raises BodyUnreadable."""
    for region in machine_regions(body):
        match = _LINK.search(region.inside) if region.name == _HEAD else None
        if match is not None:
            return match[1], int(match[2])
    return None
