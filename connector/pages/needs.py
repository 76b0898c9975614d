"""What teams need from others: „Team …: …“ and „Führung: …“ in running text, each need with its address."""

import re
from collections.abc import Iterable
from functools import lru_cache

from connector.pages.voices import Need

_OTHERS = r"(?:Führung|Leadership|die Führung|an die Führung|to leadership)"
_TEAM = r"(?:(?:an |to )?Team [^\s:.;!?][^:.;!?\n]{0,60}?)"
_BEGIN = r"(?:^|(?<=[.!?;…])\s+|(?<=^[-•*–])\s*)"


def needs_in(lines: Iterable[str], names: Iterable[str] = ()) -> tuple[Need, ...]:
    """Text up to the next address belongs to the one before; what comes before the first one is nobody else's.

    `names` are those of the teams, for addresses that do not begin with the word Team.
    """
    address = _address(tuple(names))
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        rest = 0
        for match in address.finditer(line):
            _add(found, line[rest : match.start()])
            found.append((match["to"].strip(), []))
            rest = match.end()
        _add(found, line[rest:])
    return tuple(Need(to=_addressee(to), said=tuple(said)) for to, said in found if said)


@lru_cache(maxsize=4)
def _address(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "".join(f"|{re.escape(name)}" for name in sorted(names, key=len, reverse=True) if name)
    return re.compile(rf"{_BEGIN}(?P<to>{_OTHERS}|{_TEAM}{known})\s?:(?!//)\s*", re.IGNORECASE)


def _add(found: list[tuple[str, list[str]]], text: str) -> None:
    words = text.strip().lstrip("-•*– ")
    if found and words:
        found[-1][1].append(words)


def _addressee(written: str) -> str:
    name = re.sub(r"^(?:an|to|die)\s+(?:die\s+)?", "", written, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]
