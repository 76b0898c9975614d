"""The keys of the mapping files, exactly: everything that is not named here is refused."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic.config import JsonDict

from mappings.assumption_schema import KeyResultPart, SourcePart
from mappings.concerns import Concern
from mappings.okr import Language, OkrSource
from mappings.part import Part
from mappings.value_types import (
    CycleId,
    Day,
    Every,
    Id,
    Line,
    Meeting,
    Month,
    Project,
    Prose,
    Size,
    Space,
    TeamId,
    Week,
    Weeks,
    Zone,
    concern_error,
)


class MoalPart(Part):
    """`moal`: the mid-term goal, a picture in words."""

    title: Line
    picture: Prose = ""
    until: Month = ""


class CyclePart(Part):
    """One entry of `cycles`; both days belong to it."""

    id: CycleId
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.last < self.first:
            raise concern_error(Concern.CYCLE_BACKWARDS)
        return self


class RootPart(Part):
    """`confluence` of the strategy: the space, and the page under which everything stands."""

    space: Space
    parent: Line = "OKR"


class StrategyFile(Part):
    """strategy.yaml: what leadership gives, and what holds for every team."""

    model_config = ConfigDict(title="strategy.yaml")

    organisation: Line
    language: Language = Language.EN
    timezone: Zone
    purpose: Prose = ""
    vision: Prose = ""
    moal: MoalPart | None = None
    frame: tuple[Prose, ...] = ()
    cycles: tuple[CyclePart, ...] = ()
    planning_ahead: Weeks = 3
    confluence: RootPart
    strategy: OkrSource = OkrSource.HERE


class ObjectivePart(Part):
    """One entry of `objectives`."""

    id: Id
    cycle: CycleId | None = None
    title: Line
    contributes_to: tuple[Line, ...] = ()
    depends_on: tuple[Line, ...] = ()
    not_doing: tuple[Prose, ...] = ()
    unknowns: tuple[Prose, ...] = ()
    key_results: tuple[KeyResultPart, ...] = ()


class JiraPart(Part):
    """`jira`: where the OKR issues live, in the words of that Jira site."""

    project: Project
    objective_type: Line = "Task"
    key_result_type: Line = "Task"
    evidence_link: Line = "Relates"


def _jira_shape(value: object) -> str:
    return "place" if isinstance(value, dict | JiraPart) else "none"


class SpacePart(Part):
    """`confluence` of a team."""

    space: Space


class RhythmPart(Part):
    """`rhythm`: when the team meets on its OKRs."""

    check_in: Meeting
    every: Every = 1
    reviews: dict[CycleId, Day] = Field(default_factory=dict)
    quiet_weeks: tuple[Week, ...] = ()


_SIZE_UNLESS_WRITTEN: JsonDict = {
    "if": {"properties": {"okrs": {"const": "confluence"}}, "required": ["okrs"]},
    "then": {},
    "else": {"required": ["size"]},
}


class TeamFile(Part):
    """teams/….yaml: one team and its OKRs."""

    model_config = ConfigDict(title="teams/<team>.yaml", json_schema_extra=_SIZE_UNLESS_WRITTEN)

    team: TeamId
    name: Line = ""
    size: Size | None = None
    language: Language | None = None
    timezone: Zone | None = None
    delivery: tuple[Project, ...] = ()
    jira: Annotated[
        Annotated[JiraPart, Tag("place")] | Annotated[Literal["none"], Tag("none")], Discriminator(_jira_shape)
    ]
    confluence: SpacePart | None = None
    rhythm: RhythmPart | None = None
    okrs: OkrSource = OkrSource.HERE
    was: TeamId | None = None
    objectives: tuple[ObjectivePart, ...] = ()
    sources: dict[Id, SourcePart] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _of_a_size(self) -> Self:
        """A team that writes its OKRs in Confluence tells its size there."""
        if self.size is None and self.okrs is OkrSource.HERE:
            raise concern_error(Concern.MISSING_KEY, key="size")
        return self


def known_keys() -> frozenset[str]:
    """Every key that exists anywhere in the mapping files, to guess which one was meant."""
    seen: set[str] = set()
    waiting: list[type[Part]] = list(Part.__subclasses__())
    for part in waiting:
        seen.update(field.alias or name for name, field in part.model_fields.items())
    return frozenset(seen)
