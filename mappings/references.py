"""What no single key can tell: names that are used twice, and references to something that is not there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mappings.assembly import cycle_of
from mappings.assumption_schema import IndicatorPart
from mappings.concerns import Concern
from mappings.findings import Findings
from mappings.locations import Path
from mappings.okr import OkrSource, Strategy, Team
from mappings.schema import StrategyFile, TeamFile
from mappings.sheets import Sheet

MOAL = "moal"
ONLY_FRAME_SEEDS = ("purpose", "vision", "moal", "frame")  # of a strategy that is written in Confluence
ONLY_SEEDS = ("size", "rhythm", "objectives")  # of a team that writes in Confluence; its language begins the page


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSheet:
    """One team as it is written and as it is understood."""

    sheet: Sheet[TeamFile]
    team: Team

    def indicators(self) -> Iterator[tuple[Path, str, IndicatorPart]]:
        """Every indicator with its path and the id of its cycle."""
        for i, (objective, known) in enumerate(zip(self.sheet.part.objectives, self.team.objectives, strict=True)):
            for j, key_result in enumerate(objective.key_results):
                for k, indicator in enumerate(key_result.indicators):
                    yield ("objectives", i, "key_results", j, "indicators", k), known.cycle, indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """All files that could be read; `complete` when none is missing, so that an absence means something."""

    strategy: Strategy
    strategy_sheet: Sheet[StrategyFile]
    teams: tuple[TeamSheet, ...]
    complete: bool

    def by_id(self) -> Mapping[str, Team]:
        """Teams by id."""
        return {entry.team.id: entry.team for entry in self.teams}


def check_strategy(sheet: Sheet[StrategyFile], findings: Findings) -> None:
    """Notes cycles of one id, and a frame that only starts a page."""
    for key in ONLY_FRAME_SEEDS if sheet.part.strategy is OkrSource.CONFLUENCE else ():
        if getattr(sheet.part, key):
            findings.add(sheet.file, sheet.at_key(key), Concern.ONLY_FIRST_FRAME)
    seen: set[str] = set()
    for index, cycle in enumerate(sheet.part.cycles):
        if cycle.id.casefold() in seen:
            findings.add(sheet.file, sheet.at("cycles", index, "id"), Concern.DUPLICATE_ID)
        seen.add(cycle.id.casefold())


def check_teams(shelf: Shelf, findings: Findings) -> None:
    """Notes teams that cannot be told apart, and former ids that are still in use."""
    ids: set[str] = set()
    titles: set[tuple[str, str]] = set()
    formers: set[str] = set()
    known = {entry.team.id for entry in shelf.teams}
    for entry in shelf.teams:
        sheet, team = entry.sheet, entry.team
        title = (team.space.casefold(), team.name.casefold())
        if team.id in ids:
            findings.add(sheet.file, sheet.at("team"), Concern.DUPLICATE_ID)
        elif title in titles:
            findings.add(sheet.file, sheet.at("name"), Concern.SAME_PAGE_TITLE)
        if team.was is not None and (team.was in known or team.was in formers):
            findings.add(sheet.file, sheet.at("was"), Concern.RENAMED_TO_EXISTING)
        ids.add(team.id)
        titles.add(title)
        formers.add(team.was or "")


def check_rhythm(entry: TeamSheet, strategy: Strategy, findings: Findings) -> None:
    """Notes reviews of cycles that do not exist, are named twice, or end before the day."""
    sheet = entry.sheet
    reviews = sheet.part.rhythm.reviews if sheet.part.rhythm else {}
    seen: set[str] = set()
    for written, day in reviews.items():
        cycle = cycle_of(strategy, written)
        path = ("rhythm", "reviews", written)
        if cycle is None:
            findings.add(sheet.file, sheet.at_key(*path), Concern.UNKNOWN_CYCLE)
        elif cycle.id in seen:
            findings.add(sheet.file, sheet.at_key(*path), Concern.DUPLICATE_ID)
        elif not cycle.contains(day):
            findings.add(sheet.file, sheet.at(*path), Concern.REVIEW_OUTSIDE)
        seen.add(cycle.id if cycle else "")


def check_source(entry: TeamSheet, findings: Findings) -> None:
    """Notes OKRs that only start a page, and sources that nothing reads."""
    sheet = entry.sheet
    for key in ONLY_SEEDS if sheet.part.okrs is OkrSource.CONFLUENCE else ():
        if getattr(sheet.part, key):
            findings.add(sheet.file, sheet.at_key(key), Concern.ONLY_FIRST_PAGE)
    if sheet.part.okrs is OkrSource.HERE and sheet.part.sources:
        findings.add(sheet.file, sheet.at_key("sources"), Concern.SOURCES_UNUSED)


def check_objectives(entry: TeamSheet, shelf: Shelf, findings: Findings) -> None:
    """Notes objectives without a cycle or of one id, and what they point to."""
    sheet = entry.sheet
    seen: set[tuple[str, str]] = set()
    for index, (written, known) in enumerate(zip(sheet.part.objectives, entry.team.objectives, strict=True)):
        path: Path = ("objectives", index)
        if not known.cycle:
            concern = Concern.UNKNOWN_CYCLE if written.cycle else Concern.NO_RUNNING_CYCLE
            findings.add(sheet.file, sheet.at(*path, "cycle"), concern)
        elif (known.cycle, known.id) in seen:
            findings.add(sheet.file, sheet.at(*path, "id"), Concern.DUPLICATE_ID)
        seen.add((known.cycle, known.id))
        for place, reference in enumerate(known.contributes_to):
            own = reference == f"{entry.team.id}/{known.id}"
            concern_or_none = Concern.ITSELF if own else _contribution(reference, shelf)
            if concern_or_none is not None:
                findings.add(sheet.file, sheet.at(*path, "contributes_to", place), concern_or_none)
        for place, name in enumerate(known.depends_on):
            if (concern_or_none := _dependence(name, entry.team, shelf)) is not None:
                findings.add(sheet.file, sheet.at(*path, "depends_on", place), concern_or_none)


def _contribution(reference: str, shelf: Shelf) -> Concern | None:
    if reference == MOAL:
        return Concern.NO_MOAL if shelf.strategy.moal is None and shelf.strategy.source is OkrSource.HERE else None
    team_id, _, objective_id = reference.partition("/")
    team = shelf.by_id().get(team_id)
    if team is None:
        return Concern.UNKNOWN_OBJECTIVE if shelf.complete or not objective_id else None
    if team.source is OkrSource.CONFLUENCE or any(objective.id == objective_id for objective in team.objectives):
        return None
    return Concern.UNKNOWN_OBJECTIVE


def _dependence(name: str, team: Team, shelf: Shelf) -> Concern | None:
    wanted = name.casefold()
    if wanted in (team.id, team.name.casefold()):
        return Concern.ITSELF
    known = {word for other in shelf.teams for word in (other.team.id, other.team.name.casefold())}
    looks_like_an_id = wanted == name and name.replace("-", "").isalnum() and name.isascii()
    return Concern.UNKNOWN_TEAM if looks_like_an_id and wanted not in known and shelf.complete else None
