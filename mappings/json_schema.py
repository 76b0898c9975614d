"""The keys of the mapping files as JSON Schema, for editors; what hangs together across files only lint can tell."""

import json
from enum import StrEnum

from mappings.schema import StrategyFile, TeamFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class SchemaKind(StrEnum):
    """Which file a schema is for; BOOK fits either."""

    BOOK = "book"
    STRATEGY = "strategy"
    TEAM = "team"


def schema_text(kind: SchemaKind = SchemaKind.BOOK) -> str:
    """The JSON Schema as text, ending with a newline; the same for the same version."""
    strategy, team = StrategyFile.model_json_schema(), TeamFile.model_json_schema()
    if kind is SchemaKind.STRATEGY:
        return _text({"$schema": _DIALECT, **strategy})
    if kind is SchemaKind.TEAM:
        return _text({"$schema": _DIALECT, **team})
    shared = strategy.pop("$defs") | team.pop("$defs")
    both = {"strategy": strategy, "team": team}
    return _text(
        {
            "$schema": _DIALECT,
            "title": "Mapping files of okr-connector",
            "if": {"required": ["team"]},
            "then": {"$ref": "#/$defs/team"},
            "else": {"$ref": "#/$defs/strategy"},
            "$defs": shared | both,
        }
    )


def _text(schema: object) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
