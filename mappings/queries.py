"""Every query in a team's file, before the guard."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mappings.findings import Findings
from mappings.jql import Objection, Purpose, Refused, judge
from mappings.jql_fields import FieldKind
from mappings.locations import Leaf, Node, Path, Position, leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a site knows and a file does not: what its custom fields hold, and the JQL of saved filters."""

    fields: Mapping[str, FieldKind] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN = Knowledge()


def check_queries(file: str, tree: Node, delivery: frozenset[str], knowledge: Knowledge, findings: Findings) -> None:
    """Notes what the guard says to each query of one file, at its place in the query."""
    for path, leaf, text in _queries(tree):
        verdict = judge(
            text,
            Purpose.EPICS if path[-2] == "epics" else Purpose.COUNT,
            fields=knowledge.fields,
            filters=knowledge.filters,
            delivery=delivery,
        )
        for objection in verdict.objections if isinstance(verdict, Refused) else verdict.hints:
            findings.add(file, _place(leaf, objection), objection.concern)


def _queries(tree: Node) -> Iterator[tuple[Path, Leaf, str]]:
    for path, leaf in leaves(tree):
        is_query = len(path) > 2 and path[-1] == "jql" and (path[-2] in ("epics", "source") or path[0] == "sources")
        if is_query and isinstance(leaf.value, str):
            yield path, leaf, leaf.value


def _place(leaf: Leaf, objection: Objection) -> Position:
    """The column inside the query, where its characters stand in the file as they are; else where it begins."""
    if not leaf.exact:
        return leaf.at
    return Position(leaf.at.line, leaf.at.column + leaf.indent + objection.at)
