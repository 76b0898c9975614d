"""`okr doctor` and `okr webhooks` in front of Data Center, where Confluence rings as well."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.cli import okr
from connector.sandbox.datacenter.rates import Bucket
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from tests.contract.openapi import ContractCheck, documents_missing
from tests.flow.stand import EXAMPLE

SECRETS = "jira=0123456789abcdef,confluence=fedcba9876543210"


@pytest.fixture
def on_data_center(tmp_path: Path) -> Iterator[tuple[Site, dict[str, str]]]:
    site = demo_site(dialect=Dialect.DATACENTER)
    site.bucket = Bucket(limit=1000, fill=1000)
    check = ContractCheck()
    if not documents_missing():
        site.log.on_exchange(check)
    with serving(site):
        yield (
            site,
            {
                "OKR_JIRA_URL": site.jira_url,
                "OKR_JIRA_TOKEN": site.token,
                "OKR_CONFLUENCE_URL": site.confluence_url,
                "OKR_CONFLUENCE_TOKEN": site.token,
                "OKR_MAPPINGS": str(EXAMPLE),
                "DATABASE_URL": f"sqlite:///{tmp_path / 'okr.db'}",
                "OKR_PUBLIC_URL": "https://okr.example.com",
                "OKR_WEBHOOK_SECRETS": SECRETS,
            },
        )
    assert check.violations == []


def run(settings: dict[str, str], *arguments: str) -> Result:
    return CliRunner(env=dict.fromkeys(("DATABASE_URL",)) | settings).invoke(okr, arguments)


def test_both_sites_are_told_of_our_door_once_and_forget_it(on_data_center: tuple[Site, dict[str, str]]) -> None:
    site, settings = on_data_center
    for _ in range(2):
        assert run(settings, "webhooks", "register").exit_code == 0
    (of_jira,) = site.webhooks.registered.values()
    assert of_jira.url.startswith("https://okr.example.com/webhooks/jira?issue={issue.id}")
    assert "okr-photo-share" in of_jira.jql
    assert of_jira.secret == "0123456789abcdef"
    (of_confluence,) = site.page_hooks.registered.values()
    assert of_confluence.url == "https://okr.example.com/webhooks/confluence"
    assert of_confluence.secret == "fedcba9876543210"
    listed = json.loads(run(settings, "webhooks", "list", "--json").output)
    assert [(one["product"], one["enabled"], one["signed"]) for one in listed] == [
        ("jira", True, None),
        ("confluence", True, None),
    ]
    assert run(settings, "webhooks", "remove").exit_code == 0
    assert not site.webhooks.registered
    assert not site.page_hooks.registered


def test_without_a_secret_of_confluence_nothing_is_registered(on_data_center: tuple[Site, dict[str, str]]) -> None:
    site, settings = on_data_center
    result = run({**settings, "OKR_WEBHOOK_SECRETS": "jira=0123456789abcdef"}, "webhooks", "register")
    assert "confluence=" in str(result.exception)
    assert not site.webhooks.registered


def test_the_doctor_finds_data_center_well_but_for_its_door(on_data_center: tuple[Site, dict[str, str]]) -> None:
    _, settings = on_data_center
    quiet = {name: value for name, value in settings.items() if name != "OKR_WEBHOOK_SECRETS"}
    answer = json.loads(run(quiet, "doctor", "--json").output)
    failed = [(one["name"], one["what"]) for one in answer["checks"] if one["outcome"] == "failed"]
    assert failed == []
    names = {one["name"] for one in answer["checks"]}
    assert {"jira", "permissions", "hierarchy", "link-types", "epics", "confluence", "home", "quota"} <= names
    asked = [one["what"] for one in answer["checks"] if one["name"] == "space-permissions"]
    may = "the service account may add pages; Confluence does not tell about: Add attachments"
    assert asked == [may] * 3


def test_a_run_keeps_what_the_sites_said_of_their_quotas_and_data_center_knows_no_points(
    on_data_center: tuple[Site, dict[str, str]],
) -> None:
    _, settings = on_data_center
    synced = json.loads(run(settings, "sync", "--team", "onboarding", "--json").output)
    (kept,) = json.loads(run(settings, "runs", "--json").output)
    assert synced["requests"]["points"] == kept["points"] == 0
    assert {name: left["limit"] for name, left in kept["quota"].items()} == {"Confluence": 1000, "Jira": 1000}
    assert all(0 < left["remaining"] <= 1000 for left in kept["quota"].values())


def test_the_doctor_asks_where_data_centers_home_page_may_not_be_changed(
    on_data_center: tuple[Site, dict[str, str]],
) -> None:
    """It may be the space, it may be a restriction of that page: no verdict, and nobody's rights are listed."""
    site, settings = on_data_center
    site.confluence.space_of_key("ONB").denied.add("create page")
    mark = site.log.mark()
    answer = json.loads(run(settings, "doctor", "--json").output)
    told = {one["where"]: one for one in answer["checks"] if one["name"] == "space-permissions"}
    assert told["space ONB (team onboarding)"]["what"] == "Confluence does not tell what we may do in the space"
    assert {one["outcome"] for one in told.values()} == {"question"}
    assert not [line for line in site.log.requests(mark) if "permission" in line.path and "/confluence/" in line.path]
