"""Where a site answers, as whom we speak there, and how long we are willing to wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


class Bearer(Protocol):
    """Where a token comes from that does not last."""

    def token(self) -> str:
        """Called before each request: one that holds. Raises `connector.errors`."""

    def refused(self, token: str) -> bool:
        """Called after a 401: whether the same request with the next token may be let in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A site's address and the service account's credential; the repr shows neither account nor token."""

    url: str  # where the interface answers: for scoped tokens another address than people use
    token: str = field(repr=False)
    email: str | None = field(default=None, repr=False)  # None: the token is sent as Bearer
    bearer: Bearer | None = field(default=None, repr=False)  # in place of the token
    ca_file: str | None = None
    proxy: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a call waits in place before it gives up; all in seconds.

    A worker should not sleep for long, since its ring can come back; a command line may be more patient.
    """

    connect: float = 5.0
    read: float = 30.0
    tries: int = 4
    first_wait: float = 0.5  # doubled from try to try, where the site does not say how long to wait
    longest_wait: float = 5.0
    total: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Time and chance as arguments."""

    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    jitter: Callable[[], float]  # a factor around 1, so that many clients do not come back at once
