"""The record as data: for programs, for `--diff`, and for the catalogue of fields."""

from collections.abc import Mapping
from typing import Final

from connector.pages.paper import Paper
from connector.privacy.columns import kept_columns
from connector.privacy.grids import UNSAID, period_of, use_of
from connector.privacy.pack import Standing
from connector.privacy.purposes import Leftover
from connector.privacy.surface import Surface
from connector.privacy.uses import WireUse
from connector.privacy.wire_fields import wire_fields
from mappings.okr import Language

Row = Mapping[str, str]
_READ, _KEPT = "read", "kept"


def field_rows(language: Language) -> tuple[Row, ...]:
    """Every declared field and every column, with example, purpose and period."""
    read = tuple(
        _row(_READ, f"{f.body.value if f.body else UNSAID}: {f.path}", f.kind, use_of(f), language)
        for f in wire_fields()
    )
    kept = tuple(
        {
            "is": _KEPT,
            "name": column.full_name,
            "type": column.shape.kind,
            "example": column.use.example if column.use else UNSAID,
            "purpose": column.use.purpose.value.of(language) if column.use else UNSAID,
            "period": period_of(column.shape.table).of(language),
        }
        for column in kept_columns()
    )
    return (*read, *kept)


def _row(what: str, name: str, kind: str, use: WireUse | None, language: Language) -> Row:
    return {
        "is": what,
        "name": name,
        "type": kind,
        "example": use.example if use else UNSAID,
        "purpose": use.purpose.value.of(language) if use else UNSAID,
        "period": _period(use, language) if use else UNSAID,
    }


def _period(use: WireUse, language: Language) -> str:
    if isinstance(use.ends, Leftover):
        return use.ends.value.of(language)
    return ", ".join(
        dict.fromkeys(period_of(end.strip().partition(".")[0]).of(language) for end in use.ends.split(","))
    )


def report_json(paper: Paper, standing: Standing) -> Mapping[str, object]:
    """The whole paper as data, with the surface that `--diff` compares."""
    note = standing.note
    return {
        "title": paper.title,
        "language": paper.language.value,
        "surface": surface_json(standing.surface),
        "note": {"date": note.on.isoformat(), "number": note.surface.number, "hash": note.surface.hash}
        if note
        else None,
        "lead": list(paper.lead),
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "tables": [
                    {"name": grid.name, "rows": [dict(zip(grid.heads, row, strict=True)) for row in grid.rows]}
                    for grid in section.grids
                ],
            }
            for section in paper.sections
        ],
    }


def surface_json(surface: Surface) -> Mapping[str, object]:
    """Number, hash and the lines they stand for."""
    return {"number": surface.number, "hash": surface.hash, "kinds": list(surface.kinds)}


KINDS: Final = "kinds"


def surface_in(document: object) -> Surface | None:
    """The surface of an earlier report, or of a note; None where the document holds none."""
    if not isinstance(document, dict):
        return None
    part = document.get("surface", document)
    kinds = part.get(KINDS) if isinstance(part, dict) else None
    if not isinstance(kinds, list) or not all(isinstance(line, str) for line in kinds):
        return None
    return Surface(kinds=tuple(sorted(kinds)))
