import json
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from connector.errors import RequestRefused, SiteUnreachable
from connector.gateways import jira_search
from connector.gateways.access import Access, Patience
from connector.gateways.sites import Connecting, datacenter_sites
from connector.gateways.tally import RequestTally
from connector.gateways.wiki_markup import described, inert
from connector.ports import IssueDraft, IssueEdit, Jira, RemoteLink
from connector.sandbox.datacenter.release import BEFORE, NEWEST, Release
from mappings.epics import StatusCategory
from mappings.records import CreatedIssue, LinkRecord
from tests.gateways.conftest import TestTime, raw_site
from tests.gateways.data_center import Connection, data_center
from tests.gateways.test_site_session import http

REF, DIGEST = "onboarding/2026-q4/first-week", "0123456789abcdef0123"
LABELLED = 'project IN ("MET", "ONB") AND labels IN ("okr-photo-share", "okr-setup-rate")'
SERVER_FIELDS = b'[{"id": "customfield_7", "schema": {"custom": "com.pyxis.greenhopper.jira:gh-epic-label"}}]'


def made(at: Connection, summary: str = "Ein Ziel", description: str | None = None) -> CreatedIssue:
    kind = next(one.id for one in at.sites.jira.issue_types("OKR") if one.name == "Task")
    draft = IssueDraft(
        project="OKR",
        type_id=kind,
        summary=summary,
        labels=("okr-connector", "okr-team-onboarding"),
        description=description,
        unassign=True,
        ref=REF,
        digest=DIGEST,
    )
    (outcome,) = at.sites.jira.create_issues([draft])
    assert isinstance(outcome, CreatedIssue)
    return outcome


@pytest.mark.parametrize("release", [BEFORE, NEWEST], ids=["10.3", "11.3"])
def test_epics_are_told_by_their_own_field(release: Release) -> None:
    with data_center(release) as at:
        found = at.sites.jira.epics(LABELLED, frozenset({"okr-setup-rate"}))
        assert {"ONB-12", "ONB-33", "MET-3"} <= {epic.key for epic in found}
        epic = next(one for one in found if one.key == "ONB-12")
        assert (epic.status, epic.labels) == (StatusCategory.IN_PROGRESS, frozenset({"okr-setup-rate"}))
        asked = [line.path for line in at.site.log.requests()]
        assert len([path for path in asked if path.endswith("/field")]) == 1
        assert at.sites.jira.epics(LABELLED, frozenset()) != ()
        assert len([line for line in at.site.log.requests() if line.path.endswith("/field")]) == 1


def test_keys_that_are_gone_hide_nothing() -> None:
    with data_center() as at:
        keys = ["ONB-999", "ONB-12", "NOPE-1", "ONB-13"]  # the last is a story
        assert [epic.key for epic in at.sites.jira.epics_by_key(keys, frozenset())] == ["ONB-12"]


def test_an_issue_is_made_with_its_mark_and_without_anybody() -> None:
    with data_center() as at:
        issue = made(at)
        (record,) = at.sites.jira.issues([issue.id])
        assert (record.ref, record.digest, record.summary.words) == (REF, DIGEST, "Ein Ziel")
        kept = at.site.jira.issues[int(issue.id)]
        assert kept.fields["assignee"] is None
        assert at.sites.jira.find_issues('project = "OKR" AND labels = "okr-connector"') == (record,)


def test_a_remembered_mark_costs_no_request() -> None:
    with data_center() as at:
        issue = made(at)
        before = at.tally.counts().reads
        (record,) = at.sites.jira.issues([issue.id], remembered=True)
        assert (record.marked, record.ref) == (False, None)
        assert at.tally.counts().reads == before + 1


def test_an_issue_that_the_index_does_not_show_yet_is_read_by_itself() -> None:
    with data_center() as at:
        at.site.search_lag = timedelta(minutes=10)
        issue = made(at)
        (record,) = at.sites.jira.issues([issue.id, "999999"], remembered=True)
        assert (record.id, record.ref) == (issue.id, REF)


def test_an_edit_link_and_remote_link_reach_the_issue() -> None:
    with data_center() as at:
        issue, jira = made(at), at.sites.jira
        jira.edit_issue(
            issue.id,
            IssueEdit(
                summary="Neu", add_labels=("okr-x",), remove_labels=("okr-team-onboarding",), ref=REF, digest="a" * 20
            ),
        )
        jira.link_issues("Relates", issue.id, "ONB-12")
        link = RemoteLink(global_id=f"okr:{REF}", url="https://c.example/p?pageId=1", title="Planung")
        for _ in range(2):
            jira.put_remote_link(issue.id, link)
        (record,) = jira.issues([issue.key])
        assert (record.summary.words, record.digest) == ("Neu", "a" * 20)
        assert record.labels == {"okr-connector", "okr-x"}
        assert [replace(one, id="") for one in record.links] == [LinkRecord(id="", type="Relates", other="ONB-12")]
        there = jira.remote_link(issue.id, link.global_id)
        assert there is not None
        assert there.url == link.url
        assert len(at.site.jira.issues[int(issue.id)].remote_links) == 1
        jira.clear_assignee(issue.id)


@pytest.mark.parametrize(
    "text",
    [
        "[~jsmith] und {panel}", "h1. Titel", "bq. Zitat", "*fett* _kursiv_ -weg- +neu+ ^hoch^ ~tief~ ??wer??",
        "!bild.png!", "|a|b|", "* Punkt", "# eins", "---- und --", "http://x.example www.x.example mailto:a@b.example",
        "{{code}} {code}x{code}", ":) ;) (x) (!) :P", "[Text|https://x.example]", "a\\\\b", "&#123; &amp;",
        "{color:red}x{color}",
    ],
)  # fmt: skip
def test_our_text_begins_no_markup(text: str) -> None:
    assert not set(inert(text)) & set(r"{}[]*_|!~^+?\@")
    assert unescape(inert(text)) == text


def test_paragraphs_and_lines_stay() -> None:
    assert described(" a\n  b \n\n\n\n c ") == "a\nb\n\nc"
    with data_center() as at:
        issue = made(at, description="Ein *Satz*.\n\nNoch einer.")
        kept = at.site.jira.issues[int(issue.id)].fields["description"]
        assert kept == "Ein &#42;Satz&#42;.\n\nNoch einer."


def test_counting_is_exact_and_brings_no_issue() -> None:
    with data_center() as at:
        expected = sum(1 for one in at.site.jira.issues.values() if one.project.key == "SUP")
        assert at.sites.jira.count('project = "SUP"') == expected


def test_beyond_the_window_keys_are_counted_on() -> None:
    with data_center(replace(NEWEST, window=1000)) as at:
        expected = {str(one.id) for one in at.site.jira.issues.values() if one.project.key in ("ONB", "SUP", "MET")}
        assert len(expected) > 1000
        assert at.sites.jira.issue_ids('project IN ("ONB", "SUP", "MET")') == expected


def searched(total: int, *keys: str, start: int = 0) -> bytes:
    issues = [{"id": key.partition("-")[2], "key": key, "fields": {}} for key in keys]
    return http("200 OK", json.dumps({"startAt": start, "total": total, "issues": issues}).encode())


def test_a_set_that_moves_while_it_is_read_is_read_again() -> None:
    answers = [searched(3, "A-1", "A-2"), searched(2, "A-3", start=2), searched(2, "A-2", "A-3")]
    with raw_site(lambda n: answers[n]) as (url, asked):
        assert jira_at(url).issue_ids("project = A") == {"2", "3"}
        assert len(asked) == 3


def test_an_issue_that_searches_may_still_show_as_it_was_is_left_out() -> None:
    with raw_site(lambda _: searched(2, "A-1", "A-2")) as (url, _):
        assert jira_at(url).issue_ids("project = A", reconcile=["2"]) == {"1"}


def test_a_set_that_never_stands_still_is_no_answer() -> None:
    answers = [searched(3, "A-1", "A-2"), searched(2, "A-3", start=2)]
    with raw_site(lambda n: answers[n % 2]) as (url, asked), pytest.raises(SiteUnreachable):
        jira_at(url).issue_ids("project = A")
    assert len(asked) == 2 * jira_search.LOOKS


def test_keys_that_a_site_refuses_are_halved_until_the_rest_is_told() -> None:
    refused = http("400 Bad Request", b'{"errorMessages": ["x"]}')
    answers = [http("200 OK", SERVER_FIELDS), refused, refused, searched(1, "A-1"), refused, searched(1, "A-3")]
    with raw_site(lambda n: answers[n]) as (url, asked):
        found = jira_at(url).epics_by_key(["A-1", "B-1", "A-3", "A-4"], frozenset())
        assert [epic.key for epic in found] == ["A-1", "A-3"]
        assert len(asked) == len(answers)


def test_without_an_epic_name_the_type_tells() -> None:
    epic = {"id": "1", "key": "A-1", "fields": {"issuetype": {"name": "Epic"}}}
    story = {"id": "2", "key": "A-2", "fields": {"issuetype": {"name": "Story"}}}
    answer = json.dumps({"total": 2, "issues": [epic, story]}).encode()
    bodies = [http("200 OK", b"[]"), http("200 OK", answer)]
    with raw_site(lambda n: bodies[n]) as (url, _):
        assert [one.key for one in jira_at(url).epics("project = A", frozenset())] == ["A-1"]


@pytest.mark.parametrize("value", ['"A-9"', '{"key": "A-9"}', '{"data": {"key": "A-9"}}'])
def test_a_parent_link_is_understood_however_it_is_written(value: str) -> None:
    field = b'[{"id": "customfield_8", "schema": {"custom": "com.atlassian.jpo:jpo-custom-field-parent"}}]'
    fields = f'{{"issuetype": {{"name": "Epic"}}, "customfield_8": {value}}}'
    answer = f'{{"total": 1, "issues": [{{"id": "1", "key": "A-1", "fields": {fields}}}]}}'
    bodies = [http("200 OK", field), http("200 OK", answer.encode())]
    with raw_site(lambda n: bodies[n]) as (url, _):
        (epic,) = jira_at(url).epics_below(["A"], ["A-9"], frozenset())
        assert epic.parent == "A-9"


def test_without_a_parent_link_such_a_query_is_refused_before_it_is_sent() -> None:
    with raw_site(lambda _: http("200 OK", b"[]")) as (url, asked):
        with pytest.raises(RequestRefused):
            jira_at(url).epics_below(["A"], ["A-9"], frozenset())
        assert len(asked) == 1


def jira_at(url: str) -> Jira:
    by = Connecting(tally=RequestTally(), timing=TestTime().timing(), patience=Patience(connect=2, read=2))
    access = Access(url=url, token="t")
    return datacenter_sites(access, access, by).jira
