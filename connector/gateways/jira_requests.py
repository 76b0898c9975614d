"""What we ask of Jira, as it goes over the wire: named fields only, never a person, never a parent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connector.ports import IssueDraft, IssueEdit, RemoteLink

Body = Mapping[str, Any]

EPIC_FIELDS = ("issuetype", "status", "parent", "labels")  # the project stands in the key
OUR_FIELDS = ("summary", "labels", "issuelinks")
ID_FIELDS = ("id",)
MARK = "okr"  # the issue property that carries ref and digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """Where the two products want the same thing said differently."""

    described: Callable[[str], Any]  # plain paragraphs as the product keeps a description
    nobody: Any  # the assignee of a new issue
    unassigned: Body  # the assignee of one that is there


def search(
    jql: str,
    fields: Sequence[str],
    size: int,
    place: str | None,
    *,
    marks: bool = False,
    reconcile: Sequence[str] = (),
) -> Body:
    """One page of a search; `reconcile` are ids that the index may not know yet, the same on every page."""
    body: dict[str, Any] = {"jql": jql, "fields": list(fields), "maxResults": size}
    if marks:
        body["properties"] = [MARK]
    if reconcile:
        body["reconcileIssues"] = [int(issue) for issue in reconcile]
    if place is not None:
        body["nextPageToken"] = place
    return body


def fetch(ids_or_keys: Sequence[str], fields: Sequence[str], *, marks: bool = False) -> Body:
    """Issues by id or key."""
    body: dict[str, Any] = {"issueIdsOrKeys": list(ids_or_keys), "fields": list(fields)}
    return {**body, "properties": [MARK]} if marks else body


def create(drafts: Sequence[IssueDraft], manner: Manner) -> Body:
    """New issues with their marks, so that one that was made can always be found again."""
    return {"issueUpdates": [_creation(draft, manner) for draft in drafts]}


def _creation(draft: IssueDraft, manner: Manner) -> Body:
    fields: dict[str, Any] = {
        "project": {"key": draft.project},
        "issuetype": {"id": draft.type_id},
        "summary": draft.summary,
    }
    if draft.labels:
        fields["labels"] = list(draft.labels)
    if draft.description and draft.description.strip():
        fields["description"] = manner.described(draft.description)
    if draft.unassign:
        fields["assignee"] = manner.nobody  # without it the project's default assignee would be set
    return {"fields": fields, "properties": [_mark(draft.ref, draft.digest)]}


def edit(change: IssueEdit) -> Body:
    """A change of summary and labels together with the mark; labels of other people are not touched."""
    body: dict[str, Any] = {"properties": [_mark(change.ref, change.digest)]}
    if change.summary is not None:
        body["fields"] = {"summary": change.summary}
    verbs = [{"add": label} for label in change.add_labels] + [{"remove": label} for label in change.remove_labels]
    if verbs:
        body["update"] = {"labels": verbs}
    return body


def unlabel(labels: Sequence[str]) -> Body:
    """These labels off, all others as they are."""
    return {"update": {"labels": [{"remove": label} for label in labels]}}


def link(link_type: str, from_id: str, to_key: str) -> Body:
    """A relation that reads from the issue with the id to the issue with the key."""
    return {"type": {"name": link_type}, "inwardIssue": {"id": from_id}, "outwardIssue": {"key": to_key}}


def remote_link(made: RemoteLink) -> Body:
    """A link to a page, made or replaced by its global id."""
    return {"globalId": made.global_id, "object": {"url": made.url, "title": made.title}}


def _mark(ref: str, digest: str) -> Body:
    return {"key": MARK, "value": {"ref": ref, "digest": digest}}


def _document(text: str) -> Body:
    """Plain paragraphs as Atlassian's document format; an empty line parts two of them."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return {"type": "doc", "version": 1, "content": [_paragraph(part) for part in paragraphs]}


def _paragraph(text: str) -> Body:
    nodes: list[Body] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        nodes += [{"type": "hardBreak"}] if nodes else []
        nodes.append({"type": "text", "text": line})
    return {"type": "paragraph", "content": nodes}


CLOUD = Manner(described=_document, nobody=None, unassigned={"accountId": None})
