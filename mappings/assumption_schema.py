"""The keys of a key result: its hypothesis, its indicators, their sources and the epics that are evidence."""

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from mappings.concerns import Concern
from mappings.indicators import Direction, IndicatorKind
from mappings.part import Part
from mappings.value_types import (
    AsWritten,
    CsvPath,
    Day,
    Decimals,
    Id,
    IssueKey,
    Label,
    Line,
    Number,
    Pointer,
    Prose,
    Query,
    TargetRange,
    Url,
    Week,
    concern_error,
)


class RethinkPart(Part):
    """`rethink`: when a team thinks again."""

    condition: Line = Field(alias="if")
    day: Day | None = None
    indicator: Id | None = None


class HypothesisPart(Part):
    """`hypothesis`: who does what, from where to where, what the team tries."""

    who: Line
    do: Line
    start: AsWritten = Field(default="", alias="from")
    goal: AsWritten = Field(default="", alias="to")
    because: Prose = ""
    rethink: RethinkPart | None = None


class ObservedPart(Part):
    """The team writes the figure on the check-in page."""

    type: Literal["observed"]


class PushedPart(Part):
    """The figure is sent over HTTP or by command."""

    type: Literal["pushed"]


class CsvPart(Part):
    """The figures stand in a file beside the mapping files, columns `on,value`."""

    type: Literal["csv"]
    path: CsvPath


class CountPart(Part):
    """What customers bring during an ISO week; the week is ours to add."""

    type: Literal["jql-count"]
    jql: Query


class MetricPart(Part):
    """The figure stands in the answer of a metric endpoint."""

    type: Literal["http-json"]
    url: Url
    pointer: Pointer


SourcePart = Annotated[
    ObservedPart | PushedPart | CsvPart | CountPart | MetricPart,
    Field(discriminator="type"),
]


def _keys_shape(value: object) -> str:
    return "list" if isinstance(value, list) else "named"


KeysPart = Annotated[
    Annotated[list[IssueKey], Tag("list")] | Annotated[dict[IssueKey, Line | None], Tag("named")],
    Discriminator(_keys_shape),
]


class EpicsPart(Part):
    """`epics`: which epics are evidence, named in exactly one of four ways."""

    label: Label | None = None
    parent: IssueKey | None = None
    keys: KeysPart | None = None
    jql: Query | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len([way for way in (self.label, self.parent, self.keys, self.jql) if way]) != 1:
            raise concern_error(Concern.SELECTOR)
        return self


class ExpectPart(Part):
    """`expect`: which way, and from which week on."""

    direction: Direction | None = None
    first_visible: Week | None = None


class IndicatorPart(Part):
    """One entry of `indicators`; without a name it is shown by its id."""

    id: Id
    name: Line = ""
    kind: IndicatorKind
    unit: AsWritten = ""
    baseline: Number | None = None
    target: TargetRange | None = None
    decimals: Decimals = 1
    source: SourcePart
    epics: EpicsPart | None = None
    expect: ExpectPart | None = None


class KeyResultPart(Part):
    """One entry of `key_results`; `name` is its short name."""

    id: Id
    name: Line = ""
    hypothesis: HypothesisPart
    indicators: tuple[IndicatorPart, ...] = ()
