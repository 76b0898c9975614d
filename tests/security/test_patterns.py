"""Text made to be slow is not: a hundred kilobytes of it are looked through at once at every door, and no pattern of
this house goes back again and again.
"""

import ast
import html
import importlib
import json
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

import connector
import mappings
import webhooks
from connector.pages.answers import harvest
from connector.pages.form_fields import Field, Sheet
from connector.pages.form_reading import read_plan
from connector.pages.readable import readable
from connector.pages.regions import machine_regions, team_region
from connector.pages.strategy_reading import read_strategy
from connector.pages.written import FormUnreadable
from mappings import boundary
from mappings.book import example_files, read_book
from mappings.jql import Purpose, judge
from mappings.okr import Language
from mappings.remains import remains_of
from mappings.team_text import TeamText
from tests.pages.form_writing import model_page
from tests.pages.team_onboarding import QUARTER, STRATEGY, TEAM
from tests.pages.test_form_reading import CONNECTED
from webhooks.signatures import secrets_of

SIZE = 100_000
BUDGET = 1.0  # seconds of CPU for a whole page or file, however slow the machine; made to be slow it were minutes
UNITS = ("a", "0,", "0.", "a-", "ONB-1 ", "KW 4 ", "12.10. ", "a@", "x\n")
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
AnyPattern = re.Pattern[str] | re.Pattern[bytes]


class TooSlow(Exception):
    pass


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check_in(text: str) -> None:
    questions = ("Unsere Zahl: Antwort in der Anleitung gefunden", "Wo steht unsere Annahme?", "Unsere Zuversicht")
    table = "".join(f"<tr><th>{question}</th><td>{html.escape(text)}</td></tr>" for question in questions)
    body = TeamText(team_region("erste-woche-antwort-in-der-anleitung", f"<table>{table}</table>"))
    harvest(body, TEAM, QUARTER)
    machine_regions(body)
    readable(body, Language.DE)


def planning(text: str) -> None:
    """In the cell of the way, which is read for what is measured, and in one of words."""
    for field in (Field.WAY, Field.BECAUSE):
        page = model_page(Language.DE).write(Sheet.KEY_RESULT, field, html.escape(text))
        with suppress(FormUnreadable):
            read_plan(page.body, CONNECTED, STRATEGY, QUARTER)


def strategy(text: str) -> None:
    row = f"<tr><th>{html.escape(text)}</th><td>{html.escape(text)}</td></tr>"
    with suppress(FormUnreadable):
        read_strategy(TeamText(team_region("strategy", f"<table>{row}{row}</table>")), STRATEGY)


def query(text: str) -> None:
    judge(f"project = A AND {text}", Purpose.COUNT)
    judge(f'project = A AND summary ~ "{text}"', Purpose.EPICS)


def book(text: str) -> None:
    files = {
        name: content if isinstance(content, str) else content.decode() for name, content in example_files().items()
    }
    title = "title: Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs"
    team = files["teams/onboarding.yaml"]
    assert title in team
    read_book({**files, "teams/onboarding.yaml": team.replace(title, f"title: {json.dumps(text)}")}, date(2026, 11, 24))


def site(text: str) -> None:
    """What Jira and Confluence say when they refuse, and what a message holds."""
    for told in (
        {"errorMessages": [text], "errors": {"x": text}, "message": text},
        {"errors": [{"title": text, "detail": text}]},
    ):
        boundary.refusal(json.dumps(told).encode())
    remains_of(
        json.dumps({"webhookEvent": text, "issue": {"key": text, "fields": {"labels": [text]}}}).encode(), frozenset()
    )


def setting(text: str) -> None:
    with suppress(ValueError):
        secrets_of(text)


DOORS: tuple[Callable[[str], None], ...] = (check_in, planning, strategy, query, book, site, setting)


@pytest.mark.parametrize("door", DOORS)
def test_a_hundred_kilobytes_made_to_be_slow_are_looked_through_at_once(door: Callable[[str], None]) -> None:
    for unit in UNITS:
        text = unit * (SIZE // len(unit))
        started = time.process_time()
        with at_most(20 * BUDGET):
            door(text)
        assert time.process_time() - started < 3 * BUDGET, repr(unit)


def modules() -> Iterator[str]:
    for package in (connector, mappings, webhooks):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith("connector.storage.migrations") and not found.name.endswith("__main__"):
                yield found.name


def patterns() -> dict[str, AnyPattern]:
    """Those that a module holds, and those that stand in the text of a function."""
    found: dict[str, AnyPattern] = {}
    for name in modules():
        module = importlib.import_module(name)
        for value in vars(module).values():
            for one in value if isinstance(value, tuple | list | frozenset) else (value,):
                if isinstance(one, re.Pattern):
                    found[f"{one.pattern!r}"] = one
        for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
                first = node.args[0] if node.args else None
                of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                if of_re and isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
                    found.setdefault(f"{first.value!r}", re.compile(first.value))
    return found


def bait(pattern: str, size: int) -> Iterator[str]:
    """Long texts of which every beginning looks promising and the end disappoints; white space comes as single spaces,
    as every door makes it.
    """
    plain = re.sub(r"\\[a-zA-Z]|[\[\](){}*+?|^$.\\]|\(\?:?", "\0", pattern)
    words = sorted({word for word in plain.split("\0") if word}, key=len)[-4:]
    for unit in ("a", "0", "a ", "a-", "0.", *words, *(f"{word} " for word in words)):
        yield f"{unit * (size // len(unit))}\x01"


def goes_back_again(pattern: AnyPattern, size: int = 600) -> str | None:
    """A bait that takes long although it is short."""
    plain = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    for given in bait(plain, size):
        whole = given if isinstance(pattern.pattern, str) else given.encode("latin-1", "replace")
        try:
            with at_most(BUDGET):
                pattern.search(whole)  # type: ignore[arg-type]  # text for text, bytes for bytes
                pattern.fullmatch(whole)  # type: ignore[arg-type]  # as above
        except TooSlow:
            return given[:20]
    return None


def test_no_pattern_goes_back_again_and_again() -> None:
    known = patterns()
    assert len(known) > 100
    assert {name: found for name, one in known.items() if (found := goes_back_again(one))} == {}


@pytest.mark.parametrize("made", [r"(a+)+$", r"(a|a)*b", r"(?:\s*a?\s*)*\Z!"])
def test_a_pattern_that_does_is_found_out(made: str) -> None:
    assert goes_back_again(re.compile(made)) is not None
