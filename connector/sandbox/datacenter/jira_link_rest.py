"""Links between issues, and from issues to the world outside: as in the Cloud, in Data Center's dress."""

import functools
from collections.abc import Callable

from flask import Blueprint, jsonify

from connector.sandbox.datacenter.jira_dress import dressed
from connector.sandbox.jira_link_rest import Answer, LinkCalls
from connector.sandbox.jira_world import JiraWorld


class LinkCallsV2:
    """The calls about links, answered out of one world."""

    def __init__(self, world: JiraWorld) -> None:
        self._world = world
        self._cloud = LinkCalls(world)

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        remote, calls = "/issue/<id_or_key>/remotelink", self._cloud
        rules: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
            ("/issueLink", "POST", calls.link),
            ("/issueLink/<link_id>", "GET", calls.read_link),
            ("/issueLink/<link_id>", "DELETE", calls.unlink),
            ("/issueLinkType", "GET", calls.link_types),
            (remote, "GET", calls.remote_links),
            (remote, "POST", calls.link_out),
            (remote, "DELETE", calls.unlink_out),
        )
        for rule, method, view in rules:
            blueprint.add_url_rule(rule, view.__name__, self._in_dress(view), methods=[method])

    def _in_dress(self, view: Callable[..., Answer]) -> Callable[..., Answer]:
        @functools.wraps(view)
        def answered(**given: str) -> Answer:
            plain = view(**given)
            answer, status = plain if isinstance(plain, tuple) else (plain, 200)
            if isinstance(answer, str):
                return answer, status
            return jsonify(dressed(answer.get_json(), self._world.people)), status

        return answered
