"""Deliveries arrive, or it is told why not and what to do."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from connector.doctor.checks import Name, Outcome
from connector.doctor.door_checks import DoorExamination
from connector.errors import AccessRefused, Advice, Code
from connector.gateways.door import knock
from connector.registrations import WebhookWish
from connector.sandbox.server import listening
from mappings.records import WebhookRecord
from webhooks.signatures import signed

SECRET = b"0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Registered:
    """What Jira tells of its webhooks."""

    known: tuple[WebhookRecord, ...] | None

    def registered(self, door: str) -> tuple[WebhookRecord, ...]:
        assert door == "https://okr.example.com/webhooks/jira"
        if self.known is None:
            raise AccessRefused(Code.PERMISSION_MISSING, Advice(what="no"))
        return self.known

    def register(self, wish: WebhookWish) -> WebhookRecord:
        raise AssertionError("a doctor registers nothing")

    def remove(self, webhook_id: str) -> None:
        raise AssertionError("a doctor removes nothing")


def webhook(*, enabled: bool = True, is_signed: bool = True) -> WebhookRecord:
    return WebhookRecord(id="7", enabled=enabled, signed=is_signed, thin=False)


def looked(
    status: int | None, *known: WebhookRecord, hidden: bool = False, url: str | None = "https://okr.example.com"
):
    examination = DoorExamination(
        registrations=Registered(None if hidden else known),
        knock=lambda address, secret: status,
        public_url=url,
        secrets=(SECRET,),
    )
    return [(check.name, check.outcome) for check in examination.checks()]


def test_a_door_that_answers_and_a_webhook_that_signs_are_fine():
    assert looked(204, webhook()) == [(Name.DOOR, Outcome.OK), (Name.WEBHOOKS, Outcome.OK)]


@pytest.mark.parametrize("status", [None, 401, 200, 302, 404, 503])
def test_a_delivery_that_does_not_arrive_will_fail(status):
    assert looked(status, webhook())[0] == (Name.DOOR, Outcome.FAILED)


def test_no_webhook_or_one_that_is_off_or_unsigned_will_fail_and_a_hidden_list_is_a_question():
    assert looked(204)[1] == (Name.WEBHOOKS, Outcome.FAILED)
    assert looked(204, webhook(enabled=False))[1] == (Name.WEBHOOKS, Outcome.FAILED)
    assert looked(204, webhook(is_signed=False))[1] == (Name.WEBHOOKS, Outcome.FAILED)
    assert looked(204, hidden=True)[1] == (Name.WEBHOOKS, Outcome.QUESTION)


def test_without_an_address_nobody_knocks():
    assert looked(204, webhook(), url=None) == [(Name.DOOR, Outcome.FAILED)]


def door(seen: list[bool]) -> Callable[..., list[bytes]]:
    def application(environ, start_response):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        seen.append(signed(body, [environ.get("HTTP_X_HUB_SIGNATURE", "")], [SECRET]))
        start_response("204 No Content", [])
        return [b""]

    return application


def test_a_knock_is_signed_as_jira_signs_and_silence_is_told():
    seen: list[bool] = []
    with listening(door(seen)) as address:
        assert knock(f"{address}/webhooks/jira", SECRET) == 204
        assert knock(f"{address}/webhooks/jira", b"another") == 204
    assert seen == [True, False]
    assert knock(f"{address}/webhooks/jira", SECRET) is None
