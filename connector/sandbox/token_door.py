"""Where a client of the service account is granted access tokens: of Atlassian Cloud, or of Data Center itself."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.clock import SiteClock

CLOUD = ("/oauth/token",)
DATACENTER = ("/jira/rest/oauth2/latest/token", "/confluence/rest/oauth2/latest/token")
_CHOICE = frozenset({"READ", "WRITE"})  # on Data Center, whoever asks for a token says what for
_SCOPES = "read:jira-work write:jira-work read:page:confluence write:page:confluence read:space:confluence"


@dataclass(slots=True, kw_only=True)
class Grants:
    """The client that is known, and which of its tokens still hold."""

    clock: SiteClock
    client_id: str = "sandbox-client"
    client_secret: str = "sandbox-client-secret"  # noqa: S105  # an invented site's invented secret
    lifetime: timedelta = timedelta(minutes=60)
    scopes: str = _SCOPES
    _ends: dict[str, datetime] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def grant(self) -> str:
        """The next token."""
        with self._guard:
            token = f"granted-token-{len(self._ends) + 1}"
            self._ends[token] = self.clock.now() + self.lifetime
            return token

    def hold(self, token: str) -> bool:
        """Whether this token was granted and has not ended."""
        with self._guard:
            ends = self._ends.get(token)
        return ends is not None and self.clock.now() < ends

    def revoke(self) -> None:
        """No token granted so far holds any longer."""
        with self._guard:
            self._ends = dict.fromkeys(self._ends, self.clock.now())


def blueprint(grants: Grants, places: tuple[str, ...]) -> Blueprint:
    """The door at these addresses; asked by a form, as RFC 6749 has it."""
    rooms = Blueprint("token_door", __name__)
    chosen = places == DATACENTER

    def granted() -> tuple[Response, int]:
        asked = request.form
        if asked.get("grant_type") != "client_credentials":
            return jsonify({"error": "unsupported_grant_type"}), 400
        if (asked.get("client_id"), asked.get("client_secret")) != (grants.client_id, grants.client_secret):
            return jsonify({"error": "access_denied", "error_description": "Unauthorized"}), 401
        scopes = asked.get("scope", "") if chosen else grants.scopes
        if chosen and not _CHOICE.issuperset(scopes.split() or [""]):
            return jsonify({"error": "invalid_scope"}), 400
        life = int(grants.lifetime.total_seconds())
        shown = {"access_token": grants.grant(), "expires_in": life, "token_type": "Bearer", "scope": scopes}
        return jsonify(shown), 200

    for number, place in enumerate(places):
        rooms.add_url_rule(place, f"granted_{number}", granted, methods=["POST"])
    return rooms
