"""How long the token holds that OKR_TOKEN_EXPIRES is about; the sites do not tell it."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from connector.log import facts

SOON: Final = timedelta(days=30)
_RENEW: Final = "make a new token for the service account, then set OKR_TOKEN_EXPIRES to its last day"
_NEAR: Final = {0: "the token holds until {day}, that is today", 1: "the token holds until {day}, that is tomorrow"}

log = logging.getLogger(__name__)


class TokenStanding(StrEnum):
    """How it stands with a token."""

    HOLDS = "token-holds"
    ENDS_SOON = "token-ends-soon"
    ENDED = "token-ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAge:
    """What is to be said of a token on one day; why and two ways on where something is to be done."""

    standing: TokenStanding
    message: str  # with {day} and {days}
    day: str  # the last one
    days: int  # until then
    why: str = ""
    options: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """The message, filled in."""
        return self.message.format(day=self.day, days=self.days)


def token_age(expires: date, today: date) -> TokenAge:
    """By its last day, on which it holds."""
    left = expires - today
    day, days = expires.isoformat(), left.days
    if days < 0:
        return TokenAge(
            standing=TokenStanding.ENDED,
            message="the token ended on {day}",
            day=day,
            days=days,
            why="a site refuses it from then on",
            options=(_RENEW, "set OKR_TOKEN_EXPIRES right where it is another day"),
        )
    if left > SOON:
        return TokenAge(standing=TokenStanding.HOLDS, message="the token holds until {day}", day=day, days=days)
    return TokenAge(
        standing=TokenStanding.ENDS_SOON,
        message=_NEAR.get(days, "the token holds until {day}, {days} days from now"),
        day=day,
        days=days,
        why="then nothing is read or written any more, and nothing is lost",
        options=(_RENEW, "leave it until then: the first run after it says that the token is refused"),
    )


def announce(expires: date, today: date) -> None:
    """One line in the log where a token ends within a month or has ended; whoever calls it does so once a day."""
    standing = token_age(expires, today).standing
    if standing is TokenStanding.ENDS_SOON:
        log.warning("The token ends soon", extra=facts(code=standing, day=expires, number=(expires - today).days))
    elif standing is TokenStanding.ENDED:
        log.error("The token has ended", extra=facts(code=standing, day=expires))
