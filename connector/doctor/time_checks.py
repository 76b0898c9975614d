"""Time: whether our clock is that of the sites, and how long the token still holds."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from connector.doctor.checks import Check, Name, failing, fine, question
from connector.token_age import TokenStanding, token_age

TOLERATED: Final = timedelta(minutes=1)
UNUSABLE: Final = timedelta(minutes=15)  # a site's search may lag as long, and slots would be served by another day


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
    """How long the token holds that OKR_TOKEN_EXPIRES is about."""
    age = token_age(expires, today)
    if age.standing is TokenStanding.HOLDS:
        return fine(Name.TOKEN, age.what)
    look = failing if age.standing is TokenStanding.ENDED else question
    return look(Name.TOKEN, age.what, "OKR_TOKEN_EXPIRES", age.why, *age.options)


def _said(apart: timedelta) -> str:
    seconds = int(apart.total_seconds())
    for size, unit in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
