from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from tests.sandbox.caller import Caller


def test_searches_and_bulk_reads_asked_by_post_are_reads() -> None:
    caller = Caller(demo_site())
    caller.search("project = ONB")
    caller.ask("POST", "/search/approximate-count", {"jql": "project = ONB"})
    caller.ask("POST", "/issue/bulkfetch", {"issueIdsOrKeys": ["ONB-12"], "fields": ["status"]})
    assert len(caller.site.log.reads()) == 3
    assert caller.site.log.writes() == ()


def test_refused_writes_are_writes_and_can_be_told_apart() -> None:
    caller = Caller(demo_site())
    caller.make()
    caller.make(summary="")
    assert [line.refused for line in caller.site.log.writes()] == [False, True]
    assert [line.status for line in caller.site.log.refused()] == [400]


def test_a_mark_begins_a_new_count() -> None:
    caller = Caller(demo_site())
    caller.make()
    mark = caller.site.log.mark()
    caller.ask("GET", "/issue/OKR-1", fields="summary")
    assert [line.query for line in caller.site.log.requests(mark)] == ["fields=summary"]
    assert caller.site.log.by_route(mark) == {"GET /rest/api/3/issue/<id_or_key>": 1}


def test_views_are_not_logged() -> None:
    caller = Caller(demo_site())
    assert caller.raw("GET", "/browse/ONB-12").status_code == 200
    assert caller.site.log.requests() == ()


def test_a_listener_sees_request_and_answer() -> None:
    caller = Caller(demo_site())
    heard: list[tuple[Asked, Answered]] = []
    caller.site.log.on_exchange(lambda asked, answered: heard.append((asked, answered)))
    caller.search("project = ONB")
    asked, answered = heard[0]
    assert (asked.method, asked.path, answered.status) == ("POST", "/rest/api/3/search/jql", 200)
    assert b'"jql"' in asked.body
    assert b'"isLast"' in answered.body
