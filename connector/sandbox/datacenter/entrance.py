"""Data Center's door: a personal access token as Bearer, pages of HTML for everybody else, and its rate limit."""

import json
import re

from connector.sandbox.clock import SiteClock
from connector.sandbox.datacenter.rates import Bucket
from connector.sandbox.log import Answered, Asked
from connector.sandbox.people import Person
from connector.sandbox.token_door import DATACENTER as TOKEN_DOOR
from connector.sandbox.token_door import Grants

_INTERFACE = re.compile(r"/(?:jira|confluence)/rest/")
_BEYOND_GRANTS = re.compile(r"/jira/rest/(?!api/2/)")  # Jira opens nothing else to a service account's client
_OPEN = frozenset({"/jira/rest/api/2/serverInfo", *TOKEN_DOOR})
_HTML = ("Content-Type", "text/html;charset=UTF-8")
_JSON = ("Content-Type", "application/json;charset=UTF-8")
_FAILED = (
    _HTML,
    ("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"),
    ("WWW-Authenticate", 'Basic realm="protected-area"'),
)
LONGEST_ADDRESS = 8192
LOGIN_PAGE = (
    b'<!DOCTYPE html><html lang="en"><head><title>Log in - Jira</title></head>'
    b'<body><form action="/jira/login.jsp" method="post" id="login-form">Log in</form></body></html>'
)


class DatacenterEntrance:
    """The door of a site whose service account has this token; with a bucket it takes only so many requests."""

    def __init__(self, token: str, caller: Person, clock: SiteClock, bucket: Bucket | None, grants: Grants) -> None:
        self._token = token
        self._grants = grants
        self._caller = caller
        self._clock = clock
        self._bucket = bucket

    def guards(self, path: str) -> bool:
        """Both products' interfaces."""
        return _INTERFACE.match(path) is not None

    def refusal(self, asked: Asked) -> Answered | None:
        """400 in HTML for an overlong address, 401 and 403 as the products say them, 429 for an empty bucket."""
        if len(asked.path) + len(asked.query) > LONGEST_ADDRESS:
            return _page(400, "HTTP Status 400 – Bad Request", "Request header is too large")
        given = next((value for name, value in asked.headers if name.lower() == "authorization"), "")
        scheme, _, value = given.partition(" ")
        if scheme.lower() == "basic":
            return _page(403, "Forbidden (403)", "Basic Authentication has been disabled on this instance.")
        if given and value.strip() != self._token:
            if not self._grants.hold(value.strip()):
                return _page(401, "Unauthorized (401)", "Client must be authenticated to access this resource.")
            if _BEYOND_GRANTS.match(asked.path):
                return _page(403, "Forbidden (403)", "Insufficient scope to access this resource.")
        if not given and asked.path not in _OPEN:
            return _anonymous(asked.path)
        if self._bucket is not None and not self._bucket.take(self._clock.now()):
            headers = (_JSON, *self._bucket.headers())
            return Answered(status=429, headers=headers, body=b'{"message":"Rate limit exceeded."}')
        return None

    def trace(self, path: str, number: int) -> tuple[tuple[str, str], ...]:
        """Headers that name the caller, and what is left in the bucket."""
        return (
            ("X-AREQUESTID", f"{number % 1440}x{number}x1"),
            ("X-ANODEID", "node1"),
            ("X-AUSERNAME", self._caller.login),
            ("X-Seraph-LoginReason", "OK"),
            ("Cache-Control", "no-cache, no-store, no-transform"),
            ("X-Content-Type-Options", "nosniff"),
            *(self._bucket.headers() if self._bucket is not None else ()),
        )


def _page(status: int, title: str, text: str) -> Answered:
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    return Answered(status=status, headers=_FAILED, body=body.encode())


def _anonymous(path: str) -> Answered:
    """What is said to somebody without a name: 401 by Jira, 403 by Confluence."""
    text = "You are not authenticated. Authentication required to perform this operation."
    if path.startswith("/jira/"):
        body = json.dumps({"errorMessages": [text], "errors": {}})
        return Answered(status=401, headers=(_JSON, ("WWW-Authenticate", 'OAuth realm="jira"')), body=body.encode())
    state = {"authorized": False, "valid": True, "allowedInReadOnlyMode": True, "errors": [], "successful": False}
    told = "com.atlassian.confluence.api.service.exceptions.PermissionException: User not permitted to use Confluence"
    body = json.dumps({"statusCode": 403, "data": state, "message": told, "reason": "Forbidden"})
    return Answered(status=403, headers=(_JSON,), body=body.encode())
