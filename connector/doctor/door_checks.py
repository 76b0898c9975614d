"""Whether events can reach us: our own door, and what Jira was told about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from connector.doctor.checks import Check, Name, failing, fine, question
from connector.errors import ConnectorError
from connector.ports import Registrations
from connector.registering import JIRA_DOOR
from mappings.records import WebhookRecord

NOTHING_OF_OURS = 204
NOT_SIGNED = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorExamination:
    """Sends one signed delivery about nothing to our own public address, and reads Jira's registrations."""

    registrations: Registrations
    knock: Callable[[str, bytes], int | None]
    public_url: str | None
    secrets: tuple[bytes, ...]  # of Jira, as they are in force here

    def checks(self) -> Iterator[Check]:
        """Nothing to look at where Jira has no secret: then the clock looks by itself."""
        if not self.secrets:
            yield fine(Name.DOOR, "no secret of Jira: the clock looks for changes by itself", "OKR_WEBHOOK_SECRETS")
            return
        if self.public_url is None:
            yield _unknown_address()
            return
        door = f"{self.public_url}{JIRA_DOOR}"
        yield _arrival(self.knock(door, self.secrets[-1]))
        yield from self._registered(door)

    def _registered(self, door: str) -> Iterator[Check]:
        try:
            known = self.registrations.registered(door)
        except ConnectorError:
            yield question(
                Name.WEBHOOKS,
                "the webhooks in Jira cannot be read",
                "Jira",
                "that takes an administrator's token, which daily work does without",
                "have an administrator call `okr webhooks list`",
                "look under System → WebHooks in Jira",
            )
            return
        if not known:
            yield _nobody_rings()
        yield from (_state(webhook) for webhook in known)


def _arrival(status: int | None) -> Check:
    where = "OKR_PUBLIC_URL"
    if status == NOTHING_OF_OURS:
        return fine(Name.DOOR, "a signed delivery arrives at our door", where)
    if status == NOT_SIGNED:
        return failing(
            Name.DOOR,
            "our door does not know the secret that stands here",
            "OKR_WEBHOOK_SECRETS",
            "the running process was started with another one",
            "start `okr serve` again with the same secrets",
            "keep both secrets in force while you change them",
        )
    return failing(
        Name.DOOR,
        "a signed delivery does not arrive at our door",
        where,
        "nobody answers there" if status is None else "something else answers there",
        "start `okr serve`, and lead the address to it",
        "leave OKR_WEBHOOK_SECRETS out: then the clock looks by itself",
    )


def _unknown_address() -> Check:
    return failing(
        Name.DOOR,
        "nobody outside knows where our door is",
        "OKR_PUBLIC_URL",
        "Jira has a secret, and no address to ring at",
        "set it to the address of `okr serve`",
        "leave OKR_WEBHOOK_SECRETS out: then the clock looks by itself",
    )


def _nobody_rings() -> Check:
    return failing(
        Name.WEBHOOKS,
        "no webhook in Jira rings at our door",
        "Jira",
        "with a secret of Jira set, the clock does not look by itself",
        "register one with `okr webhooks register`",
        "leave OKR_WEBHOOK_SECRETS out: then the clock looks by itself",
    )


def _state(webhook: WebhookRecord) -> Check:
    if webhook.enabled and webhook.signed:
        return fine(Name.WEBHOOKS, "Jira rings at our door, signed", f"webhook {webhook.id}")
    return failing(
        Name.WEBHOOKS,
        "Jira's webhook is switched off" if webhook.signed else "Jira's webhook is not signed, so it is not let in",
        f"webhook {webhook.id}",
        "its events will not ring",
        "`okr webhooks remove`, then `okr webhooks register`",
        "switch it on under System → WebHooks in Jira",
    )
