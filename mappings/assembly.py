"""From the files as they are written to the values that everything else works with, defaults filled in."""

from datetime import date

from mappings.assumption_schema import (
    CountPart,
    CsvPart,
    EpicsPart,
    HypothesisPart,
    IndicatorPart,
    KeyResultPart,
    MetricPart,
    SourcePart,
)
from mappings.calendar import Rhythm
from mappings.epics import EpicSelector
from mappings.indicators import Expectation, Indicator, Source, SourceKind
from mappings.okr import (
    Cycle,
    Hypothesis,
    JiraPlace,
    KeyResult,
    Moal,
    Objective,
    Rethink,
    Strategy,
    Team,
)
from mappings.schema import JiraPart, ObjectivePart, RhythmPart, StrategyFile, TeamFile


def strategy_of(file: StrategyFile) -> Strategy:
    """The strategy that strategy.yaml describes."""
    moal = file.moal
    return Strategy(
        organisation=file.organisation,
        language=file.language,
        timezone=file.timezone,
        purpose=file.purpose,
        vision=file.vision,
        moal=Moal(title=moal.title, picture=moal.picture, until=moal.until) if moal else None,
        frame=file.frame,
        cycles=tuple(Cycle(id=cycle.id, first=cycle.first, last=cycle.last) for cycle in file.cycles),
        planning_ahead=file.planning_ahead,
        space=file.confluence.space,
        parent=file.confluence.parent,
        source=file.strategy,
    )


def team_of(file: TeamFile, strategy: Strategy, today: date) -> Team:
    """The team that one file describes; what it leaves out comes from the strategy."""
    jira = _jira(file.jira) if isinstance(file.jira, JiraPart) else None
    running = strategy.running(today)
    return Team(
        id=file.team,
        name=file.name or file.team,
        size=file.size,
        language=file.language or strategy.language,
        timezone=file.timezone or strategy.timezone,
        delivery=tuple(dict.fromkeys(file.delivery)) or ((jira.project,) if jira else ()),
        jira=jira,
        space=file.confluence.space if file.confluence else strategy.space,
        rhythm=_rhythm(file.rhythm, strategy) if file.rhythm else None,
        source=file.okrs,
        was=file.was,
        objectives=tuple(_objective(objective, strategy, running) for objective in file.objectives),
        sources=tuple((indicator, _source(source)) for indicator, source in file.sources.items()),
    )


def cycle_of(strategy: Strategy, written: str) -> Cycle | None:
    """The strategy's cycle of that id, in any case."""
    return next((cycle for cycle in strategy.cycles if cycle.id.casefold() == written.casefold()), None)


def _jira(part: JiraPart) -> JiraPlace:
    return JiraPlace(
        project=part.project,
        objective_type=part.objective_type,
        key_result_type=part.key_result_type,
        evidence_link=part.evidence_link,
    )


def _rhythm(part: RhythmPart, strategy: Strategy) -> Rhythm:
    weekday, at = part.check_in
    named = [(cycle_of(strategy, written), day) for written, day in part.reviews.items()]
    return Rhythm(
        check_in=weekday,
        at=at,
        every=part.every,
        reviews=tuple((cycle.id, day) for cycle, day in named if cycle),
        quiet_weeks=frozenset(part.quiet_weeks),
    )


def _objective(part: ObjectivePart, strategy: Strategy, running: Cycle | None) -> Objective:
    cycle = cycle_of(strategy, part.cycle) if part.cycle else running
    return Objective(
        id=part.id,
        cycle=cycle.id if cycle else "",
        title=part.title,
        contributes_to=tuple(reference.casefold() for reference in part.contributes_to),
        depends_on=part.depends_on,
        not_doing=part.not_doing,
        unknowns=part.unknowns,
        key_results=tuple(_key_result(key_result) for key_result in part.key_results),
    )


def _key_result(part: KeyResultPart) -> KeyResult:
    return KeyResult(
        id=part.id,
        name=part.name,
        hypothesis=_hypothesis(part.hypothesis),
        indicators=tuple(_indicator(indicator) for indicator in part.indicators),
    )


def _hypothesis(part: HypothesisPart) -> Hypothesis:
    again = part.rethink
    return Hypothesis(
        who=part.who,
        does=part.do,
        start=part.start,
        goal=part.goal,
        because=part.because,
        rethink=Rethink(condition=again.condition, day=again.day, indicator=again.indicator) if again else None,
    )


def _indicator(part: IndicatorPart) -> Indicator:
    expect = part.expect
    return Indicator(
        id=part.id,
        name=part.name or part.id,
        kind=part.kind,
        unit=part.unit,
        baseline=part.baseline,
        target=part.target,
        decimals=part.decimals,
        source=_source(part.source),
        epics=_selector(part.epics) if part.epics else None,
        expect=Expectation(direction=expect.direction, first_visible=expect.first_visible) if expect else None,
    )


def _source(part: SourcePart) -> Source:
    kind = SourceKind(part.type)
    if isinstance(part, CsvPart):
        return Source(kind=kind, path=part.path)
    if isinstance(part, CountPart):
        return Source(kind=kind, jql=part.jql)
    if isinstance(part, MetricPart):
        return Source(kind=kind, url=part.url, pointer=part.pointer)
    return Source(kind=kind)


def _selector(part: EpicsPart) -> EpicSelector:
    keys = part.keys or []
    named = keys if isinstance(keys, dict) else dict.fromkeys(keys)
    return EpicSelector(
        label=part.label,
        parent=part.parent,
        keys=tuple((key, name or "") for key, name in named.items()),
        jql=part.jql,
    )
