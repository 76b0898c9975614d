"""The pages of one team as we want them: its planning pages, from its file or as a form, and its newest check-in."""

from collections.abc import Iterator
from dataclasses import replace

from connector.pages.answers import SILENCE
from connector.pages.origin import at_version
from connector.pages.render import Pages
from connector.pages.titles import check_in_labels, check_in_title
from connector.pages.views import Addresses, TeamView
from connector.sync.cycle_pages import beginning, planning_of, wanted_closed, wanted_log, wanted_review
from connector.sync.desired import Observations, WantedPage, encoded
from connector.sync.form import Form
from connector.sync.gathering import Gathering
from connector.sync.plan_standing import Standing, week_of_change
from connector.sync.refs import STRATEGY, check_in_ref, home_ref, planning_ref
from connector.sync.scope import TeamScope
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Strategy, key_result_ref, objective_ref


def wanted_team_pages(
    scope: TeamScope,
    strategy: Strategy,
    seen: Observations,
    pages: Pages,
    gathering: Gathering | None = None,
    *,
    logged: bool = False,
) -> Iterator[WantedPage]:
    """A team's planning pages, its newest check-in page, and those with which a cycle ends."""
    for cycle in scope.planned:
        planning = _form if scope.team.writes_itself else _planning
        page = replace(
            planning(scope, strategy, cycle, seen, pages), asked=scope.planning and scope.today < cycle.first
        )
        yield beginning(page, scope, cycle, gathering)
    if scope.week is not None and scope.running is not None:
        yield _check_in(scope, strategy, scope.running, scope.week, seen, pages)
    if scope.review is not None:
        met = replace(seen, weeks=seen.weeks | ({scope.week} if scope.week else set()))
        yield from wanted_review(scope.review, _view(scope, strategy, scope.review.cycle, met), met)
    if logged:
        yield wanted_log(scope, strategy, gathering)
    yield from (wanted_closed(scope, cycle, gathering) for cycle in scope.closed)


def _planning(scope: TeamScope, strategy: Strategy, cycle: Cycle, seen: Observations, pages: Pages) -> WantedPage:
    team, view = scope.team, _view(scope, strategy, cycle, seen)
    own = {objective_ref(team, o) for o in team.in_cycle(cycle)}
    own |= {key_result_ref(team, o, k) for o in team.in_cycle(cycle) for k in o.key_results}
    shared = team.space == strategy.space
    return planning_of(
        team,
        cycle,
        parent=STRATEGY if shared else home_ref(team.space),
        uses=frozenset(own | {STRATEGY}),
        inputs=encoded(["planning", strategy, team, cycle, seen.evidence, *_agreed(seen)]),
        draw=lambda addresses, quoted: pages.planning(view, addresses, quoted.learnings),
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
        inputs=page.inputs + encoded(form.inputs()),
        draw=lambda addresses, quoted: form.drawn(view, addresses, quoted),
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
        inputs=encoded([*inputs, sorted(map(str, earlier)), *_agreed(seen)]),
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
