from datetime import UTC, datetime, timedelta

import pytest

from connector.sandbox.confluence_index import Row, SearchIndex
from connector.sandbox.confluence_query import Query, QueryError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def row(page_id: str, title: str, *labels: str, space: str = "ONB", days: int = 0) -> Row:
    moment = NOW - timedelta(days=days)
    return Row(
        page_id=page_id,
        title=title,
        space=space,
        labels=frozenset(labels),
        parent="1",
        ancestors=("1",),
        created=moment,
        modified=moment,
        body=f"<p>Text über {title}</p>",
    )


ROWS = [
    row("10", "Check-in KW 47", "okr", "okr-check-in", days=7),
    row("11", "Check-in KW 48", "okr", "okr-check-in"),
    row("12", 'Ein "Zitat"', space="MET"),
]


@pytest.mark.parametrize(
    ("cql", "found"),
    [
        ('label = "okr-check-in"', ["10", "11"]),
        ("label in (okr, other) and space = onb", ["10", "11"]),
        ('label not in ("okr")', ["12"]),
        ('space.key != "ONB"', ["12"]),
        ('title = "check-in kw 48"', ["11"]),
        ('title ~ "check"', ["10", "11"]),
        (r'title = "Ein \"Zitat\""', ["12"]),
        ('not label = okr or id = "10"', ["10", "12"]),
        ('(space = MET or title ~ "47") and type = page', ["10", "12"]),
        ('lastmodified >= "2026-11-20"', ["11", "12"]),
        ('lastmodified > now("-2d")', ["11", "12"]),
        ('created < "2026/11/20 10:00"', ["10"]),
        ("ancestor = 1 order by title desc", ["12", "11", "10"]),
        ("type = blogpost", []),
        ('space = "UNKNOWN"', []),
        ('text ~ "über 48"', ["11"]),
    ],
)
def test_a_query_finds_what_it_means(cql: str, found: list[str]) -> None:
    assert [hit.page_id for hit in Query(cql, NOW).select(ROWS)] == found


@pytest.mark.parametrize(
    "cql",
    [
        "",
        "label =",
        'label = ""',
        "label okr",
        "(space = ONB",
        "space = ONB and",
        "space ~~ ONB",
        "status = current",
        "creator = x",
        "type = bogus",
    ],
)
def test_a_query_that_confluence_does_not_take_is_refused(cql: str) -> None:
    with pytest.raises(QueryError):
        Query(cql, NOW)


def test_the_index_shows_a_write_only_after_the_lag() -> None:
    index = SearchIndex(timedelta(seconds=30))
    index.write("10", row("10", "alt"), NOW)
    index.write("10", row("10", "neu"), NOW + timedelta(seconds=60))
    seen = [[hit.title for hit in index.rows(NOW + timedelta(seconds=after))] for after in (0, 29, 30, 89, 90)]
    assert seen == [[], [], ["alt"], ["alt"], ["neu"]]


def test_what_was_removed_stays_findable_until_the_lag_has_passed() -> None:
    index = SearchIndex(timedelta(seconds=30))
    index.write("10", row("10", "da"), NOW)
    index.write("10", None, NOW + timedelta(seconds=60))
    assert [hit.title for hit in index.rows(NOW + timedelta(seconds=80))] == ["da"]
    assert list(index.rows(NOW + timedelta(seconds=90))) == []
