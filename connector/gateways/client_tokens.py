"""OAuth client credentials: access tokens that last an hour, asked for when they are needed and before they end."""

import threading
from dataclasses import dataclass, field, replace
from typing import Any

from connector.gateways.access import Access, Patience, Timing
from connector.gateways.operations import Operation
from connector.gateways.session import SiteSession
from connector.gateways.site import Site
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Transport
from mappings import boundary
from mappings.records import GrantedToken

AHEAD = 300.0  # seconds before its end at which a token is asked for again; of a short one a tenth of its life
FRESH = 60.0  # a younger token that is refused is refused for another reason than its age


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A service account's client, and where its tokens are granted; the repr shows neither id nor secret."""

    address: str  # of the token service, or of the site that grants its own
    operation: Operation
    id: str = field(repr=False)
    secret: str = field(repr=False)
    more: tuple[tuple[str, str], ...] = ()  # what else the service wants to be told
    settings: str  # the beginning of the names of both settings, like OKR_JIRA_CLIENT


class ClientTokens:
    """The token of one client, shared by everything that speaks as it; a `Bearer`, safe to use from many threads."""

    def __init__(
        self, client: Client, access: Access, *, tally: RequestTally, timing: Timing, patience: Patience
    ) -> None:
        self._client, self._monotonic = client, timing.monotonic
        site = Site(
            product="the token service",
            address="OKR_AUTH_URL" if client.address != access.url else client.settings.replace("CLIENT", "URL"),
            account=f"{client.settings}_ID",
            token=f"{client.settings}_SECRET",
            metered=False,
            points=False,
        )
        session = SiteSession(
            site=site,
            access=replace(access, url=client.address, token="", email=None, bearer=None),
            operations=(client.operation,),
            tally=tally,
            timing=timing,
            patience=patience,
        )
        self._transport = Transport(_Form(session, client.address), site, tally)
        self._granted: GrantedToken | None = None
        self._since = 0.0
        self._lock = threading.Lock()

    def token(self) -> str:
        """One that holds for a while yet; one request where there is none. Raises `connector.errors`."""
        with self._lock:
            if self._granted is None or self._monotonic() >= self._since + _useful(self._granted):
                self._granted = self._ask()
            return self._granted.token

    def scopes(self) -> frozenset[str]:
        """What the token is good for, as far as the service says it."""
        self.token()
        with self._lock:
            return self._granted.scopes if self._granted else frozenset()

    def refused(self, token: str) -> bool:
        """A site refused it: whether another one may help, as where it ended early or was revoked."""
        with self._lock:
            if self._granted is None or self._granted.token != token:
                return True
            if self._monotonic() < self._since + FRESH:
                return False
            self._granted = None
            return True

    def _ask(self) -> GrantedToken:
        asked = self._monotonic()
        operation = self._client.operation
        known = {"grant_type": "client_credentials", "client_id": self._client.id, "client_secret": self._client.secret}
        answer = self._transport.ask(
            operation, operation.at(), data={**known, **dict(self._client.more)}, accept=(400, 401, 403)
        )
        if answer.status >= 400:
            raise self._transport.site.client_refused(operation)
        granted = self._transport.read(answer, boundary.granted_token)
        self._since = asked
        return granted


class _Form:
    """A client of the transport that sends what RFC 6749 asks for: a form instead of JSON."""

    def __init__(self, session: SiteSession, address: str) -> None:
        self._session, self._address = session, address.rstrip("/")

    def request(self, method: str, *, path: str, data: object, **_: object) -> Any:
        return self._session.request(method, f"{self._address}/{path}", data=data)


def _useful(granted: GrantedToken) -> float:
    return granted.seconds - min(AHEAD, granted.seconds / 10)
