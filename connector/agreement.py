"""What an agreement means for a run: the day that pages name, and which kinds of sources may be read."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from connector.errors import Advice, Code, PermanentError
from mappings.indicators import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What was agreed, as far as it concerns a run."""

    on: date | None = None  # None: nothing was agreed, or what we read and keep is more than that
    signed: bool = False  # until then it is a note of one side
    sources: frozenset[SourceKind] | None = None  # None: nothing was agreed, so nothing is kept off

    def allows(self, kind: SourceKind) -> bool:
        """Whether sources of that kind may be read."""
        return self.sources is None or kind in self.sources


NOTHING_AGREED: Final = InForce()


def no_agreement() -> InForce:
    """Where no folder was asked."""
    return NOTHING_AGREED


def not_agreed(team: str, indicator: str, kind: SourceKind) -> PermanentError:
    """Why a source stays off."""
    return PermanentError(
        Code.SOURCE_NOT_AGREED,
        Advice(
            what=f"values of {indicator} stay off: sources of the kind {kind.value} are not among what was agreed",
            where=f"team {team}, indicator {indicator}",
            why="a new kind of source waits until it is agreed; everything else runs on",
            options=("agree again, then note it with `okr privacy agree`", "give the indicator a kind that was agreed"),
        ),
    )
