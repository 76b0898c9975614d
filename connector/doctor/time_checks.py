"""Time: whether our clock is that of the sites, and how long the token still holds."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from connector.doctor.checks import Check, Name, failing, fine, question

TOLERATED: Final = timedelta(minutes=1)
UNUSABLE: Final = timedelta(minutes=15)  # a site's search may lag as long, and slots would be served by another day
SOON: Final = timedelta(days=30)
_RENEW: Final = "make a new token for the service account, then set OKR_TOKEN_EXPIRES to its last day"


def clock_checks(there: Mapping[str, datetime], now: datetime) -> Iterator[Check]:
    """One look a product that told the time."""
    for product, moment in there.items():
        apart = abs(now - moment)
        if apart <= TOLERATED:
            yield fine(Name.CLOCK, f"our clock and that of {product} agree")
            continue
        told = f"our clock is {_said(apart)} {'ahead of' if now > moment else 'behind'} that of {product}"
        look = failing if apart > UNUSABLE else question
        yield look(
            Name.CLOCK,
            told,
            "this machine",
            "pages are made by our clock, and what a search may not know yet is judged by it",
            "let the machine keep its time by NTP: `timedatectl set-ntp true`",
            "set it once by hand and look again",
        )


def expiry_check(expires: date, today: date) -> Check:
    """How long the token holds that OKR_TOKEN_EXPIRES is about; the sites do not tell it."""
    left = expires - today
    if left.days < 0:
        return failing(
            Name.TOKEN,
            f"the token ended on {expires.isoformat()}",
            "OKR_TOKEN_EXPIRES",
            "a site refuses it from then on",
            _RENEW,
            "set OKR_TOKEN_EXPIRES right where it is another day",
        )
    told = f"the token holds until {expires.isoformat()}"
    if left > SOON:
        return fine(Name.TOKEN, told)
    return question(
        Name.TOKEN,
        f"{told}, {left.days} days from now",
        "OKR_TOKEN_EXPIRES",
        "then nothing is read or written any more, and nothing is lost",
        _RENEW,
        "leave it until then: the first run after it says that the token is refused",
    )


def _said(apart: timedelta) -> str:
    seconds = int(apart.total_seconds())
    for size, unit in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
