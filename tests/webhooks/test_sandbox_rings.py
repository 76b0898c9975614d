"""The imitation site rings at the door: every change of an epic or a page arrives as a hint that names nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from connector.sandbox.automation import AutomationRule
from connector.sandbox.jira_webhooks import Webhook
from connector.sandbox.people import CANARIES
from connector.sandbox.seed import demo_site
from connector.sandbox.server import listening
from connector.sandbox.site import Site
from mappings.hints import IssueHint, PageHint
from tests.webhooks.stand import LABELS, Stand

EVENTS = frozenset({"jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "issuelink_created"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """A site and a door that hears of it."""

    site: Site
    stand: Stand
    address: str

    def register(self) -> None:
        hook = Webhook(id=1, name="okr", url=f"{self.address}/webhooks/jira", events=EVENTS,
                       at=datetime.now(UTC), secret="jira-new")  # fmt: skip
        self.site.webhooks.registered[1] = hook

    def hints(self) -> list[object]:
        assert self.site.sender.idle()
        assert {one.status for one in self.site.sender.log} <= {202, 204}
        shown = repr(self.stand.rings.heard)
        assert [mark for mark in CANARIES if mark in shown] == []
        return list(self.stand.rings.heard)


@pytest.fixture
def street() -> Iterator[Street]:
    stand = Stand()
    with listening(stand.app()) as address:
        site = demo_site()
        yield Street(site=site, stand=stand, address=address)
        site.sender.close()


def test_a_closed_epic_rings_with_its_labels_and_level(street: Street) -> None:
    street.register()
    epic = next(one for one in street.site.jira.issues.values() if LABELS & set(one.fields["labels"]))
    street.site.jira.close_issue(epic.key)
    assert street.hints() == [
        IssueHint(
            id=str(epic.id), key=epic.key, project=epic.project.key, level=1,
            labels=frozenset(epic.fields["labels"]) & LABELS,
        )
    ]  # fmt: skip


def test_a_moved_epic_and_a_lost_label_ring_where_they_were(street: Street) -> None:
    street.register()
    epic = next(one for one in street.site.jira.issues.values() if LABELS & set(one.fields["labels"]))
    labels, key = frozenset(epic.fields["labels"]) & LABELS, epic.key
    street.site.jira.edit_issue(key, labels=[])
    street.site.jira.move_issue(key, "OKR")
    (unlabelled, here, there) = street.hints()
    assert isinstance(unlabelled, IssueHint)
    assert unlabelled.labels == labels
    assert isinstance(here, IssueHint)
    assert isinstance(there, IssueHint)
    assert (here.project, there.key) == ("OKR", key)


def test_a_link_rings_at_both_ends(street: Street) -> None:
    first, second, *_ = street.site.jira.issues.values()
    street.register()
    street.site.jira.link(street.site.jira.link_types[1], first, second)
    assert {IssueHint(id=str(first.id)), IssueHint(id=str(second.id))} <= set(street.hints())


def test_a_page_rings_by_an_automation_rule(street: Street) -> None:
    street.site.automation.rules.append(AutomationRule(url=f"{street.address}/webhooks/automation", secret="auto-one"))
    page = street.site.confluence.add_page(space="ONB", title="Kanarie")
    street.site.confluence.trash(page.id)
    assert street.hints() == [PageHint(id=page.id)] * 2


def test_a_wrong_secret_rings_nothing(street: Street) -> None:
    street.site.automation.rules.append(AutomationRule(url=f"{street.address}/webhooks/automation", secret="other"))
    street.site.confluence.add_page(space="ONB", title="Kanarie")
    assert street.site.sender.idle()
    assert [one.status for one in street.site.sender.log] == [401]
    assert street.stand.rings.heard == []
