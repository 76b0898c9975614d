"""Who may see what: every room of routes declares it, and what nobody declared is closed.

The pages for people are for whoever knows OKR_UI_TOKEN. Nothing about who it was is kept.
"""

import hmac
from collections.abc import Callable, Mapping
from enum import StrEnum

from flask import Response, request

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
CHALLENGE = {"WWW-Authenticate": 'Basic realm="okr-connector", charset="UTF-8"'}


class Access(StrEnum):
    """For whom a route is."""

    SENDERS = "senders"  # whoever signs or shows a sender's secret; the door itself looks at it
    MACHINES = "machines"  # open: numbers and states that name no team
    EVERYBODY = "everybody"  # open: the same for all
    TOKEN = "token"  # noqa: S105  # whoever shows OKR_UI_TOKEN, as a password or as Bearer


def admission(declared: Mapping[str, Access], token: str | None) -> Callable[[], Response | None]:
    """A `before_request` for the whole application; `declared` by blueprint. Without a token nobody sees such pages."""

    def check() -> Response | None:
        if request.endpoint is None:
            return None  # there is no such route, and Flask says so
        access = declared.get(request.blueprint or "")
        if access is None:
            return _answer("This page is closed: nobody declared whom it is for.\n", 403)
        if access is not Access.TOKEN:
            return None
        if token is None:
            return _answer("Set OKR_UI_TOKEN to see this page.\n", 403)
        return None if _shown(token) else Response("", 401, CHALLENGE)

    return check


def harden(response: Response) -> Response:
    """Nothing but our own pages and styles, nowhere framed, nowhere guessed, nowhere kept."""
    response.headers.setdefault("Content-Security-Policy", "; ".join(POLICY))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _shown(token: str) -> bool:
    shown = request.authorization
    given = (shown.password or shown.token or "") if shown else ""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())


def _answer(text: str, status: int) -> Response:
    return Response(text, status, mimetype="text/plain")
