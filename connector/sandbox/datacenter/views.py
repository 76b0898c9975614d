"""Data Center's addresses of what people look at; the same pages as the Cloud's are shown there."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response


def blueprint() -> Blueprint:
    """The pages under `/jira` and `/confluence`, each by the way of its twin."""
    made = Blueprint("datacenter_views", __name__)
    made.add_url_rule("/jira/", "front", lambda: redirect("/jira/projects"))
    made.add_url_rule("/jira/browse/<key>", "browse", lambda key: redirect(f"/browse/{key}"))
    made.add_url_rule("/confluence/", "start", lambda: redirect("/wiki"))
    made.add_url_rule("/confluence/<path:rest>", "page", _twin)
    return made


def _twin(rest: str) -> Response:
    return redirect(f"/wiki/{rest}")
