"""The page on which a team writes its OKRs, as we draw around what it wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from connector.pages.draft import Draft
from connector.pages.form_questions import still_in_force
from connector.pages.form_reading import filled, read_plan
from connector.pages.markup import BodyUnreadable
from connector.pages.origin import made_from_file
from connector.pages.render import Pages
from connector.pages.views import Addresses, Quoted, TeamView
from connector.pages.written import FormUnreadable, WrittenPlan
from connector.sync.plan_standing import Standing
from connector.sync.scope import TeamScope
from mappings.okr import Cycle, Strategy, Team
from mappings.team_text import TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One planning page of a team that writes itself."""

    scope: TeamScope
    strategy: Strategy
    cycle: Cycle
    pages: Pages

    @property
    def _standing(self) -> Standing | None:
        return self.scope.plans.get(self.cycle.id)

    @property
    def team(self) -> Team:
        """What a page of this cycle begins with: the file's objectives, and the rhythm that the team has by now."""
        filed, now = self.scope.filed, self.scope.team
        known = now.rhythm_in(self.cycle) or now.rhythm or filed.rhythm
        rhythm = replace(known, valid_from=None) if known else None
        return replace(filed, size=now.size, language=now.language, rhythm=rhythm)

    def inputs(self) -> Sequence[object]:
        """What the page is drawn from beside the book: what it says by now, in all that it leaves open."""
        standing = self._standing
        return ["form", standing.page.said, standing.emptied] if standing else ["form"]

    def drawn(self, view: TeamView, addresses: Addresses, quoted: Quoted) -> Draft:
        """The whole page where it is made; around what the team wrote, where it stands."""
        body, learnings = quoted.body, quoted.learnings
        if body is None:
            return self.pages.planning_form(view, addresses, None, learnings)
        if made_from_file(body):
            return self.pages.planning(view, addresses, learnings)
        return self.pages.planning_form(view, addresses, self._plan(body), learnings)

    def filled(self, body: TeamText) -> TeamText:
        """The body with its empty Kennung cells filled; one that cannot be read is left as it is."""
        try:
            return body if made_from_file(body) else filled(body, self._read(body))
        except (FormUnreadable, BodyUnreadable):
            return body

    def _read(self, body: TeamText) -> WrittenPlan:
        return read_plan(body, self.scope.filed, self.strategy, self.cycle)

    def _plan(self, body: TeamText) -> WrittenPlan | None:
        """What the page says; of one that cannot be read, what it said when it could."""
        standing = self._standing
        try:
            plan = self._read(body)
        except (FormUnreadable, BodyUnreadable):
            return standing.plan if standing else None
        if standing is None or standing.version is None or plan.valid_from is not None:
            return plan
        question = still_in_force(plan.language or self.scope.team.language)
        return replace(plan, questions=(question, *plan.questions))
