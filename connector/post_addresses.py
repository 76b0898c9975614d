"""Where teams want to be told that their page is there: addresses in Slack or Teams, which are secrets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

SLACK: Final = "hooks.slack.com"
TEAMS: Final = (".webhook.office.com", ".logic.azure.com", ".powerplatform.com")

_TEAM = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")
_HOST = re.compile(r"[a-z0-9.-]{1,253}")
_FORM = "posts are written like onboarding=https://hooks.slack.com/services/…"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAddresses:
    """One address for each team that entered one; the repr shows none."""

    by_team: Mapping[str, str] = field(default_factory=dict, repr=False)


def post_addresses_of(text: str) -> PostAddresses:
    """Reads `team=address` pairs between commas or in lines; a ValueError that quotes nothing for any other form."""
    found: dict[str, str] = {}
    for pair in filter(None, re.split(r"[,\s]+", text)):
        team, separator, address = pair.partition("=")
        if not separator or not _TEAM.fullmatch(team) or team.casefold() in found or not is_post_address(address):
            raise ValueError(_FORM)
        found[team.casefold()] = address
    return PostAddresses(by_team=found)


def is_post_address(address: str) -> bool:
    """Whether it is an address of Slack's or Teams' incoming posts; no other host is ever written to."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").casefold()
    known = host == SLACK or host.endswith(TEAMS)
    plain = address.isascii() and address.isprintable() and "@" not in parts.netloc and not parts.fragment
    whole = parts.scheme == "https" and port in (None, 443) and len(parts.path) > 1 and "\\" not in address
    return known and plain and whole and _HOST.fullmatch(host) is not None


def is_slack(address: str) -> bool:
    """Whether the address speaks Slack's way; every other one speaks Teams'."""
    return urlsplit(address).hostname == SLACK
