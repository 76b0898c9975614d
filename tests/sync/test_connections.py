"""Many requests side by side: each is told of once, none is begun after the end, and the two sites do not wait."""

import threading
from collections import Counter
from pathlib import Path
from typing import cast

import pytest

from connector.sandbox.faults import Faults, Verdict
from connector.sandbox.seed import demo_site
from connector.sync.connections import UnderWay
from tests.flow.stand import START, scene

PATIENCE = 10.0  # seconds until what never comes is a failure


class Meeting:
    """In place of a site's faults: the first evidence link is answered when the first page has been asked for."""

    def __init__(self) -> None:
        self._page = threading.Event()
        self.met = False

    def verdict(self, method: str, path: str) -> Verdict:
        if (method, path) == ("POST", "/wiki/api/v2/pages"):
            self._page.set()
        elif (method, path) == ("POST", "/rest/api/3/issueLink") and not self.met:
            self.met = self._page.wait(PATIENCE)
        return Verdict()


def test_pages_are_made_while_issues_are_linked(sqlite_url: str, tmp_path: Path) -> None:
    meeting, site = Meeting(), demo_site(start=START, frozen=True)
    site.faults = cast(Faults, meeting)
    with scene(sqlite_url, tmp_path, site=site) as on:
        on.sync()
    assert meeting.met


def test_everything_is_told_of_once_whether_it_went_well_or_not() -> None:
    def halved(number: int) -> int:
        if number % 2:
            raise ValueError(number)
        return number // 2

    told: Counter[int] = Counter()
    with UnderWay(halved, range(50)) as under_way:
        for together in under_way.groups():
            told.update(number for number, future in together if future.exception() or future.result() * 2 == number)
    assert told == Counter(range(50))


def test_what_was_let_go_is_told_of_and_not_done() -> None:
    done: list[int] = []

    def slow(number: int) -> None:
        done.append(number)
        threading.Event().wait(0.01)

    with UnderWay(slow, range(50), connections=1) as under_way:
        told = 0
        for together in under_way.groups():
            under_way.let_go()
            told += len(together)
    assert told == 50
    assert len(done) < 50


def test_who_cannot_remember_begins_nothing_more() -> None:
    begun: list[int] = []

    def slow(number: int) -> None:
        begun.append(number)
        threading.Event().wait(0.01)

    def remembered() -> None:
        with UnderWay(slow, range(1000), connections=2) as under_way:
            for _ in under_way.groups():
                raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        remembered()
    assert len(begun) < 100
