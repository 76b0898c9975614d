from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from connector.errors import Code
from connector.sync.evidence import sight
from mappings.epics import Epic, EpicSelector
from mappings.indicators import Source, SourceKind
from tests.sources.watching import indicator, team


@dataclass
class Asked:
    """Finds nothing and remembers what it was asked."""

    queries: list[str] = field(default_factory=list)

    def epics(self, jql: str, labels: frozenset[str]) -> tuple[Epic, ...]:
        self.queries.append(jql)
        return ()

    def epics_by_key(self, keys: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        return ()


def asked(jql: str) -> tuple[list[str], Code | None]:
    jira = Asked()
    selector = EpicSelector(jql=jql)
    watched = replace(indicator(Source(kind=SourceKind.PUSHED)), epics=selector)
    seen = sight(jira, [team(watched)])  # type: ignore[arg-type]  # only epics are asked for
    refused = seen.refused.get("onboarding")
    return jira.queries, refused.code if refused else None


@pytest.mark.parametrize("jql", ["assignee = currentUser()", "project = ONB AND filter = 10000", "a = (", ""])
def test_a_query_that_the_guard_refuses_is_a_trouble_of_its_team_and_never_sent(jql: str) -> None:
    assert asked(jql) == ([], Code.QUERY_REFUSED)


def test_an_accepted_query_is_sent_within_the_teams_projects() -> None:
    assert asked("labels = okr ORDER BY key") == (['project = "ONB" AND (labels = "okr")'], None)
