"""A service account that comes as an OAuth client: its tokens are granted, last an hour, and are shared."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from connector.errors import AccessRefused, Code, NotAnAnswer, SiteUnreachable
from connector.gateways.access import Access, Patience
from connector.gateways.client_tokens import Client
from connector.gateways.sites import Connecting, Sites, cloud_client, cloud_sites
from connector.gateways.tally import RequestTally
from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import empty_site
from connector.sandbox.site import Site, serving
from tests.gateways.conftest import TestTime, raw_site
from tests.gateways.test_site_session import http

QUERY = 'project = "ONB"'


@dataclass
class Entered:
    site: Site
    url: str
    time: TestTime
    by: Connecting
    client: Client
    sites: Sites
    shown: list[str] = field(default_factory=list)  # what stood in the header of each request

    @property
    def asked(self) -> int:
        """How often a token was asked for."""
        return sum(line.path == "/oauth/token" for line in self.site.log.requests())

    def pass_time(self, minutes: float) -> None:
        """At the site and here."""
        self.site.clock.advance(timedelta(minutes=minutes))
        self.time.now += 60 * minutes


def small_site() -> Site:
    site = empty_site(frozen=True)
    site.jira.add_project("ONB")
    site.jira.add_issue(project="ONB", summary="Anruf")
    site.confluence.add_space("ONB", "Onboarding")
    return site


def client_of(site: Site, address: str, settings: str = "OKR_JIRA_CLIENT") -> Client:
    return cloud_client(address, site.grants.client_id, site.grants.client_secret, settings)


@contextmanager
def entered(**changed: str) -> Iterator[Entered]:
    site, time = small_site(), TestTime()
    by = Connecting(tally=RequestTally(), timing=time.timing(), patience=Patience(connect=2, read=5))
    with serving(site) as url:
        client = replace(client_of(site, url), **changed)
        access = by.entering(Access(url=url, token=""), client)
        made = Entered(site, url, time, by, client, cloud_sites(access, access, by))
        site.log.on_exchange(lambda asked, _: made.shown.extend(_authorization(asked)))
        yield made


def _authorization(asked: Asked) -> list[str]:
    return [value for name, value in asked.headers if name.casefold() == "authorization"]


def test_one_token_serves_both_products_until_shortly_before_its_end() -> None:
    with entered() as at:
        assert at.sites.jira.count(QUERY) > 0
        assert at.sites.confluence.spaces(["ONB"])
        assert (at.asked, set(at.shown)) == (1, {"Bearer granted-token-1"})
        at.pass_time(54)
        at.sites.jira.count(QUERY)
        assert at.asked == 1
        at.pass_time(2)
        at.sites.jira.count(QUERY)
        assert (at.asked, at.shown[-1]) == (2, "Bearer granted-token-2")
        assert not [line for line in at.site.log.requests() if line.status == 401]
        counted = at.by.tally.counts()
        assert dict(counted.by_operation)["jira.token"] == 2
        assert counted.reads == len(at.site.log.reads())


def test_a_token_that_ended_early_is_renewed_once_and_the_request_comes_through() -> None:
    with entered() as at:
        at.sites.jira.count(QUERY)
        at.time.now += 120
        at.site.grants.revoke()
        assert at.sites.jira.count(QUERY) > 0
        assert (at.asked, at.shown[-2:]) == (2, ["Bearer granted-token-1", "Bearer granted-token-2"])
        before = at.site.log.mark()
        at.time.now += 120
        at.site.grants.revoke()
        at.sites.confluence.spaces(["ONB"])
        assert [line.status for line in at.site.log.requests(before)] == [401, 200, 200]


def test_a_fresh_token_that_is_refused_is_not_asked_for_again() -> None:
    with entered() as at:
        at.site.grants.lifetime = timedelta(0)
        at.sites.jira  # noqa: B018  # nothing is asked before it is needed
        assert at.asked == 0
        at.site.grants.lifetime = timedelta(seconds=1)
        at.sites.jira.count(QUERY)
        at.site.grants.revoke()
        with pytest.raises(AccessRefused) as refused:
            at.sites.jira.count(QUERY)
        assert at.asked == 1
        assert (refused.value.code, refused.value.advice.where) == (Code.TOKEN_REFUSED, "OKR_JIRA_CLIENT_SECRET")


def test_a_write_that_was_refused_for_its_token_is_done_once() -> None:
    with entered() as at:
        issue = at.site.jira.add_issue(project="ONB", summary="Ziel", type="Task")
        at.sites.jira.count(QUERY)
        at.time.now += 120
        at.site.grants.revoke()
        at.sites.jira.clear_assignee(str(issue.id))
        assert [line.status for line in at.site.log.writes()] == [401, 204]


def test_eight_who_need_a_token_at_once_ask_for_one() -> None:
    with entered() as at:
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(lambda _: at.sites.jira.count(QUERY), range(8)))) == 1
        assert at.asked == 1


def test_a_client_that_is_not_known_is_said_with_its_settings_and_nothing_else() -> None:
    with entered(secret="hush-another-secret") as at:
        with pytest.raises(AccessRefused) as refused:
            at.sites.jira.count(QUERY)
        assert (refused.value.code, refused.value.advice.where) == (Code.TOKEN_REFUSED, "OKR_JIRA_CLIENT_SECRET")
        assert len(refused.value.advice.options) == 2
        assert "hush" not in str(refused.value) + repr(refused.value)
        assert at.client.id not in str(refused.value)
        assert [line.path for line in at.site.log.requests()] == ["/oauth/token"]


def test_a_token_service_that_does_not_answer_is_tried_again_and_named() -> None:
    with entered() as at:
        at.site.faults.answer(503, (), b"", "POST", "/oauth/token", times=2)
        assert at.sites.jira.count(QUERY) > 0
        assert at.asked == 3
    with entered(address="http://127.0.0.1:1") as at:
        with pytest.raises(SiteUnreachable, match="the token service does not answer") as silent:
            at.sites.jira.count(QUERY)
        assert silent.value.advice.where == "OKR_AUTH_URL"
        assert not at.site.log.requests()


@pytest.mark.parametrize(
    "answer",
    [
        b'{"access_token": "a\\nb", "expires_in": 60}',
        b'{"access_token": "", "expires_in": 60}',
        b'{"access_token": "a", "expires_in": 0}',
        b'{"access_token": "a"}',
        b"[]",
        b"<html>",
    ],
)
def test_what_is_no_token_is_never_sent(answer: bytes) -> None:
    with raw_site(lambda _: http("200 OK", answer)) as (address, asked), entered(address=address) as at:
        with pytest.raises(NotAnAnswer):
            at.sites.jira.count(QUERY)
        assert len(asked) == 1
        assert not at.site.log.requests()


def test_two_clients_of_two_sites_are_never_mixed() -> None:
    one, other = small_site(), small_site()
    one.grants.client_id, one.grants.client_secret = "client-of-jira", "secret-of-jira"
    other.grants.client_id, other.grants.client_secret = "client-of-pages", "secret-of-pages"
    heard: dict[str, list[str]] = {"one": [], "other": []}
    for name, site in (("one", one), ("other", other)):
        site.log.on_exchange(_collecting(heard[name]))
    by = Connecting(tally=RequestTally(), timing=TestTime().timing(), patience=Patience(connect=2, read=5))
    with ExitStack() as stack:
        at_jira, at_pages = (stack.enter_context(serving(site)) for site in (one, other))
        jira = by.entering(Access(url=at_jira, token=""), client_of(one, at_jira))
        pages = by.entering(Access(url=at_pages, token=""), client_of(other, at_pages, "OKR_CONFLUENCE_CLIENT"))
        sites = cloud_sites(jira, pages, by)
        for _ in range(3):
            assert sites.jira.count(QUERY) > 0
            assert sites.confluence.spaces(["ONB"])
    assert "secret-of-jira" in str(heard["one"])
    assert "of-pages" not in str(heard["one"])
    assert "secret-of-pages" in str(heard["other"])
    assert "of-jira" not in str(heard["other"])


def _collecting(into: list[str]):  # type: ignore[no-untyped-def]  # the log's own type is a callable of two
    def heard(asked: Asked, answered: Answered) -> None:
        into.append(f"{asked.headers} {asked.body!r}")

    return heard


def test_neither_client_nor_token_is_shown() -> None:
    with entered() as at:
        at.sites.jira.count(QUERY)
        shown = repr((at.client, at.by, at.by.clients, at.sites))
        for secret in (at.client.id, at.client.secret, "granted-token"):
            assert secret not in shown
