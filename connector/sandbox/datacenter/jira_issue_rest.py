"""Issues: create one or many, read, edit, delete, assign by name, properties."""

from flask import Blueprint, jsonify

from connector.sandbox.datacenter.jira_answers import answer
from connector.sandbox.datacenter.jira_dress import dressed
from connector.sandbox.datacenter.jira_grammar import GRAMMAR, read_user
from connector.sandbox.jira_issue_rest import Answer, IssueCalls
from connector.sandbox.jira_references import Wrong
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_shapes import body, json_body, query_flag, text
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.jira_writes import edit, seen, set_property


class IssueCallsV2:
    """The calls about issues, answered out of one world."""

    def __init__(self, world: JiraWorld) -> None:
        self._world = world
        self._calls = IssueCalls(world, GRAMMAR, answer)

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        issue, prop = "/issue/<id_or_key>", "/issue/<id_or_key>/properties/<key>"
        for rule, method, view in (
            ("/issue", "POST", self.create),
            ("/issue/bulk", "POST", self.create_many),
            (issue, "GET", self._calls.read),
            (issue, "PUT", self.edit),
            (issue, "DELETE", self._calls.delete),
            (f"{issue}/assignee", "PUT", self.assign),
            (f"{issue}/properties", "GET", self.property_keys),
            (prop, "GET", self._calls.read_property),
            (prop, "PUT", self.write_property),
            (prop, "DELETE", self._calls.delete_property),
        ):
            blueprint.add_url_rule(rule, view.__name__, view, methods=[method])

    def create(self) -> Answer:
        """POST /issue."""
        return self._dressed(self._calls.create())

    def create_many(self) -> Answer:
        """POST /issue/bulk: the ones that can be made are made."""
        return self._dressed(self._calls.create_many())

    def edit(self, id_or_key: str) -> Answer:
        """PUT /issue/{id}: 204; whoever wants nobody to be told has to administer the project."""
        issue = seen(self._world, id_or_key)
        if not query_flag("notifyUsers", True) and "ADMINISTER_PROJECTS" in issue.project.denied:
            told = "To discard the user notification either admin or project admin permissions are required."
            raise JiraRefusal(403, told)
        edit(self._world, issue, json_body(), GRAMMAR)
        return "", 204

    def assign(self, id_or_key: str) -> Answer:
        """PUT /issue/{id}/assignee: `{"name": null}` leaves the issue to nobody, `-1` to whom the project says."""
        issue = seen(self._world, id_or_key)
        asked = body({"name": lambda value: value is None or text(value)}, required=("name",))
        if "ASSIGN_ISSUES" in issue.project.denied:
            raise JiraRefusal(401, "You do not have permission to assign issues.")
        try:
            assignee = read_user(self._world, issue.project, "assignee", asked)
        except Wrong as wrong:
            raise JiraRefusal(400, errors={"assignee": str(wrong)}) from wrong
        self._world.touch(issue, assignee=assignee)
        return "", 204

    def property_keys(self, id_or_key: str) -> Answer:
        """GET /issue/{id}/properties."""
        return self._dressed(self._calls.property_keys(id_or_key))

    def write_property(self, id_or_key: str, key: str) -> Answer:
        """PUT /issue/{id}/properties/{key}: 201 for a new one, 200 for a known one, nothing said."""
        issue = seen(self._world, id_or_key)
        if "EDIT_ISSUES" in issue.project.denied:
            raise JiraRefusal(403, "You do not have permission to edit issues in this project.")
        return "", 201 if set_property(issue, key, json_body()) else 200

    def _dressed(self, given: Answer) -> Answer:
        answered, status = given if isinstance(given, tuple) else (given, 200)
        if isinstance(answered, str):
            return answered, status
        return jsonify(dressed(answered.get_json(), self._world.people)), status
