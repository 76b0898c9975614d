"""Webhooks that an administrator's account registers in Jira Cloud; the interface stands in no document."""

from connector.gateways import operations
from connector.gateways.transport import Transport
from connector.registrations import WebhookWish
from mappings import boundary
from mappings.records import WebhookRecord

_FILTER = "issue-related-events-section"


class JiraCloudRegistrations:
    """Implements `connector.ports.Registrations`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def above(self) -> str:
        """The field that says what an epic stands below, as a filter names it."""
        return "parent"

    def registered(self, door: str) -> tuple[WebhookRecord, ...]:
        """Webhooks that post to our door."""
        operation = operations.WEBHOOKS
        answer = self._transport.ask(operation, operation.at())
        return self._transport.read(answer, lambda raw: boundary.webhooks(raw, door))

    def register(self, wish: WebhookWish) -> WebhookRecord:
        """A new webhook; its secret cannot be read back."""
        operation = operations.REGISTER_WEBHOOK
        body = {
            "name": wish.name,
            "url": wish.url,
            "events": list(wish.events),
            "filters": {_FILTER: wish.jql},
            "excludeBody": wish.thin,
            "secret": wish.secret,
        }
        return self._transport.read(self._transport.ask(operation, operation.at(), data=body), boundary.webhook)

    def remove(self, webhook_id: str) -> None:
        """A webhook of ours is gone."""
        operation = operations.REMOVE_WEBHOOK
        self._transport.ask(operation, operation.at(webhook=webhook_id))
