"""The pages we want in Confluence: which, where, and from what each is drawn."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from connector.ledger import Answer
from connector.pages.answers import SILENCE
from connector.pages.draft import Draft
from connector.pages.edition import edition
from connector.pages.origin import at_version
from connector.pages.paper import Paper
from connector.pages.render import Pages
from connector.pages.titles import (
    check_in_labels,
    check_in_title,
    home_labels,
    planning_labels,
    planning_title,
    record_labels,
    record_title,
    strategy_labels,
    strategy_title,
)
from connector.pages.views import Addresses, Quoted, TeamView
from connector.sync.evidence import EvidenceByIndicator
from connector.sync.form import Form
from connector.sync.plan_standing import Standing, week_of_change
from connector.sync.refs import ORGANISATION, RECORD, STRATEGY, check_in_ref, home_ref, planning_ref
from connector.sync.scope import Scope, TeamScope
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import Cycle, Strategy, key_result_ref, objective_ref
from mappings.open_cells import OpenCell
from mappings.team_text import TeamText

Draw = Callable[[Addresses, Quoted], Draft]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """One page as it should be; drawn late, because the keys and addresses it names may be made in the same run."""

    team: str
    ref: str
    space: str  # key
    parent: str | None  # ref; None: below the homepage of its space
    depth: int  # parents before children
    title: str
    labels: tuple[str, ...]
    make: bool = True  # create it where it is missing
    asked: bool = False  # a person asked for it by name
    earlier: tuple[str, ...] = ()  # refs of check-ins that are quoted when this one is made, the newest first
    uses: frozenset[str]  # refs whose addresses stand on it
    inputs: bytes  # everything else that shapes it, but for the date of the run
    draw: Draw
    fill: Callable[[TeamText], TeamText] | None = None  # cells of the team's that are ours to fill while they are empty

    def fingerprint(self, addresses: Addresses) -> str:
        """Equal fingerprints draw equal pages, so that nothing is drawn where nothing changed."""
        known = {ref: address for ref in sorted(self.uses) if (address := _address(addresses, ref))}
        parts = [edition().encode(), addresses.browse.encode(), _encoded([addresses.about, known]), self.inputs]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:20]


def _address(addresses: Addresses, ref: str) -> str | None:
    return addresses.issues.get(ref) or addresses.pages.get(ref)


def wanted_organisation(scope: Scope, pages: Pages, paper: Paper | None = None) -> Iterator[WantedPage]:
    """The page below which everything stands, in each space, leadership's strategy page, and what is read here."""
    strategy, today = scope.strategy, scope.now.astimezone(scope.strategy.timezone).date()
    for space in dict.fromkeys([strategy.space, *(s.team.space for s in scope.teams)]):
        yield WantedPage(
            team=ORGANISATION,
            ref=home_ref(space),
            space=space,
            parent=None,
            depth=0,
            title=strategy.parent,
            labels=home_labels(),
            uses=frozenset(),
            inputs=_encoded(["home", strategy.language, strategy.organisation, strategy.parent]),
            draw=lambda addresses, quoted: pages.home(strategy, strategy.language),
        )
    yield WantedPage(
        team=ORGANISATION,
        ref=STRATEGY,
        space=strategy.space,
        parent=home_ref(strategy.space),
        depth=1,
        title=strategy_title(strategy),
        labels=strategy_labels(),
        uses=frozenset(home_ref(team.space) for team in scope.book.teams),
        inputs=_encoded(["strategy", strategy, [[team.name, team.space] for team in scope.book.teams]]),
        draw=lambda addresses, quoted: pages.strategy(strategy, addresses, today, scope.book.teams),
    )
    if paper is not None:
        yield _record(strategy, paper, pages)


def _record(strategy: Strategy, paper: Paper, pages: Pages) -> WantedPage:
    return WantedPage(
        team=ORGANISATION,
        ref=RECORD,
        space=strategy.space,
        parent=home_ref(strategy.space),
        depth=1,
        title=record_title(strategy),
        labels=record_labels(),
        uses=frozenset(),
        inputs=_encoded(["record", strategy.organisation, paper]),
        draw=lambda addresses, quoted: pages.record(strategy, paper),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """What is known of one team beside its book: evidence, series, answers, and which weeks had a page."""

    evidence: EvidenceByIndicator
    readings: Mapping[str, tuple[Reading, ...]]  # by indicator id
    answers: tuple[Answer, ...]
    weeks: frozenset[IsoWeek]
    agreed_on: date | None = None
    signed: bool = False
    open_cells: tuple[OpenCell, ...] = ()  # words without a value on its check-in pages


def wanted_team_pages(scope: TeamScope, strategy: Strategy, seen: Observations, pages: Pages) -> Iterator[WantedPage]:
    """A team's planning pages, and its newest check-in page."""
    for cycle in scope.planned:
        planning = _form if scope.team.writes_itself else _planning
        yield planning(scope, strategy, cycle, seen, pages)
    if scope.week is not None and scope.running is not None:
        yield _check_in(scope, strategy, scope.running, scope.week, seen, pages)


def _planning(scope: TeamScope, strategy: Strategy, cycle: Cycle, seen: Observations, pages: Pages) -> WantedPage:
    team, view = scope.team, _view(scope, strategy, cycle, seen)
    own = {objective_ref(team, o) for o in team.in_cycle(cycle)}
    own |= {key_result_ref(team, o, k) for o in team.in_cycle(cycle) for k in o.key_results}
    shared = team.space == strategy.space
    return WantedPage(
        team=team.id,
        ref=planning_ref(team, cycle),
        space=team.space,
        parent=STRATEGY if shared else home_ref(team.space),
        depth=2,
        title=planning_title(team, cycle, team.language),
        labels=planning_labels(team, cycle),
        uses=frozenset(own | {STRATEGY}),
        inputs=_encoded(["planning", strategy, team, cycle, seen.evidence, *_agreed(seen)]),
        draw=lambda addresses, quoted: pages.planning(view, addresses),
    )


def _form(scope: TeamScope, strategy: Strategy, cycle: Cycle, seen: Observations, pages: Pages) -> WantedPage:
    """The page on which a team writes; what its file says only begins it."""
    form = Form(scope=scope, strategy=strategy, cycle=cycle, pages=pages)
    planned = replace(scope, team=form.team)
    page = _planning(planned, strategy, cycle, replace(seen, evidence={}), pages)
    view = _view(planned, strategy, cycle, seen)
    return replace(
        page,
        uses=frozenset({STRATEGY}),
        inputs=page.inputs + _encoded(form.inputs()),
        draw=lambda addresses, quoted: form.drawn(view, addresses, quoted.body),
        fill=form.filled,
    )


def _check_in(
    scope: TeamScope, strategy: Strategy, cycle: Cycle, week: IsoWeek, seen: Observations, pages: Pages
) -> WantedPage:
    team, earlier = scope.team, frozenset(w for w in seen.weeks if w < week)
    view = _view(scope, strategy, cycle, replace(seen, weeks=earlier | {week}))
    plan = scope.plans.get(cycle.id)
    told = replace(view, changed_in=week_of_change(plan) if plan else None)
    previous = check_in_ref(team, max(earlier)) if earlier else None
    known = [[str(w), ref, answers] for (w, ref), answers in sorted(view.answers.items())]
    left = [[str(cell.week), cell.key_result, cell.kind, cell.indicator, cell.as_last] for cell in seen.open_cells]
    inputs = ["check-in", str(week), strategy, team, cycle, seen.evidence, view.readings, known, left]
    return WantedPage(
        team=team.id,
        ref=check_in_ref(team, week),
        space=team.space,
        parent=planning_ref(team, cycle),
        depth=3,
        title=check_in_title(team, week, team.language),
        labels=check_in_labels(team, cycle),
        make=scope.make,
        asked=scope.asked,
        earlier=tuple(check_in_ref(team, w) for w in sorted(_quoted(view, earlier), reverse=True)),
        uses=frozenset({planning_ref(team, cycle), *([previous] if previous else [])}),
        inputs=_encoded([*inputs, sorted(map(str, earlier)), *_agreed(seen)]),
        draw=lambda addresses, quoted: pages.check_in(
            told, week, _at_version(addresses, plan), quoted.last, quoted.body
        ),
    )


def _quoted(view: TeamView, earlier: frozenset[IsoWeek]) -> set[IsoWeek]:
    """The check-in before, and the last one at which the team wrote anything."""
    spoken = (week for week in earlier if view.answered(week))
    return {week for week in (max(earlier, default=None), max(spoken, default=None)) if week is not None}


def _at_version(addresses: Addresses, plan: Standing | None) -> Addresses:
    """Whoever looks at a check-in page can tell which version of the planning page it was made from."""
    url = addresses.pages.get(plan.page.ref) if plan else None
    if plan is None or plan.version is None or url is None:
        return addresses
    return replace(addresses, pages={**addresses.pages, plan.page.ref: at_version(url, plan.version)})


def _view(scope: TeamScope, strategy: Strategy, cycle: Cycle, seen: Observations) -> TeamView:
    answers = {(a.week, a.key_result): a.answers for a in seen.answers if a.answers != SILENCE}
    return TeamView(
        strategy=strategy,
        team=scope.team,
        cycle=cycle,
        today=scope.today,
        evidence=seen.evidence,
        readings=seen.readings,
        answers=answers,
        checked_weeks=seen.weeks,
        agreed_on=seen.agreed_on,
        signed=seen.signed,
        open_cells=seen.open_cells,
    )


def _agreed(seen: Observations) -> list[object]:
    return [seen.agreed_on, seen.signed]


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=_plain, order="deterministic")


def _plain(value: object) -> str:
    if isinstance(value, ZoneInfo):
        return value.key
    raise TypeError(type(value).__name__)
