"""Which epics are evidence for which indicator today: selectors batched across teams, answers sorted back to them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connector.errors import Advice, Code, ConnectorError, RequestRefused
from connector.ports import Jira
from connector.query_fields import kinds_of_fields
from mappings.epics import Epic, EpicSelector, Evidence, SelectorKind
from mappings.jql import FieldKind, Purpose, Refused, epics_by_jql, epics_by_label, judge
from mappings.okr import Team

CHUNK = 200  # selector values a query; longer queries are refused by some proxies

EvidenceByIndicator = Mapping[str, tuple[Evidence, ...]]
_Knowing = tuple[frozenset[str], Mapping[str, FieldKind]]  # labels that the book names, and what fields hold
_Asking = Callable[[Jira, Sequence[str], Sequence[str], frozenset[str]], tuple[Epic, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Evidence by team and indicator id; a team whose query was refused has an error instead."""

    by_team: Mapping[str, EvidenceByIndicator]
    refused: Mapping[str, ConnectorError]


@dataclass(slots=True)
class _Found:
    epics: dict[str, Epic] = field(default_factory=dict)  # by key
    named: dict[str | None, set[str]] = field(default_factory=lambda: defaultdict(set))  # label or parent -> keys
    by_jql: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # (team, jql) -> keys
    refused: dict[str, ConnectorError] = field(default_factory=dict)

    def add(self, epics: Iterable[Epic]) -> None:
        for epic in epics:
            self.epics[epic.key] = epic
            for name in (*epic.labels, epic.parent):
                self.named[name].add(epic.key)


def sight(jira: Jira, teams: Sequence[Team]) -> Sightings:
    """Reads the epics of all teams: one search per chunk of labels and parents, keys by bulk, one search per query."""
    found = _Found()
    labels = frozenset(s.label for _, s in _selectors(teams) if s.label is not None)
    for kind, ask in ((SelectorKind.LABEL, _labelled), (SelectorKind.PARENT, _below)):
        for chunk in _chunks(teams, kind):
            _search(jira, chunk, kind, ask, labels, found)
    keys = dict.fromkeys(key for _, s in _selectors(teams) for key, _ in s.keys)
    if keys:
        found.add(jira.epics_by_key(tuple(keys), labels))
    queries = [(team, selector.jql) for team, selector in _selectors(teams) if selector.jql is not None]
    fields = kinds_of_fields(jira, (jql for _, jql in queries))
    for team, jql in queries:
        _ask(jira, team, jql, (labels, fields), found)
    by_team = {t.id: _by_indicator(t, found) for t in teams if t.id not in found.refused}
    return Sightings(by_team=by_team, refused=found.refused)


def _labelled(jira: Jira, projects: Sequence[str], names: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
    return jira.epics(epics_by_label(projects, names), labels)


def _below(jira: Jira, projects: Sequence[str], names: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
    return jira.epics_below(projects, names, labels)


def _selectors(teams: Sequence[Team]) -> Iterator[tuple[Team, EpicSelector]]:
    return ((team, selector) for team in teams for selector in team.selectors)


def _values(team: Team, kind: SelectorKind) -> tuple[str, ...]:
    values = (s.label if kind is SelectorKind.LABEL else s.parent for s in team.selectors)
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _chunks(teams: Sequence[Team], kind: SelectorKind) -> Iterator[tuple[Team, ...]]:
    """Teams packed so that a query names at most CHUNK values; a team is never split, so a refusal can be named."""
    chunk: list[Team] = []
    size = 0
    for team in teams:
        count = len(_values(team, kind))
        if count and chunk and size + count > CHUNK:
            yield tuple(chunk)
            chunk, size = [], 0
        if count:
            chunk.append(team)
            size += count
    if chunk:
        yield tuple(chunk)


def _search(
    jira: Jira,
    teams: tuple[Team, ...],
    kind: SelectorKind,
    ask: _Asking,
    labels: frozenset[str],
    found: _Found,
) -> None:
    """One query for all; a refused one is halved until the team whose names the site does not know stands alone."""
    projects = tuple(dict.fromkeys(p for team in teams for p in team.delivery))
    values = tuple(dict.fromkeys(v for team in teams for v in _values(team, kind)))
    try:
        found.add(ask(jira, projects, values, labels))
    except RequestRefused:
        if len(teams) == 1:
            found.refused[teams[0].id] = _query_refused(teams[0])
            return
        half = len(teams) // 2
        for part in (teams[:half], teams[half:]):
            _search(jira, part, kind, ask, labels, found)


def _ask(jira: Jira, team: Team, jql: str, knowing: _Knowing, found: _Found) -> None:
    labels, fields = knowing
    if (team.id, jql) in found.by_jql or team.id in found.refused:
        return
    verdict = judge(jql, Purpose.EPICS, fields=fields)
    if isinstance(verdict, Refused):  # what a file cannot know: this site's own fields
        found.refused[team.id] = _query_not_sent(team)
        return
    try:
        epics = jira.epics(epics_by_jql(team.delivery, verdict), labels)
    except RequestRefused:
        found.refused[team.id] = _query_refused(team)
        return
    found.add(epics)
    found.by_jql[team.id, jql] = tuple(epic.key for epic in epics)


def _query_not_sent(team: Team) -> ConnectorError:
    return RequestRefused(
        Code.QUERY_REFUSED,
        Advice(
            what="a query for this team's epics was not sent",
            where=f"team {team.id}",
            why="on this site a field in it names people or measures work",
            options=("ask by epic, label or component in its mapping file", "name the epics by `keys`"),
        ),
    )


def _query_refused(team: Team) -> ConnectorError:
    return RequestRefused(
        Code.QUERY_REFUSED,
        Advice(
            what="Jira does not know something that this team's epics are looked up by",
            where=f"team {team.id}",
            why="a project, parent or query of the mapping file is refused",
            options=("check `delivery` and `epics` in its mapping file", "give the service account Browse permission"),
        ),
    )


def _by_indicator(team: Team, found: _Found) -> EvidenceByIndicator:
    return {i.id: tuple(_evidence(team, i.epics, found)) for i in team.indicators if i.epics is not None}


def _evidence(team: Team, selector: EpicSelector, found: _Found) -> Iterator[Evidence]:
    if selector.kind is SelectorKind.KEYS:
        for key, name in selector.keys:
            epic = found.epics.get(key)
            yield Evidence(key=key, name=name, status=epic.status if epic else None)
        return
    for epic in sorted(_matching(team, selector, found), key=lambda e: _natural(e.key)):
        yield Evidence(key=epic.key, name="", status=epic.status)


def _matching(team: Team, selector: EpicSelector, found: _Found) -> Iterator[Epic]:
    if selector.jql is not None:
        yield from (found.epics[key] for key in found.by_jql.get((team.id, selector.jql), ()))
        return
    for epic in (found.epics[key] for key in found.named[selector.label or selector.parent]):
        named = selector.label in epic.labels if selector.label is not None else epic.parent == selector.parent
        if named and epic.project in team.delivery:
            yield epic


def _natural(key: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.+)-(\d+)", key)
    return (match[1], int(match[2])) if match else (key, 0)
