"""Of the profile of the account we come with, its time zone: the site reads the days of our queries in it."""

from zoneinfo import ZoneInfo

import msgspec

from mappings.wire.shape import Wire, decoded


class _Profile(Wire):
    time_zone: str | None = None


_PROFILE = msgspec.json.Decoder(_Profile)


def zone_of_account(answer: bytes) -> ZoneInfo | None:
    """The zone, or None where the profile hides it or names one that is not known here."""
    name = decoded(answer, _PROFILE).time_zone
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, KeyError, OSError):
        return None
