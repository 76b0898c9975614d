from datetime import UTC, datetime, timedelta

import pytest

from connector.sandbox.datacenter.rates import Bucket
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from tests.sandbox.data_center import DataCenter

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_another_token_is_answered_with_a_page_of_html() -> None:
    client = DataCenter()
    answer = client.raw("GET", "/jira/rest/api/2/myself", {"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.mimetype) == (401, "text/html")
    basic = client.raw("GET", "/jira/rest/api/2/myself", {"Authorization": "Basic eDp5"})
    assert basic.status_code == 403
    assert client.raw("GET", "/jira/rest/api/2/myself", {}).status_code == 401
    assert client.raw("GET", "/confluence/rest/api/user/current", {}).status_code == 403


def test_an_overlong_address_is_refused_by_the_server_before_jira() -> None:
    client = DataCenter()
    answer = client.ask("GET", "/search", jql="key in (" + ",".join(f"ONB-{n}" for n in range(2000)) + ")")
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


def test_every_answer_tells_what_is_left_in_the_bucket() -> None:
    site = demo_site(dialect=Dialect.DATACENTER, start=START, frozen=True)
    site.bucket = Bucket(limit=3, fill=2, interval=timedelta(seconds=10))
    client = DataCenter(site)
    first = client.ask("GET", "/myself")
    assert (first.headers["X-RateLimit-Remaining"], first.headers["Retry-After"]) == ("2", "0")
    assert [client.ask("GET", "/myself").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.page("GET", "/user/current")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")
    assert refused.headers["X-RateLimit-FillRate"] == "2"
    site.clock.advance(timedelta(seconds=10))
    assert [client.ask("GET", "/myself").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("path", ["/jira/rest/api/2/myself", "/confluence/rest/api/user/current"])
def test_faults_speak_data_center(path: str) -> None:
    site = demo_site(dialect=Dialect.DATACENTER, faults=f"429=1:7, html=GET {path}#2")
    client = DataCenter(site)
    limited = client.raw("GET", path)
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert limited.headers["X-RateLimit-Interval-Seconds"] == "1"
    assert "RateLimit-Reason" not in limited.headers
    page = client.raw("GET", path)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert client.raw("GET", path).mimetype == "application/json"


def test_a_search_by_post_is_a_read_and_a_cut_write_is_counted() -> None:
    client = DataCenter()
    mark = client.site.log.mark()
    client.search("project = ONB")
    client.make()
    assert [line.kind for line in client.site.log.requests(mark)] == ["read", "write"]
    assert client.site.log.by_route(mark)["POST /jira/rest/api/2/issue"] == 1


def test_the_pages_for_people_are_where_their_links_lead() -> None:
    client = DataCenter()
    assert client.raw("GET", "/jira/browse/ONB-12", {}, follow_redirects=True).status_code == 200
    page = client.write().json
    shown = client.raw("GET", "/confluence" + page["_links"]["webui"], {}, follow_redirects=True)
    assert shown.status_code == 200
    assert "Check-in" in shown.text
