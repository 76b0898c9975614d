"""What pages say that may be repeated elsewhere: values in memory, never kept; whoever is mentioned is „jemand“."""

from dataclasses import dataclass, field

from mappings.okr import HypothesisState, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What a team learned about one assumption, or beside all of them."""

    assumption: str = field(default="", repr=False)  # its short name; empty: written into the log by hand
    said: tuple[str, ...] = field(repr=False)  # „Wir haben gelernt, dass …“, line by line
    state: HypothesisState | None = None  # as the review ended
    onward: str = field(default="", repr=False)  # carry on, change or end it
    where: str = field(default="", repr=False)  # where it holds
    keywords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a team needs, addressed to another team or to leadership; without an address it is nobody else's."""

    to: str = field(repr=False)  # „Team Messstellen“, „Führung“
    said: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One page, as far as other pages may repeat it."""

    learnings: tuple[Learning, ...] = ()
    questions: tuple[str, ...] = field(default=(), repr=False)  # new ones, for the team's own pages
    open_questions: tuple[str, ...] = field(default=(), repr=False)  # for all
    sentences: tuple[str, ...] = field(default=(), repr=False)  # for all
    needs: tuple[Need, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether anything on it would be repeated at all."""
        return self != NOTHING


NOTHING = Said()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A team and what a page of its says; voices stand in the order of the book."""

    team: Team
    ref: str  # of the page
    said: Said
