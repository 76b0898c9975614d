"""A service account of Data Center as an OAuth client: each product grants its own tokens, for work and no more."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from connector.errors import AccessRefused, Code
from connector.gateways.access import Access, Patience
from connector.gateways.client_tokens import Client
from connector.gateways.operations_datacenter import GRANT, JIRA, REGISTER_WEBHOOK, REMOVE_WEBHOOK, WEBHOOKS
from connector.gateways.sites import Connecting, Sites, datacenter_client, datacenter_sites
from connector.gateways.tally import RequestTally
from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from tests.contract.openapi import CONTRACTS, documents_missing
from tests.flow.dialects import documents_kept
from tests.gateways.conftest import TestTime

QUERY = 'project = "ONB"'
AT_JIRA, AT_CONFLUENCE = (f"/{product}/{GRANT.path}" for product in ("jira", "confluence"))


@dataclass
class Entered:
    """A site, the gateways to it, and what they showed and asked for."""

    site: Site
    time: TestTime
    tally: RequestTally
    sites: Sites
    shown: dict[str, list[str]] = field(default_factory=lambda: {"jira": [], "confluence": []})  # headers, by product
    forms: dict[str, list[dict[str, list[str]]]] = field(default_factory=dict)  # what was asked for, by token service

    def heard(self, asked: Asked, _: Answered) -> None:
        if asked.path.endswith(GRANT.path):
            self.forms.setdefault(asked.path, []).append(parse_qs(asked.body.decode()))
            return
        product = asked.path.split("/")[1]
        self.shown[product] += [value for name, value in asked.headers if name.casefold() == "authorization"]

    def pass_time(self, minutes: float) -> None:
        """At the site and here."""
        self.site.clock.advance(timedelta(minutes=minutes))
        self.time.now += 60 * minutes


def client_of(site: Site, product: str) -> Client:
    address = {"JIRA": site.jira_url, "CONFLUENCE": site.confluence_url}[product]
    return datacenter_client(address, site.grants.client_id, site.grants.client_secret, f"OKR_{product}_CLIENT")


@contextmanager
def entered(**of_jira: str) -> Iterator[Entered]:
    site, time, tally = demo_site(frozen=True, dialect=Dialect.DATACENTER), TestTime(), RequestTally()
    by = Connecting(tally=tally, timing=time.timing(), patience=Patience(connect=2, read=5, tries=1))
    with serving(site), documents_kept(site):
        jira = by.entering(Access(url=site.jira_url, token=""), replace(client_of(site, "JIRA"), **of_jira))
        confluence = by.entering(Access(url=site.confluence_url, token=""), client_of(site, "CONFLUENCE"))
        made = Entered(site, time, tally, datacenter_sites(jira, confluence, by))
        site.log.on_exchange(made.heard)
        yield made


def test_each_product_grants_a_token_of_its_own_which_is_renewed_before_it_ends() -> None:
    with entered() as at:
        for _ in range(2):
            assert at.sites.jira.count(QUERY) > 0
            assert at.sites.confluence.spaces(["ONB"])
        assert {product: set(shown) for product, shown in at.shown.items()} == {
            "jira": {"Bearer granted-token-1"},
            "confluence": {"Bearer granted-token-2"},
        }
        at.pass_time(56)
        assert at.sites.jira.count(QUERY) > 0
        assert at.shown["jira"][-1] == "Bearer granted-token-3"
        assert {place: len(asked) for place, asked in at.forms.items()} == {AT_JIRA: 2, AT_CONFLUENCE: 1}
        assert not [line for line in at.site.log.requests() if line.status != 200]
        assert at.tally.counts().reads == len(at.site.log.reads())


def test_a_token_is_asked_for_with_the_right_to_write_and_for_no_audience() -> None:
    with entered() as at:
        at.sites.jira.count(QUERY)
        (form,) = at.forms[AT_JIRA]
        assert form.keys() == {"grant_type", "client_id", "client_secret", "scope"}
        assert (form["grant_type"], form["scope"]) == (["client_credentials"], ["WRITE"])


def test_a_client_that_jira_does_not_know_is_said_with_its_setting_and_confluence_goes_on() -> None:
    with entered(secret="hush-another-secret") as at:
        with pytest.raises(AccessRefused) as refused:
            at.sites.jira.count(QUERY)
        assert (refused.value.code, refused.value.advice.where) == (Code.TOKEN_REFUSED, "OKR_JIRA_CLIENT_SECRET")
        assert "hush" not in str(refused.value) + repr(refused.value)
        assert at.sites.confluence.spaces(["ONB"])
        assert at.shown["jira"] == []


def test_webhooks_of_jira_are_closed_to_a_client_and_an_administrator_is_named() -> None:
    with entered() as at, pytest.raises(AccessRefused) as refused:
        at.sites.registrations.registered("https://okr.example")
    assert refused.value.code is Code.PERMISSION_MISSING
    assert len(refused.value.advice.options) >= 2


@pytest.mark.skipif(bool(documents_missing()), reason=documents_missing() or "-")
def test_every_other_call_of_ours_at_jira_is_open_to_a_client_that_may_write() -> None:
    with gzip.open(CONTRACTS / "jira-dc-11.3.json.gz") as packed:
        paths = json.load(packed)["paths"]
    opened = {
        (method.upper(), _shape(f"rest{path}"))
        for path, calls in paths.items()
        for method, call in calls.items()
        if any(way.get("OAuth2") in (["READ"], ["WRITE"]) for way in call.get("security", ()))
    }
    closed = {one.name for one in JIRA if (one.method, _shape(one.path)) not in opened}
    assert closed == {one.name for one in (WEBHOOKS, REGISTER_WEBHOOK, REMOVE_WEBHOOK)}


def _shape(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)
