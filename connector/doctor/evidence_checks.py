"""What the book's selectors find, and which issues of ours people keep assigning."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from connector.doctor.checks import Check, Name, failing, fine, question, refused
from connector.doctor.places import Places, Use, current
from connector.ledger import Kind, Resource
from connector.ports import Jira
from connector.query_fields import kinds_of_fields
from connector.sync.evidence import EvidenceByIndicator, sight
from connector.sync.issue_difference import MOST_CLEARED
from mappings.epics import SelectorKind
from mappings.indicators import Indicator
from mappings.jql import Purpose, Refused, judge, own_assigned
from mappings.okr import MappingBook, Team, indicator_ref

_SHOWN = 5  # issues named in one question


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceExamination:
    """Looks at one book's epics, batched across teams as a sync does it, and at issues of ours."""

    jira: Jira
    book: MappingBook
    places: Places
    today: date
    written: Mapping[tuple[Kind, str], Resource]  # by kind and ref, as the ledger knows it

    def epics(self) -> Iterator[Check]:
        """Per team one answer, or a question per indicator that finds nothing."""
        teams = [self._current(team) for team in self.book.teams]
        sightings = sight(self.jira, teams)
        for team in teams:
            if team.id in sightings.refused:
                yield refused(Name.EPICS, sightings.refused[team.id])
            else:
                yield from self._team(team, sightings.by_team.get(team.id, {}))

    def counts(self) -> Iterator[Check]:
        """The queries by which customers are counted, as far as a file cannot know them: by this site's own fields."""
        counted = [
            (team, one, one.source.jql)
            for team in self.book.teams
            for one in current(self.book, team, self.today)
            if one.source.jql is not None
        ]
        fields = kinds_of_fields(self.jira, (jql for _, _, jql in counted))
        for team, one, jql in counted:
            if isinstance(judge(jql, Purpose.COUNT, fields=fields), Refused):
                yield failing(
                    Name.SOURCES,
                    "this query is not sent",
                    indicator_ref(team, one),
                    "on this site a field in it names people, measures work or carries a day",
                    "ask by label or component in the team's mapping file",
                    "take another source for this indicator",
                )

    def assigned(self) -> Iterator[Check]:
        """Issues of ours to which somebody was assigned again after we had cleared it twice; not whom."""
        rows = [r for (kind, _), r in sorted(self.written.items()) if kind is Kind.ISSUE and r.remote_id]
        cleared = [row for row in rows if (row.version or 0) >= MOST_CLEARED]
        projects = [key for key, uses in self.places.uses.items() if Use.OKRS in uses]
        assigned = self.jira.issue_ids(own_assigned(projects)) if cleared and projects else frozenset()
        refs = [row.ref for row in cleared if row.remote_id in assigned]
        if not refs:
            yield fine(Name.ASSIGNED, "no issue of ours keeps being assigned to somebody")
            return
        more = f" and {len(refs) - _SHOWN} more" if len(refs) > _SHOWN else ""
        yield question(
            Name.ASSIGNED,
            f"{len(refs)} issues of ours are assigned to somebody although we cleared that twice",
            f"{', '.join(refs[:_SHOWN])}{more}",
            "a person or an automation decided so, and we do not go on against it",
            "look for an automation or a component lead in the project that assigns",
            "leave it: it changes nothing on our pages",
        )

    def _current(self, team: Team) -> Team:
        going = {cycle.id for cycle in self.book.strategy.cycles if cycle.last >= self.today}
        return replace(team, objectives=tuple(o for o in team.objectives if o.cycle in going))

    def _team(self, team: Team, evidence: EvidenceByIndicator) -> Iterator[Check]:
        indicators = [i for i in current(self.book, team, self.today) if i.epics is not None]
        questions = [ask for i in indicators for ask in _asked(team, i, evidence)]
        yield from questions
        if indicators and not questions:
            epics = {one.key for found in evidence.values() for one in found}
            said = f"{len(epics)} epics stand beside {len(indicators)} indicators"
            yield fine(Name.EPICS, said, f"team {team.id}")


def _asked(team: Team, indicator: Indicator, evidence: EvidenceByIndicator) -> Iterator[Check]:
    found = evidence.get(indicator.id, ())
    where = f"{indicator_ref(team, indicator)}"
    gone = [one.key for one in found if one.status is None]
    if gone:
        yield question(
            Name.EPICS,
            f"Jira shows no epic {', '.join(gone)}",
            where,
            "it is gone, hidden from the service account, or no epic",
            "check `epics.keys` in the team's mapping file",
            "give the service account Browse permission where it stands",
        )
    if not found:
        yield question(
            Name.EPICS,
            "no epic is found for this indicator",
            where,
            _SEARCHED.get(indicator.epics.kind if indicator.epics else SelectorKind.JQL, "its query finds none"),
            "check `epics` and `delivery` in the team's mapping file",
            "leave it: the page shows the indicator without epics",
        )


_SEARCHED = {
    SelectorKind.LABEL: "no epic of the delivery projects has the label",
    SelectorKind.PARENT: "no epic of the delivery projects stands below the parent",
}
