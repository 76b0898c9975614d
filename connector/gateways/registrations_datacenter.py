"""Webhooks that an administrator's account registers on Data Center, in Jira and in Confluence."""

from collections.abc import Callable
from dataclasses import replace

from connector.gateways import operations_datacenter as at
from connector.gateways.operations import Operation
from connector.gateways.transport import Transport
from connector.registrations import WebhookWish
from mappings import boundary
from mappings.records import WebhookRecord

_MANY = 1000


class JiraServerRegistrations:
    """Implements `connector.ports.Registrations`; the interface of Jira 10 and later, which stands in no document."""

    def __init__(self, transport: Transport, above: Callable[[], str]) -> None:
        self._transport, self._above = transport, above

    def above(self) -> str:
        """The field that says what an epic stands below, as a filter names it."""
        return self._above()

    def registered(self, door: str) -> tuple[WebhookRecord, ...]:
        """Webhooks that post to our door."""
        return _registered(self._transport, at.WEBHOOKS, door)

    def register(self, wish: WebhookWish) -> WebhookRecord:
        """A new webhook; its secret is not read back."""
        configuration = {
            "SECRET": wish.secret,
            "EXCLUDE_BODY": "true" if wish.thin else "false",
            "FILTERS": wish.jql,
        }
        return _register(self._transport, at.REGISTER_WEBHOOK, wish, configuration)

    def remove(self, webhook_id: str) -> None:
        """A webhook of ours is gone."""
        self._transport.ask(at.REMOVE_WEBHOOK, at.REMOVE_WEBHOOK.at(webhook=webhook_id))


class ConfluenceServerRegistrations:
    """Implements `connector.ports.Registrations`; Confluence filters nothing, and its bodies are thin by themselves."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def above(self) -> str:
        """No filter here names a field."""
        return ""

    def registered(self, door: str) -> tuple[WebhookRecord, ...]:
        """Webhooks that post to our door."""
        return tuple(replace(hook, thin=True) for hook in _registered(self._transport, at.PAGE_WEBHOOKS, door))

    def register(self, wish: WebhookWish) -> WebhookRecord:
        """A new webhook; its secret is not read back."""
        made = _register(self._transport, at.REGISTER_PAGE_WEBHOOK, wish, {"secret": wish.secret})
        return replace(made, thin=True)

    def remove(self, webhook_id: str) -> None:
        """A webhook of ours is gone."""
        self._transport.ask(at.REMOVE_PAGE_WEBHOOK, at.REMOVE_PAGE_WEBHOOK.at(webhook=webhook_id))


def _registered(transport: Transport, operation: Operation, door: str) -> tuple[WebhookRecord, ...]:
    answer = transport.ask(operation, operation.at(), params={"limit": _MANY})
    return transport.read(answer, lambda raw: boundary.hooks(raw, door))


def _register(
    transport: Transport, operation: Operation, wish: WebhookWish, configuration: dict[str, str]
) -> WebhookRecord:
    body = {
        "name": wish.name,
        "url": wish.url,
        "events": list(wish.events),
        "active": True,
        "configuration": configuration,
    }
    return transport.read(transport.ask(operation, operation.at(), data=body), boundary.hook)
