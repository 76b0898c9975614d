"""What a token service grants: a token for a while, and what it is good for."""

import re

import msgspec

from mappings.records import GrantedToken
from mappings.wire.shape import BoundaryError, decoded

_TOKEN = re.compile(r"[!-~]{1,16384}")  # visible ASCII: it travels in a header
_SCOPE = re.compile(r"[a-z]{1,20}(:[a-z.-]{1,60}){1,3}")
_LONGEST = 30 * 86_400  # seconds


class _Granted(msgspec.Struct, rename=None):
    access_token: str
    expires_in: int
    scope: str = ""

    def __repr__(self) -> str:
        return type(self).__name__


_GRANTED = msgspec.json.Decoder(_Granted)


def granted_token(answer: bytes) -> GrantedToken:
    """The token, how long it holds, and the scopes it names as far as they are written like scopes."""
    granted = decoded(answer, _GRANTED)
    if not _TOKEN.fullmatch(granted.access_token) or granted.expires_in <= 0:
        raise BoundaryError
    return GrantedToken(
        token=granted.access_token,
        seconds=min(granted.expires_in, _LONGEST),
        scopes=frozenset(scope for scope in granted.scope.split() if _SCOPE.fullmatch(scope)),
    )
