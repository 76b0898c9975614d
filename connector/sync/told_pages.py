"""Pages on which all teams are told of: the strategy page's other half, the learning log, reports. In whole runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from connector.pages.language import words_of
from connector.pages.learning_log import Gathered
from connector.pages.log_pages import LearningLog, report_page
from connector.pages.orientation import Told
from connector.pages.render import Pages
from connector.pages.report import Period, span_of
from connector.pages.standing_log import is_of_log
from connector.pages.strategy_page import with_new_needs
from connector.pages.titles import learning_labels, learning_title, report_labels, report_title
from connector.pages.views import Addresses
from connector.pages.voices import NOTHING, Voice
from connector.sync.cycle_end import STILL_WRITTEN, cycle_before, periods_due, report_ref, review_day
from connector.sync.desired import WantedPage, as_made, encoded, organisation_page
from connector.sync.gathering import LAST, Gathering, check_ins, has_log
from connector.sync.refs import (
    LEARNINGS,
    STRATEGY,
    check_in_week,
    learning_ref,
    review_ref,
)
from connector.sync.scope import Scope
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Strategy, Team

_TOLD, _NEED = frozenset({"needs", "questions"}), "need-"
_NOWHERE = Addresses(issues={}, pages={}, browse="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one run knows of all teams; without a gathering it leaves these pages as they are."""

    scope: Scope
    pages: Pages
    gathering: Gathering | None

    def oriented(self, page: WantedPage) -> WantedPage:
        """The strategy page with what teams need, ask, and contribute to."""
        strategy, teams, gathering = self.scope.strategy, self.scope.book.teams, self.gathering
        cycles = {cycle.id: cycle for cycle in _planned(strategy, self.scope.today)}
        shown = [[t.id, o.id, o.title, o.contributes_to] for t in teams for o in t.objectives if o.cycle in cycles]
        bare = Told(teams=teams, cycles=cycles)
        sources = self._speaking(gathering) if gathering else ()

        def told(*, again: bool) -> Told:
            if gathering is None:
                return bare
            withdrawn = gathering.withdrawn(sources) if again else ()
            return self._told(bare, gathering.voices(sources), withdrawn)

        return replace(
            page,
            uses=page.uses | frozenset(sources),
            inputs=page.inputs + encoded([shown, sorted(cycles)]),
            draw=lambda addresses, quoted: self.pages.strategy(
                as_made(strategy, quoted.body), addresses, teams, told(again=quoted.body is not None)
            ),
            insert=lambda body: with_new_needs(body, strategy, _NOWHERE, told(again=False)),
            sources=sources,
            composed=gathering.edition(sources) if gathering else "",
            repeats=lambda name: name in _TOLD or name.startswith(_NEED),
            settled=gathering is None,
        )

    def wanted(self) -> Iterator[WantedPage]:
        """The organisation's learning log once there is one of a team, and the reports whose time has come."""
        gathering = self.gathering
        if gathering is None:
            return
        logged = [learning_ref(one.team) for one in self.scope.teams if has_log(one, gathering.memory)]
        if logged:
            yield self._log(gathering, gathering.standing(logged))
        for period in periods_due(self.scope.strategy, self.scope.today):
            teams = [one.team for one in self.scope.teams if one.team.in_cycle(period.cycle)]
            sources = self._of_period(gathering, period)
            if teams and sources:
                yield self._report(gathering, period, teams, sources)

    def _speaking(self, gathering: Gathering) -> tuple[str, ...]:
        """Of each team its reviews of this cycle and the one before, and its newest check-ins."""
        running = self.scope.strategy.running(self.scope.today)
        before = cycle_before(self.scope.strategy.cycles, running) if running else None
        cycles = [cycle for cycle in (running, before) if cycle]
        return tuple(
            ref
            for one in self.scope.teams
            for ref in (
                *gathering.standing(review_ref(one.team, cycle) for cycle in cycles),
                *gathering.standing(check_ins(one, gathering.memory))[-LAST:],
            )
        )

    def _told(self, bare: Told, voices: Sequence[Voice], withdrawn: Sequence[Voice]) -> Told:
        needs: dict[tuple[str, IsoWeek], Voice] = {}
        for voice in voices:
            week = self._week(voice)
            if voice.said.needs and week is not None:
                known = needs.get((voice.team.id, week))
                both = (*known.said.needs, *voice.said.needs) if known else voice.said.needs
                needs[voice.team.id, week] = replace(voice, said=replace(NOTHING, needs=both))
        weeks = ((voice, self._week(voice)) for voice in withdrawn)
        return replace(
            bare,
            needs=tuple((v, week) for (_, week), v in needs.items()),
            withdrawn=tuple((v, week) for v, week in weeks if week and (v.team.id, week) not in needs),
            asking=tuple(voices),
        )

    def _week(self, voice: Voice) -> IsoWeek | None:
        week = check_in_week(voice.ref, voice.team)
        if week is not None:
            return week
        team = voice.team
        cycle = next((c for c in self.scope.strategy.cycles if review_ref(team, c) == voice.ref), None)
        if cycle is None:
            return None
        if team.writes_itself and self.scope.today - cycle.last > STILL_WRITTEN:
            return None  # the page with its day is not looked at any more; what was needed stands there already
        return IsoWeek.of(review_day(team, cycle) or cycle.last)

    def _log(self, gathering: Gathering, logs: tuple[str, ...]) -> WantedPage:
        strategy, today, cycles = self.scope.strategy, self.scope.today, self.scope.strategy.cycles
        of = {ref: cycle for cycle in cycles for ref in gathering.reviews_of(cycle)}
        sources = (*of, *logs)
        log = LearningLog(strategy=strategy)

        def gathered() -> Gathered:
            return Gathered(
                voices=tuple((of[voice.ref], voice) for voice in gathering.voices(of)),
                by_hand=gathering.voices(logs),
                pages=gathering.understood(sources),
                cycles=cycles,
                teams=self.scope.book.teams,
            )

        page = organisation_page(
            strategy,
            LEARNINGS,
            (learning_title(strategy.organisation, strategy.language), learning_labels(None)),
            uses=frozenset(sources),
            inputs=encoded(["learnings", strategy.organisation, strategy.language, [c.id for c in cycles]]),
            draw=lambda addresses, quoted: log.page(gathered(), addresses, today, quoted.body),
        )
        return replace(
            page,
            insert=lambda body: log.grown(body, gathered()),
            sources=sources,
            composed=gathering.edition(sources),
            repeats=is_of_log,
        )

    def _of_period(self, gathering: Gathering, period: Period) -> tuple[str, ...]:
        """Of a cycle its reviews; of a month its check-ins, and reviews whose day was in it."""
        if period.month is None:
            return gathering.reviews_of(period.cycle)
        month = period.month
        held = (review_ref(t, c) for t, c in self._reviewed() if _in(month, review_day(t, c) or c.last))
        met = (
            ref
            for one in self.scope.teams
            for ref in check_ins(one, gathering.memory)
            if (week := check_in_week(ref, one.team)) and _in(month, week.day(0))
        )
        found = set(gathering.standing((*held, *met)))
        return tuple(ref for team in self.scope.teams for ref in sorted(found) if f"/{team.team.id}/" in ref)

    def _reviewed(self) -> Iterator[tuple[Team, Cycle]]:
        return ((one.team, cycle) for one in self.scope.teams for cycle in self.scope.strategy.cycles)

    def _report(
        self, gathering: Gathering, period: Period, teams: Sequence[Team], sources: tuple[str, ...]
    ) -> WantedPage:
        strategy, today = self.scope.strategy, self.scope.today
        of_month = period.month is not None
        span = span_of(period, words_of(strategy.language))
        silent = tuple(Voice(team=team, ref="", said=NOTHING) for team in teams)
        shown = [[t.id, t.name, [o.title for o in t.in_cycle(period.cycle)]] for t in teams]
        page = organisation_page(
            strategy,
            report_ref(period),
            (report_title(strategy, span), report_labels()),
            uses=frozenset({STRATEGY, LEARNINGS}),
            inputs=encoded(["report", of_month, span, strategy.organisation, strategy.language, shown]),
            draw=lambda addresses, quoted: report_page(
                strategy, period, (*silent, *gathering.voices(sources)), addresses, today
            ),
        )
        return replace(page, sources=sources, composed=gathering.edition(sources))


def _planned(strategy: Strategy, today: date) -> Iterator[Cycle]:
    ahead = today + timedelta(weeks=strategy.planning_ahead)
    return (cycle for cycle in strategy.cycles if cycle.last >= today and cycle.first <= ahead)


def _in(month: date, day: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
