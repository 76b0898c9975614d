"""Addresses that open one team's calendar and nothing else: what makes them secret cannot be guessed from another."""

import hmac
from dataclasses import dataclass, field
from typing import Final

KEY: Final = "key"  # of the query
_LENGTH: Final = 40  # hex digits


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretAddresses:
    """Keys by team, made from one secret: another secret closes all of them."""

    secret: str = field(repr=False)

    def key(self, team: str) -> str:
        """The key of a team's addresses."""
        message = f"okr-connector calendar {team.casefold()}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.secret.encode(), message, "sha256").hex()[:_LENGTH]

    def fits(self, team: str, shown: str) -> bool:
        """Whether it is that team's key; how long it takes tells nothing."""
        return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), self.key(team).encode())
