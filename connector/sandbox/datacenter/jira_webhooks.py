"""How Jira Data Center tells an event: once, the acting user in the address, comments without their issue."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from connector.sandbox.datacenter.jira_answers import answer, changed
from connector.sandbox.datacenter.jira_dress import dressed
from connector.sandbox.datacenter.jira_vocabulary import VOCABULARY
from connector.sandbox.datacenter.release import Release
from connector.sandbox.jira_records import Issue, Link
from connector.sandbox.jira_webhook_bodies import body_of as cloud_body
from connector.sandbox.jira_webhooks import Speech
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.people import Person


def speech(release: Release) -> Speech:
    """The speech of this release."""
    agent = f"Atlassian HttpClient / JIRA-{release.jira} / Default"
    headers = (("Content-Type", "application/json; charset=UTF-8"), ("User-Agent", agent))
    return Speech(body=body_of, vocabulary=VOCABULARY, headers=lambda: headers, query=acting)


def body_of(world: JiraWorld, event: str, subject: Issue | Link, before: Mapping[str, Any]) -> dict[str, Any]:
    """What Jira Data Center posts about this event; `before` holds the values that the changed fields had."""
    told = cloud_body(world, event, subject, before, answer)
    if event.startswith("comment_"):
        del told["issue"]
    if "changelog" in told:
        told["changelog"]["items"] = [changed(item, world) for item in told["changelog"]["items"]]
    return {**dressed(told, world.people), **({"issue": told["issue"]} if "issue" in told else {})}


def acting(world: JiraWorld, subject: Issue | Link) -> str:
    """The person whose doing it was, as Data Center writes it into the query of every address."""
    person = _actor(world, subject)
    return urlencode({"user_id": person.login, "user_key": person.jira_key})


def _actor(world: JiraWorld, subject: Issue | Link) -> Person:
    return world.people.nth(subject.id + 3)
