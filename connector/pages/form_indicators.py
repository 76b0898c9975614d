"""One row of „Woran merken wir es?“: an indicator with its start, target, source and the epics that are to move it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from connector.pages.form_claims import kind, target, today
from connector.pages.form_evidence import Moved, moved
from connector.pages.form_fields import Field, Sheet
from connector.pages.form_questions import LONGEST, Questions
from connector.pages.form_sources import wish
from connector.pages.form_tables import Row, Written
from connector.pages.planning_cells import noticed
from mappings.epics import EpicSelector, SelectorKind
from mappings.indicators import Indicator, IndicatorKind, Source, SourceKind, Target
from mappings.okr import Cycle, Team
from mappings.written_concerns import Unclear

_PERCENT = re.compile(
    r"^(?P<name>.*\S?)\s*(?:,\s*(?:in\s+)?|\(\s*(?:in\s+)?|\bin\s+)(?:%|Prozent|percent)\s*\)?$", re.IGNORECASE
)
_COUNTED = re.compile(r"^(?P<name>.*\S),\s+(?P<unit>(?:von|of|out of|aus)\s+(?:je\s+)?[0-9].*)$", re.IGNORECASE)
_MEASURED = re.compile(
    r"^(?P<name>.*\S),\s+(?i:in)\s+(?![Dd](?:en|er|ie|em|as)\w*\b|[Ww]elche|[Ee]iner?\b|which\b|that\b|the\b|an?\b)"
    r"(?P<unit>[^\Wa-zäöü]\S*(?:\s\S+){0,2}|[^\w\s]\S*(?:\s\S+){0,2}|[a-zäöü]\S*)$",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the file knows of a team's indicators, by Kennung."""

    sources: Mapping[str, Source]
    seeds: Mapping[str, Indicator]
    delivery: tuple[str, ...]


def known_of(team: Team) -> Known:
    """What the file knows: connected sources, and the indicators that the first page was made from."""
    seeds = {indicator.id: indicator for indicator in team.indicators}
    from_seeds = {i.id: i.source for i in team.indicators if i.source.kind is not SourceKind.OBSERVED}
    return Known(sources={**from_seeds, **dict(team.sources)}, seeds=seeds, delivery=team.delivery)


def name_and_unit(text: str) -> tuple[str, str]:
    """`Anteil, in %` is a share in percent; else a comma is part of the name, unless `in` or `von` follows."""
    percent = _PERCENT.match(text)
    if percent and percent["name"].strip(" ,("):
        return percent["name"].rstrip(" ,("), "%"
    for shape in (_COUNTED, _MEASURED):
        match = shape.match(text)
        if match:
            return match["name"].strip(), match["unit"].strip()
    return text, ""


def wished(row: Row) -> SourceKind | None:
    """The source that the team named; None when it cannot be told."""
    return wish(_text(row, Field.SOURCE))


def read_indicator(row: Row, own: str, place: str, known: Known, cycle: Cycle, questions: Questions) -> Indicator:
    """The indicator of a row with a name; what cannot be read is asked about and left open."""
    seed = known.seeds.get(own)
    name, unit = name_and_unit(_text(row, Field.NOTICED))
    if seed is not None and noticed(seed) == _text(row, Field.NOTICED):
        name, unit = seed.name, seed.unit
    where = f"{place}, {name}"
    questions.about_words(where, name)
    bare = Indicator(
        id=own,
        name=name,
        kind=_kind(row, where, questions),
        unit=unit,
        decimals=seed.decimals if seed else 1,
        source=_source(row, own, where, known, questions),
    )
    start, start_percent = _start(row, bare, where, questions)
    span, span_percent = _target(row, bare, where, questions)
    seen = _moved(row, where, known, cycle, questions)
    epics = (seed.epics if seed and seen.by_query else None) or seen.epics
    return replace(
        bare,
        unit=unit or ("%" if start_percent or span_percent else ""),
        baseline=start,
        target=span,
        decimals=seed.decimals if seed else _decimals(start, span),
        epics=epics,
        expect=seen.expect,
    )


def _text(row: Row, asks: Field) -> str:
    cell = row.get(asks)
    return cell.text if cell else ""


def _kind(row: Row, where: str, questions: Questions) -> IndicatorKind:
    text = _text(row, Field.KIND)
    found = kind(text) if text else None
    if found is None:
        questions.add(questions.place(where, Sheet.INDICATORS, Field.KIND), Unclear.KIND)
    return found or IndicatorKind.LEADING


def _source(row: Row, own: str, where: str, known: Known, questions: Questions) -> Source:
    named = wished(row)
    connected = known.sources.get(own)
    if connected is not None:
        return connected
    if named is None:
        questions.add(questions.place(where, Sheet.INDICATORS, Field.SOURCE), Unclear.SOURCE)
    elif named is not SourceKind.OBSERVED:
        questions.add(where, Unclear.NOT_CONNECTED)
    return Source(kind=SourceKind.OBSERVED)


def _start(row: Row, bare: Indicator, where: str, questions: Questions) -> tuple[Decimal | None, bool]:
    cell = row.get(Field.TODAY)
    if cell is None or not cell.text:
        return None, False
    read = today(cell.text, bare, cell.language)
    if read is None:
        questions.add(questions.place(where, Sheet.INDICATORS, Field.TODAY), Unclear.TODAY)
        return None, False
    return read.value, read.percent


def _target(row: Row, bare: Indicator, where: str, questions: Questions) -> tuple[Target | None, bool]:
    cell = row.get(Field.TARGET)
    if cell is None or not cell.text:
        return None, False
    read = target(cell.text, bare, cell.language)
    if read is None:
        questions.add(questions.place(where, Sheet.INDICATORS, Field.TARGET), Unclear.TARGET)
        return None, False
    return read


def _moved(row: Row, where: str, known: Known, cycle: Cycle, questions: Questions) -> Moved:
    cell = row.get(Field.MOVED_BY)
    if cell is None:
        return Moved()
    seen = moved(cell.node, cycle, known.delivery, cell.language)
    at = questions.place(where, Sheet.INDICATORS, Field.MOVED_BY)
    _ask_about_moved(seen, at, known, questions, cell)
    return seen


def _ask_about_moved(seen: Moved, at: str, known: Known, questions: Questions, cell: Written) -> None:
    if seen.left:
        shown = seen.left if len(seen.left) <= LONGEST else f"{seen.left[:LONGEST]}…"
        questions.add(at, Unclear.MOVED_BY, words=shown)
    if seen.both_ways:
        questions.add(at, Unclear.MOVED_TWICE)
    if seen.unclear_way:
        questions.add(at, Unclear.DIRECTION)
    if seen.unclear_week:
        questions.add(at, Unclear.SINCE)
    if seen.epics and seen.epics.kind is not SelectorKind.KEYS and not known.delivery:
        questions.add(at, Unclear.NO_DELIVERY)
    names = [name for _, name in (seen.epics or EpicSelector()).keys]
    questions.about_words(at, *names)


def _decimals(start: Decimal | None, span: Target | None) -> int:
    """As fine as the team writes its numbers, one decimal at least."""
    written = [value for value in (start, *((span.low, span.high) if span else ())) if value is not None]
    return max([1, *(-int(value.as_tuple().exponent) for value in written)])
