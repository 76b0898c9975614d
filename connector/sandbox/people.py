"""Invented people: recognisable canaries, so that a scan of any sink finds a leak by its text."""

import uuid
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from typing import Any
from urllib.parse import quote

ORIGIN = "https://sandbox.invalid"
"""Stands for the site's own address in every stored link; the door puts the real one in its place."""

SERVICE_ZONE = "Europe/Berlin"
_FAMILY = uuid.UUID("5eed0000-0000-4000-8000-000000000000")
_BIRDS = (
    ("Ada", "Amsel"),
    ("Bo", "Buntspecht"),
    ("Cleo", "Eisvogel"),
    ("Dana", "Drossel"),
    ("Emre", "Elster"),
    ("Freya", "Fitis"),
    ("Goran", "Girlitz"),
    ("Hana", "Haubenmeise"),
    ("Ilka", "Isabellwürger"),
    ("Jovan", "Jagdfasan"),
    ("Kaya", "Kleiber"),
    ("Lior", "Lachmöwe"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented human being (or the service account) with an account on the site."""

    account_id: str
    name: str
    mail: str
    account_type: str = "atlassian"

    @property
    def login(self) -> str:
        """The name to sign in with, which Data Center says in place of an account id."""
        return self.mail.split("@")[0]

    @property
    def jira_key(self) -> str:
        """The key that Jira Data Center keeps when somebody is renamed."""
        return f"JIRAUSER{10100 + int(self._digest[:8], 16) % 80000}"

    @property
    def user_key(self) -> str:
        """The key that Confluence Data Center keeps when somebody is renamed."""
        return self._digest

    @property
    def _digest(self) -> str:
        return md5(self.account_id.encode(), usedforsecurity=False).hexdigest()

    def user(self) -> dict[str, Any]:
        """The full Cloud user object, as Jira puts it into its answers."""
        return dict(_user(self))

    def avatars(self) -> dict[str, str]:
        """Picture addresses in four sizes; their path carries a digest of the mail address, as gravatar does."""
        digest = md5(self.mail.encode(), usedforsecurity=False).hexdigest()
        return {f"{size}x{size}": f"https://avatars.example/{digest}?s={size}" for size in (48, 24, 16, 32)}


@cache
def _user(person: Person) -> dict[str, Any]:
    """Made once for each person, since thousands of issues name the same twelve."""
    return {
        "self": f"{ORIGIN}/rest/api/3/user?accountId={quote(person.account_id, safe='')}",
        "accountId": person.account_id,
        "accountType": person.account_type,
        "emailAddress": person.mail,
        "avatarUrls": person.avatars(),
        "displayName": person.name,
        "active": True,
        "timeZone": SERVICE_ZONE,
    }


def _invented(first: str, bird: str) -> Person:
    name = f"{first} Kanarie Vogel-{bird}"
    return Person(
        account_id=f"712020:{uuid.uuid5(_FAMILY, name)}",
        name=name,
        mail=f"{first}.kanarie-{bird}@people.example".lower().replace("ö", "oe").replace("ü", "ue"),
    )


class People:
    """The site's population: a closed circle of invented people and one service account."""

    def __init__(self) -> None:
        self._crowd = tuple(_invented(first, bird) for first, bird in _BIRDS)
        self.service = Person(
            account_id="712020:5e12ace0-0000-4000-8000-00000000c0de",
            name="OKR Service Kanarie",
            mail="service-kanarie@people.example",
            account_type="app",
        )

    def __len__(self) -> int:
        return len(self._crowd)

    def nth(self, number: int) -> Person:
        """The person with this number; numbers beyond the circle begin again at its start."""
        return self._crowd[number % len(self._crowd)]

    def person(self, number: int) -> dict[str, Any]:
        """The full user object of the person with this number."""
        return self.nth(number).user()

    def account(self, number: int) -> str:
        """The account id of the person with this number."""
        return self.nth(number).account_id

    def find(self, account_id: str) -> Person | None:
        """The person behind an account id, the service account included, or None."""
        return next((one for one in (*self._crowd, self.service) if one.account_id == account_id), None)

    def named(self, name: str) -> Person | None:
        """The person behind a login or a key of Data Center, the service account included, or None."""
        everyone = (*self._crowd, self.service)
        return next((one for one in everyone if name in (one.login, one.jira_key, one.user_key)), None)


def _canaries() -> tuple[str, ...]:
    people = People()
    everyone = [people.nth(number) for number in range(len(people))] + [people.service]
    return tuple(mark for one in everyone for mark in _marks(one))


def _marks(one: Person) -> tuple[str, ...]:
    return (one.account_id, one.name, one.mail, one.login, one.jira_key, one.user_key, *_digests(one))


def _digests(one: Person) -> tuple[str, ...]:
    return tuple({address.rsplit("/", 1)[1].split("?")[0] for address in one.avatars().values()})


CANARIES = _canaries()
"""Every text that identifies an invented person: ids, keys, logins, names, mail addresses, picture digests."""
