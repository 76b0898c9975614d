"""Text that people wrote, in memory between gateway and page only; storage and log may not import it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TeamText:
    """Words of a team, a page body or a title; its repr is empty so that no log or error can quote it."""

    words: str = field(repr=False)

    def __str__(self) -> str:
        return ""

    def __format__(self, specification: str) -> str:
        return ""
