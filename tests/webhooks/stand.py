"""A house of memory behind the door, and senders that know the secrets."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask import Flask

from mappings.hints import Hint
from webhooks.blueprint import Busy, Keeping, make_blueprint
from webhooks.signatures import secrets_of

SECRET = b"jira-new"
SECRETS = (
    "jira=jira-old,jira=jira-new,confluence=conf-one,automation=auto-one,"
    "readings=all-teams,readings/onboarding=one-team"
)
LABELS = frozenset({"okr-setup-rate", "okr-calls"})
TODAY = date(2026, 11, 24)


@dataclass(slots=True, kw_only=True)
class Rings:
    """Rings for everything that is not in a project called OTHER; busy when told so."""

    heard: list[Hint] = field(default_factory=list)
    busy: int | None = None

    def ring(self, hint: Hint) -> int:
        if self.busy is not None:
            raise Busy(self.busy)
        self.heard.append(hint)
        return int(getattr(hint, "project", None) != "OTHER")


@dataclass(slots=True, kw_only=True)
class Readings:
    """The readings of one indicator of one team."""

    kept: dict[date, Decimal | None] = field(default_factory=dict)
    writes: int = 0
    asked: set[tuple[str, str]] = field(default_factory=set)
    busy: int | None = None

    def keep(self, team: str, indicator: str, value: Decimal | None, on: date) -> Keeping:
        if self.busy is not None:
            raise Busy(self.busy)
        self.asked.add((team, indicator))
        if (team, indicator) != ("onboarding", "setup-rate"):
            return Keeping.UNKNOWN
        if on > TODAY:
            return Keeping.FUTURE
        if on in self.kept and self.kept[on] == value:
            return Keeping.SAME
        self.kept[on] = value
        self.writes += 1
        return Keeping.KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The door in an application of its own."""

    rings: Rings = field(default_factory=Rings)
    readings: Readings = field(default_factory=Readings)
    secrets: str = SECRETS
    arrived: list[str] = field(default_factory=list)

    def app(self) -> Flask:
        app = Flask("door")
        secrets = secrets_of(self.secrets)
        app.register_blueprint(make_blueprint(secrets, self.rings, self.readings, lambda: LABELS, self.arrived.append))
        return app


def signature(body: bytes, secret: bytes = SECRET, method: str = "sha256") -> dict[str, str]:
    return {"X-Hub-Signature": f"{method}={hmac.new(secret, body, getattr(hashlib, method)).hexdigest()}"}
