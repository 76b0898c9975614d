"""What the strategy page tells of the teams, in their words: needs, open questions, and what contributes to what."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field

from connector.pages.draft import Picture
from connector.pages.language import Words, sentence
from connector.pages.map_drawing import EDITION, Node, map_png
from connector.pages.titles import planning_title
from connector.pages.views import Addresses, Link
from connector.pages.voices import Need, Voice
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Language, Objective, Strategy, Team

MOST_DRAWN = 12  # objectives; a picture of more of them would not be quiet
ANSWER = {Language.DE: "Antwort an {team}", Language.EN: "Answer to {team}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNeeds:
    """What a team needs from others in one week, with room for the answer."""

    region: str  # of the machine's part; the team's part below it has the same name
    source: str  # how the heading names it: who, and when
    team: Link
    week: str
    needs: tuple[Need, ...]
    answer: str  # the one question of the part below


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestions:
    """What one team asks everybody."""

    team: Link
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page that Confluence finds by its title, made or not."""

    text: str
    space: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One objective and what it contributes to."""

    team: str
    objective: PageLink
    goals: tuple[PageLink | Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPicture:
    """The picture, and its words for those who do not see it."""

    picture: Picture
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What teams told that the strategy page repeats; voices in the order of the book."""

    needs: tuple[tuple[Voice, IsoWeek], ...] = ()
    withdrawn: tuple[tuple[Voice, IsoWeek], ...] = ()  # of pages that stood here before only some may read them
    asking: tuple[Voice, ...] = ()
    teams: tuple[Team, ...] = ()
    cycles: Mapping[str, Cycle] = field(default_factory=dict)  # by id, those whose plannings stand


def need_region(team: str, week: IsoWeek) -> str:
    """The name of the two regions that hold a team's needs of a week, and the answer; `team` is its id."""
    return f"need-{team}-{str(week).casefold()}"


def team_needs(voice: Voice, week: IsoWeek, addresses: Addresses, words: Words) -> TeamNeeds:
    """The needs of one page."""
    shown = f"{words.week(week)}/{week.year}"
    return TeamNeeds(
        region=need_region(voice.team.id, week),
        source=f"{voice.team.name} ({shown})",
        team=Link(voice.team.name, addresses.page(voice.ref)),
        week=shown,
        needs=voice.said.needs,
        answer=ANSWER[words.language].format(team=voice.team.name),
    )


def open_questions(voices: Sequence[Voice], addresses: Addresses) -> tuple[OpenQuestions, ...]:
    """What teams ask everybody, in the order of the book."""
    asked: dict[str, tuple[Link, dict[str, None]]] = {}
    for voice in voices:
        if voice.said.open_questions:
            team = Link(voice.team.name, addresses.page(voice.ref))
            asked.setdefault(voice.team.id, (team, {}))[1].update(dict.fromkeys(voice.said.open_questions))
    return tuple(OpenQuestions(team=team, questions=tuple(questions)) for team, questions in asked.values())


def contributions(teams: Sequence[Team], cycles: Mapping[str, Cycle], words: Words) -> tuple[Contribution, ...]:
    """Objectives and what they contribute to, as links; `cycles` by id, those whose plannings stand."""
    known = {
        f"{team.id}/{objective.id}": _page(team, objective, cycles[objective.cycle])
        for team in teams
        for objective in team.objectives
        if objective.cycle in cycles
    }
    return tuple(
        Contribution(
            team=team.name,
            objective=known[f"{team.id}/{objective.id}"],
            goals=tuple(_goal(ref, team, known, words) for ref in objective.contributes_to),
        )
        for team in teams
        for objective in team.objectives
        if objective.cycle in cycles
    )


def map_picture(strategy: Strategy, told: Sequence[Contribution], words: Words) -> MapPicture | None:
    """The picture; nothing without a Moal, without a contribution, or with too many objectives to stay quiet."""
    if strategy.moal is None or not 0 < len(told) <= MOST_DRAWN:
        return None
    places = {one.objective: place for place, one in enumerate(told)}
    nodes = tuple(
        Node(title=one.objective.text, to=tuple(places.get(g) if isinstance(g, PageLink) else None for g in one.goals))
        for one in told
    )
    content = repr((EDITION, strategy.moal.title, [astuple(node) for node in nodes]))
    name = f"okr-{hashlib.sha256(content.encode()).hexdigest()[:16]}.png"
    lines = (words.say("{one} contributes to: {goals}", one=o.objective.text, goals=_named(o)) for o in told if o.goals)
    text = words.say("Moal: {title}", title=sentence(strategy.moal.title))
    return MapPicture(
        picture=Picture(file_name=name, content=map_png(strategy.moal.title, nodes)), text=" ".join((text, *lines))
    )


def _named(one: Contribution) -> str:
    return sentence(", ".join(goal.text.rstrip(".") for goal in one.goals))


def _page(team: Team, objective: Objective, cycle: Cycle) -> PageLink:
    return PageLink(sentence(objective.title), team.space, planning_title(team, cycle, team.language))


def _goal(ref: str, team: Team, known: Mapping[str, PageLink], words: Words) -> PageLink | Link:
    if ref.casefold() == "moal":
        return Link(words.say("Moal"))
    return known.get(ref) or known.get(f"{team.id}/{ref}") or Link(ref)
