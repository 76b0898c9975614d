"""A browsable Jira for human eyes: projects, lists of issues, one issue; nothing here asks for a token."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from connector.sandbox.jira_records import Issue, Project
from connector.sandbox.jira_rest import JiraSite
from connector.sandbox.jira_world import JiraWorld


def blueprint(site: JiraSite) -> Blueprint:
    """The pages under `/jira` and `/browse`, and the site's front door."""
    pages = _Pages(site.jira)
    made = Blueprint("jira_views", __name__)
    made.add_url_rule("/", "front", pages.projects)
    made.add_url_rule("/jira/projects", "projects", pages.projects)
    made.add_url_rule("/jira/software/c/projects/<key>/issues", "issues", pages.issues)
    made.add_url_rule("/projects/<key>", "project", pages.to_issues)
    made.add_url_rule("/browse/<key>", "browse", pages.browse)
    return made


class _Pages:
    def __init__(self, world: JiraWorld) -> None:
        self._world = world

    def projects(self) -> str:
        """All projects."""
        rows = [(one, len(self._issues(one))) for one in self._world.projects.values()]
        return render_template("jira/projects.html", rows=rows, nav=self._nav())

    def issues(self, key: str) -> str:
        """The issues of one project, the newest first, each below what it belongs to."""
        project = self._world.project(key) or abort(404)
        rows = [_row(one) for one in reversed(self._issues(project))]
        return render_template("jira/issues.html", project=project, rows=rows, nav=self._nav())

    def to_issues(self, key: str) -> Response:
        """The short address of a project leads to its issues."""
        return redirect(f"/jira/software/c/projects/{key}/issues")

    def browse(self, key: str) -> Response | str:
        """One issue, or the project of that key."""
        issue = self._world.find(key)
        if issue is None:
            return self.to_issues(key) if self._world.project(key) else abort(404)
        if issue.key != key:
            return redirect(f"/browse/{issue.key}")
        return render_template("jira/issue.html", nav=self._nav(), **self._shown(issue))

    def _issues(self, project: Project) -> list[Issue]:
        return [one for one in self._world.issues.values() if one.project is project]

    def _nav(self) -> list[Project]:
        return list(self._world.projects.values())

    def _shown(self, issue: Issue) -> dict[str, Any]:
        links: dict[str, list[dict[str, Any]]] = {}
        for link in issue.links:
            out = link.source is issue
            links.setdefault(link.type.outward if out else link.type.inward, []).append(
                _row(link.target if out else link.source)
            )
        return {
            **_row(issue),
            "project": issue.project,
            "parent": _row(issue.parent) if issue.parent else None,
            "children": [_row(child) for child in issue.children],
            "paragraphs": _paragraphs(issue.fields.get("description")),
            "links": links,
            "remote": [one["object"] for one in issue.remote_links],
            "properties": issue.properties,
            "reporter": _name(issue.fields.get("reporter")),
            "created": _day(issue.fields["created"]),
            "updated": _day(issue.fields["updated"]),
        }


def _row(issue: Issue) -> dict[str, Any]:
    fields = issue.fields
    return {
        "key": issue.key,
        "summary": fields.get("summary", ""),
        "type": fields["issuetype"]["name"],
        "level": issue.level,
        "status": fields["status"]["name"],
        "category": fields["status"]["statusCategory"]["key"],
        "labels": fields.get("labels") or [],
        "assignee": _name(fields.get("assignee")),
        "above": issue.parent.key if issue.parent else "",
    }


def _name(user: dict[str, Any] | None) -> str:
    return str(user.get("displayName", "")) if user else ""


def _day(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp):%d %b %Y, %H:%M}"


def _paragraphs(node: Any) -> list[dict[str, Any]]:
    """The blocks of a document: kind and runs of (text, address), enough to read it by."""
    if not isinstance(node, dict):
        return []
    found = []
    for block in node.get("content", []):
        if block.get("type") in ("bulletList", "orderedList"):
            found += [{"kind": "item", "runs": _runs(item)} for item in block.get("content", [])]
        else:
            found.append({"kind": block.get("type"), "runs": _runs(block)})
    return found


def _runs(node: dict[str, Any]) -> list[tuple[str, str]]:
    if node.get("type") == "text":
        marks = node.get("marks", [])
        return [(node["text"], next((mark["attrs"]["href"] for mark in marks if mark["type"] == "link"), ""))]
    if node.get("type") in ("mention", "inlineCard"):
        attrs = node.get("attrs", {})
        return [(attrs.get("text") or attrs.get("url", ""), attrs.get("url", ""))]
    return [run for child in node.get("content", []) for run in _runs(child)]
