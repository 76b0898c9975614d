"""Who may see the pages for people: whoever knows OKR_UI_TOKEN. Nothing about who it was is kept."""

import hmac
from collections.abc import Callable

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


def guard(token: str | None) -> Callable[[], Response | None]:
    """A `before_request` that lets through who shows the token as a password or as Bearer; without a token nobody."""

    def check() -> Response | None:
        if token is None:
            return Response("Set OKR_UI_TOKEN to see this page.\n", 403, mimetype="text/plain")
        shown = request.authorization
        given = (shown.password or shown.token or "") if shown else ""
        if hmac.compare_digest(given.encode(), token.encode()):
            return None
        return Response("", 401, CHALLENGE)

    return check


def harden(response: Response) -> Response:
    """Nothing but our own pages and styles, nowhere framed, nowhere guessed, nowhere kept."""
    response.headers.setdefault(
        "Content-Security-Policy",
        "; ".join(POLICY),
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
