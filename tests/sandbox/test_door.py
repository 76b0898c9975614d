import pytest

from connector.sandbox.people import ORIGIN
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site
from tests.sandbox.caller import API, Caller


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site())


def bearer(site: Site) -> dict[str, str]:
    return {"Authorization": f"Bearer {site.token}"}


def test_without_the_token_nothing_is_answered(caller: Caller) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic !"}):
        answer = caller.raw("GET", f"{API}/myself", headers=headers)
        assert answer.status_code == 401
        assert answer.json == {"message": "Client must be authenticated to access this resource.", "status-code": 401}
        assert answer.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"


def test_confluence_refuses_in_its_own_shape(caller: Caller) -> None:
    assert caller.raw("GET", "/wiki/api/v2/spaces").json["errors"][0]["status"] == 401
    assert caller.raw("GET", "/wiki/rest/api/user/current").json["statusCode"] == 401


def test_a_bearer_token_is_enough(caller: Caller) -> None:
    assert caller.raw("GET", f"{API}/myself", headers=bearer(caller.site)).status_code == 200


def test_every_answer_names_the_caller_in_its_headers(caller: Caller) -> None:
    answer = caller.ask("GET", "/myself")
    assert answer.headers["X-AACCOUNTID"] == caller.site.people.service.account_id.replace(":", "%3A")


def test_cloud_id_and_server_info_need_no_token(caller: Caller) -> None:
    assert caller.raw("GET", "/_edge/tenant_info").json["cloudId"]
    assert caller.raw("GET", f"{API}/serverInfo").json["deploymentType"] == "Cloud"


def test_links_in_answers_lead_to_the_address_that_was_called(caller: Caller) -> None:
    text = caller.ask("GET", "/issue/ONB-12").text
    assert ORIGIN not in text
    assert '"self":"http://localhost/rest/api/3/issue/' in text


def test_an_unknown_call_is_refused_as_jira_does(caller: Caller) -> None:
    answer = caller.ask("GET", "/nowhere")
    assert (answer.status_code, answer.json["status-code"]) == (404, 404)
    assert caller.ask("PATCH", "/issue/ONB-12").status_code == 405
