"""Registered webhooks of Data Center, of Jira and of Confluence: of them all, those that post to our door."""

import msgspec

from mappings.records import WebhookRecord
from mappings.wire.shape import NOTHING, Wire, decoded, identifier, lenient


class _Configuration(Wire):
    of_jira: msgspec.Raw = msgspec.field(name="SECRET", default=NOTHING)
    of_confluence: msgspec.Raw = msgspec.field(name="secret", default=NOTHING)
    exclude_body: str | bool = msgspec.field(name="EXCLUDE_BODY", default=False)


class _Hook(Wire):
    id: str | int
    url: str
    active: bool = True
    configuration: msgspec.Raw = NOTHING


class _Hooks(Wire):
    results: list[_Hook]


_LISTED = msgspec.json.Decoder(list[_Hook] | _Hooks)
_MADE = msgspec.json.Decoder(_Hook)
_CONFIGURED = msgspec.json.Decoder(_Configuration)
_EMPTY = frozenset({b"null", b'""'})


def hooks(answer: bytes, door: str) -> tuple[WebhookRecord, ...]:
    """Those whose address begins with our door's; the others do not exist here."""
    listed = decoded(answer, _LISTED)
    found = listed.results if isinstance(listed, _Hooks) else listed
    return tuple(_record(hook) for hook in found if hook.url.partition("?")[0] == door)


def hook(answer: bytes) -> WebhookRecord:
    """The one that a registration confirms."""
    return _record(decoded(answer, _MADE))


def _record(hook: _Hook) -> WebhookRecord:
    """Where the site shows that there is a secret, that is seen; the secret itself is not decoded."""
    configured = lenient(hook.configuration, _CONFIGURED) or _Configuration()
    return WebhookRecord(
        id=identifier(hook.id),
        enabled=hook.active,
        signed=_signed({bytes(configured.of_jira), bytes(configured.of_confluence)} - {b""}),
        thin=str(configured.exclude_body).casefold() == "true",
    )


def _signed(secrets: set[bytes]) -> bool | None:
    return bool(secrets - _EMPTY) if secrets else None
