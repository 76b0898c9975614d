"""What the imitation tells those who registered: signed bodies like Cloud's, and rules that send ids only."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest

from connector.sandbox.automation import AutomationRule
from connector.sandbox.people import CANARIES
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site
from tests.sandbox.caller import Caller
from tests.sandbox.ear import Ear, open_ear

HOOKS = "/rest/webhooks/1.0/webhook"
ALL = ["jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "issuelink_created", "issuelink_deleted",
       "comment_created"]  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    made = demo_site()
    made.base_url = "http://site.example"
    yield made
    made.sender.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    with open_ear() as made:
        yield made


def ask(site: Site, method: str, path: str = HOOKS, body: Any = None) -> Any:
    caller = Caller(site)
    headers = {"Authorization": caller._headers["Authorization"]}
    return caller.raw(method, path, headers=headers, **({} if body is None else {"json": body}))


def register(site: Site, ear: Ear, *, path: str = "/jira", **more: Any) -> Any:
    answer = ask(site, "POST", body={"name": "okr", "url": ear.url + path, "events": ALL, "secret": "geheim", **more})
    assert answer.status_code == 201, answer.text
    return answer.json


def epic(site: Site) -> str:
    return next(issue.key for issue in site.jira.issues.values() if issue.level == 1)


def test_a_registration_can_be_listed_and_removed_and_hides_its_secret(site: Site, ear: Ear) -> None:
    made = register(site, ear, filters={"issue-related-events-section": "project = ONB"}, excludeBody=True)
    assert (made["isSigned"], made["excludeBody"], made["events"]) == (True, True, sorted(ALL))
    assert ask(site, "GET").json == [made]
    assert "geheim" not in ask(site, "GET").text
    place = made["self"].removeprefix("http://localhost")
    assert ask(site, "GET", place).json == made
    assert ask(site, "DELETE", place).status_code == 204
    assert ask(site, "DELETE", place).status_code == 404
    assert ask(site, "GET").json == []


@pytest.mark.parametrize("wrong", [
    {}, {"name": "x", "url": "ftp://x", "events": ["a"]}, {"name": "x", "url": "http://x", "events": []},
    {"name": "x", "url": "http://x", "events": ["a"], "own": 1},
    {"name": "x", "url": "http://x", "events": ["a"], "filters": {"issue-related-events-section": "project = ("}},
])  # fmt: skip
def test_a_registration_of_another_shape_is_refused(site: Site, wrong: Any) -> None:
    assert ask(site, "POST", body=wrong).status_code == 400


def test_only_those_with_a_token_may_register(site: Site) -> None:
    assert Caller(site).raw("GET", HOOKS).status_code == 401


def test_every_change_of_an_issue_is_told_signed_and_with_people(site: Site, ear: Ear) -> None:
    register(site, ear)
    made = site.jira.add_issue(project="ONB", summary="Neu", labels=["okr-setup-rate"])
    site.jira.close_issue(made.key)
    site.jira.comment_on(made.key)
    site.jira.link(site.jira.link_types[0], made, site.jira.keys[epic(site)])
    site.jira.delete_issue(made.key)
    assert site.sender.idle()
    assert set(ear.events) == set(ALL)
    for heard in ear.heard:
        digest = hmac.new(b"geheim", heard.body, hashlib.sha256).hexdigest()
        assert heard.headers["X-Hub-Signature"] == f"sha256={digest}"
    whole = next(one for one in ear.heard if one.told["webhookEvent"] == "jira:issue_created").body.decode()
    assert sum(mark in whole for mark in CANARIES) > 10
    assert "http://site.example/rest/api/2/issue/" in whole
    assert "sandbox.invalid" not in whole


def test_a_change_tells_what_stood_there_before(site: Site, ear: Ear) -> None:
    key = epic(site)
    register(site, ear)
    site.jira.close_issue(key)
    site.jira.edit_issue(key, labels=["other"])
    moved = site.jira.move_issue(key, "OKR")
    assert site.sender.idle()
    items = {item["field"]: item for one in ear.heard for item in one.told["changelog"]["items"]}
    assert items["status"]["toString"] == "Done"
    assert "okr-" in items["labels"]["fromString"]
    assert (items["Key"]["fromString"], items["Key"]["toString"]) == (key, moved)
    assert [one.told["issue_event_type_name"] for one in ear.heard] == ["issue_generic", "issue_updated", "issue_moved"]


def test_a_filter_lets_only_its_issues_through(site: Site, ear: Ear) -> None:
    register(site, ear, filters={"issue-related-events-section": "project = MET AND issuetype = Epic"})
    for issue in list(site.jira.issues.values()):
        site.jira.touch(issue)
    assert site.sender.idle()
    told = [one.told["issue"]["key"] for one in ear.heard]
    assert told == [one.key for one in site.jira.issues.values() if one.project.key == "MET" and one.level == 1]


def test_an_excluded_body_is_empty_signed_and_has_its_ids_in_the_address(site: Site, ear: Ear) -> None:
    path = "/jira?issue={issue.id}&key={issue.key}&project={project.key}&sprint={sprint.id}"
    register(site, ear, path=path, excludeBody=True)
    issue = site.jira.keys[epic(site)]
    site.jira.touch(issue)
    assert site.sender.idle()
    (heard,) = ear.heard
    assert heard.body == b""
    assert heard.query == f"issue={issue.id}&key={issue.key}&project={issue.project.key}&sprint="
    assert heard.headers["X-Hub-Signature"] == "sha256=" + hmac.new(b"geheim", b"", hashlib.sha256).hexdigest()


def test_writes_over_the_interface_are_told_too(site: Site, ear: Ear) -> None:
    register(site, ear, events=["jira:issue_created"])
    assert Caller(site).make().status_code == 201
    assert site.sender.idle()
    assert ear.events == ["jira:issue_created"]


def test_a_rule_of_confluence_sends_an_event_and_a_page_and_nobody(site: Site, ear: Ear) -> None:
    site.automation.rules.append(AutomationRule(url=f"{ear.url}/automation", secret="geheim"))
    page = site.confluence.add_page(space="ONB", title="Kanarie", body="<p>Kanarie</p>")
    site.confluence.edit_by_hand(page.id, lambda body: body + "<p>x</p>")
    site.confluence.add_labels(page.id, ["okr"])
    site.confluence.trash(page.id)
    assert site.sender.idle()
    assert [one.told for one in ear.heard] == [
        {"event": name, "page": page.id} for name in ("page_created", "page_updated", "page_trashed")
    ]
    assert {one.headers["X-Okr-Secret"] for one in ear.heard} == {"geheim"}


def test_where_nobody_registered_no_thread_is_started(site: Site) -> None:
    site.jira.close_issue(epic(site))
    assert site.sender._thread is None
