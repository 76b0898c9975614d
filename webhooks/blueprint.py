"""The routes of the door: verify, pass the boundary, ring durably, answer. Nothing of a call is logged or kept."""

from typing import Final

from flask import Blueprint

from webhooks import automation, confluence, jira
from webhooks import readings as pushed
from webhooks.signatures import Secrets
from webhooks.sockets import Arrived, Busy, House, Keeping, Labels, Readings, Rings, unnoticed

__all__ = ["Busy", "Keeping", "Labels", "Readings", "Rings", "make_blueprint"]

_RECEIVERS: Final = {
    "jira": ("/jira", jira.receiver),
    "confluence": ("/confluence", confluence.receiver),
    "automation": ("/automation", automation.receiver),
    "readings": ("/readings/<team>/<indicator>", pushed.receiver),
}


def make_blueprint(
    secrets: Secrets, rings: Rings, readings: Readings, labels: Labels, arrived: Arrived = unnoticed
) -> Blueprint:
    """All routes under `/webhooks` whose senders have a secret; without one a route is absent (404).

    202 accepted, 204 nothing of ours, 400 unreadable, 401 not signed, 404 no such indicator, 413 over 4 MiB,
    503 with Retry-After while nothing can be made durable; no input gives a 5xx.
    """
    made = Blueprint("webhooks", __name__, url_prefix="/webhooks")
    house = House(rings=rings, readings=readings, labels=labels, arrived=arrived)
    for sender, (rule, receiver) in _RECEIVERS.items():
        if secrets.any_of(sender):
            made.add_url_rule(rule, sender, receiver(secrets, house), methods=["POST"])
    return made
