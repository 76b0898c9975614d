"""„Kennung“: the one team cell that we fill, once, from the name; a copy gets its own, a person's word is kept."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connector.pages.form_tables import Written
from connector.pages.given import plain
from connector.pages.written import Fill

LONGEST = 60  # as in the book
_LONGEST_OF_OURS = 40
_FIT = re.compile(r"[a-z0-9-]{1,60}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "à": "a", "ç": "c"})
_EMPTY = re.compile(r"(?:\s|&nbsp;|&#160;|\u00a0|</?(?:p|br|span|div)(?:\s[^<>]*)?/?>)*")
_SIMPLE = re.compile(r"(?:[^<>]|</?(?:p|br|span|div|strong|em|code)(?:\s[^<>]*)?/?>)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something on the page that has a name and a cell for its Kennung, if the team left that cell in."""

    name: str
    cell: Written | None
    likeness: frozenset[str]  # what it shares with a copy of it, for as long as nobody has made the two differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What something is called from now on; `unfit` when a person wrote what can be no Kennung."""

    id: str
    fill: Fill | None = None
    unfit: bool = False
    copy_of: int | None = None  # place of an earlier one that it looks like, asked about until they differ


def slug(text: str) -> str:
    """`einrichtung-ohne-hilfe` for „Einrichtung ohne Hilfe“: [a-z0-9-], at most 40, cut between words."""
    whole = re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(_UMLAUTS)).strip("-")
    if len(whole) <= _LONGEST_OF_OURS:
        return whole
    cut = whole[: _LONGEST_OF_OURS + 1].rpartition("-")[0]
    return cut or whole[:_LONGEST_OF_OURS]


def identify(things: Sequence[Named], stem: str, elsewhere: Mapping[str, str]) -> tuple[Identified, ...]:
    """Each thing's Kennung, unique among them; `elsewhere` are names by Kennung in other cycles, where one lives on.

    Without a name and without a cell the place on the page is all that is left: `<stem>-2`.
    """
    given = [_given(thing) for thing in things]
    owners = _owners(things, given)
    taken = {wanted for wanted, _ in given if wanted}
    found: list[Identified] = []
    for place, (thing, (wanted, unfit)) in enumerate(zip(things, given, strict=True)):
        twin = _twin(things, place)
        if wanted and owners[wanted] == place:
            found.append(Identified(id=wanted, unfit=unfit, copy_of=twin))
            continue
        by_place = not thing.name or (thing.cell is None and stem == "objective")
        base = "" if by_place else slug(thing.name)
        base = base or f"{stem}-{place + 1}"
        own = _free(base, thing.name, taken, elsewhere)
        taken.add(own)
        found.append(Identified(id=own, fill=_fill(thing, own, copied=bool(wanted)), copy_of=twin))
    return tuple(found)


def _given(thing: Named) -> tuple[str, bool]:
    """The Kennung that a person or we wrote, and whether it had to be bent."""
    text = thing.cell.text.strip() if thing.cell else ""
    if _FIT.fullmatch(text.casefold()):
        return text.casefold(), False
    return slug(text), bool(text)


def _owners(things: Sequence[Named], given: Sequence[tuple[str, bool]]) -> dict[str, int]:
    """Whose a Kennung is that stands twice: the one with the name it was made from, else the first."""
    owners: dict[str, int] = {}
    for place, (wanted, _) in enumerate(given):
        first = owners.setdefault(wanted, place)
        if slug(things[first].name) != wanted and slug(things[place].name) == wanted:
            owners[wanted] = place
    return owners


def _twin(things: Sequence[Named], place: int) -> int | None:
    return next((other for other in range(place) if things[other].likeness & things[place].likeness), None)


def _free(base: str, name: str, taken: Collection[str], elsewhere: Mapping[str, str]) -> str:
    def is_free(wanted: str) -> bool:
        return wanted not in taken and plain(elsewhere.get(wanted, name)) == plain(name)

    return next(each for each in _numbered(base) if is_free(each))


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        ending = f"-{number}"
        yield f"{base[: _LONGEST_OF_OURS - len(ending)].rstrip('-')}{ending}"
        number += 1


def _fill(thing: Named, own: str, *, copied: bool) -> Fill | None:
    """What to write: into a cell without words of something with a name, or instead of a copied Kennung."""
    cell = thing.cell
    if cell is None or not thing.name or (cell.lines and not copied):
        return None
    markup = f"<p>{own}</p>"
    if cell.inside is None:
        name = cell.markup[1:3]
        return Fill(place=cell.place, markup=f"{cell.markup.removesuffix('/>').rstrip()}>{markup}</{name}>")
    start, end = cell.inside
    inside = cell.markup[start - cell.place[0] : end - cell.place[0]]
    if _EMPTY.fullmatch(inside) or (copied and _SIMPLE.fullmatch(inside)):
        return Fill(place=cell.inside, markup=markup)
    return None if copied else Fill(place=(end, end), markup=markup)
