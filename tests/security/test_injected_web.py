"""Words stay words on our own web pages, in calendars and in metrics: each is read back by who understands it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from flask import Flask, render_template
from icalendar import Calendar
from lxml import etree
from prometheus_client.parser import text_string_to_metric_families
from pydantic import TypeAdapter, ValidationError

from connector.ledger import RunRecord, RunTotals
from connector.pages.readable import readable
from connector.privacy.pack import Standing
from connector.privacy.surface import surface_of
from connector.quota import LEFT, QuotaLeft
from connector.rings import Ring
from connector.web import machines, privacy
from connector.web.feed import Moment, calendar
from connector.web.page_texts import Reading, State
from connector.web.paper import paper_page
from connector.web.status import Coming, Waiting
from connector.web.status import State as Status
from connector.web.status_words import ESTIMATE, number, said
from connector.web.teams import Entry, Part
from connector.web.view_words import VIEW_WORDS
from mappings.okr import Language
from mappings.value_types import Line
from tests.connector.working import NOW, Hands
from tests.pages.team_onboarding import TEAM
from tests.security.corpus import CORPUS, twin, xml_can_hold
from tests.security.places import Shape, paper_of, shape, strategy_of

FAMILIES = 6  # of metrics
ALL = " ".join(CORPUS)
LINES = TypeAdapter(Line)


class NoRings:
    """A queue in which nothing waits."""

    def rings(self) -> tuple[Ring, ...]:
        """None."""
        return ()


def of_the_book() -> list[str]:
    """The strings as a book reads them where it wants one line; it refuses those with control characters."""
    found = []
    for text in CORPUS:
        try:
            found.append(LINES.validate_python(text))
        except ValidationError:
            continue
    return found


@pytest.fixture(scope="module")
def web() -> Flask:
    app = Flask("connector.web", template_folder="templates")
    standing = Standing(surface=surface_of(()), note=None)
    notice = privacy.Notice(standing=lambda: standing, labels=lambda: frozenset(CORPUS), last_check=lambda: None)
    app.register_blueprint(privacy.blueprint(notice))
    return app


def view_of(text: str) -> dict[str, object]:
    """What the pages of the organisation and of a team are given."""
    part = Part(name="check-in", title=text, reading=reading_of(text), url=f"https://wiki.example.org/{text}")
    silent = replace(part, name="planning", reading=Reading(state=State.SILENT))
    strategy = strategy_of(text)
    return {
        "words": VIEW_WORDS[Language.DE],
        "language": Language.DE,
        "other": Language.EN,
        "switch": f"/{text}",
        "connected": True,
        "asked": f"?{text}",
        "part": part,
        "teams": (Entry(text=text, href=f"/teams/{text}"),),
        "strategy": strategy,
        "told": strategy,
        "team": replace(TEAM, name=text),
        "parts": (part, silent),
        "missing": [text],
        "earlier": (Entry(text=text, href=f"/teams/{text}"),),
        "this_week": f"/teams/{text}",
        "calendar": f"https://okr.example.org/{text}",
        "newest": f"https://wiki.example.org/{text}",
    }


def reading_of(text: str) -> Reading:
    """A page of Confluence that says these words, with a letter for each sign that no page there can hold."""
    root = etree.Element("p")
    root.text = "".join(sign if xml_can_hold(sign) else "x" for sign in text)
    return Reading(state=State.SHOWN, html=readable(etree.tostring(root, encoding="unicode"), Language.DE))


def status_of(text: str) -> dict[str, object]:
    """What `/status` is given, with words in place of ids, names of operations and what a refusal says."""
    run = RunRecord(
        started=NOW, finished=NOW, created=1, updated=1, retired=1, unchanged=1, drift=1, failed=1, reads=1, writes=1
    )
    waiting = Waiting(team=text, why="an event", state="is next", tried=1)
    state = Status(
        runs=((1, run),),
        reads=1,
        writes=1,
        points=1,
        quotas=(QuotaLeft(product=text, limit=1, remaining=1),),
        asked=((text, 1),),
        waiting=(waiting,),
        more=1,
        parked=(waiting,),
        coming=(Coming(day=date(2026, 11, 24), team=text, what="review", label=text),),
        arrived=(("Jira", None),),
        book_trouble=text,
        token=None,
    )
    language = Language.DE
    return {
        "state": state,
        "language": language,
        "other": Language.EN,
        "say": partial(said, language),
        "number": partial(number, language),
        "left_words": LEFT,
        "estimate": ESTIMATE,
    }


def drawn(template: str, given: Callable[[str], dict[str, object]]) -> Callable[[str], str]:
    return lambda text: render_template(template, **given(text))


DRAWN = {
    "organisation": drawn("organisation.html", view_of),
    "team": drawn("team.html", view_of),
    "no page": drawn("no_page.html", view_of),
    "status": drawn("status.html", status_of),
    "record": lambda text: paper_page(paper_of(text), text, text),
}


def built(page: str) -> Shape:
    return shape(etree.HTML(page))


@pytest.mark.parametrize("name", DRAWN)
def test_no_word_on_our_own_pages_is_markup(web: Flask, name: str) -> None:
    with web.test_request_context("/"):
        assert built(DRAWN[name](ALL)) == built(DRAWN[name](twin(ALL)))


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
def test_no_word_on_our_own_pages_is_markup_when_it_stands_alone(web: Flask, name: str) -> None:
    with web.test_request_context("/"):
        for text in CORPUS:
            assert built(DRAWN[name](text)) == built(DRAWN[name](twin(text))), text


def message_of(texts: list[str]) -> str:
    """A delivery whose keys, labels and values are these words."""
    fields = {"labels": texts, **{f"{text}{place}": text for place, text in enumerate(texts)}}
    return json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"key": "ONB-1", "fields": fields}})


def test_what_remains_of_a_pasted_message_is_words(web: Flask) -> None:
    client = web.test_client()
    harmless = set(built(client.post("/privacy", data={"message": message_of(["x"])}).text))
    for share in range(4):
        texts = list(CORPUS[share::4])
        page = client.post("/privacy", data={"message": message_of(texts)})
        assert page.status_code == 200
        assert set(built(page.text)) <= harmless
        assert client.post("/privacy", data={"message": "".join(texts)}).status_code == 400


def test_no_word_makes_an_event_of_a_calendar() -> None:
    names, day = of_the_book(), date(2026, 11, 24)
    assert len(names) >= 500
    events = tuple(
        Moment(uid=f"{place}@okr", title=name, start=day + timedelta(days=place)) for place, name in enumerate(names)
    )
    whole = " ".join(name for name in names if "\ufeff" not in name)
    file = calendar(replace(TEAM, name=whole), events, day, "https://okr.example/x")
    read = Calendar.from_ical(file)
    assert [str(event["summary"]) for event in read.walk("VEVENT")] == [shown_by_calendars(name) for name in names]
    assert str(read["x-wr-calname"]).endswith(whole)
    properties = {name for event in read.walk("VEVENT") for name in event}
    assert properties == {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DURATION", "TRANSP", "URL"}
    lines = file.split(b"\r\n")
    assert not any(sign in line for line in lines for sign in (b"\r", b"\n", b"\0", b"\x1b"))
    assert max(map(len, lines)) <= 75


def shown_by_calendars(name: str) -> str:
    """The library takes `\\N` for a line within the name, and drops a mark of byte order at its beginning."""
    return name.removeprefix("\ufeff").replace("\\N", "\n")


def test_no_word_leaves_its_label_in_the_metrics() -> None:
    totals = RunTotals(whole=1, partly=0, reads=1, writes=1, by_operation=tuple((text, 7) for text in CORPUS))
    gauges = machines.Gauges(rings=NoRings(), totals=lambda: totals, migrated=lambda: True, clock=Hands())
    app = Flask("connector.web")
    app.register_blueprint(machines.blueprint(gauges))
    families = list(text_string_to_metric_families(app.test_client().get("/metrics").text))
    asked = next(family for family in families if family.name == "okr_requests_by_operation")
    assert [sample.labels for sample in asked.samples] == [{"operation": text} for text in CORPUS]
    assert len(families) == FAMILIES
