"""`/status`: what runs, waits and comes next, in plain words. Teams only by their ids, no clock times of work."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from connector.errors import BookError
from connector.ledger import Ledger, RunRecord
from connector.living_book import LivingBook
from connector.ports import Clock
from connector.rings import Ring, RingLedger
from connector.slots import Due, next_slots

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything the page prints."""

    runs: tuple[tuple[int, RunRecord], ...]
    waiting: tuple[Ring, ...]
    parked: tuple[Ring, ...]
    coming: tuple[Due, ...]
    book_trouble: str


def blueprint(ledger: Ledger, rings: RingLedger, book: LivingBook, clock: Clock) -> Blueprint:
    """The page."""
    pages = Blueprint("status", __name__)

    @pages.get("/status")
    def status() -> str:
        """The last runs, waiting and parked rings, next slots, and what the sites were asked."""
        return render_template("status.html", state=state_of(ledger, rings, book, clock))

    return pages


def state_of(ledger: Ledger, queue: RingLedger, book: LivingBook, clock: Clock) -> State:
    """The state at this moment."""
    now = clock.now()
    rings = queue.rings()
    try:
        coming = next_slots(book.current(now.date()), now)[:SHOWN]
    except BookError:
        coming = ()
    return State(
        runs=ledger.runs(SHOWN),
        waiting=tuple(ring for ring in rings if ring.parked is None)[:SHOWN],
        parked=tuple(ring for ring in rings if ring.parked is not None),
        coming=coming,
        book_trouble=str(book.trouble) if book.trouble else "",
    )
