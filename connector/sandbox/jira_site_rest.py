"""Jira REST v3 about the site itself: projects, types, screens, fields, permissions, the caller."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.jira_fields import CATALOGUE, Field
from connector.sandbox.jira_records import API, IssueType, Project
from connector.sandbox.jira_refusals import JiraRefusal, no_project
from connector.sandbox.jira_shapes import query_number
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.jira_writes import seen
from connector.sandbox.people import ORIGIN, SERVICE_ZONE

PERMISSIONS = {
    "BROWSE_PROJECTS": (10, "Browse Projects"),
    "CREATE_ISSUES": (11, "Create Issues"),
    "EDIT_ISSUES": (12, "Edit Issues"),
    "ASSIGN_ISSUES": (13, "Assign Issues"),
    "RESOLVE_ISSUES": (14, "Resolve Issues"),
    "DELETE_ISSUES": (16, "Delete Issues"),
    "LINK_ISSUES": (21, "Link Issues"),
    "ADMINISTER_PROJECTS": (23, "Administer Projects"),
    "TRANSITION_ISSUES": (46, "Transition Issues"),
    "ADMINISTER": (0, "Administer Jira"),
}


class SiteCalls:
    """The calls about the site, answered out of one world."""

    def __init__(self, world: JiraWorld) -> None:
        self._world = world

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        meta = "/issue/createmeta/<id_or_key>/issuetypes"
        for rule, view in (
            ("/project/search", self.projects),
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
        blueprint.add_url_rule("/permissions/project", "permitted", self.permitted, methods=["POST"])

    def projects(self) -> Response:
        """GET /project/search."""
        start, size = query_number("startAt", 0), query_number("maxResults", 50, most=100)
        wanted = set(request.args.getlist("keys"))
        found = [one for one in self._world.projects.values() if not one.hidden and (not wanted or one.key in wanted)]
        found.sort(key=lambda one: one.key)
        page = [{**one.entry(), "style": one.style, "isPrivate": False} for one in found[start : start + size]]
        last = start + size >= len(found)
        return jsonify({"maxResults": size, "startAt": start, "total": len(found), "isLast": last, "values": page})

    def project(self, id_or_key: str) -> Response:
        """GET /project/{key}."""
        one = self.known(id_or_key)
        kinds = [{**kind.entry()} for kind in one.types]
        return jsonify(
            {
                "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
                **one.entry(),
                "description": "",
                "lead": one.lead.user(),
                "components": [],
                "issueTypes": kinds,
                "assigneeType": "PROJECT_LEAD" if one.default_assignee else "UNASSIGNED",
                "versions": [],
                "roles": {"Member": f"{API}/project/{one.id}/role/10002"},
                "style": one.style,
                "isPrivate": False,
                "properties": {},
            }
        )

    def create_types(self, id_or_key: str) -> Response:
        """GET /issue/createmeta/{project}/issuetypes."""
        one = self.known(id_or_key)
        start, size = query_number("startAt", 0), query_number("maxResults", 50, most=200)
        kinds = [] if "CREATE_ISSUES" in one.denied else [_without_avatar(kind) for kind in one.types]
        page = {"maxResults": size, "startAt": start, "total": len(kinds)}
        return jsonify({**page, "issueTypes": kinds[start : start + size]})

    def create_fields(self, id_or_key: str, type_id: str) -> Response:
        """GET /issue/createmeta/{project}/issuetypes/{type}: what the create screen shows."""
        one = self.known(id_or_key)
        kind = next((kind for kind in one.types if str(kind.id) == type_id), None)
        if kind is None:
            raise JiraRefusal(404, "The issue type selected is invalid.")
        start, size = query_number("startAt", 0), query_number("maxResults", 50, most=200)
        shown = [screen_json(one, kind, CATALOGUE[name]) for name in CATALOGUE if name in one.create_screen]
        return jsonify(
            {"maxResults": size, "startAt": start, "total": len(shown), "fields": shown[start : start + size]}
        )

    def fields(self) -> Response:
        """GET /field."""
        return jsonify([field.details() for field in CATALOGUE.values()])

    def types(self) -> Response:
        """GET /issuetype."""
        return jsonify([one.entry() for one in self._world.types])

    def statuses(self) -> Response:
        """GET /status."""
        return jsonify([one.entry() for one in self._world.statuses])

    def permissions(self) -> Response:
        """GET /mypermissions: for the named permissions, on the site, a project or an issue."""
        wanted = [name for name in request.args.get("permissions", "").split(",") if name]
        if not wanted:
            raise JiraRefusal(400, "The 'permissions' query parameter is required.")
        unknown = [name for name in wanted if name not in PERMISSIONS]
        if unknown:
            raise JiraRefusal(400, f"Unrecognized permission(s): {', '.join(unknown)}")
        denied = self.denied()
        return jsonify({"permissions": {name: permission_json(name, denied) for name in wanted}})

    def permitted(self) -> Response:
        """POST /permissions/project: where the caller has all of these."""
        wanted = set(request.get_json()["permissions"])
        found = [one for one in self._world.projects.values() if not one.hidden and not wanted & _lacked(one)]
        return jsonify({"projects": [{"id": one.id, "key": one.key} for one in found]})

    def myself(self) -> Response:
        """GET /myself."""
        user = self._world.people.service.user()
        more = {"locale": "en_US", "groups": {"size": 1, "items": []}, "applicationRoles": {"size": 1, "items": []}}
        return jsonify({**user, **more, "expand": "groups,applicationRoles"})

    def server(self) -> Response:
        """GET /serverInfo."""
        return jsonify(
            {
                "baseUrl": ORIGIN,
                "displayUrl": ORIGIN,
                "displayUrlConfluence": f"{ORIGIN}/wiki",
                "version": "1001.0.0-SNAPSHOT",
                "versionNumbers": [1001, 0, 0],
                "deploymentType": "Cloud",
                "buildNumber": 100290,
                "buildDate": self._world.stamp(),
                "serverTime": self._world.stamp(),
                "scmInfo": "0" * 40,
                "serverTitle": "Jira",
                "serverTimeZone": SERVICE_ZONE,
            }
        )

    def known(self, id_or_key: str) -> Project:
        """The project; a JiraRefusal (404) for one that is not there."""
        found = self._world.project(id_or_key)
        if found is None:
            raise no_project(id_or_key)
        return found

    def denied(self) -> set[str]:
        """The permissions that the caller lacks where the query asks: on a project, an issue, or the site."""
        place = request.args.get("projectKey") or request.args.get("projectId")
        if place:
            return _lacked(self.known(place))
        issue = request.args.get("issueKey") or request.args.get("issueId")
        return seen(self._world, issue).project.denied if issue else set()


def permission_json(name: str, denied: set[str]) -> dict[str, Any]:
    """One permission, and whether the caller has it."""
    number, title = PERMISSIONS[name]
    site_wide = name == "ADMINISTER"
    return {
        "id": str(number),
        "key": name,
        "name": title,
        "type": "GLOBAL" if site_wide else "PROJECT",
        "description": "",
        "havePermission": name not in denied and not site_wide,
    }


def _lacked(project: Project) -> set[str]:
    return project.denied if project.administered else {*project.denied, "ADMINISTER_PROJECTS"}


def _without_avatar(kind: IssueType) -> dict[str, Any]:
    return {name: value for name, value in kind.entry().items() if name != "avatarId"}


def screen_json(project: Project, kind: IssueType, field: Field) -> dict[str, Any]:
    """A field of the create screen."""
    name = field.id
    always = name in ("summary", "issuetype", "project") or (name == "parent" and kind.level < 0)
    required = always or name in project.required
    entry: dict[str, Any] = {
        "required": required,
        "schema": field.schema(),
        "name": field.name,
        "key": name,
        "fieldId": name,
        "hasDefaultValue": name in ("priority", "reporter"),
        "operations": ["add", "set", "remove"] if name == "labels" else ["set"],
    }
    if name == "issuetype":
        entry["allowedValues"] = [kind.entry()]
    if name == "project":
        entry["allowedValues"] = [project.entry()]
    if field.kind == "user":
        entry["autoCompleteUrl"] = f"{ORIGIN}/rest/api/3/user/assignable/search?project={project.key}&query="
    return entry
