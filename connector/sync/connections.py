"""Many small requests at once, as far as a site is to be burdened with."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

CONNECTIONS = 8

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def asked_at_once(ask: Callable[[Thing], Result], things: Iterable[Thing]) -> tuple[Result, ...]:
    """One answer a thing, in their order; the first failure is raised, and what was not asked by then is not."""
    pool = ThreadPoolExecutor(max_workers=CONNECTIONS)
    try:
        return tuple(pool.map(ask, things))
    finally:
        pool.shutdown(cancel_futures=True)
