"""The rows of the next page: what a team took off stays off, what it added returns with empty answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from connector.pages.cells import text
from connector.pages.ended import Ended, ended_in
from connector.pages.foot import SOURCES
from connector.pages.given import Standing, begins, plain, standing_in
from connector.pages.language import words_of
from connector.pages.markup import parse
from connector.pages.questions import Asked, Row
from connector.pages.regions import Found, both_regions
from mappings.indicators import Indicator, SourceKind
from mappings.okr import Language
from mappings.team_text import TeamText

_FOOT = "foot"
_READ = frozenset({Asked.NUMBER, Asked.STATE, Asked.CONFIDENCE})  # their question stays ours, so that it is known again
_LONGEST = 300  # characters of a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The page before, read once for all of its regions."""

    regions: tuple[Found, ...]  # the team's
    ended: Ended  # which epics it shows as completed, and asks about
    entered: str = field(repr=False)  # what its foot says about the numbers that the team enters itself, as plain words


def page_before(last: TeamText | None) -> Before | None:
    """What the next page needs to know of a body. Raises BodyUnreadable."""
    if last is None:
        return None
    ours, teams = both_regions(last)
    return Before(regions=teams, ended=ended_in(ours), entered=_entered(ours))


def carried(
    before: Before | None, region: str, made: Sequence[Row], indicators: Sequence[Indicator], language: Language
) -> tuple[str, ...]:
    """The questions of a region on the next page, in the order of the page before.

    A region that is not there, or stands there without any row, begins anew. Raises BodyUnreadable.
    """
    copies = [standing_in(r.inside, made, language) for r in before.regions if r.name == region] if before else []
    standing = next((rows for rows in copies if rows), None)
    if before is None or standing is None:
        return tuple(row.text for row in made)
    numbers = [row for row in made if row.asked is Asked.NUMBER]
    names = {i.id: i.name for i in indicators}
    kept = dict(_numbers(standing, numbers, names))
    new = [row.text for row in numbers if row not in kept.values() and not _was_asked(row, names, before.entered)]
    return (*new, *dict.fromkeys(_again(standing, made, kept)))


def _again(standing: Sequence[Standing], made: Sequence[Row], numbers: dict[int, Row]) -> Iterator[str]:
    ours = {row.asked: row.text for row in made if row.asked is not Asked.NUMBER}
    for place, row in enumerate(standing):
        if row.asked is Asked.NUMBER:
            if place in numbers:
                yield numbers[place].text
        elif row.asked is None or (row.reworded and row.asked not in _READ):
            yield row.head[:_LONGEST]
        elif row.asked in ours:
            yield ours[row.asked]


def _numbers(standing: Sequence[Standing], made: Sequence[Row], names: dict[str, str]) -> Iterator[tuple[int, Row]]:
    """Which number each row asks for: by the indicator's name, else in order if as many are left on both sides."""
    asked = {place: row for place, row in enumerate(standing) if row.asked is Asked.NUMBER}
    named = {}
    for place, row in asked.items():
        said = plain(row.head.partition(":")[2])
        fitting = [m for m in made if begins(said, plain(names.get(m.indicator or "", m.text)))]
        if fitting:
            named[place] = max(fitting, key=lambda m: len(names.get(m.indicator or "", "")))
    yield from named.items()
    places = [place for place in asked if place not in named]
    left = [row for row in made if row not in named.values()]
    if len(places) == len(left):
        yield from zip(places, left, strict=True)


def _was_asked(row: Row, names: dict[str, str], entered: str) -> bool:
    """Whether the page before asked for a number: its foot names what the team enters itself."""
    name = plain(names.get(row.indicator or "", ""))
    return bool(name) and name in entered


def _entered(regions: tuple[Found, ...]) -> str:
    for found in regions:
        if found.name == _FOOT:
            said = text(parse(found.inside))
            for language in Language:
                labels = {kind: words_of(language).say(label) for kind, label in SOURCES.items()}
                _, entered, after = said.partition(f"{labels[SourceKind.OBSERVED]} (")
                if entered:
                    after = after.partition(" · ")[0]
                    return plain(min((after.partition(f"), {label} (")[0] for label in labels.values()), key=len))
    return ""
