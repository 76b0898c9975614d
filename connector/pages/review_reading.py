"""What a review, a check-in or a learning log says that may be repeated elsewhere; nothing else is taken from it."""

import re
from collections.abc import Iterable, Sequence

from connector.pages.given import given_in
from connector.pages.needs import needs_in
from connector.pages.questions import TOGETHER as OF_CHECK_IN
from connector.pages.questions import Asked, page_rows
from connector.pages.regions import team_regions
from connector.pages.review_questions import (
    BEFORE,
    HAND,
    TOGETHER,
    Asks,
    asks_in,
    first,
    is_a_question,
    is_for_all,
    name_in,
    told,
)
from connector.pages.states import state
from connector.pages.voices import Learning, Said
from mappings.okr import Language
from mappings.team_text import TeamText

Rows = Sequence[tuple[str, tuple[str, ...]]]
_BETWEEN = re.compile(r"\s*[,;·\n]\s*")
_BEGUN = re.compile(
    r"^(?:…|\.{3})?\s*(?:wir haben gelernt,?\s+dass|we(?: have)? learned(?: that)?)\s+(?:…|\.{3})?\s*", re.IGNORECASE
)


def read_review(body: TeamText, language: Language, names: Iterable[str] = ()) -> Said:
    """A review as its team wrote it; `names` of teams that needs may be addressed to. Raises BodyUnreadable."""
    learnings: list[Learning] = []
    together: list[tuple[str, tuple[str, ...]]] = []
    for region in team_regions(body):
        found = tuple(told(region.inside, language))
        if region.name == TOGETHER:
            together += found
        elif region.name != BEFORE:
            learnings += _learned(found)
    return Said(
        learnings=tuple(learnings),
        questions=first(together, Asks.QUESTIONS),
        open_questions=_for_all(together, asking=True),
        sentences=_for_all(together, asking=False),
        needs=needs_in(first(together, Asks.NEEDS), names),
    )


def read_check_in(body: TeamText, language: Language, names: Iterable[str] = ()) -> Said:
    """A check-in: its addressed needs, and rows that the team itself headed for everybody. Raises BodyUnreadable."""
    regions = [region for region in team_regions(body) if region.name == OF_CHECK_IN][:1]
    rows = [row for region in regions for row in told(region.inside, language)]
    given = [row for region in regions for row in given_in(region.inside, page_rows(language), language)]
    needed = next((row.lines for row in given if row.asked is Asked.NEEDS and row.text), ())
    return Said(
        open_questions=_for_all(rows, asking=True),
        sentences=_for_all(rows, asking=False),
        needs=needs_in(needed, names),
    )


def read_log(body: TeamText, language: Language) -> Said:
    """The learnings that people wrote into a log by hand, a line each. Raises BodyUnreadable."""
    rows = [row for r in team_regions(body) if r.name == HAND for row in told(r.inside, language)]
    said = (line for head, answer in rows if asks_in(head) is Asks.BY_HAND for line in answer)
    return Said(learnings=tuple(Learning(said=(_bare(line),)) for line in said))


def _learned(rows: Rows) -> Iterable[Learning]:
    """Of a region whose learning is not written down nothing is taken."""
    learned = first(rows, Asks.LEARNED)
    if learned:
        yield Learning(
            assumption=next((name for head, _ in rows if (name := name_in(head))), ""),
            said=(_bare(learned[0]), *learned[1:]),
            state=state("\n".join(first(rows, Asks.STATE))),
            onward=" ".join(first(rows, Asks.ONWARD)),
            where=" ".join(first(rows, Asks.WHERE)),
            keywords=tuple(filter(None, _BETWEEN.split("\n".join(first(rows, Asks.KEYWORDS))))),
        )


def _for_all(rows: Rows, *, asking: bool) -> tuple[str, ...]:
    headed = (answer for head, answer in rows if is_for_all(head) and is_a_question(head) is asking)
    return tuple(line for answer in headed for line in answer)


def _bare(line: str) -> str:
    """What follows „Wir haben gelernt, dass“, however the team began."""
    return _BEGUN.sub("", line).strip() or line
