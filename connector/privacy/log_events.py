"""Every sentence that the program can log, read off its own source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from connector.log import LIBRARY_SENTENCE, UNWRITTEN_SENTENCE

_LEVELS: Final = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
_LOGGERS: Final = frozenset({"log", "logger", "logging"})
_NOT_OURS: Final = frozenset({"sandbox", "__pycache__"})  # the imitation site is no part of an installation


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent:
    """One sentence with the names of the facts beside it."""

    says: str
    level: str
    facts: tuple[str, ...]


@cache
def log_events() -> tuple[LogEvent, ...]:
    """All of them, by sentence; the last two stand for what libraries say and for what is no sentence of ours."""
    found = {event for package in ("connector", "webhooks", "mappings") for event in _below(files(package))}
    ours = sorted(found, key=lambda event: (event.says, event.level))
    others = (LogEvent(says=said, level="any", facts=()) for said in (LIBRARY_SENTENCE, UNWRITTEN_SENTENCE))
    return (*ours, *others)


def _below(folder: Traversable) -> Iterator[LogEvent]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in _NOT_OURS:
            yield from _below(entry)
        elif entry.name.endswith(".py"):
            source = entry.read_text(encoding="utf-8")
            if "getLogger" in source:
                yield from events_in(source)


def events_in(source: str) -> Iterator[LogEvent]:
    """The events of one module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_logging(node.func):
            says = node.args[0] if node.args else None
            yield LogEvent(
                says=says.value if isinstance(says, ast.Constant) and isinstance(says.value, str) else "?",
                level=node.func.attr if isinstance(node.func, ast.Attribute) else "",
                facts=tuple(_facts(node)),
            )


def _is_logging(called: ast.expr) -> bool:
    owner = called.value if isinstance(called, ast.Attribute) and called.attr in _LEVELS else None
    return isinstance(owner, ast.Name) and owner.id in _LOGGERS


def _facts(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "extra" and isinstance(keyword.value, ast.Call):
            yield from (fact.arg or "?" for fact in keyword.value.keywords)
