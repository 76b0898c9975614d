"""Canaries: invented people that nobody else is called like, one of each shape for every place a person can stand."""

import random
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from connector.privacy.canary_census import Manner, Place

LONG = 10_000  # characters
_LATIN: Final = "ghjkmnpqrstvwxyz23456789"  # no hex digit between 0 and 1, none of a to f: a digest is no canary
_ACCENTED: Final = "äöüßéřžłćñçåøđğșțķļģčšýôêîûàèùñ"
_RIGHT_TO_LEFT: Final = "אבגדהוזחטיכלמנסעפצקרשתبتثجحخدذرزسشصضطظعغفقكلمنهوي"


class Shape(StrEnum):
    """What is said of a person."""

    ID = "account id"
    SHORT = "short name"
    NAME = "name"
    MAIL = "mail address"
    URL = "address of a profile"
    UNICODE = "name with accents"
    RTL = "name from right to left"
    LONG = "long text"


OF_A_TEXT: Final = (Shape.NAME, Shape.SHORT, Shape.UNICODE, Shape.RTL, Shape.MAIL, Shape.URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """One text that identifies an invented person.

    `core` is the random beginning that betrays it, also where only a piece of the text got out; six characters at
    least, twelve where they are hex digits.
    """

    place: Place
    shape: Shape
    core: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flock:
    """All canaries, by place and shape."""

    of: Mapping[Place, Mapping[Shape, Canary]] = field(repr=False)

    @property
    def canaries(self) -> tuple[Canary, ...]:
        """Every one of them."""
        return tuple(canary for shapes in self.of.values() for canary in shapes.values())

    def standing(self, place: Place, turn: int, *, long: bool = False) -> Any:
        """What stands at a place in the turn-th payload: an object, a list or a text of one of its canaries."""
        here = self.of[place]
        shape = Shape.LONG if long else OF_A_TEXT[turn % len(OF_A_TEXT)]
        if place.manner is Manner.USER:
            return _user({shape: canary.text for shape, canary in here.items()}, turn)
        if place.manner is Manner.ID:
            return here[Shape.ID].text
        text = here[shape].text
        return [text] if place.manner is Manner.NAMES else text


def hatch(places: Iterable[Place], dice: random.Random) -> Flock:
    """A canary of every shape for every place, as random as the dice."""
    return Flock(
        of={place: {shape: make(place, dice) for shape, make in _SHAPES.items()} for place in dict.fromkeys(places)}
    )


def _canary(place: Place, shape: Shape, core: str, text: str) -> Canary:
    return Canary(place=place, shape=shape, core=core, text=text)


def _letters(dice: random.Random, alphabet: str, count: int = 6) -> str:
    return "".join(dice.choice(alphabet) for _ in range(count))


def _hex(dice: random.Random, count: int) -> str:
    return _letters(dice, string.hexdigits[:16], count)


def _account(place: Place, dice: random.Random) -> Canary:
    uuid = "-".join(_hex(dice, count) for count in (8, 4, 4, 4, 12))
    old = _hex(dice, 24)
    core, text = dice.choice(
        (
            (uuid[:13], f"712020:{uuid}"),
            (uuid[:13], f"557058:{uuid}"),
            (old[:12], old),
            (uuid[:13], f"qm:{_hex(dice, 8)}-x:{uuid}"),
        )
    )
    return _canary(place, Shape.ID, core, text)


def _short(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _LATIN)
    return _canary(place, Shape.SHORT, core, core)


def _name(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _LATIN)
    return _canary(place, Shape.NAME, core, f"{core} Kanarie-{_letters(dice, _LATIN)}")


def _mail(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _LATIN)
    return _canary(place, Shape.MAIL, core, f"{core}.kanarie@people.example")


def _url(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _LATIN)
    return _canary(place, Shape.URL, core, f"https://people.example/people/{core}?accountId={core}")


def _accented(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _ACCENTED)
    return _canary(place, Shape.UNICODE, core, f"{core} Känärie")


def _right_to_left(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _RIGHT_TO_LEFT)
    return _canary(place, Shape.RTL, core, f"{core} {_letters(dice, _RIGHT_TO_LEFT)}")


def _long(place: Place, dice: random.Random) -> Canary:
    core = _letters(dice, _LATIN)
    return _canary(place, Shape.LONG, core, (f"{core} sagt, es sei so gewesen. " * (LONG // 20))[:LONG])


_SHAPES: Final[Mapping[Shape, Callable[[Place, random.Random], Canary]]] = {
    Shape.ID: _account,
    Shape.SHORT: _short,
    Shape.NAME: _name,
    Shape.MAIL: _mail,
    Shape.URL: _url,
    Shape.UNICODE: _accented,
    Shape.RTL: _right_to_left,
    Shape.LONG: _long,
}


def _user(texts: Mapping[Shape, str], turn: int) -> dict[str, Any]:
    """A user object of Cloud, of Server and of Confluence in one."""
    shown = texts[(Shape.NAME, Shape.UNICODE, Shape.RTL)[turn % 3]]
    return {
        "self": texts[Shape.URL],
        "accountId": texts[Shape.ID],
        "name": texts[Shape.SHORT],
        "key": texts[Shape.SHORT],
        "userKey": texts[Shape.SHORT],
        "username": texts[Shape.SHORT],
        "emailAddress": texts[Shape.MAIL],
        "email": texts[Shape.MAIL],
        "displayName": shown,
        "publicName": shown,
        "fullName": shown,
        "avatarUrls": {"48x48": texts[Shape.URL]},
        "profilePicture": {"path": texts[Shape.URL]},
        "groups": {"items": [{"name": shown}]},
        "active": True,
        "accountType": "atlassian",
        "timeZone": "Europe/Berlin",
    }
