"""`/status`: what runs, waits and comes next, in plain words. Teams only by their ids, no clock times of work."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from flask import Blueprint, Response, make_response, render_template, request

from connector.arrivals import TITLES, Deliveries
from connector.errors import BookError
from connector.ledger import Ledger, RunRecord
from connector.living_book import LivingBook
from connector.ports import Clock
from connector.quota import LEFT, QuotaLeft
from connector.rhythms import keeping_time
from connector.rings import Cause, Ring, RingLedger, SlotKind
from connector.slots import Due, next_slots
from connector.token_age import TokenAge, token_age
from connector.web.status_words import ESTIMATE, number, said
from connector.web.tongue import tongue
from mappings.okr import Language

SHOWN = 20

_CAUSES = {
    Cause.EVENT: "an event",
    Cause.READING: "a reading",
    Cause.SLOT: "its rhythm",
    Cause.POLL: "a change that was seen",
    Cause.QUIET: "a page that waits for its moment, or a second look",
    Cause.OPERATOR: "a command or a changed mapping file",
}
_KINDS = {
    SlotKind.PLANNING: "planning page",
    SlotKind.CHECK_IN: "check-in page",
    SlotKind.REFRESH: "check-in page, renewed before the meeting",
    SlotKind.REVIEW: "review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Where the page takes what it shows."""

    ledger: Ledger
    rings: RingLedger
    book: LivingBook
    clock: Clock
    deliveries: Deliveries
    token_expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A team that is to be looked at."""

    team: str  # or *, for everybody
    why: str
    state: str  # a message with {tried}, or what stands in the way
    tried: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A moment of a team's rhythm."""

    day: date  # in the zone of the organisation
    team: str
    what: str
    label: str  # the week or day it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything the page prints."""

    runs: tuple[tuple[int, RunRecord], ...]
    reads: int
    writes: int
    points: int  # as far as they were counted; 0: the site knows none
    quotas: tuple[QuotaLeft, ...]  # what sites said at the last run
    asked: tuple[tuple[str, int], ...]  # by operation, the most often asked first
    waiting: tuple[Waiting, ...]
    more: int  # that wait, too
    parked: tuple[Waiting, ...]
    coming: tuple[Coming, ...]
    arrived: tuple[tuple[str, date | None], ...]  # by sender, the last day in UTC
    book_trouble: str
    token: TokenAge | None


def blueprint(sight: Sight) -> Blueprint:
    """The page."""
    pages = Blueprint("status", __name__)

    @pages.get("/status")
    def status() -> Response:
        """The last runs, waiting and parked rings, next slots, and what the sites were asked."""
        language = tongue(request.args.get("language", ""), Language.EN)
        page = render_template(
            "status.html",
            state=state_of(sight),
            language=language,
            other=Language.EN if language is Language.DE else Language.DE,
            say=partial(said, language),
            number=partial(number, language),
            left_words=LEFT,
            estimate=ESTIMATE,
        )
        answer = make_response(page)
        answer.headers["Vary"] = "Accept-Language"
        return answer

    return pages


def state_of(sight: Sight) -> State:
    """The state at this moment."""
    now, book = sight.clock.now(), sight.book
    rings, runs = sight.rings.rings(), sight.ledger.runs(SHOWN)
    waiting = [ring for ring in rings if ring.parked is None]
    return State(
        runs=runs,
        reads=sum(run.reads for _, run in runs),
        writes=sum(run.writes for _, run in runs),
        points=sum(run.points or 0 for _, run in runs),
        quotas=runs[0][1].quota if runs else (),
        asked=_asked(run for _, run in runs),
        waiting=tuple(_waiting(ring, now) for ring in waiting[:SHOWN]),
        more=max(0, len(waiting) - SHOWN),
        parked=tuple(_waiting(ring, now) for ring in rings if ring.parked is not None),
        coming=_coming(book, sight.ledger, now),
        arrived=tuple((TITLES[sender], day) for sender, day in sight.deliveries.last()),
        book_trouble=str(book.trouble) if book.trouble else "",
        token=token_age(sight.token_expires, now.date()) if sight.token_expires else None,
    )


def _asked(runs: Iterable[RunRecord]) -> tuple[tuple[str, int], ...]:
    counts = Counter[str]()
    for run in runs:
        counts.update(dict(run.by_operation))
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _coming(book: LivingBook, ledger: Ledger, now: datetime) -> tuple[Coming, ...]:
    try:
        current = keeping_time(book.current(now.date()), ledger.rhythms())
    except BookError:
        return ()
    zone = current.strategy.timezone

    def line(due: Due) -> Coming:
        day, slot = due.at.astimezone(zone).date(), due.slot
        return Coming(day=day, team=slot.team, what=_KINDS.get(slot.kind, slot.kind.value), label=slot.slot)

    return tuple(map(line, next_slots(current, now)[:SHOWN]))


def _waiting(ring: Ring, now: datetime) -> Waiting:
    return Waiting(team=ring.team, why=_CAUSES[ring.cause], state=_state(ring, now), tried=ring.attempts)


def _state(ring: Ring, now: datetime) -> str:
    if ring.parked is not None:
        return ring.parked.value
    if ring.claimed:
        return "is served now"
    if ring.attempts:
        return "comes back after a while, tried {tried} of 8 times"
    if ring.hold_until is not None and ring.hold_until > now:
        return "comes back after a while, a site asked for it or does not answer"
    return "waits for its moment" if ring.not_before > now else "is next"
