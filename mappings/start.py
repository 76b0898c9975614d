"""A mapping folder to start from: commented, with the cycles of today, and without a finding."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import resources

from mappings.json_schema import schema_text
from mappings.okr import Cycle, Language
from mappings.yaml_values import quoted, written

_FILES = ("strategy.yaml", "teams/first-team.yaml")
SCHEMA_FILE = "schema.json"
_UNNAMED = {Language.DE: "Unsere Organisation", Language.EN: "Our organisation"}
EXAMPLE_TEAM = _FILES[1]


def start_files(
    today: date, language: Language = Language.EN, *, organisation: str = "", space: str = "OKR"
) -> Mapping[str, str]:
    """The files of a new mapping folder by name, with forward slashes: strategy, one team, and the schema they name."""
    folder = resources.files("mappings") / "beginning" / language.value
    running, following = quarter(today), quarter(quarter(today).last + timedelta(days=1))
    filled = {
        "RUNNING": _cycle(running),
        "NEXT": _cycle(following),
        "ORGANISATION": quoted(organisation) if organisation else _UNNAMED[language],
        "SPACE": written(space),
    }
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in _FILES}
    return {name: _fill(text, filled) for name, text in texts.items()} | {SCHEMA_FILE: schema_text()}


def is_example_team(text: str) -> bool:
    """Whether a team's file is still the one that a new folder begins with."""
    folder = resources.files("mappings") / "beginning"
    return any(text == (folder / language.value / EXAMPLE_TEAM).read_text(encoding="utf-8") for language in Language)


def quarter(day: date) -> Cycle:
    """The calendar quarter in which a day lies, as a cycle named like 2026-Q4."""
    number = (day.month - 1) // 3
    first = date(day.year, 3 * number + 1, 1)
    later = date(day.year + (number == 3), 3 * ((number + 1) % 4) + 1, 1)
    return Cycle(id=f"{day.year}-Q{number + 1}", first=first, last=later - timedelta(days=1))


def _cycle(cycle: Cycle) -> str:
    return f"{{id: {cycle.id}, from: {cycle.first}, to: {cycle.last}}}"


def _fill(text: str, filled: Mapping[str, str]) -> str:
    """In one go, so that a value is not looked through for names."""
    return re.sub(r"@([A-Z]+)@", lambda name: filled[name[1]], text)
