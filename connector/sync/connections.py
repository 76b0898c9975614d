"""Many small requests at once, as far as a site is to be burdened with."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic
from types import TracebackType
from typing import Generic, Self, TypeVar

CONNECTIONS = 8
GATHERED = 0.05  # seconds in which what has ended comes together, so that one commit is enough for it

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def asked_at_once(ask: Callable[[Thing], Result], things: Iterable[Thing]) -> tuple[Result, ...]:
    """One answer a thing, in their order; the first failure is raised, and what was not asked by then is not."""
    pool = ThreadPoolExecutor(max_workers=CONNECTIONS)
    try:
        return tuple(pool.map(ask, things))
    finally:
        pool.shutdown(cancel_futures=True)


class UnderWay(Generic[Thing, Result]):
    """Things that are done side by side; as a context it ends with what has begun, and nothing else is begun then."""

    def __init__(self, do: Callable[[Thing], Result], things: Iterable[Thing], connections: int = CONNECTIONS) -> None:
        self._ended: SimpleQueue[Future[Result]] = SimpleQueue()
        self._pool = ThreadPoolExecutor(max_workers=connections)
        self._running = {self._pool.submit(do, thing): thing for thing in things}
        for future in self._running:
            future.add_done_callback(self._ended.put)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def let_go(self) -> None:
        """What has not begun is cancelled; it is told of all the same."""
        for future in self._running:
            future.cancel()

    def groups(self) -> Iterator[list[tuple[Thing, Future[Result]]]]:
        """Everything once, in groups of what ends at about the same time."""
        waiting = len(self._running)
        while waiting:
            together = self._gathered(waiting)
            waiting -= len(together)
            yield [(self._running[future], future) for future in together]

    def _gathered(self, most: int) -> list[Future[Result]]:
        """At least one; a failure waits for no other, since it may stop them."""
        together, until = [self._ended.get()], monotonic() + GATHERED
        with suppress(Empty):
            while len(together) < most and _went_well(together[-1]):
                together.append(self._ended.get(timeout=max(0.0, until - monotonic())))
        return together


def _went_well(future: Future[Result]) -> bool:
    return not future.cancelled() and future.exception() is None
