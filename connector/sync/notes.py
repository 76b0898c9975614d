"""What a run tells beside its counts: no error, nothing failed; something a person may want to look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from connector.rings import EVERYBODY
from connector.sync.plan_standing import Standing
from mappings.indicators import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One sentence about a team, or about all."""

    team: str
    message: str


def notes_of(standings: Iterable[Standing]) -> Iterator[Note]:
    """Pages that cannot be read, one by one; in one message, what an administrator could connect."""
    wishes: dict[str, list[tuple[str, SourceKind]]] = defaultdict(list)
    for one in standings:
        if one.page.said is None:
            yield Note(team=one.page.team.id, message=_unread(one))
        elif one.version is not None and one.plan is not None:
            wishes[one.page.team.id] += one.plan.wishes
    if any(wishes.values()):
        named = "; ".join(f"{team}: {_listed(wished)}" for team, wished in sorted(wishes.items()) if wished)
        yield Note(
            team=EVERYBODY,
            message=f"numbers to connect under `sources:` of a team's file: {named}. Until then the team enters them.",
        )


def frame_note(counts: bool) -> Note:
    """The strategy page cannot be read cleanly."""
    stays = "what it said last stays in force" if counts else "what the file says stands in for it"
    return Note(team=EVERYBODY, message=f"the strategy page cannot be read cleanly: {stays}.")


def _unread(one: Standing) -> str:
    stays = "what it said last stays in force" if one.plan is not None else "nothing is changed by it"
    return (
        f"the planning page of {one.page.cycle.id} cannot be read cleanly: {stays}."
        " Possible: go back to an earlier version of the page · copy the missing table from one."
    )


def _listed(wished: Iterable[tuple[str, SourceKind]]) -> str:
    return ", ".join(f"{indicator} ({kind.value})" for indicator, kind in dict.fromkeys(wished))
