"""`POST /webhooks/readings/<team>/<indicator>`: a value that another system pushes, with our secret in a header."""

import re
from typing import Final

from flask import Response

from mappings.boundary import pushed_reading
from webhooks.answers import Refused, View, answered
from webhooks.calls import trusted_body
from webhooks.signatures import Secrets
from webhooks.sockets import House, Keeping

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,59}")
_STATUS: Final = {Keeping.KEPT: 202, Keeping.SAME: 202, Keeping.UNKNOWN: 404, Keeping.FUTURE: 400}


def receiver(secrets: Secrets, house: House) -> View:
    """The view; a team's own secret opens that team's readings, the general one those of all teams."""

    def judge(team: str, indicator: str) -> int:
        body = trusted_body(secrets.of("readings", f"readings/{team.casefold()}"))
        if not (_ID.fullmatch(team) and _ID.fullmatch(indicator)):
            raise Refused(404)
        pushed = pushed_reading(body)
        kept = house.readings.keep(team.casefold(), indicator.casefold(), pushed.value, pushed.on)
        if kept in {Keeping.KEPT, Keeping.SAME}:
            house.arrived("readings")
        return _STATUS[kept]

    def receive(team: str, indicator: str) -> Response:
        return answered(lambda: judge(team, indicator))

    return receive
