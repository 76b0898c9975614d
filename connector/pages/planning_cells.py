"""What a book says, as a team would write it in the cells of its planning page, so that it is read back the same."""

from collections.abc import Iterator

from connector.pages.hypotheses import expectation
from connector.pages.language import Words
from connector.pages.objectives import SOURCES
from connector.pages.views import Addresses, Link
from mappings.calendar import Rhythm, Weekday
from mappings.epics import EpicSelector, SelectorKind
from mappings.indicators import Indicator, IndicatorKind, SourceKind
from mappings.okr import Hypothesis, KeyResult

EPIC_BREAK = ", "


def noticed(indicator: Indicator) -> str:
    """`Anteil selbst eingerichteter Konten, in %`."""
    unit = indicator.unit.strip()
    if not unit or unit.casefold() in indicator.name.casefold():
        return indicator.name
    counted = unit.split(" ")[0] in ("von", "of", "out", "aus")
    return f"{indicator.name}, {unit}" if counted else f"{indicator.name}, in {unit}"
