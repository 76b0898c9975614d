"""The tables of the pack, each filled from the code."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from connector.log import FACTS
from connector.pages.paper import Grid
from connector.privacy.access import ADDRESSES, GOALS, ROLES
from connector.privacy.bodies import Body
from connector.privacy.calls import ASKS, OPERATIONS, UNASKED
from connector.privacy.columns import KeptColumn, kept_columns
from connector.privacy.confluence_uses import CONFLUENCE_USES
from connector.privacy.datacenter_uses import DATACENTER_USES
from connector.privacy.jira_uses import JIRA_USES
from connector.privacy.log_events import log_events
from connector.privacy.periods import PERIODS
from connector.privacy.purposes import Leftover
from connector.privacy.uses import WireUse
from connector.privacy.wire_fields import WireField, wire_fields
from connector.privacy.words import Both
from mappings.okr import Language

WIRE_USES: Final = {
    body: {**JIRA_USES.get(body, {}), **CONFLUENCE_USES.get(body, {}), **DATACENTER_USES.get(body, {})}
    for body in Body
    if body in JIRA_USES or body in CONFLUENCE_USES or body in DATACENTER_USES
}
UNSAID: Final = "?"  # stands where nobody has said what for; the tests let no version out with one

_DECIDES = Both("nur angesehen, nicht behalten", "only looked at, not kept")
_KINDS: Final = {
    "text": Both("Text dieser Form", "text of this form"),
    "number": Both("ganze Zahl", "whole number"),
    "day": Both("Tag", "day"),
    "time": Both("Zeitpunkt", "moment"),
}


def _heads(language: Language, *heads: Both) -> tuple[str, ...]:
    return tuple(head.of(language) for head in heads)


def use_of(field: WireField) -> WireUse | None:
    """Why a field is declared; None: nobody has said so."""
    return WIRE_USES.get(field.body, {}).get(field.path) if field.body else None


def flow_grids(language: Language) -> Iterator[Grid]:
    """For each body: field → record → column or page → deletion."""
    heads = _heads(
        language,
        Both("Feld", "Field"),
        Both("Beispiel", "Example"),
        Both("Zweck", "Purpose"),
        Both("wird zu → bleibt wo, bis wann", "becomes → stays where, until when"),
    )
    for body, fields in groupby(wire_fields(), key=lambda field: field.body):
        name = body.title.of(language) if body else UNSAID
        yield Grid(name=name, heads=heads, rows=tuple(_flow_row(field, language) for field in fields))


def _flow_row(field: WireField, language: Language) -> tuple[str, ...]:
    use = use_of(field)
    if use is None:
        return field.path, UNSAID, UNSAID, UNSAID
    flow = f"{use.becomes} → {_end(use, language)}" if use.becomes else _DECIDES.of(language)
    return field.path, use.example, use.purpose.value.of(language), flow


def _end(use: WireUse, language: Language) -> str:
    """Where it ends and until when it is there."""
    if isinstance(use.ends, Leftover):
        return use.ends.value.of(language)
    tables = dict.fromkeys(column.strip().partition(".")[0] for column in use.ends.split(","))
    until = dict.fromkeys(period_of(table).of(language) for table in tables)
    return f"{use.ends}: {', '.join(until)}"


def period_of(table: str) -> Both:
    """How long rows of a table stay."""
    return PERIODS.get(table, Both(UNSAID, UNSAID))


def calls_grid(language: Language) -> Grid:
    """Every call that can be made."""
    rows = []
    for operation in OPERATIONS:
        ask = ASKS.get(operation)
        fields = (", ".join(ask.fields) or "–") if ask else UNSAID
        purpose = ask.purpose.value.of(language) if ask else UNSAID
        rows.append((f"{operation.method} {operation.path}", fields, purpose))
    return Grid(
        name=Both("Aufrufe: diese und keine anderen", "Calls: these and no others").of(language),
        heads=_heads(
            language, Both("Aufruf", "Call"), Both("nennt oder sendet", "names or sends"), Both("Zweck", "Purpose")
        ),
        rows=tuple(rows),
    )


def unasked_grid(language: Language) -> Grid:
    """What sites send with it, and what never comes into being here."""
    return Grid(
        name=Both("Ungefragt mitgeschickt, hier nirgends deklariert", "Sent unasked, declared nowhere here").of(
            language
        ),
        heads=_heads(language, Both("Aufruf", "Call"), Both("fällt weg", "is dropped")),
        rows=tuple((name, ", ".join(paths)) for name, paths in sorted(UNASKED.items())),
    )


def catalogue_grid(language: Language) -> Grid:
    """Every column with its form, purpose, example and period."""
    return Grid(
        name=Both("Behalten: jede Spalte", "Kept: every column").of(language),
        heads=_heads(
            language,
            Both("Spalte", "Column"),
            Both("Art", "Type"),
            Both("Bedingung", "Condition"),
            Both("Beispiel", "Example"),
            Both("Zweck", "Purpose"),
            Both("Dauer", "Period"),
        ),
        rows=tuple(_column_row(column, language) for column in kept_columns()),
    )


def _column_row(column: KeptColumn, language: Language) -> tuple[str, ...]:
    shape, use = column.shape, column.use
    kind = _KINDS[shape.kind].of(language)
    example, purpose = (use.example, use.purpose.value.of(language)) if use else (UNSAID, UNSAID)
    return column.full_name, kind, shape.pattern or "–", example, purpose, period_of(shape.table).of(language)


def deletion_grid(language: Language) -> Grid:
    """How long each table's rows stay."""
    tables = dict.fromkeys(column.shape.table for column in kept_columns())
    return Grid(
        name=Both("Dauer je Tabelle", "Period of each table").of(language),
        heads=_heads(language, Both("Tabelle", "Table"), Both("Dauer", "Period")),
        rows=tuple((table, period_of(table).of(language)) for table in tables),
    )


def logs_grid(language: Language) -> Grid:
    """Every sentence that can be logged; they are English whatever the language."""
    return Grid(
        name=Both("Alle Sätze, die vorkommen", "All sentences there are").of(language),
        heads=_heads(language, Both("Satz", "Sentence"), Both("Stufe", "Level"), Both("Angaben", "Facts")),
        rows=tuple((event.says, event.level, ", ".join(event.facts) or "–") for event in log_events()),
    )


def facts_line(language: Language) -> str:
    """The closed list of facts."""
    said = Both("Angaben, die eine Zeile tragen kann: {facts}.", "Facts that a line can carry: {facts}.")
    return said.of(language).format(facts=", ".join(sorted(FACTS)))


def roles_grids(language: Language) -> Iterator[Grid]:
    """Who sees what, and which address shows what."""
    yield Grid(
        name=Both("Rollen", "Roles").of(language),
        heads=_heads(language, Both("Wer", "Who"), Both("sieht", "sees"), Both("geregelt durch", "by")),
        rows=tuple((r.who.of(language), r.sees.of(language), r.by.of(language)) for r in ROLES),
    )
    yield Grid(
        name=Both("Adressen des Dienstes", "Addresses of the service").of(language),
        heads=_heads(language, Both("Adresse", "Address"), Both("zeigt", "shows"), Both("Schutz", "Protection")),
        rows=tuple((a.rule, a.shows.of(language), a.lock.of(language)) for a in ADDRESSES),
    )


def goals_grid(language: Language) -> Grid:
    """The goals of data protection on one page."""
    return Grid(
        name=Both("Abbildung", "Mapping").of(language),
        heads=_heads(language, Both("Ziel", "Goal"), Both("wie es erreicht wird", "how it is met")),
        rows=tuple((goal.name.of(language), goal.met.of(language)) for goal in GOALS),
    )
