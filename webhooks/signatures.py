"""Who is at the door: signatures over raw bytes, secrets in a header. Total: any bytes and headers give a verdict."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

SENDERS: Final = frozenset({"jira", "confluence", "automation", "readings"})
_OF_TEAM = re.compile(r"readings/[0-9A-Za-z][0-9A-Za-z_-]{0,39}")
_DIGITS: Final = {method: 2 * hashlib.new(method).digest_size for method in ("sha256", "sha384", "sha512")}
_SIGNATURE = re.compile(r"(sha256|sha384|sha512)=([0-9a-fA-F]{64,128})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """The secrets in force, several per sender while they are changed; its repr shows none of them."""

    by_sender: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)

    def of(self, *senders: str) -> tuple[bytes, ...]:
        """All secrets of these senders; empty: nobody of that name may come in."""
        return tuple(secret for sender in senders for secret in self.by_sender.get(sender, ()))

    def any_of(self, sender: str) -> bool:
        """Whether there is a secret of this sender, or of one team's part of it."""
        return any(known.partition("/")[0] == sender for known in self.by_sender)


def secrets_of(text: str) -> Secrets:
    """The secrets of `sender=secret` pairs between commas; a ValueError that quotes nothing for any other form.

    Senders are jira, confluence, automation, readings, and readings/<team>; a sender may stand there several times.
    """
    found: dict[str, tuple[bytes, ...]] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        sender, separator, secret = (part.strip() for part in pair.partition("="))
        sender = sender.casefold()
        if not separator or not _may_send(sender) or not secret.isprintable() or not secret:
            raise ValueError("secrets are written like jira=secret,automation=secret")
        found[sender] = (*found.get(sender, ()), secret.encode())
    return Secrets(by_sender=found)


def signed(body: bytes, headers: Sequence[str], secrets: Iterable[bytes]) -> bool:
    """Whether the one `X-Hub-Signature` is of this body and one of the secrets, by the method it names."""
    parts = _SIGNATURE.fullmatch(headers[0]) if len(headers) == 1 else None
    if parts is None or len(parts[2]) != _DIGITS[parts[1]]:
        return False
    given = bytes.fromhex(parts[2])
    return _any(hmac.compare_digest(given, hmac.digest(secret, body, parts[1])) for secret in secrets)


def presented(headers: Sequence[str], secrets: Iterable[bytes]) -> bool:
    """Whether the one `X-OKR-Secret` is one of the secrets."""
    if len(headers) != 1:
        return False
    given = _sent(headers[0])
    return _any(hmac.compare_digest(given, secret) for secret in secrets)


def _may_send(sender: str) -> bool:
    return sender in SENDERS or _OF_TEAM.fullmatch(sender) is not None


def _any(verdicts: Iterable[bool]) -> bool:
    """As `any`, but all are looked at: how long it takes does not tell which secret fits."""
    return sum(verdicts) > 0


def _sent(header: str) -> bytes:
    """The bytes of a header as they came: a server hands them over one character each."""
    try:
        return header.encode("latin-1")
    except UnicodeEncodeError:
        return header.encode("utf-8", "surrogatepass")
