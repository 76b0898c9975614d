"""Jira REST v3 about links: between issues, and from issues to the world outside."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.jira_records import API, Issue, Link
from connector.sandbox.jira_references import Wrong, referred_issue, referred_type
from connector.sandbox.jira_refusals import JiraRefusal, no_issue
from connector.sandbox.jira_shapes import body, mapping, text
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.jira_writes import count_write, seen

Answer = tuple[Response, int] | Response | tuple[str, int]


class LinkCalls:
    """The calls about links, answered out of one world."""

    def __init__(self, world: JiraWorld) -> None:
        self._world = world

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        remote = "/issue/<id_or_key>/remotelink"
        for rule, method, view in (
            ("/issueLink", "POST", self.link),
            ("/issueLink/<link_id>", "GET", self.read_link),
            ("/issueLink/<link_id>", "DELETE", self.unlink),
            ("/issueLinkType", "GET", self.link_types),
            (remote, "GET", self.remote_links),
            (remote, "POST", self.link_out),
            (remote, "DELETE", self.unlink_out),
        ):
            blueprint.add_url_rule(rule, view.__name__, view, methods=[method])

    def link(self) -> Answer:
        """POST /issueLink: the inward issue shows the other one in the outward words; a known link is made once."""
        asked = body(
            {"type": mapping, "inwardIssue": mapping, "outwardIssue": mapping},
            required=("type", "inwardIssue", "outwardIssue"),
        )
        try:
            kind = referred_type(self._world, asked["type"])
        except Wrong as wrong:
            raise JiraRefusal(404, str(wrong)) from wrong
        source, target = self._end(asked["inwardIssue"]), self._end(asked["outwardIssue"])
        if source is target:
            raise JiraRefusal(400, "You cannot link an issue to itself.")
        for end in (source, target):
            if "LINK_ISSUES" in end.project.denied:
                raise JiraRefusal(401, "No Link Issue Permission for issue.")
        for end in (source, target):
            count_write(self._world, end)
        self._world.link(kind, source, target)
        return "", 201

    def read_link(self, link_id: str) -> Answer:
        """GET /issueLink/{id}."""
        link = self._known(link_id)
        return jsonify(
            {
                "id": str(link.id),
                "self": f"{API}/issueLink/{link.id}",
                "type": link.type.entry(),
                "inwardIssue": link.source.mention(),
                "outwardIssue": link.target.mention(),
            }
        )

    def unlink(self, link_id: str) -> Answer:
        """DELETE /issueLink/{id}."""
        self._world.unlink(self._known(link_id))
        return "", 204

    def link_types(self) -> Answer:
        """GET /issueLinkType."""
        return jsonify({"issueLinkTypes": [one.entry() for one in self._world.link_types]})

    def remote_links(self, id_or_key: str) -> Answer:
        """GET /issue/{id}/remotelink: all, or the one with the `globalId`."""
        issue = seen(self._world, id_or_key)
        wanted = request.args.get("globalId")
        if wanted is None:
            return jsonify(issue.remote_links)
        found = _remote(issue, wanted)
        if found is None:
            raise JiraRefusal(404, "The remote link with the given globalId does not exist.")
        return jsonify(found)

    def link_out(self, id_or_key: str) -> Answer:
        """POST /issue/{id}/remotelink: 201 for a new one, 200 for one whose `globalId` is known."""
        issue = seen(self._world, id_or_key)
        asked = body({"globalId": text, "application": mapping, "relationship": text, "object": mapping})
        _check_remote(asked)
        if "LINK_ISSUES" in issue.project.denied:
            raise JiraRefusal(403, "You do not have permission to link issues in this project.")
        count_write(self._world, issue)
        known = _remote(issue, asked["globalId"]) if "globalId" in asked else None
        number = known["id"] if known else next(self._world.numbers)
        place = f"{API}/issue/{issue.key}/remotelink/{number}"
        entry = {"id": number, "self": place, "application": {}, **asked}
        if known:
            issue.remote_links[issue.remote_links.index(known)] = entry
        else:
            issue.remote_links.append(entry)
        self._world.touch(issue)
        return jsonify({"id": number, "self": place}), 200 if known else 201

    def unlink_out(self, id_or_key: str) -> Answer:
        """DELETE /issue/{id}/remotelink?globalId=…."""
        issue = seen(self._world, id_or_key)
        found = _remote(issue, request.args.get("globalId", ""))
        if found is None:
            raise JiraRefusal(404, "The remote link with the given globalId does not exist.")
        issue.remote_links.remove(found)
        return "", 204

    def _end(self, value: Any) -> Issue:
        try:
            return referred_issue(self._world, value)
        except Wrong as wrong:
            raise no_issue() from wrong

    def _known(self, link_id: str) -> Link:
        link = self._world.links.get(int(link_id)) if link_id.isdecimal() else None
        if link is None:
            raise JiraRefusal(404, "No issue link with id '" + link_id + "' exists.")
        return link


def _remote(issue: Issue, global_id: str) -> dict[str, Any] | None:
    return next((one for one in issue.remote_links if one.get("globalId") == global_id), None)


def _check_remote(asked: dict[str, Any]) -> None:
    errors = {}
    target = asked.get("object", {})
    for name in ("title", "url"):
        if not isinstance(target.get(name), str) or not target[name].strip():
            errors[name] = f"'{name}' is required."
    if "url" not in errors and urlsplit(target["url"]).scheme not in ("http", "https"):
        errors["url"] = "'url' is not a valid URL."
    if len(asked.get("globalId", "")) > 255:
        errors["globalId"] = "'globalId' must have at most 255 characters."
    if not set(target) <= {"url", "title", "summary", "icon", "status"}:
        errors["object"] = "Invalid request payload. Refer to the REST API documentation and try again."
    if errors:
        raise JiraRefusal(400, errors=errors)
