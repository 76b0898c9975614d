"""`POST /webhooks/automation`: Atlassian Automation's "Send web request", with our secret in a header."""

from flask import Response, request

from mappings.boundary import automation_event
from webhooks.answers import View, answered
from webhooks.calls import rung, trusted_body
from webhooks.signatures import Secrets
from webhooks.sockets import House


def receiver(secrets: Secrets, house: House) -> View:
    """The view."""
    keys = secrets.of("automation")

    def judge() -> int:
        return rung(house, "automation", automation_event(trusted_body(keys), request.args))

    def receive() -> Response:
        return answered(judge)

    return receive
