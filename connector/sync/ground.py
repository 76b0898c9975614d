"""What every look at the sites stands on: the spaces, and where pages of ours stand, lost ones found again."""

from dataclasses import dataclass, field

from connector.errors import Advice, Code, ConnectorError, PermanentError
from connector.ledger import Kind, Resource
from connector.ports import Confluence
from connector.sync.memory import Memory
from connector.sync.page_recovery import PageRecovery
from connector.sync.refs import RECORD, STRATEGY, home_ref, planning_ref
from connector.sync.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The spaces of one run, and the look for pages that were lost."""

    spaces: dict[str, str]  # id by key
    troubles: dict[str, ConnectorError] = field(default_factory=dict)  # by id of a team whose space is not there
    recovery: PageRecovery


def ground(confluence: Confluence, memory: Memory, scope: Scope) -> Ground:
    """Before anything is known that people write on pages; check-ins that were not confirmed are looked for later."""
    for team_scope in scope.teams:
        memory.rename(team_scope.team)
    spaces = _spaces(confluence, memory, scope)
    troubles: dict[str, ConnectorError] = {}
    for one in scope.teams:
        missing = [key for key in (one.team.space, scope.strategy.space) if key not in spaces]
        if missing:
            troubles[one.team.id] = _space_missing(one.team.id, missing[0])
    recovery = PageRecovery(confluence=confluence, memory=memory, scope=scope, spaces=spaces)
    wanted = [home_ref(key) for key in spaces] + [STRATEGY, RECORD]
    for one in scope.teams:
        if one.team.id not in troubles:
            wanted += [planning_ref(one.team, cycle) for cycle in one.planned]
    recovery.look(wanted)
    recovery.look_around()
    return Ground(spaces=spaces, troubles=troubles, recovery=recovery)


def _spaces(confluence: Confluence, memory: Memory, scope: Scope) -> dict[str, str]:
    """Ids of spaces never change, so they are asked once and remembered."""
    keys = dict.fromkeys([scope.strategy.space, *(s.team.space for s in scope.teams)])
    unknown = [key for key in keys if memory.remote(Kind.SPACE, key) is None]
    if unknown:
        rows = [
            Resource(kind=Kind.SPACE, ref=space.key, remote_id=space.id, since=scope.now)
            for space in confluence.spaces(unknown)
        ]
        memory.keep(*rows)
    known = ((key, memory.remote(Kind.SPACE, key)) for key in keys)
    return {key: row.remote_id for key, row in known if row is not None and row.remote_id is not None}


def _space_missing(team: str, space: str) -> ConnectorError:
    return PermanentError(
        Code.SPACE_MISSING,
        Advice(
            what=f"Confluence shows no space {space}",
            where=f"team {team}",
            why="it does not exist, is personal, or is hidden from the service account",
            options=("check `confluence.space` in the mapping file", "give the service account access to the space"),
        ),
    )
