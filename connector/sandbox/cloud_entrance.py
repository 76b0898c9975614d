"""Atlassian Cloud's door: an API token with its mail address, or a bearer token; nothing open but two addresses."""

import base64
import binascii
import json
import re
from typing import Any
from urllib.parse import quote

from connector.sandbox.log import Answered, Asked
from connector.sandbox.people import ORIGIN, Person
from connector.sandbox.token_door import CLOUD as TOKEN_DOOR
from connector.sandbox.token_door import Grants

_INTERFACE = re.compile(r"/(?:rest|_edge|oauth)/|/wiki/(?:api|rest)/")
_OPEN = frozenset({"/_edge/tenant_info", "/rest/api/3/serverInfo", "/rest/api/2/serverInfo", *TOKEN_DOOR})
_JSON = ("Content-Type", "application/json;charset=UTF-8")


class CloudEntrance:
    """The door of a site whose service account signs in with this mail address and token, or is granted tokens."""

    def __init__(self, email: str, token: str, caller: Person, grants: Grants) -> None:
        self._credentials = (email, token)
        self._grants = grants
        self._account = quote(caller.account_id, safe="")

    def guards(self, path: str) -> bool:
        """Jira's and Confluence's interfaces, and the site's own."""
        return _INTERFACE.match(path) is not None

    def refusal(self, asked: Asked) -> Answered | None:
        """401 for another token, in the shape of the product that answers at the path."""
        given = next((value for name, value in asked.headers if name.lower() == "authorization"), "")
        return None if asked.path in _OPEN or self._known(given) else unauthorised(asked.path)

    def trace(self, path: str, number: int) -> tuple[tuple[str, str], ...]:
        """Headers that name the caller's account."""
        return (
            ("X-AACCOUNTID", self._account),
            ("X-AUSERNAME", self._account),
            ("X-AREQUESTID", f"{number:08x}"),
            ("Cache-Control", "no-cache, no-store, no-transform"),
            ("X-Content-Type-Options", "nosniff"),
        )

    def _known(self, authorization: str) -> bool:
        scheme, _, value = authorization.partition(" ")
        email, token = self._credentials
        if scheme.lower() == "bearer":
            return value.strip() == token or self._grants.hold(value.strip())
        try:
            return scheme.lower() == "basic" and base64.b64decode(value, validate=True).decode() == f"{email}:{token}"
        except (binascii.Error, UnicodeDecodeError):
            return False


def unauthorised(path: str) -> Answered:
    """The 401 of the product that answers at this path."""
    text = "Client must be authenticated to access this resource."
    body: dict[str, Any] = {"message": text, "status-code": 401}
    if path.startswith("/wiki/api/"):
        body = {"errors": [{"status": 401, "code": "UNAUTHORIZED", "title": "Unauthorized", "detail": None}]}
    elif path.startswith("/wiki/"):
        body = {"statusCode": 401, "data": {"authorized": False}, "message": "User not permitted to use Confluence"}
    headers = (
        _JSON,
        ("WWW-Authenticate", f'OAuth realm="{quote(ORIGIN, safe="")}"'),
        ("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"),
    )
    return Answered(status=401, headers=headers, body=json.dumps(body).encode())
