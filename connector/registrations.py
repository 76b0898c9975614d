"""A site's webhooks, as they are asked for and listed."""

from dataclasses import dataclass, field
from typing import Protocol

from mappings.records import WebhookRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookWish:
    """A webhook to register."""

    name: str
    url: str
    events: tuple[str, ...]
    jql: str
    secret: str = field(repr=False)
    thin: bool  # leave bodies out: then no person's data travels at all


class Registrations(Protocol):
    """A site's webhooks; errors as in `Jira`."""

    def above(self) -> str:
        """Called by `okr webhooks register`: the field by which a filter names what an epic stands below."""

    def registered(self, door: str) -> tuple[WebhookRecord, ...]:
        """Called by `okr webhooks`: those that post to our door."""

    def register(self, wish: WebhookWish) -> WebhookRecord:
        """Called by `okr webhooks register`."""

    def remove(self, webhook_id: str) -> None:
        """Called by `okr webhooks remove`."""


def renewed(registrations: Registrations, door: str, wish: WebhookWish) -> tuple[WebhookRecord, ...]:
    """One webhook posts to our door, with the filter and the secret of today.

    Those that stood there go after it, so that nothing is missed; of two, after a lost answer, the next run leaves one.
    """
    older = registrations.registered(door)
    made = registrations.register(wish)
    for webhook in older:
        if webhook.id != made.id:
            registrations.remove(webhook.id)
    return (made,)
