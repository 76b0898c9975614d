"""How long the token holds that OKR_TOKEN_EXPIRES is about; the sites do not tell it."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from connector.log import facts

SOON: Final = timedelta(days=30)
_RENEW: Final = "make a new token for the service account, then set OKR_TOKEN_EXPIRES to its last day"

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
    what: str
    why: str = ""
    options: tuple[str, ...] = ()


def token_age(expires: date, today: date) -> TokenAge:
    """By its last day, on which it holds."""
    left = expires - today
    if left.days < 0:
        return TokenAge(
            standing=TokenStanding.ENDED,
            what=f"the token ended on {expires.isoformat()}",
            why="a site refuses it from then on",
            options=(_RENEW, "set OKR_TOKEN_EXPIRES right where it is another day"),
        )
    told = f"the token holds until {expires.isoformat()}"
    if left > SOON:
        return TokenAge(standing=TokenStanding.HOLDS, what=told)
    return TokenAge(
        standing=TokenStanding.ENDS_SOON,
        what=f"{told}, {left.days} days from now",
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
