"""Which product answers, under which address, and as whom."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from connector.config import Settings
from connector.errors import AccessRefused, SettingError, SiteUnreachable
from connector.gateways.access import Access, Patience
from connector.gateways.quota import Quotas
from connector.gateways.sites import Connecting, Sites, cloud_sites, is_known_cloud, says_cloud
from connector.gateways.tally import RequestTally
from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.wiring import Parts, house
from tests.flow.stand import EXAMPLE
from tests.gateways.conftest import TestTime, raw_site
from tests.gateways.test_site_session import http


def connecting(tally: RequestTally | None = None) -> Connecting:
    patience = Patience(connect=2, read=2, tries=1)
    return Connecting(tally=tally or RequestTally(), timing=TestTime().timing(), patience=patience)


@contextmanager
def parts(folder: Path, **settings: str) -> Iterator[Parts]:
    known = {"OKR_MAPPINGS": str(EXAMPLE), "DATABASE_URL": f"sqlite:///{folder / 'okr.db'}", **settings}
    with house(Settings.from_environment(known), patience=Patience(connect=2, read=5, tries=1)) as made:
        yield made


def at_data_center(site: Site, **more: str) -> dict[str, str]:
    addresses = {"OKR_JIRA_URL": site.jira_url, "OKR_JIRA_TOKEN": site.token}
    return {**addresses, "OKR_CONFLUENCE_URL": site.confluence_url, "OKR_CONFLUENCE_TOKEN": site.token, **more}


@pytest.mark.parametrize("product", ["auto", "datacenter"])
def test_data_center_is_recognised(tmp_path: Path, product: str) -> None:
    site = demo_site(dialect=Dialect.DATACENTER)
    with serving(site), parts(tmp_path, **at_data_center(site, OKR_PRODUCT=product)) as made:
        assert [space.key for space in made.engine.confluence.spaces(["ONB"])] == ["ONB"]
        assert made.engine.jira.count('project = "ONB"') > 0
        assert made.page_registrations() is not None
        asked = [line.path for line in site.log.requests() if line.path.endswith("serverInfo")]
        assert len(asked) == (product == "auto")
        assert made.tally.counts().reads == len(site.log.reads())


@pytest.mark.parametrize("product", ["auto", "cloud"])
def test_cloud_is_recognised(tmp_path: Path, product: str) -> None:
    site = demo_site()
    with serving(site) as url:
        named = {"OKR_JIRA_URL": url, "OKR_JIRA_EMAIL": site.email, "OKR_JIRA_TOKEN": site.token}
        with parts(tmp_path, **named, OKR_PRODUCT=product) as made:
            assert [space.key for space in made.engine.confluence.spaces(["ONB"])] == ["ONB"]
            assert made.page_registrations() is None


def test_a_site_that_is_down_is_asked_again_by_the_next_call(tmp_path: Path) -> None:
    site = demo_site(dialect=Dialect.DATACENTER)
    with serving(site), parts(tmp_path, **at_data_center(site)) as made:
        site.faults.answer(503, (), b"", "GET", "/jira/rest/api/2/serverInfo", times=1)
        with pytest.raises(SiteUnreachable):
            made.engine.jira.count('project = "ONB"')
        assert made.engine.jira.count('project = "ONB"') > 0


def test_on_data_center_confluence_has_an_address_and_a_token_of_its_own(tmp_path: Path) -> None:
    site = demo_site(dialect=Dialect.DATACENTER)
    with serving(site):
        for absent in ("OKR_CONFLUENCE_URL", "OKR_CONFLUENCE_TOKEN"):
            left = {name: value for name, value in at_data_center(site).items() if name != absent}
            with parts(tmp_path, **left) as made, pytest.raises(SettingError) as missing:
                made.engine.jira.count('project = "ONB"')
            assert absent in str(missing.value)


@pytest.mark.parametrize(
    ("answer", "cloud"),
    [
        (b'{"deploymentType": "Cloud"}', True),
        (b'{"deploymentType": "Server"}', False),
        (b'{"deploymentType": "Data Center"}', False),
    ],
)
def test_the_server_says_what_it_is(answer: bytes, cloud: bool) -> None:
    with raw_site(lambda _: http("200 OK", answer)) as (url, asked):
        assert says_cloud(Access(url=url, token="t"), connecting()) is cloud
    assert asked == [b"GET /rest/api/2/serverInfo HTTP/1.1"]


def test_atlassians_own_addresses_need_no_question() -> None:
    assert is_known_cloud("https://nordlicht.atlassian.net")
    assert is_known_cloud("https://api.atlassian.com/ex/jira/1")
    assert not is_known_cloud("https://jira.example.com")
    assert not is_known_cloud("https://atlassian.net.example.com")


def test_scoped_tokens_go_through_the_gateway_and_links_to_the_site(tmp_path: Path) -> None:
    with raw_site(lambda n: http("200 OK", json.dumps(GATEWAY[n]).encode())) as (url, asked):
        named = {
            "OKR_JIRA_URL": "https://nordlicht.atlassian.net",
            "OKR_JIRA_TOKEN": "scoped",
            "OKR_JIRA_API_URL": f"{url}/ex/jira/11-22",
            "OKR_CONFLUENCE_API_URL": f"{url}/ex/confluence/11-22/wiki",
            "OKR_PRODUCT": "cloud",
        }
        with parts(tmp_path, **named) as made:
            made.engine.jira.issue_ids("project = OKR")
            made.engine.confluence.spaces(["OKR"])
            addresses = (made.engine.jira_url, made.engine.confluence_url)
    assert asked[0] == b"POST /ex/jira/11-22/rest/api/3/search/jql HTTP/1.1"
    assert asked[1].startswith(b"GET /ex/confluence/11-22/wiki/api/v2/spaces?keys=OKR")
    assert addresses == ("https://nordlicht.atlassian.net", "https://nordlicht.atlassian.net/wiki")


GATEWAY = [{"issues": [], "isLast": True}, {"results": []}]


def test_two_sites_are_never_shown_each_others_credentials() -> None:
    one, other = demo_site(), demo_site()
    one.email, one.token = "jira@one.example", "token-of-jira"
    other.email, other.token = "wiki@other.example", "token-of-confluence"
    shown: dict[str, set[str]] = {"one": set(), "other": set()}
    for name, site in (("one", one), ("other", other)):
        site.log.on_exchange(_collecting(shown[name]))
    with ExitStack() as stack:
        at_jira, at_confluence = (stack.enter_context(serving(site)) for site in (one, other))
        sites = _both(
            Access(url=at_jira, email=one.email, token=one.token),
            Access(url=at_confluence, email=other.email, token=other.token),
        )
        for _ in range(3):
            assert sites.jira.count('project = "ONB"') > 0
            assert sites.confluence.spaces(["ONB"])
        swapped = _both(
            Access(url=at_jira, email=other.email, token=other.token),
            Access(url=at_confluence, email=one.email, token=one.token),
        )
        assert {len(values) for values in shown.values()} == {1}
        assert shown["one"] & shown["other"] == set()
        with pytest.raises(AccessRefused):
            swapped.jira.count('project = "ONB"')


def _both(jira: Access, confluence: Access) -> Sites:
    return cloud_sites(jira, confluence, connecting())


def _collecting(into: set[str]):  # type: ignore[no-untyped-def]  # the log's own type is a callable of two
    def heard(asked: Asked, answered: Answered) -> None:
        into.update(value for name, value in asked.headers if name.casefold() == "authorization")

    return heard


@pytest.mark.parametrize(
    ("limit", "remaining", "left"),
    [
        ("65000", "64000", (65000, 64000)),
        ("5", "0", (5, 0)),
        ("5", "9", (5, 5)),
        ("0", "0", None),
        ("", "3", None),
        ("x", "3", None),
        ("-1", "3", None),
        ("9" * 40, "3", None),
        ("١٢", "3", None),
    ],
)
def test_a_quota_is_heard_where_it_is_told_in_numbers(limit: str, remaining: str, left: tuple[int, int] | None) -> None:
    quotas = Quotas()
    quotas.heard("Jira", {"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": remaining})
    assert [(one.limit, one.remaining) for one in quotas.left()] == ([left] if left else [])


def test_a_word_about_a_quota_is_news_once_and_stays_known() -> None:
    quotas = Quotas()
    quotas.heard("Jira", {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "7"})
    assert [one.product for one in quotas.news()] == ["Jira"]
    quotas.heard("Confluence", {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "6"})
    quotas.heard("Jira", {})
    assert [one.product for one in quotas.news()] == ["Confluence"]
    assert quotas.news() == ()
    assert [one.product for one in quotas.left()] == ["Confluence", "Jira"]


def test_the_quota_of_an_answer_is_kept() -> None:
    tally = RequestTally()
    told = http("200 OK", b'{"deploymentType": "Server"}', "X-RateLimit-Limit: 50", "X-RateLimit-Remaining: 7")
    with raw_site(lambda _: told) as (url, _):
        says_cloud(Access(url=url, token="t"), connecting(tally))
    (left,) = tally.quotas.left()
    assert (left.product, left.limit, left.remaining, left.near) == ("Jira", 50, 7, True)


def as_client(site: Site, product: str) -> dict[str, str]:
    begin = f"OKR_{product}_CLIENT"
    return {f"{begin}_ID": site.grants.client_id, f"{begin}_SECRET": site.grants.client_secret}


@pytest.mark.parametrize("product", ["auto", "datacenter"])
def test_settings_of_clients_reach_the_token_service_of_each_data_center_product(tmp_path: Path, product: str) -> None:
    site = demo_site(dialect=Dialect.DATACENTER)
    with serving(site):
        named = {"OKR_JIRA_URL": site.jira_url, "OKR_CONFLUENCE_URL": site.confluence_url, "OKR_PRODUCT": product}
        clients = as_client(site, "JIRA") | as_client(site, "CONFLUENCE")
        with parts(tmp_path, **named, **clients, OKR_AUTH_URL="http://127.0.0.1:1") as made:
            assert made.engine.jira.count('project = "ONB"') > 0
            assert [space.key for space in made.engine.confluence.spaces(["ONB"])] == ["ONB"]
            assert made.scopes() == frozenset()  # READ and WRITE are no scopes of the sheet
        assert granted_at(site) == ["/jira/rest/oauth2/latest/token", "/confluence/rest/oauth2/latest/token"]


def test_settings_of_a_client_on_cloud_reach_the_token_service_that_is_set(tmp_path: Path) -> None:
    site = demo_site()
    with (
        serving(site) as url,
        parts(tmp_path, **as_client(site, "JIRA"), OKR_JIRA_URL=url, OKR_AUTH_URL=url, OKR_PRODUCT="cloud") as made,
    ):
        assert made.engine.jira.count('project = "ONB"') > 0
        assert [space.key for space in made.engine.confluence.spaces(["ONB"])] == ["ONB"]
        assert "read:jira-work" in made.scopes()
        assert granted_at(site) == ["/oauth/token"]


def granted_at(site: Site) -> list[str]:
    """Where tokens were asked for, in order."""
    return [line.path for line in site.log.requests() if line.path.endswith("/token")]
