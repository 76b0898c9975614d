"""`okr webhooks`: one webhook for all teams, filtered to what the book maps, never twice, and removed again."""

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner, Result

from connector.arrivals import Sender
from connector.cli import okr
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.storage.store import Store
from tests.flow.coach import TEAM
from tests.flow.dialects import SPOKEN, documents_kept, settings_of
from tests.flow.stand import EXAMPLE

SECRET = "0123456789abcdef0123456789abcdef"
LISTED = {Dialect.CLOUD: {"signed": True}, Dialect.DATACENTER: {"product": "jira", "signed": None}}


@pytest.fixture
def site_and_settings(tmp_path):
    site = demo_site(dialect=SPOKEN)
    with serving(site), documents_kept(site):
        yield (
            site,
            {
                **settings_of(site),
                "OKR_MAPPINGS": str(EXAMPLE),
                "DATABASE_URL": f"sqlite:///{tmp_path / 'okr.db'}",
                "OKR_PUBLIC_URL": "https://okr.example.com",
                "OKR_WEBHOOK_SECRETS": f"jira={SECRET},confluence={SECRET[::-1]}",
            },
        )


def run(settings: dict[str, str], *arguments: str) -> Result:
    return CliRunner(env=dict.fromkeys(("DATABASE_URL",)) | settings).invoke(okr, ["webhooks", *arguments])


def arrives(settings: dict[str, str]) -> None:
    with Store.open(settings["DATABASE_URL"]) as store:
        store.arrivals.note(Sender.JIRA, date(2026, 11, 24))


def test_bodies_are_left_out_only_where_a_signed_delivery_was_seen(site_and_settings):
    site, settings = site_and_settings
    refused = run(settings, "register", "--thin")
    assert refused.exit_code == 1
    assert "no signed delivery from Jira has arrived" in str(refused.exception)
    assert registered(site) == []
    arrives(settings)
    assert run(settings, "register", "--thin").exit_code == 0
    assert registered(site)[0].exclude_body


def registered(site: Site):
    return list(site.webhooks.registered.values())


def test_registering_twice_makes_one_webhook_that_is_signed_and_filtered(site_and_settings):
    site, settings = site_and_settings
    for _ in range(2):
        assert run(settings, "register").exit_code == 0
    (webhook,) = registered(site)
    assert webhook.secret == SECRET
    assert webhook.url.startswith("https://okr.example.com/webhooks/jira?issue={issue.id}")
    assert '"ONB-12"' in webhook.jql
    assert "okr-photo-share" in webhook.jql
    assert "okr-connector" in webhook.jql
    assert "modifiedUser" not in webhook.url
    assert not webhook.exclude_body


def test_registering_again_brings_filter_bodies_and_secret_to_what_they_are_now(site_and_settings, tmp_path):
    site, settings = site_and_settings
    run(settings, "register")
    before = registered(site)[0].id
    book = tmp_path / "book"
    shutil.copytree(EXAMPLE, book)
    team = book / "teams" / "onboarding.yaml"
    team.write_text(team.read_text(encoding="utf-8").replace("ONB-12", "ONB-99"), encoding="utf-8")
    arrives(settings)
    changed = {"OKR_MAPPINGS": str(book), "OKR_WEBHOOK_SECRETS": f"jira={SECRET},jira={'n' * 32},confluence={SECRET}"}
    assert run(settings | changed, "register", "--thin").exit_code == 0
    (webhook,) = registered(site)
    assert webhook.id != before
    assert '"ONB-99"' in webhook.jql
    assert '"ONB-12"' not in webhook.jql
    assert webhook.secret == "n" * 32
    assert webhook.exclude_body


def test_of_a_team_that_names_its_epics_on_a_page_the_whole_project_is_listened_to(site_and_settings, tmp_path):
    site, settings = site_and_settings
    book = tmp_path / "book"
    shutil.copytree(EXAMPLE, book)
    words = TEAM.replace("onboarding", "metering").replace("ONB", "MET")
    (book / "teams" / "metering.yaml").write_text(words, encoding="utf-8")
    assert run(settings | {"OKR_MAPPINGS": str(book)}, "register").exit_code == 0
    (webhook,) = registered(site)
    assert '(project = "MET")' in webhook.jql
    assert '"ONB-12"' in webhook.jql
    assert '(project = "ONB")' not in webhook.jql


def test_the_list_tells_ours_and_remove_leaves_those_of_others(site_and_settings):
    site, settings = site_and_settings
    arrives(settings)
    run(settings, "register", "--thin")
    ours = registered(site)[0]
    others = type(ours)(
        id=99, name="x", url="https://other.example.com/hook", events=ours.events, at=ours.at, secret=""
    )
    site.webhooks.registered[99] = others
    told, *of_confluence = json.loads(run(settings, "list", "--json").output)
    assert told == {"id": str(ours.id), "enabled": True, "thin": True, **LISTED[site.dialect]}
    assert [one["product"] for one in of_confluence] == ["confluence"] * (site.dialect is Dialect.DATACENTER)
    assert run(settings, "remove").exit_code == 0
    assert registered(site) == [others]


@pytest.mark.skipif(
    SPOKEN is Dialect.DATACENTER, reason="Confluence Data Center is told of our door, no rule is needed"
)
def test_the_rule_for_confluence_is_printed_in_the_books_language(site_and_settings):
    _, settings = site_and_settings
    printed = run(settings, "register").output
    assert "https://okr.example.com/webhooks/automation" in printed
    assert "Auslöser: Seite veröffentlicht" in printed
    assert '{"event": "page_updated", "page": "{{page.id}}"}' in printed
    assert SECRET not in printed


def test_without_an_address_the_setting_is_named(site_and_settings):
    site, settings = site_and_settings
    result = run({**settings, "OKR_PUBLIC_URL": ""}, "register")
    assert "OKR_PUBLIC_URL" in str(result.exception)
    assert registered(site) == []
