"""Whether events can reach us: our own door, and what the sites were told about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from connector.doctor.checks import Check, Name, failing, fine, question
from connector.errors import ConnectorError
from connector.registering import JIRA_DOOR
from connector.registrations import Registrations
from mappings.records import WebhookRecord

NOTHING_OF_OURS = 204
NOT_SIGNED = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorExamination:
    """Sends one signed delivery about nothing to our own public address, and reads one site's registrations."""

    registrations: Registrations
    knock: Callable[[str, bytes], int | None]
    public_url: str | None
    secrets: tuple[bytes, ...]  # of the site, as they are in force here
    product: str = "Jira"
    door: str = JIRA_DOOR

    def checks(self) -> Iterator[Check]:
        """Nothing to look at where the site has no secret: then the clock looks by itself."""
        if not self.secrets:
            told = f"no secret of {self.product}: the clock looks for changes by itself"
            yield fine(Name.DOOR, told, "OKR_WEBHOOK_SECRETS")
            return
        if self.public_url is None:
            yield _unknown_address(self.product)
            return
        door = f"{self.public_url}{self.door}"
        yield _arrival(self.knock(door, self.secrets[-1]))
        yield from self._registered(door)

    def _registered(self, door: str) -> Iterator[Check]:
        try:
            known = self.registrations.registered(door)
        except ConnectorError:
            yield question(
                Name.WEBHOOKS,
                f"the webhooks in {self.product} cannot be read",
                self.product,
                "that takes an administrator's token, which daily work does without",
                "have an administrator call `okr webhooks list`",
                f"look under WebHooks in the administration of {self.product}",
            )
            return
        if not known:
            yield _nobody_rings(self.product)
        yield from (_state(webhook, self.product) for webhook in known)


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


def _unknown_address(product: str) -> Check:
    return failing(
        Name.DOOR,
        "nobody outside knows where our door is",
        "OKR_PUBLIC_URL",
        f"{product} has a secret, and no address to ring at",
        "set it to the address of `okr serve`",
        "leave OKR_WEBHOOK_SECRETS out: then the clock looks by itself",
    )


def _nobody_rings(product: str) -> Check:
    return failing(
        Name.WEBHOOKS,
        f"no webhook in {product} rings at our door",
        product,
        f"with a secret of {product} set, the clock does not look by itself",
        "register one with `okr webhooks register`",
        "leave OKR_WEBHOOK_SECRETS out: then the clock looks by itself",
    )


def _state(webhook: WebhookRecord, product: str) -> Check:
    place = f"webhook {webhook.id}"
    if webhook.enabled and webhook.signed is None:
        return fine(Name.WEBHOOKS, f"{product} rings at our door; whether signed, the deliveries show", place)
    if webhook.enabled and webhook.signed:
        return fine(Name.WEBHOOKS, f"{product} rings at our door, signed", place)
    return failing(
        Name.WEBHOOKS,
        f"the webhook of {product} is switched off"
        if not webhook.enabled
        else f"the webhook of {product} is not signed, so it is not let in",
        place,
        "its events will not ring",
        "`okr webhooks remove`, then `okr webhooks register`",
        f"switch it on under WebHooks in the administration of {product}",
    )
