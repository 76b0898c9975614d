"""Who may see what: every room of routes declares it, and what nobody declared is closed.

The pages for people are for whoever knows OKR_UI_TOKEN or comes through a proxy that knows them; a calendar also for
whoever has its secret address. Nothing about who it was is kept.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flask import Response, request

from connector.visitors import ProxyIdentity
from connector.web.secret_addresses import KEY, SecretAddresses

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
_HARD = (
    ("Content-Security-Policy", "; ".join(POLICY)),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)
CHALLENGE = {"WWW-Authenticate": 'Basic realm="okr-connector", charset="UTF-8"'}


class Access(StrEnum):
    """For whom a route is."""

    SENDERS = "senders"  # whoever signs or shows a sender's secret; the door itself looks at it
    MACHINES = "machines"  # open: numbers and states that name no team
    EVERYBODY = "everybody"  # open: the same for all
    PEOPLE = "people"  # whoever shows OKR_UI_TOKEN, as a password or as Bearer, or whom a named proxy knows
    ADDRESS = "address"  # the same, and whoever has the team's secret address


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """What opens the pages for people; without a token and a proxy nobody sees them."""

    token: str | None = field(default=None, repr=False)
    identity: ProxyIdentity | None = None
    addresses: SecretAddresses | None = None


def admission(declared: Mapping[str, Access], locks: Locks) -> Callable[[], Response | None]:
    """A `before_request` for the whole application; `declared` by blueprint."""

    def check() -> Response | None:
        if request.endpoint is None:
            return None  # there is no such route, and Flask says so
        access = declared.get(request.blueprint or "")
        if access is None:
            return _answer("This page is closed: nobody declared whom it is for.\n", 403)
        if access not in (Access.PEOPLE, Access.ADDRESS):
            return None
        if _is_known(locks) or (access is Access.ADDRESS and _has_address(locks.addresses)):
            return None
        if locks.token is not None:
            return Response("", 401, CHALLENGE)
        return _answer("Set OKR_UI_TOKEN or OKR_UI_IDENTITY to see this page, or come through that proxy.\n", 403)

    return check


def harden(response: Response) -> Response:
    """Nothing but our own pages and styles, nowhere framed, nowhere guessed, nowhere kept."""
    said = {name for name, _ in response.headers}
    response.headers.extend([header for header in _HARD if header[0] not in said])
    return response


def _is_known(locks: Locks) -> bool:
    if locks.token is not None and _shown(locks.token):
        return True
    identity = locks.identity
    return identity is not None and identity.admits(request.remote_addr, request.headers.getlist(identity.header))


def _has_address(addresses: SecretAddresses | None) -> bool:
    team = str((request.view_args or {}).get("team", ""))
    return addresses is not None and addresses.fits(team, request.args.get(KEY, ""))


def _shown(token: str) -> bool:
    shown = request.authorization
    given = (shown.password or shown.token or "") if shown else ""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())


def _answer(text: str, status: int) -> Response:
    return Response(text, status, mimetype="text/plain")
