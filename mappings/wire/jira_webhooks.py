"""Jira's list of registered webhooks: of them all, those that post to our door."""

import msgspec

from mappings.records import WebhookRecord
from mappings.wire.shape import BoundaryError, Wire, decoded, identifier


class _Webhook(Wire):
    url: str
    link: str = msgspec.field(name="self")
    enabled: bool = True
    is_signed: bool = False
    exclude_body: bool = False


_LISTED = msgspec.json.Decoder(list[_Webhook])
_MADE = msgspec.json.Decoder(_Webhook)


def webhooks(answer: bytes, door: str) -> tuple[WebhookRecord, ...]:
    """Those whose address begins with our door's; the others do not exist here."""
    return tuple(_record(hook) for hook in decoded(answer, _LISTED) if hook.url.partition("?")[0] == door)


def webhook(answer: bytes) -> WebhookRecord:
    """The one that a registration confirms."""
    return _record(decoded(answer, _MADE))


def _record(hook: _Webhook) -> WebhookRecord:
    number = hook.link.rstrip("/").rpartition("/")[2]
    if not number.isdecimal():
        raise BoundaryError
    return WebhookRecord(id=identifier(number), enabled=hook.enabled, signed=hook.is_signed, thin=hook.exclude_body)
