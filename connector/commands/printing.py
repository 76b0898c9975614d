"""What commands print: JSON in the shapes of the public face, and lines for people."""

from collections.abc import Iterable, Iterator, Mapping

from connector.errors import ConnectorError
from connector.ports import RequestCounts
from connector.rings import EVERYBODY
from connector.sync.notes import Note
from connector.sync.plan import Plan, lines, verb
from connector.sync.report import SyncReport, TeamReport

_COUNTED = ("created", "updated", "retired", "unchanged", "drift")


def error_json(error: ConnectorError) -> dict[str, str]:
    """An error as `{"code", "message"}`."""
    return {"code": error.code.value, "message": str(error)}


def report_json(report: SyncReport) -> dict[str, object]:
    """A run in the shape of `okr sync --json`."""
    return {
        "run": report.run,
        "teams": [_team_json(team) for team in report.teams],
        "requests": requests_json(report.requests),
        **_told_json(report.notes),
    }


def requests_json(requests: RequestCounts) -> dict[str, object]:
    """Requests in counts, and in points as they are estimated."""
    counts = {"read": requests.reads, "write": requests.writes, "points": requests.points}
    return {**counts, "by_operation": dict(requests.by_operation)}


def _team_json(team: TeamReport) -> dict[str, object]:
    counts = {name: getattr(team, name) for name in _COUNTED}
    return {"team": team.team, **counts, "errors": [error_json(error) for error in team.errors]}


def report_lines(report: SyncReport) -> Iterator[str]:
    """A run for people."""
    for team in report.teams:
        counts = ", ".join(f"{getattr(team, name)} {name}" for name in _COUNTED if getattr(team, name))
        yield f"{_shown(team.team):<20} {counts or ('not done' if team.errors else 'nothing to do')}"
        yield from (f"{'':<20} {error.code.value}: {error}" for error in team.errors)
    yield from (f"{_shown(team):<20} a page waits: somebody is writing there" for team, _ in report.postponed)
    yield from (f"{_shown(note.team):<20} note: {note.message}" for note in report.notes)
    points = f", about {report.requests.points} API points" if report.requests.points else ""
    yield f"{'requests':<20} {report.requests.reads} read, {report.requests.writes} written{points}"


def _shown(team: str) -> str:
    return "organisation" if team == EVERYBODY else team


def plan_json(plan: Plan, errors: Mapping[str, Iterable[ConnectorError]]) -> dict[str, object]:
    """A plan as data: its checksum, its steps, what is left alone, and teams that cannot be planned for."""
    return {
        "checksum": plan.checksum,
        "changes": [{"team": s.team, "does": verb(s), "ref": s.ref, "effect": s.effect.value} for s in plan.steps],
        "unchanged": len(plan.unchanged),
        "drift": [{"team": d.team, "ref": d.ref, "what": d.what} for d in plan.drift],
        "errors": {team: [error_json(error) for error in found] for team, found in errors.items()},
        **_told_json(plan.told),
    }


def _told_json(notes: Iterable[Note]) -> dict[str, object]:
    """Nothing where there is nothing to tell, so that the shape stays what it is."""
    told = [{"team": note.team, "message": note.message} for note in notes]
    return {"notes": told} if told else {}


def plan_lines(plan: Plan) -> Iterator[str]:
    """A plan for people."""
    yield from lines(plan)
    yield from (f"{_shown(t.team)}: {t.error.code.value}: {t.error}" for t in plan.troubles)
    yield from (f"{_shown(note.team)}: note: {note.message}" for note in plan.told)
    yield f"{len(plan.steps)} writes, {len(plan.unchanged)} unchanged, {len(plan.drift)} left alone · {plan.checksum}"
