"""What the site's own fields in a book's queries hold: asked before a query is sent."""

from collections.abc import Iterable, Mapping

from connector.ports import Jira
from mappings.jql import FieldKind, fields_to_look_up


def kinds_of_fields(jira: Jira, queries: Iterable[str]) -> Mapping[str, FieldKind]:
    """By key of the field; queries that name only what every site has cost no request."""
    keys = frozenset(key for jql in queries for key in fields_to_look_up(jql))
    return jira.field_kinds(keys) if keys else {}
