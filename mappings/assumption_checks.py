"""What is asked of objectives, key results and indicators beyond their keys."""

from mappings.assembly import cycle_of
from mappings.assumption_schema import IndicatorPart, KeyResultPart
from mappings.concerns import Concern
from mappings.findings import Findings
from mappings.indicators import IndicatorKind
from mappings.locations import Path
from mappings.okr import Strategy
from mappings.references import TeamSheet

OBJECTIVES = 3  # per team and cycle
KEY_RESULTS = 4  # per objective


def check_numbers(entry: TeamSheet, findings: Findings) -> None:
    """Asks about more objectives in a cycle, or key results at an objective, than a team can look at."""
    sheet = entry.sheet
    per_cycle: dict[str, int] = {}
    for index, objective in enumerate(entry.team.objectives):
        per_cycle[objective.cycle] = per_cycle.get(objective.cycle, 0) + 1
        if per_cycle[objective.cycle] == OBJECTIVES + 1:
            findings.add(sheet.file, sheet.at("objectives", index), Concern.MANY_OBJECTIVES, limit=OBJECTIVES)
        if len(objective.key_results) > KEY_RESULTS:
            at = sheet.at("objectives", index, "key_results", KEY_RESULTS)
            findings.add(sheet.file, at, Concern.MANY_KEY_RESULTS, limit=KEY_RESULTS)


def check_key_results(entry: TeamSheet, strategy: Strategy, findings: Findings) -> None:
    """Notes key results of one id, and those that nobody could observe or think about again."""
    for i, objective in enumerate(entry.sheet.part.objectives):
        seen: set[str] = set()
        for j, key_result in enumerate(objective.key_results):
            path: Path = ("objectives", i, "key_results", j)
            if key_result.id in seen:
                findings.add(entry.sheet.file, entry.sheet.at(*path, "id"), Concern.DUPLICATE_ID)
            seen.add(key_result.id)
            _check_observable(entry, path, key_result, findings)
            _check_rethink(entry, path, key_result, strategy, findings)


def _check_observable(entry: TeamSheet, path: Path, key_result: KeyResultPart, findings: Findings) -> None:
    sheet = entry.sheet
    if not key_result.indicators:
        findings.add(sheet.file, sheet.at(*path), Concern.NO_INDICATOR)
    elif all(indicator.kind is IndicatorKind.LAGGING for indicator in key_result.indicators):
        findings.add(sheet.file, sheet.at_key(*path, "indicators"), Concern.ALL_LAGGING)


def _check_rethink(
    entry: TeamSheet, path: Path, key_result: KeyResultPart, strategy: Strategy, findings: Findings
) -> None:
    rethink = key_result.hypothesis.rethink
    if rethink is None:
        return
    sheet, where = entry.sheet, (*path, "hypothesis", "rethink")
    if rethink.indicator is not None and rethink.indicator not in {i.id for i in key_result.indicators}:
        findings.add(sheet.file, sheet.at(*where, "indicator"), Concern.UNKNOWN_INDICATOR)
    cycle = cycle_of(strategy, entry.team.objectives[int(path[1])].cycle)
    if rethink.day is not None and cycle is not None and not cycle.contains(rethink.day):
        findings.add(sheet.file, sheet.at(*where, "day"), Concern.OUTSIDE_CYCLE)


def check_indicators(entry: TeamSheet, findings: Findings) -> None:
    """Notes indicators of one id in one cycle, those that change their measure between cycles, and epics nowhere."""
    sheet = entry.sheet
    seen: dict[str, tuple[set[str], IndicatorPart]] = {}
    for path, cycle, indicator in entry.indicators():
        cycles, first = seen.setdefault(indicator.id, (set(), indicator))
        if cycle in cycles:
            findings.add(sheet.file, sheet.at(*path, "id"), Concern.DUPLICATE_ID)
        elif _measure(first) != _measure(indicator):
            findings.add(sheet.file, sheet.at(*path, "id"), Concern.INDICATOR_CHANGED)
        cycles.add(cycle)
        if indicator.epics is not None and indicator.epics.keys is None and not entry.team.delivery:
            findings.add(sheet.file, sheet.at_key(*path, "epics"), Concern.NO_DELIVERY)


def _measure(indicator: IndicatorPart) -> tuple[str, int, object]:
    return indicator.unit, indicator.decimals, indicator.source
