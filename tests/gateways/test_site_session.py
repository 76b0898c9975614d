"""What can go wrong on the way, over real sockets: nothing is doubled, nothing half is believed, nothing leaks."""

import json
import logging
import socket
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest

from connector.errors import (
    AccessRefused,
    AnswerLost,
    Code,
    ConnectorError,
    NotAnAnswer,
    NotFound,
    RateLimited,
    RequestRefused,
    SettingError,
    SiteUnreachable,
    VersionConflict,
)
from connector.gateways.access import Access
from connector.gateways.gate import LONGEST_HOLD
from connector.gateways.jira_cloud import JiraCloudGateway
from connector.gateways.operations import CREATE_ISSUES, JIRA, SEARCH, operation_of
from connector.gateways.session import SiteSession, quiet_libraries
from connector.gateways.tally import RequestTally
from connector.ports import IssueEdit
from mappings.team_text import TeamText
from tests.gateways.conftest import TOKEN, Connected, TestTime, gateways, raw_site

IDS = json.dumps({"issues": [{"id": "10001"}], "isLast": True}).encode()
EDIT = IssueEdit(summary="Neu", ref="a/b/c", digest="1")
HTML = b"<!DOCTYPE html><html><body>Log in as kanarie@example.com</body></html>"
JSON_TYPE = {"Content-Type": "application/json"}


def http(status: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def jira_at(url: str, time: TestTime | None = None, tally: RequestTally | None = None) -> JiraCloudGateway:
    return gateways(url, tally or RequestTally(), time or TestTime())[0]


def reading(jira: JiraCloudGateway) -> object:
    return jira.issue_ids("project = OKR")


def writing(jira: JiraCloudGateway) -> object:
    return jira.edit_issue("10001", EDIT)


CALLS: tuple[Callable[[JiraCloudGateway], object], ...] = (reading, writing)


@pytest.mark.parametrize("closing", [False, True], ids=["length", "close"])
def test_an_answer_cut_at_any_byte_is_no_answer(closing: bool) -> None:
    whole = http("200 OK", IDS, "Content-Type: application/json", length=-1 if closing else None)
    start = whole.index(b"\r\n\r\n") + 4
    for cut in range(0, len(whole), 1 if closing else 7):
        if closing and cut < start:
            continue
        with raw_site(lambda _, cut=cut: whole[:cut]) as (url, _), pytest.raises(SiteUnreachable) as half:
            reading(jira_at(url))
        assert half.value.__context__ is None


def test_a_created_page_whose_answer_is_cut_at_any_byte_is_lost() -> None:
    body = json.dumps({"id": "77", "version": {"number": 1}}).encode()
    whole = http("200 OK", body, "Content-Type: application/json", length=-1)
    for cut in range(whole.index(b"\r\n\r\n") + 4, len(whole)):
        with raw_site(lambda _, cut=cut: whole[:cut]) as (url, asked):
            confluence = gateways(url, RequestTally(), TestTime())[1]
            with pytest.raises(AnswerLost):
                confluence.create_page("5", None, "Planung", TeamText("<p />"))
            assert len(asked) == 1


@pytest.mark.parametrize("status", ["500 x", "502 x", "503 x", "504 x"])
def test_a_read_is_tried_again_and_a_write_is_not(status: str) -> None:
    tally = RequestTally()
    with raw_site(lambda n: http(status, b"") if n < 2 else http("200 OK", IDS)) as (url, asked):
        assert reading(jira_at(url, tally=tally)) == {"10001"}
        assert len(asked) == 3
    assert tally.counts().reads == 3
    with raw_site(lambda n: http(status, b"")) as (url, asked):
        with pytest.raises(AnswerLost):
            writing(jira_at(url))
        assert len(asked) == 1


def test_a_reset_is_tried_again_for_a_read_and_lost_for_a_write(connected: Connected) -> None:
    connected.site.jira.add_project("OKR")
    issue = connected.site.jira.add_issue(project="OKR", summary="x")
    connected.site.faults.drop_answer("POST", "/rest/api/3/search/jql")
    assert reading(connected.jira) == {str(issue.id)}
    connected.site.faults.drop_answer("PUT", ".*")
    with pytest.raises(AnswerLost):
        connected.jira.edit_issue(str(issue.id), EDIT)
    assert issue.fields["summary"] == "Neu"
    connected.site.faults.cut_body("POST", "/rest/api/3/search/jql")
    assert reading(connected.jira) == {str(issue.id)}


def test_silence_ends_with_the_read_timeout() -> None:
    with raw_site(lambda _: None) as (url, asked):
        with pytest.raises(AnswerLost):
            writing(jira_at(url))
        assert len(asked) == 1


@pytest.mark.parametrize("call", CALLS)
def test_a_site_that_is_down_is_unreachable_and_nothing_was_written(call: Callable[[JiraCloudGateway], object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    time, tally = TestTime(), RequestTally()
    with pytest.raises(SiteUnreachable) as down:
        call(jira_at(url, time, tally))
    assert "OKR_JIRA_URL" in str(down.value)
    assert time.slept == [0.5, 1.0, 2.0]
    assert (tally.counts().reads, tally.counts().writes) == (0, 0)


def test_a_site_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    time = TestTime()
    with raw_site(lambda _: http("503 x", b"")) as (url, asked):
        jira = jira_at(url, time)
        for _ in range(5):
            with pytest.raises(SiteUnreachable):
                reading(jira)
        sent = len(asked)
        with pytest.raises(SiteUnreachable):
            reading(jira)
        assert len(asked) == sent
        time.now += 31
        with pytest.raises(SiteUnreachable):
            reading(jira)
        assert len(asked) > sent


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", HTML, "Content-Type: text/html;charset=UTF-8"),
        http("404 Not Found", HTML, "Content-Type: text/html"),
        http("302 Found", b"", "Location: https://id.example/login"),
        http("307 Moved", b"", "Location: http://127.0.0.1:1/"),
    ],
    ids=["login", "unknown site", "redirect", "moved"],
)
def test_a_page_for_people_is_no_answer(call: Callable[[JiraCloudGateway], object], answer: bytes) -> None:
    with raw_site(lambda _: answer) as (url, asked):
        with pytest.raises(NotAnAnswer) as refused:
            call(jira_at(url))
        assert len(asked) == 1
    assert "OKR_JIRA_URL" in str(refused.value)
    assert "kanarie" not in str(refused.value)


@pytest.mark.parametrize("body", [HTML, b"[]", b"7", b'{"issues": {}}'])
def test_what_is_no_answer_is_none_whatever_its_type_says(body: bytes) -> None:
    with (
        raw_site(lambda _: http("200 OK", body, "Content-Type: application/json")) as (url, _),
        pytest.raises(NotAnAnswer),
    ):
        reading(jira_at(url))


NOW = 1_790_000_000


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        (["Retry-After: 2"], 2.0),
        (["Retry-After: 0"], 0.2),
        (["Retry-After: 1.5"], 1.5),
        (["Retry-After: -3"], 0.5),
        (["Retry-After: soon"], 0.5),
        (["Retry-After: nan"], 0.5),
        ([], 0.5),
        ([f"Date: {formatdate(NOW, usegmt=True)}", f"Retry-After: {formatdate(NOW + 3, usegmt=True)}"], 3.0),
        ([f"Retry-After: {formatdate(NOW + 3, usegmt=True)}"], 0.5),
    ],
)
def test_a_short_wait_is_waited_in_place_for_every_method(
    call: Callable[[JiraCloudGateway], object], headers: list[str], slept: float
) -> None:
    time = TestTime()
    done = http("200 OK", IDS) if call is reading else http("204 No Content", b"")
    with raw_site(lambda n: done if n else http("429 x", b"{}", *headers)) as (url, asked):
        call(jira_at(url, time))
        assert len(asked) == 2
    assert time.slept == [pytest.approx(slept)]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("value", "seconds"), [("60", 60), ("99999999999", LONGEST_HOLD), ("1e400", None), ("3600", 3600)]
)
def test_a_long_wait_is_handed_back(
    call: Callable[[JiraCloudGateway], object], value: str, seconds: float | None
) -> None:
    time = TestTime()
    with raw_site(lambda n: http("429 x", b"{}", f"Retry-After: {value}")) as (url, asked):
        jira = jira_at(url, time)
        with pytest.raises(RateLimited) as limited:
            call(jira)
        assert limited.value.retry_after == (seconds or pytest.approx(4.0))
        if seconds is None:
            return
        assert len(asked) == 1
        with pytest.raises(RateLimited):  # nothing is sent before its time
            call(jira)
        assert len(asked) == 1
        time.now += seconds + 1
        with pytest.raises(RateLimited):
            call(jira)
        assert len(asked) == 2


def test_a_wait_binds_only_what_it_is_about() -> None:
    limit = http("429 x", b"{}", "Retry-After: 60", "RateLimit-Reason: jira-per-issue-on-write")
    with raw_site(lambda n: http("204 No Content", b"") if n else limit) as (url, asked):
        jira = jira_at(url)
        with pytest.raises(RateLimited):
            jira.edit_issue("10001", EDIT)
        jira.edit_issue("10002", EDIT)
        assert len(asked) == 2


def test_a_quota_binds_everything() -> None:
    limit = http("429 x", b"{}", "Retry-After: 60", "RateLimit-Reason: jira-quota-tenant-based")
    with raw_site(lambda n: http("204 No Content", b"") if n else limit) as (url, asked):
        jira = jira_at(url)
        with pytest.raises(RateLimited):
            reading(jira)
        with pytest.raises(RateLimited):
            writing(jira)
        assert len(asked) == 1


def test_a_read_during_maintenance_says_how_long_it_lasts() -> None:
    with raw_site(lambda _: http("503 x", b"", "Retry-After: 120")) as (url, asked):
        with pytest.raises(SiteUnreachable) as busy:
            reading(jira_at(url))
        assert (busy.value.retry_after, len(asked)) == (120, 1)


@pytest.mark.parametrize(
    ("status", "kind", "code", "named"),
    [
        (401, AccessRefused, Code.TOKEN_REFUSED, "OKR_JIRA_TOKEN"),
        (403, AccessRefused, Code.PERMISSION_MISSING, "OKR_JIRA_EMAIL"),
        (404, NotFound, Code.NOT_FOUND, "OKR_JIRA_EMAIL"),
        (410, NotFound, Code.NOT_FOUND, "OKR_JIRA_EMAIL"),
        (409, VersionConflict, Code.VERSION_CONFLICT, ""),
        (400, RequestRefused, Code.REQUEST_REFUSED, "summary"),
        (413, RequestRefused, Code.REQUEST_REFUSED, "summary"),
    ],
)
def test_a_refusal_names_what_to_change_and_nobody(
    connected: Connected, status: int, kind: type[ConnectorError], code: Code, named: str
) -> None:
    body = {"errorMessages": ["Kanarie Vogel darf nicht"], "errors": {"summary": "von kanarie@example.com"}}
    connected.site.faults.answer(status, JSON_TYPE, json.dumps(body).encode(), times=None)
    with pytest.raises(kind) as refused:
        writing(connected.jira)
    assert refused.value.code is code
    assert named in str(refused.value)
    assert len(refused.value.advice.options) == 2
    assert "anarie" not in str(refused.value) + repr(refused.value)
    assert TOKEN not in str(refused.value)


def test_a_wrong_token_is_said_and_tried_once(connected: Connected) -> None:
    access = Access(url=connected.url, token="another", email="okr-service@sandbox.example")
    jira = JiraCloudGateway(access=access, tally=connected.tally, timing=connected.time.timing())
    with pytest.raises(AccessRefused) as refused:
        reading(jira)
    assert refused.value.code is Code.TOKEN_REFUSED
    assert len(connected.site.log.requests()) == 1


def test_another_product_at_the_address_is_no_answer(connected: Connected) -> None:
    connected.site.faults.answer(404, JSON_TYPE, b"{}", times=None)
    with pytest.raises(NotAnAnswer):
        reading(connected.jira)


@pytest.mark.parametrize("token", ["a\nb", "a\r\nX: y", "ключ"])
def test_a_token_that_no_header_can_hold_is_a_wrong_setting_or_sent_as_it_is(token: str) -> None:
    with raw_site(lambda _: http("200 OK", IDS)) as (url, _):
        jira = JiraCloudGateway(access=Access(url=url, token=token), tally=RequestTally(), timing=TestTime().timing())
        try:
            assert reading(jira) == {"10001"}
        except SettingError as wrong:
            shown = str(wrong)
        else:
            shown = ""
    assert token not in shown
    assert (shown == "") == token.isprintable()


@pytest.mark.parametrize("url", ["http://[::1", "ftp://site.example", "site.example", ""])
def test_an_address_that_is_none_is_a_wrong_setting(url: str) -> None:
    jira = JiraCloudGateway(access=Access(url=url, token=TOKEN), tally=RequestTally(), timing=TestTime().timing())
    with pytest.raises(SettingError) as wrong:
        reading(jira)
    assert "OKR_JIRA_URL" in str(wrong.value)


def test_a_ca_file_that_is_not_there_is_a_wrong_setting() -> None:
    access = Access(url="https://127.0.0.1:1", token=TOKEN, ca_file="/no/such/file.pem")
    jira = JiraCloudGateway(access=access, tally=RequestTally(), timing=TestTime().timing())
    with pytest.raises(SettingError) as wrong:
        reading(jira)
    assert "OKR_CA_FILE" in str(wrong.value)


def test_bearer_is_sent_without_an_account(connected: Connected) -> None:
    jira = JiraCloudGateway(
        access=Access(url=connected.url, token=TOKEN), tally=connected.tally, timing=connected.time.timing()
    )
    assert jira.issue_ids("labels = okr") == frozenset()


def test_only_named_operations_of_this_site_can_be_sent() -> None:
    assert operation_of(JIRA, "post", "rest/api/3/search/jql") is SEARCH
    assert operation_of(JIRA, "POST", "rest/api/3/issue/bulk") is CREATE_ISSUES
    assert operation_of(JIRA, "GET", "rest/api/3/user/search") is None
    assert operation_of(JIRA, "DELETE", "rest/api/3/issue/10001") is None
    assert operation_of(JIRA, "PUT", "rest/api/3/issue/10001/watchers") is None


def test_a_session_sends_nothing_to_another_host(connected: Connected) -> None:
    session = connected.jira._transport._client._session
    assert isinstance(session, SiteSession)
    for url in ("http://127.0.0.1:1/rest/api/3/search/jql", connected.url + "9/rest/api/3/search/jql"):
        with pytest.raises(LookupError):
            session.request("POST", url)


def test_a_session_keeps_no_cookie() -> None:
    cookie = "Set-Cookie: kanarie=712020; Path=/"
    with raw_site(lambda _: http("200 OK", IDS, cookie)) as (url, _):
        jira = jira_at(url)
        reading(jira)
        assert len(jira._transport._client._session.cookies) == 0


def test_eight_threads_share_a_session(connected: Connected) -> None:
    connected.site.jira.add_project("OKR")
    issues = [connected.site.jira.add_issue(project="OKR", summary=f"{n}") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda issue: connected.jira.edit_issue(str(issue.id), EDIT), issues))
    assert {issue.fields["summary"] for issue in issues} == {"Neu"}


def test_the_libraries_say_nothing_even_when_everything_is_logged(
    connected: Connected, caplog: pytest.LogCaptureFixture
) -> None:
    connected.site.jira.add_project("OKR")
    connected.site.jira.add_issue(project="OKR", summary="Kanarie")
    kept = {name: logging.getLogger(name).level for name in ("atlassian", "urllib3", "requests")}
    try:
        quiet_libraries()
        with caplog.at_level(logging.DEBUG):
            connected.jira.issues(["OKR-1"])
            connected.site.faults.answer(503, JSON_TYPE, b"{}", times=None)
            with pytest.raises(SiteUnreachable):
                reading(connected.jira)
    finally:
        for name, level in kept.items():
            logging.getLogger(name).setLevel(level)
    ours = [record for record in caplog.records if record.name.split(".")[0] in kept]
    assert ours == []


def test_building_both_gateways_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gateways("http://127.0.0.1:1", RequestTally(), TestTime())


def test_neither_account_nor_token_nor_proxy_is_shown() -> None:
    access = Access(url="https://site.example", token=TOKEN, email="kanarie@example.com", proxy="http://u:p@proxy")
    assert repr(access) == "Access(url='https://site.example', ca_file=None)"
