"""What remains of a payload, and what does not, by the boundary's own declarations."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from mappings import boundary
from mappings.boundary import BoundaryError, PushedReading
from mappings.epics import Epic
from mappings.hints import IssueHint, PageHint
from mappings.payload_keys import Matter
from mappings.payload_parts import Part, parts_of
from mappings.records import PageRecord
from mappings.team_text import TeamText
from mappings.wire.automation_events import automation_paths
from mappings.wire.confluence import pages_paths
from mappings.wire.confluence_events import confluence_paths
from mappings.wire.jira_events import jira_paths
from mappings.wire.jira_issues import issues_paths

Kept: TypeAlias = IssueHint | PageHint | PushedReading | Epic | PageRecord
_Read: TypeAlias = Callable[[], tuple[Kept, ...]]


class Form(StrEnum):
    """As what a payload is read."""

    EVENT = "event"  # a webhook's or an Automation rule's
    READING = "reading"  # pushed
    EPICS = "epics"  # an answer to our search
    PAGES = "pages"  # an answer with pages
    NONE = "none"  # nothing that we take in


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """The records that remain, the paths that were looked at and not kept, and how often each dropped path stood."""

    form: Form
    kept: tuple[Kept, ...]
    looked_at: tuple[str, ...]
    dropped: Mapping[Matter, Mapping[str, int]]


def remains_of(body: bytes, labels: frozenset[str]) -> Remains:
    """What remains of any body, of labels only those; a BoundaryError for what is no JSON."""
    parts = tuple(parts_of(body))
    form, kept, declared = _kept(body, {part.path for part in parts}, labels)
    told = {text for record in kept for text in _texts(record)}
    looked_at: dict[str, None] = {}
    dropped: dict[Matter, Counter[str]] = {matter: Counter() for matter in Matter}
    for part in parts:
        stays = str(part.value) in told
        if part.path in declared and not stays:
            looked_at[part.path] = None
        elif not stays or not _may_stay(part, declared):
            dropped[part.matter][part.path] += 1
    return Remains(form=form, kept=kept, looked_at=tuple(looked_at), dropped=dropped)


def kind_of(record: Kept) -> str:
    """What a record is, in one word: `issue`, `page`, `epic`, `reading`."""
    return type(record).__name__.removesuffix("Hint").removesuffix("Record").removeprefix("Pushed").casefold()


def shown_parts(record: Kept, memory_only: str | None) -> Iterator[tuple[str, object]]:
    """What a record holds, as plain values; a team's words show as a remark or not at all."""
    for one in fields(record):
        value = getattr(record, one.name)
        if isinstance(value, TeamText):
            yield one.name, memory_only
        elif isinstance(value, frozenset):
            yield one.name, sorted(value)
        elif value is None or isinstance(value, int):
            yield one.name, value
        else:
            yield one.name, str(value)


def _may_stay(part: Part, declared: frozenset[str]) -> bool:
    """Beside what is declared, a changelog's word on where an issue was before."""
    return part.path in declared or part.path == "changelog.items[].fromString"


def _kept(body: bytes, paths: set[str], labels: frozenset[str]) -> tuple[Form, tuple[Kept, ...], frozenset[str]]:
    """By the first form of which something remains; a body has hardly ever more than one."""
    forms: tuple[tuple[Form, _Read, Callable[[], frozenset[str]]], ...] = (
        (Form.EVENT, lambda: boundary.jira_event(body, {}, labels), jira_paths),
        (Form.EVENT, lambda: boundary.confluence_event(body, {}), confluence_paths),
        (Form.EVENT, lambda: boundary.automation_event(body, {}), automation_paths),
        (Form.READING, lambda: (boundary.pushed_reading(body),), lambda: frozenset({"value", "on"})),
        (Form.EPICS, lambda: boundary.fetched_epics(body, labels), issues_paths),
        (Form.PAGES, lambda: boundary.pages_page(body).records, pages_paths),
        (Form.PAGES, lambda: (boundary.page(body),), pages_paths),
    )
    for form, read, declared in forms:
        try:
            kept = read()
        except BoundaryError:
            continue  # it has another form
        if kept and paths & declared():
            return form, kept, declared()
    return Form.NONE, (), frozenset()


def _texts(record: Kept) -> set[str]:
    """Everything a record holds, as text; a team's words show as nothing here as everywhere."""
    found: set[str] = set()
    for one in fields(record):
        value = getattr(record, one.name)
        found |= {str(label) for label in value} if isinstance(value, frozenset) else {str(value)}
        if isinstance(value, Decimal):
            found |= {str(float(value)), str(int(value))}  # the same number as JSON may have written it
    return found - {"None", ""}
