import http.client
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests

from connector.sandbox.faults import Faults
from connector.sandbox.seed import demo_site
from connector.sandbox.server import ConnectionCut
from connector.sandbox.site import Site, serving
from tests.sandbox.caller import API, Caller


@pytest.fixture
def site() -> Site:
    return demo_site()


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    with serving(site) as address:
        yield address


def make(site: Site, address: str) -> requests.Response:
    fields = {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Ein Ziel"}
    return requests.post(address + API + "/issue", json={"fields": fields}, auth=(site.email, site.token), timeout=5)


def test_a_dropped_answer_comes_after_the_commit(site: Site, address: str) -> None:
    site.faults.drop_answer("POST", f"{API}/issue")
    with pytest.raises(requests.ConnectionError):
        make(site, address)
    assert "OKR-1" in site.jira.keys
    assert [(line.status, line.cut) for line in site.log.writes()] == [(201, "after")]
    assert make(site, address).status_code == 201


def test_a_refused_connection_comes_before_the_commit(site: Site, address: str) -> None:
    site.faults.refuse_connection("POST", f"{API}/issue")
    with pytest.raises(requests.ConnectionError):
        make(site, address)
    assert site.jira.projects["OKR"].last_number == 0
    assert [(line.status, line.cut, line.refused) for line in site.log.writes()] == [(0, "before", True)]


def test_half_a_body_breaks_off(site: Site, address: str) -> None:
    site.faults.cut_body("GET", f"{API}/myself")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(address + API + "/myself", auth=(site.email, site.token), timeout=5)


@pytest.mark.parametrize("after_commit", [True, False])
def test_the_nth_write_of_any_kind_can_be_cut(after_commit: bool) -> None:
    caller = Caller(demo_site())
    caller.site.faults.interrupt_write(2, after_commit)
    assert caller.make().status_code == 201
    assert caller.keys("project = OKR") == ["OKR-1"]
    with pytest.raises(ConnectionCut):
        caller.ask("PUT", "/issue/OKR-1", {"fields": {"summary": "Anders"}})
    assert (caller.site.jira.keys["OKR-1"].fields["summary"] == "Anders") is after_commit
    assert caller.ask("PUT", "/issue/OKR-1", {"fields": {"summary": "Danach"}}).status_code == 204


def test_the_nth_matching_request_is_meant_and_no_other() -> None:
    faults = Faults("drop-after=POST /rest/api/3/issue/bulk#2")
    heard = [faults.verdict("POST", f"{API}/issue/bulk").cut for _ in range(3)]
    assert heard == ["", "after", ""]
    assert faults.verdict("POST", f"{API}/issue/bulkfetch").cut == ""


def test_a_text_switches_faults_on() -> None:
    caller = Caller(demo_site(faults="429=2:7, html=GET /rest/api/3/field#1; status=GET /rest/api/3/myself#1:401"))
    first, second = caller.ask("GET", "/serverInfo"), caller.ask("GET", "/serverInfo")
    assert (first.status_code, second.status_code) == (429, 429)
    assert first.headers["Retry-After"] == "7"
    assert first.headers["RateLimit-Reason"] == "jira-burst-based"
    page = caller.ask("GET", "/field")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert caller.ask("GET", "/myself").status_code == 401
    assert caller.ask("GET", "/myself").status_code == 200


def test_a_rate_of_failures_is_met_and_repeatable() -> None:
    counts = []
    for _ in range(2):
        faults = Faults("rate=0.2:503", seed=7)
        counts.append(sum(faults.verdict("GET", "/rest/x").reply is not None for _ in range(1000)))
    assert counts[0] == counts[1]
    assert 150 < counts[0] < 250


def test_latency_is_waited(site: Site) -> None:
    site.faults.delay(timedelta(milliseconds=50))
    began = time.monotonic()
    Caller(site).ask("GET", "/myself")
    assert time.monotonic() - began >= 0.05


@pytest.mark.parametrize("spec", ["latency=soon", "drop-after=POST", "melt=GET /x", "rate=often"])
def test_an_unreadable_fault_says_how_to_write_one(spec: str) -> None:
    with pytest.raises(ValueError, match=r"write e\.g\. rate="):
        Faults(spec)


def test_an_answer_of_ones_own_changes_nothing() -> None:
    caller = Caller(demo_site())
    caller.site.faults.answer(502, {"Content-Type": "text/plain"}, b"bad gateway", "POST", f"{API}/issue")
    answer = caller.make()
    assert (answer.status_code, answer.data) == (502, b"bad gateway")
    assert caller.site.jira.projects["OKR"].last_number == 0
    assert caller.site.faults.pending() == 0


def test_the_connection_is_kept_alive_and_answers_at_once(site: Site, address: str) -> None:
    target = urlsplit(address)
    connection = http.client.HTTPConnection(str(target.hostname), target.port, timeout=5)
    began = time.monotonic()
    for _ in range(20):
        connection.request("GET", API + "/serverInfo")
        assert json.loads(connection.getresponse().read())["baseUrl"] == address
    assert time.monotonic() - began < 0.7, "20 answers held back by 40 ms each would take longer"
    connection.close()


def test_many_threads_get_numbers_of_their_own(site: Site, address: str) -> None:
    made: list[str] = []

    def work() -> None:
        made.extend(make(site, address).json()["key"] for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 30
