"""Jira REST v3 about issues: create, read, edit, delete, assign, properties."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.jira_answers import ALL, NAVIGABLE, answer, names_asked
from connector.sandbox.jira_edits import CLOUD, Grammar, read_user
from connector.sandbox.jira_records import API, Issue
from connector.sandbox.jira_references import Wrong
from connector.sandbox.jira_refusals import JiraRefusal, unreadable
from connector.sandbox.jira_shapes import body, each, flag, json_body, query_flag, text
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.jira_writes import count_write, create, edit, seen, set_property

Answer = tuple[Response, int] | Response | tuple[str, int]
Shown = Callable[..., dict[str, Any]]


class IssueCalls:
    """The calls about issues, answered out of one world."""

    def __init__(self, world: JiraWorld, grammar: Grammar = CLOUD, shown: Shown = answer) -> None:
        self._world = world
        self._grammar = grammar
        self._shown = shown

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        issue, prop = "/issue/<id_or_key>", "/issue/<id_or_key>/properties/<key>"
        for rule, method, view in (
            ("/issue", "POST", self.create),
            ("/issue/bulk", "POST", self.create_many),
            ("/issue/bulkfetch", "POST", self.fetch_many),
            (issue, "GET", self.read),
            (issue, "PUT", self.edit),
            (issue, "DELETE", self.delete),
            (f"{issue}/assignee", "PUT", self.assign),
            (f"{issue}/properties", "GET", self.property_keys),
            (prop, "GET", self.read_property),
            (prop, "PUT", self.write_property),
            (prop, "DELETE", self.delete_property),
        ):
            blueprint.add_url_rule(rule, view.__name__, view, methods=[method])

    def create(self) -> Answer:
        """POST /issue."""
        return jsonify(_made(create(self._world, json_body(), self._grammar))), 201

    def create_many(self) -> Answer:
        """POST /issue/bulk: up to 50; the ones that can be made are made."""
        asked = body({"issueUpdates": each(lambda one: True)}, required=("issueUpdates",))["issueUpdates"]
        if not asked:
            raise unreadable()
        if len(asked) > 50:
            raise JiraRefusal(400, "The number of issues to create exceeds the maximum of 50.")
        issues, errors = [], []
        for place, one in enumerate(asked):
            try:
                issues.append(_made(create(self._world, one, self._grammar)))
            except JiraRefusal as refusal:
                errors.append({"status": refusal.status, "elementErrors": refusal.body(), "failedElementNumber": place})
        return jsonify({"issues": issues, "errors": errors}), 201 if issues else 400

    def fetch_many(self) -> Answer:
        """POST /issue/bulkfetch: up to 100 by id or key, in ascending id order; what is not found is listed apart."""
        texts = each(text)
        asked = body(
            {"issueIdsOrKeys": texts, "fields": texts, "properties": texts, "expand": texts, "fieldsByKeys": flag},
            required=("issueIdsOrKeys",),
        )
        wanted = list(dict.fromkeys(asked["issueIdsOrKeys"]))
        if not wanted or len(wanted) > 100:
            raise JiraRefusal(400, "The number of issue ids or keys must be between 1 and 100.")
        if len(asked.get("properties", [])) > 5:
            raise JiraRefusal(400, "A maximum of 5 issue property keys can be specified.")
        found = {one: self._world.find(one) for one in wanted}
        issues = sorted({issue for issue in found.values() if issue is not None}, key=lambda issue: issue.id)
        fields = names_asked(asked.get("fields", [])) or [NAVIGABLE]
        shown = [
            answer(
                self._world,
                one,
                fields,
                properties=names_asked(asked.get("properties", [])),
                expand=asked.get("expand", []),
            )
            for one in issues
        ]
        message = "Issue does not exist or you do not have permission to see it."
        missing = [{"id": one, "errorMessage": message} for one, issue in found.items() if issue is None]
        return jsonify({"issues": shown, "issueErrors": missing})

    def read(self, id_or_key: str) -> Answer:
        """GET /issue/{id}: all fields unless some are named."""
        issue = seen(self._world, id_or_key)
        fields = names_asked(request.args.getlist("fields")) or [ALL]
        expand = names_asked(request.args.getlist("expand"))
        properties = names_asked(request.args.getlist("properties"))
        if "*all" in properties:
            properties = list(issue.properties)
        return jsonify(self._shown(self._world, issue, fields, properties=properties, expand=expand))

    def edit(self, id_or_key: str) -> Answer:
        """PUT /issue/{id}."""
        query_flag("notifyUsers", True)
        issue = seen(self._world, id_or_key)
        count_write(self._world, issue)
        edit(self._world, issue, json_body(), self._grammar)
        if query_flag("returnIssue"):
            return jsonify(answer(self._world, issue, [ALL]))
        return "", 204

    def delete(self, id_or_key: str) -> Answer:
        """DELETE /issue/{id}."""
        issue = seen(self._world, id_or_key)
        if "DELETE_ISSUES" in issue.project.denied:
            raise JiraRefusal(403, "You do not have permission to delete issues in this project.")
        below = [child for child in issue.children if child.level < 0]
        if below and not query_flag("deleteSubtasks"):
            raise JiraRefusal(
                400, f"The issue '{issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter."
            )
        for one in (*below, issue):
            self._world.delete_issue(one.key)
        return "", 204

    def assign(self, id_or_key: str) -> Answer:
        """PUT /issue/{id}/assignee: `{"accountId": null}` leaves the issue to nobody."""
        issue = seen(self._world, id_or_key)
        asked = body({"accountId": lambda value: value is None or text(value)}, required=("accountId",))
        if "ASSIGN_ISSUES" in issue.project.denied:
            raise JiraRefusal(403, "You do not have permission to assign issues in this project.")
        count_write(self._world, issue)
        try:
            assignee = read_user(self._world, issue.project, "assignee", asked)
        except Wrong as wrong:
            raise JiraRefusal(400, errors={"assignee": str(wrong)}) from wrong
        self._world.touch(issue, assignee=assignee)
        return "", 204

    def property_keys(self, id_or_key: str) -> Answer:
        """GET /issue/{id}/properties."""
        issue = seen(self._world, id_or_key)
        place = f"{API}/issue/{issue.id}/properties"
        return jsonify({"keys": [{"self": f"{place}/{key}", "key": key} for key in issue.properties]})

    def read_property(self, id_or_key: str, key: str) -> Answer:
        """GET /issue/{id}/properties/{key}."""
        issue = self._with_property(id_or_key, key)
        return jsonify({"key": key, "value": issue.properties[key]})

    def write_property(self, id_or_key: str, key: str) -> Answer:
        """PUT /issue/{id}/properties/{key}: 201 for a new one, 200 for a known one."""
        issue = seen(self._world, id_or_key)
        if "EDIT_ISSUES" in issue.project.denied:
            raise JiraRefusal(403, "You do not have permission to edit issues in this project.")
        count_write(self._world, issue)
        new = set_property(issue, key, json_body())
        message = f"Property key '{key}' {'created' if new else 'updated'}."
        return jsonify({"message": message, "status-code": 201 if new else 200}), 201 if new else 200

    def delete_property(self, id_or_key: str, key: str) -> Answer:
        """DELETE /issue/{id}/properties/{key}."""
        issue = self._with_property(id_or_key, key)
        count_write(self._world, issue)
        del issue.properties[key]
        return "", 204

    def _with_property(self, id_or_key: str, key: str) -> Issue:
        issue = seen(self._world, id_or_key)
        if key not in issue.properties:
            raise JiraRefusal(404, f"The property with key '{key}' does not exist.")
        return issue


def _made(issue: Issue) -> dict[str, Any]:
    return {"id": str(issue.id), "key": issue.key, "self": f"{API}/issue/{issue.id}"}
