"""The site itself: projects, types, create screens, fields, permissions, the caller, the server."""

from typing import Any

from flask import Blueprint, Response, jsonify

from connector.sandbox.datacenter.jira_dress import BASE, dressed, user_json
from connector.sandbox.datacenter.jira_fields import CATALOGUE, UNLISTED, needed, unseen
from connector.sandbox.datacenter.release import Release
from connector.sandbox.jira_records import IssueType, Project
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_shapes import query_number
from connector.sandbox.jira_site_rest import PERMISSIONS, SiteCalls, permission_json, screen_json
from connector.sandbox.jira_world import JiraWorld


class SiteCallsV2:
    """The calls about the site, answered out of one world."""

    def __init__(self, world: JiraWorld, release: Release) -> None:
        self._world = world
        self._release = release
        self._cloud = SiteCalls(world)

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        meta = "/issue/createmeta/<id_or_key>/issuetypes"
        for rule, view in (
            ("/project", self.projects),
            ("/project/<id_or_key>", self.project),
            (meta, self.create_types),
            (f"{meta}/<type_id>", self.create_fields),
            ("/field", self.fields),
            ("/issuetype", self.types),
            ("/status", self.statuses),
            ("/mypermissions", self.permissions),
            ("/myself", self.myself),
            ("/serverInfo", self.server),
        ):
            blueprint.add_url_rule(rule, view.__name__, view, methods=["GET"])

    def projects(self) -> Response:
        """GET /project: all at once."""
        found = sorted((one for one in self._world.projects.values() if not one.hidden), key=lambda one: one.key)
        return self._say(
            [{"expand": "description,lead,url,projectKeys", **one.entry(), "archived": False} for one in found]
        )

    def project(self, id_or_key: str) -> Response:
        """GET /project/{key}."""
        shown = self._cloud.project(id_or_key).get_json()
        kept = {name: value for name, value in shown.items() if name != "properties"}
        return self._say({**kept, "archived": False})

    def create_types(self, id_or_key: str) -> Response:
        """GET /issue/createmeta/{project}/issuetypes."""
        one = self._creatable(id_or_key)
        kinds = [] if "CREATE_ISSUES" in one.denied else [kind.entry() for kind in one.types]
        return self._paged(kinds)

    def create_fields(self, id_or_key: str, type_id: str) -> Response:
        """GET /issue/createmeta/{project}/issuetypes/{type}: what the create screen shows."""
        one = self._creatable(id_or_key)
        kind = next((kind for kind in one.types if str(kind.id) == type_id), None)
        if kind is None:
            raise JiraRefusal(400, "The issue type selected is invalid.")
        shown = one.create_screen - unseen(kind)
        return self._paged([_screen_entry(one, kind, name) for name in CATALOGUE if name in shown])

    def fields(self) -> Response:
        """GET /field."""
        listed = [field.details() for name, field in CATALOGUE.items() if name not in UNLISTED]
        return jsonify([{name: value for name, value in one.items() if name != "key"} for one in listed])

    def types(self) -> Response:
        """GET /issuetype."""
        return self._say(self._cloud.types().get_json())

    def statuses(self) -> Response:
        """GET /status."""
        return self._say(self._cloud.statuses().get_json())

    def permissions(self) -> Response:
        """GET /mypermissions: all there are, on the site, a project or an issue; they cannot be chosen from."""
        denied = self._cloud.denied()
        return jsonify({"permissions": {name: permission_json(name, denied) for name in PERMISSIONS}})

    def myself(self) -> Response:
        """GET /myself."""
        more = {"locale": "en_US", "groups": {"size": 1, "items": []}, "applicationRoles": {"size": 1, "items": []}}
        return jsonify(
            {**user_json(self._world.people.service), "deleted": False, **more, "expand": "groups,applicationRoles"}
        )

    def server(self) -> Response:
        """GET /serverInfo."""
        numbers = self._release.jira_numbers()
        return jsonify(
            {
                "baseUrl": BASE,
                "version": self._release.jira,
                "versionNumbers": numbers,
                "deploymentType": "Server",
                "buildNumber": numbers[0] * 1_000_000 + numbers[1] * 10_000 + numbers[2],
                "buildDate": self._world.stamp(),
                "databaseBuildNumber": numbers[0] * 1_000_000 + numbers[1] * 10_000,
                "serverTime": self._world.stamp(),
                "scmInfo": "0" * 40,
                "serverTitle": "Jira",
            }
        )

    def _creatable(self, id_or_key: str) -> Project:
        found = self._world.project(id_or_key)
        if found is None:
            raise JiraRefusal(400, f"No project could be found with key '{id_or_key}'.")
        return found

    def _paged(self, values: list[dict[str, Any]]) -> Response:
        start, size = query_number("startAt", 0), query_number("maxResults", 50, most=200)
        last = start + size >= len(values)
        page = {"maxResults": size, "startAt": start, "total": len(values), "isLast": last}
        return self._say({**page, "values": values[start : start + size]})

    def _say(self, value: Any) -> Response:
        return jsonify(dressed(value, self._world.people))


def _screen_entry(project: Project, kind: IssueType, name: str) -> dict[str, Any]:
    shown = screen_json(project, kind, CATALOGUE[name])
    shown["required"] = shown["required"] or name in needed(kind)
    return {key: value for key, value in shown.items() if key != "key"}
