"""`POST /webhooks/jira`: signed webhooks of Jira Cloud and Data Center, with their bodies or without."""

from flask import Response, request

from mappings.boundary import jira_event
from webhooks.answers import View, answered
from webhooks.calls import rung, signed_body
from webhooks.signatures import Secrets
from webhooks.sockets import House


def receiver(secrets: Secrets, house: House) -> View:
    """The view."""
    keys = secrets.of("jira")

    def judge() -> int:
        return rung(house, "jira", jira_event(signed_body(keys), request.args, house.labels()))

    def receive() -> Response:
        return answered(judge)

    return receive
