"""Words stay words in everything that we send to a site: queries, addresses, headers, bodies.

Each is read back by who understands it, and holds the words as they were written, at the place where they belong.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from http.client import HTTPConnection
from itertools import cycle
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from atlassian import ConfluenceServer, ConfluenceV2
from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter

from connector.gateways import operations, operations_datacenter
from connector.gateways.jira_requests import CLOUD, create
from connector.gateways.posts import Line, in_slack, in_teams
from connector.gateways.site import CONFLUENCE
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Transport
from connector.gateways.wiki_markup import described
from connector.ports import IssueDraft
from connector.sandbox.jira_query import Clause, Group, parse
from connector.setting_values import account, token
from connector.sync.issues import one_line
from mappings import boundary, jql
from mappings.calendar import IsoWeek
from mappings.jql_syntax import quoted
from tests.security.corpus import CORPUS, twin

BERLIN = ZoneInfo("Europe/Berlin")


@cache
def _judged(text: str) -> jql.Accepted:
    verdict = jql.judge(f"project = A AND labels = {quoted(text)}", jql.Purpose.COUNT)
    if isinstance(verdict, jql.Refused):
        raise ValueError("the guard refuses it")
    return verdict


QUERIES: dict[str, Callable[[str], str]] = {
    "label": lambda t: jql.epics_by_label([t], ["b", t]),
    "parent": lambda t: jql.epics_by_parent(["A"], [t], "customfield_10014"),
    "keys": lambda t: jql.epics_by_keys([t]),
    "ids": lambda t: jql.issues_by_id([t, "10001"]),
    "window": lambda t: jql.in_key_order(jql.after_key(jql.own_issues([t]), t)),
    "outside": lambda t: jql.outside(jql.changed_within([t], 5), [t, "B"]),
    "epics": lambda t: jql.having(jql.own_assigned([t]), "customfield_10011"),
    "hook": lambda t: jql.concerning([t], [t], labels=[t], parents=[t], keys=[t], queries=[_judged(t)], whole=[t]),
    "book": lambda t: jql.epics_by_jql([t], _judged(t)),
    "count": lambda t: jql.count_in_week(_judged(t), IsoWeek(2026, 48), BERLIN),
}


def _clauses(where: Clause | Group | None) -> Iterator[Clause]:
    if isinstance(where, Clause):
        yield where
    elif where is not None:
        for part in where.parts:
            yield from _clauses(part)


@pytest.mark.parametrize("name", QUERIES)
def test_no_word_leaves_the_quotes_of_a_query(name: str) -> None:
    """As the imitation site reads it, which shares no line with who wrote it."""
    made, harmless = QUERIES[name], parse(QUERIES[name]("x"))
    asked = 0
    for text in CORPUS:
        try:
            query = parse(made(text))
        except ValueError:
            assert not text.isprintable() or not text.strip() or name in ("hook", "book", "count"), text
            continue
        asked += 1
        clauses, like = list(_clauses(query.where)), list(_clauses(harmless.where))
        assert [(c.field, c.operator) for c in clauses] == [(c.field, c.operator) for c in like], text
        assert query.order == harmless.order
        values = [value for clause in clauses for value in clause.values]
        assert not any(value.call for value in values), text
        assert sum(v.text == text for v in values) == sum(v.text == "x" for c in like for v in c.values), text
    assert asked >= 500


NAMED = [
    one
    for one in (
        *operations.JIRA,
        *operations.CONFLUENCE,
        *operations_datacenter.JIRA,
        *operations_datacenter.CONFLUENCE,
    )
    if "{" in one.path
]


def test_no_word_leaves_its_part_of_an_address() -> None:
    for text, one in zip(CORPUS, cycle(NAMED), strict=False):
        path = one.at(**dict.fromkeys(re.findall(r"{(\w+)}", one.path), text))
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", path), path
        parts = zip(path.split("/"), one.path.split("/"), strict=True)
        assert all(unquote(part) == (text if known.startswith("{") else known) for part, known in parts), path


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_an_address_has_no_part_that_leads_elsewhere(part: str) -> None:
    with pytest.raises(ValueError, match="part of an address"):
        operations.EDIT_ISSUE.at(issue=part)


class Recorder(BaseAdapter):
    """Takes the place of the network and keeps the last request."""

    sent: PreparedRequest

    def send(self, request: PreparedRequest, *_: object, **__: object) -> Response:
        """Nothing goes anywhere."""
        self.sent, answer = request, Response()
        answer.status_code, answer._content = 200, b"{}"
        return answer

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.filterwarnings("ignore:V1 methods are deprecated")  # none of them is called
@pytest.mark.parametrize("client", [ConfluenceV2, ConfluenceServer])
def test_no_word_leaves_its_value_in_the_question_of_an_address(client: Callable[..., object]) -> None:
    recorder, session = Recorder(), Session()
    session.mount("https://", recorder)
    transport = Transport(client("https://wiki.example.org/wiki", session=session), CONFLUENCE, RequestTally())
    for text in CORPUS:
        asked = {"status": "current", "title": text, "limit": 250}
        transport.ask(operations.PAGES, operations.PAGES.at(), params=asked)
        url = urlsplit(str(recorder.sent.url))
        assert (url.scheme, url.netloc, url.path) == ("https", "wiki.example.org", "/wiki/api/v2/pages")
        assert parse_qsl(url.query, strict_parsing=True) == [
            ("status", "current"),
            *([("title", text)] if text else []),
            ("limit", "250"),
        ], text
        assert re.fullmatch(r"[!-~]*", url.query)
        assert not url.fragment


def _granted(text: str) -> str:
    return boundary.granted_token(json.dumps({"access_token": text, "expires_in": 60}).encode()).token


@pytest.mark.parametrize("read", [lambda t: token(t).get_secret_value(), _granted])
def test_a_token_that_a_header_cannot_hold_is_none(read: Callable[[str], str]) -> None:
    """Settings and token services are all that puts words of others into a header of ours."""
    taken = 0
    for text in CORPUS:
        try:
            value = read(text)
        except (ValueError, boundary.BoundaryError):
            continue
        taken += 1
        assert value == text
        connection = HTTPConnection("127.0.0.1")
        connection.putrequest("GET", "/")
        connection.putheader("Authorization", f"Bearer {value}")
        assert re.fullmatch(r"[!-~]+", value), text
    assert 50 < taken < 400


def test_an_account_stays_one_half_of_a_credential() -> None:
    for text in CORPUS:
        for email in (text, f"{text}@example.org"):
            try:
                assert ":" not in account(email).get_secret_value()
            except ValueError:
                continue


def _draft(text: str) -> IssueDraft:
    summary = one_line(text)
    return IssueDraft(
        project="OKR",
        type_id="1",
        summary=summary,
        labels=(),
        description=text,
        ref="a",
        digest="b",
        unassign=True,
    )


def _nodes(node: dict[str, object]) -> Iterator[dict[str, object]]:
    yield node
    content = node.get("content", [])
    for below in content if isinstance(content, list) else []:
        yield from _nodes(below)


def test_a_description_on_cloud_is_paragraphs_of_plain_text() -> None:
    for text in CORPUS:
        fields = create([_draft(text)], CLOUD)["issueUpdates"][0]["fields"]
        assert "\n" not in fields["summary"]
        nodes = list(_nodes(fields["description"])) if "description" in fields else []
        assert {node["type"] for node in nodes} <= {"doc", "paragraph", "text", "hardBreak"}
        assert all(set(node) == {"type", "text"} for node in nodes if node["type"] == "text")
        assert "".join("".join(str(node.get("text", "")).split()) for node in nodes) == "".join(text.split())


ALIVE = (
    r"[*_+^~?{}\[\]|!\\-]|<|>|@",  # formats, macros, links, tables, images, mentions
    r"(?m)^\s*(?:h[1-6]|bq)\.",
    r"(?m)^\s*#",
    r"\w+://|mailto:|www\.",
    r"[:;][)(DP]",
)


def test_a_description_on_data_center_begins_no_markup() -> None:
    """What a site would read as markup, by its own list; a sign written as its number is shown and never read."""
    for text in CORPUS:
        kept = described(text)
        assert "".join(unescape(kept).split()) == "".join(text.split())
        bare = re.sub(r"&#\d+;", "·", kept)
        assert "&" not in bare, text
        assert not [sign for sign in ALIVE if re.search(sign, bare)], (text, kept)


def test_no_word_calls_a_channel_or_links_elsewhere_in_a_post() -> None:
    url = "https://wiki.example.org/pages/10"
    for text in (*CORPUS, "<!channel>", "<@U123>", "<https://evil.example|x>", "x|y>z"):
        line = Line(title=text, url=url, open="Öffnen")
        said = in_slack(line)["text"]
        assert said.startswith(f"<{url}|")
        assert said.count("<") == said.count(">") == said.count("|") == 1
        assert unescape(said.partition("|")[2].removesuffix(">")) == unescape(escaped_once(text))
        (card,) = json.loads(json.dumps(in_teams(line)))["attachments"]
        assert card["content"]["body"] == [
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]},
        ]
        assert card["content"]["actions"] == [{"type": "Action.OpenUrl", "title": "Öffnen", "url": url}]


def escaped_once(text: str) -> str:
    """The words as Slack shows them, which has no sign for a bar within a link."""
    return text.replace("|", "¦").replace("&", "&amp;")


def test_a_word_that_is_not_quoted_would_be_seen() -> None:
    raw, evil = 'labels = "{}"', 'x" OR project = "SECRET'
    asked, harmless = (list(_clauses(parse(raw.format(text)).where)) for text in (evil, twin(evil)))
    assert len(asked) == 2
    assert len(harmless) == 1
