"""A call at the door: who it is from, then its body, up to a limit that counts what really comes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from flask import request

from mappings.hints import Hint
from webhooks.answers import Refused
from webhooks.signatures import presented, signed
from webhooks.sockets import House

LIMIT: Final = 4 * 1024 * 1024
"""Bytes of a body; a larger one is not taken in, whatever length was announced."""

_STEP = 64 * 1024


def signed_body(secrets: tuple[bytes, ...]) -> bytes:
    """The body, if it is signed with one of the secrets; Refused 401, 413, 400 otherwise."""
    body = _body()
    if not signed(body, _shown("X-Hub-Signature"), secrets):
        raise Refused(401)
    return body


def trusted_body(secrets: tuple[bytes, ...]) -> bytes:
    """The body, read only if the call shows one of the secrets; Refused 401, 413, 400 otherwise."""
    show_secret(secrets)
    return _body()


def show_secret(secrets: tuple[bytes, ...]) -> None:
    """Nothing if the call shows one of the secrets in its header; Refused 401 otherwise."""
    if not presented(_shown("X-OKR-Secret"), secrets):
        raise Refused(401)


def rung(house: House, sender: str, hints: Sequence[Hint]) -> int:
    """202 if anybody was rung by these hints, 204 if they concern nobody."""
    teams = sum([house.rings.ring(hint) for hint in hints])
    if hints:  # a knock at our own door brings none
        house.arrived(sender)
    return 202 if teams else 204


def _shown(header: str) -> tuple[str, ...]:
    """A server joins what was sent twice, so there is at most one; to look through all headers for it costs more."""
    value = request.headers.get(header)
    return () if value is None else (value,)


def _body() -> bytes:
    if request.content_length is not None and request.content_length <= LIMIT:
        return _read(request.stream.read)  # no server hands over more than was announced
    parts: list[bytes] = []
    size = 0
    while part := _read(partial(request.stream.read, _STEP)):
        size += len(part)
        if size > LIMIT:
            raise Refused(413)
        parts.append(part)
    return b"".join(parts)


def _read(read: Callable[[], bytes]) -> bytes:
    try:
        return bytes(read())
    except Exception:  # noqa: S110  # every server has errors of its own for a broken chunk or a sender that left
        pass
    raise Refused(400)
