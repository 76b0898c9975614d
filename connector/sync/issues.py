"""The issues we want in Jira: one per objective and key result, linked to the epics that are its evidence."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connector.pages.hypotheses import assumption
from connector.pages.language import words_of
from connector.sync.refs import named_before, planning_ref
from connector.sync.scope import TeamScope
from mappings.epics import Evidence
from mappings.labels import OURS, RETIRED, cycle_label, team_label
from mappings.okr import Cycle, KeyResult, Language, Objective, Team, key_result_ref, objective_ref

_CLOSED = "c" * 8
LONGEST_SUMMARY = 255  # Jira refuses more

_DESCRIPTION = {
    Language.DE: "Dieser Vorgang gehört dem ganzen Team. Er ist weder Aufgabe noch Maß: ohne zuständige Person, "
    "ohne Termin, ohne Fortschritt in Prozent. Was das Team annimmt und beobachtet, steht in Confluence.",
    Language.EN: "This issue belongs to the whole team. It is neither a task nor a measure: no assignee, no due date, "
    "no percentage done. What the team assumes and observes stands in Confluence.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedIssue:
    """One issue as it should be."""

    team: str
    ref: str
    project: str
    type_name: str
    summary: str
    labels: tuple[str, ...]
    outdated: tuple[str, ...]  # labels that we put there and that are no longer true
    description: str
    digest: str
    evidence: tuple[str, ...]  # keys of epics
    link_type: str
    page: str  # ref of the planning page it points to
    before: str | None  # its ref under the id that the team had before


def wanted_issues(scope: TeamScope, evidence: Mapping[str, tuple[Evidence, ...]]) -> Iterator[WantedIssue]:
    """The issues of one team; none where the team keeps none in Jira. Evidence is by indicator id."""
    if scope.team.jira is None:
        return
    for cycle in scope.planned:
        for objective in scope.team.in_cycle(cycle):
            yield _issue(scope.team, cycle, objective, None, ())
            for key_result in objective.key_results:
                yield _issue(scope.team, cycle, objective, key_result, _epics_of(key_result, evidence))


def _epics_of(key_result: KeyResult, evidence: Mapping[str, tuple[Evidence, ...]]) -> tuple[str, ...]:
    keys = (e.key for i in key_result.indicators for e in evidence.get(i.id, ()) if e.status is not None)
    return tuple(dict.fromkeys(keys))


def _issue(
    team: Team, cycle: Cycle, objective: Objective, key_result: KeyResult | None, epics: tuple[str, ...]
) -> WantedIssue:
    place = team.jira
    if place is None:
        raise ValueError("a team without a place in Jira has no issues")
    words = words_of(team.language)
    summary = one_line(assumption(key_result, words).claim if key_result else objective.title)
    labels = (OURS, team_label(team.id), cycle_label(cycle.id))
    ref = key_result_ref(team, objective, key_result) if key_result else objective_ref(team, objective)
    return WantedIssue(
        team=team.id,
        ref=ref,
        project=place.project,
        type_name=place.key_result_type if key_result else place.objective_type,
        summary=summary,
        labels=labels,
        outdated=(RETIRED, *((team_label(team.was),) if team.was else ())),
        description=_DESCRIPTION[team.language],
        digest=issue_digest(summary, labels),
        evidence=epics,
        link_type=place.evidence_link,
        page=planning_ref(team, cycle),
        before=named_before(ref, team),
    )


def one_line(text: str) -> str:
    """The text as Jira keeps a summary: one line, at most 255 characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_SUMMARY:
        return line
    return line[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def global_id(ref: str) -> str:
    """The global id of the remote link of an issue of ours."""
    return f"okr:{ref}"


def issue_digest(summary: str, labels: tuple[str, ...]) -> str:
    """Twelve hex digits for the summary and eight for the labels, so that either can be told to have changed."""
    return _hex(one_line(summary), 12) + _hex(" ".join(sorted(labels)), 8)


def same_summary(digest: str, summary: str) -> bool:
    """Whether a digest of ours was made of this summary."""
    return digest[:12] == _hex(one_line(summary), 12)


def retired_digest(digest: str | None) -> str:
    """The digest of an issue that left the book: its summary stays, its labels are none that we would want."""
    return (digest or "0" * 12)[:12] + "0" * 8


def closed_digest(digest: str | None) -> str:
    """The digest of an issue whose cycle is over: its summary stays, and it is told once."""
    return (digest or "0" * 12)[:12] + _CLOSED


def is_closed(digest: str | None) -> bool:
    """Whether an issue was told that its cycle is over: from then on it is not looked at any more."""
    return digest is not None and digest.endswith(_CLOSED)


def _hex(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
