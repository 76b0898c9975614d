"""`POST /webhooks/confluence`: signed webhooks of Confluence Data Center, and Cloud's where something signs them."""

from flask import Response, request

from mappings.boundary import confluence_event
from webhooks.answers import View, answered
from webhooks.calls import rung, signed_body
from webhooks.signatures import Secrets
from webhooks.sockets import House


def receiver(secrets: Secrets, house: House) -> View:
    """The view."""
    keys = secrets.of("confluence")

    def judge() -> int:
        return rung(house, "confluence", confluence_event(signed_body(keys), request.args))

    def receive() -> Response:
        return answered(judge)

    return receive
