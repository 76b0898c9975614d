"""CQL, the part of it that a tool for pages needs, answered from the search index."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connector.sandbox.confluence_index import Row
from connector.sandbox.storage_format import names, parse, text_of

Test = Callable[[Row], bool]

_TOKEN = re.compile(
    r"\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|(!=|!~|>=|<=|=|~|>|<|\(|\)|,)|([^\s()=!~<>,\"']+))", re.S
)
_WORDS = frozenset({"and", "or", "not", "in", "order", "by", "asc", "desc"})
_TYPES = names("space user page blogpost comment attachment database whiteboard slide embed folder")
_NOW = re.compile(r"([+-]?\d+)([yMwdhm])")
_UNITS = {"y": 365 * 1440, "M": 30 * 1440, "w": 7 * 1440, "d": 1440, "h": 60, "m": 1}
_MOMENTS = frozenset({"created", "lastmodified"})
_PHRASES = frozenset({"text", "sitesearch"})
_FIELDS: dict[str, Callable[[Row], Iterable[str]]] = {
    "space": lambda row: [row.space.lower()],
    "space.key": lambda row: [row.space.lower()],
    "label": lambda row: row.labels,
    "title": lambda row: [row.title.casefold()],
    "type": lambda row: [row.type],
    "id": lambda row: [row.page_id],
    "content": lambda row: [row.page_id],
    "parent": lambda row: [row.parent],
    "ancestor": lambda row: row.ancestors,
}


class QueryError(ValueError):
    """A query that Confluence does not take; the message reads as its own."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


class Query:
    """A parsed CQL query: which rows it means and in which order."""

    def __init__(self, cql: str, now: datetime) -> None:
        self._cql = cql
        self._now = now
        self._tokens = self._read(cql)
        self._at = 0
        self._order: list[tuple[str, bool]] = []
        self._test = self._alternatives() if self._peek() != "order" else (lambda row: True)
        self._ordering()
        if self._at < len(self._tokens):
            raise self._broken()

    def select(self, rows: Iterable[Row]) -> list[Row]:
        """The rows meant, in the order asked for, else by page id."""
        found = [row for row in rows if self._test(row)]
        for name, falling in reversed(self._order):
            found.sort(key=lambda row: _sort_key(row, name), reverse=falling)
        return found

    def _read(self, cql: str) -> list[_Token]:
        tokens, place = [], 0
        while cql[place:].strip():
            match = _TOKEN.match(cql, place)
            if match is None:
                raise self._broken()
            quoted = match[1] if match[1] is not None else match[2]
            if quoted is not None:
                tokens.append(_Token("value", re.sub(r"\\(.)", r"\1", quoted)))
            elif match[3]:
                tokens.append(_Token("sign", match[3]))
            else:
                tokens.append(_Token("word" if match[4].lower() in _WORDS else "value", match[4]))
            place = match.end()
        if not tokens:
            raise self._broken()
        return tokens

    def _broken(self) -> QueryError:
        return QueryError(f"Could not parse cql : {self._cql}")

    def _peek(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        token = self._tokens[self._at]
        return token.text.lower() if token.kind == "word" else token.text if token.kind == "sign" else "\0"

    def _take(self, *expected: str) -> str:
        if self._at >= len(self._tokens) or (expected and self._peek() not in expected):
            raise self._broken()
        self._at += 1
        return self._tokens[self._at - 1].text

    def _alternatives(self) -> Test:
        tests = [self._conjunction()]
        while self._peek() == "or":
            self._take()
            tests.append(self._conjunction())
        return lambda row: any(test(row) for test in tests)

    def _conjunction(self) -> Test:
        tests = [self._factor()]
        while self._peek() == "and":
            self._take()
            tests.append(self._factor())
        return lambda row: all(test(row) for test in tests)

    def _factor(self) -> Test:
        if self._peek() == "not":
            self._take()
            inner = self._factor()
            return lambda row: not inner(row)
        if self._peek() == "(":
            self._take()
            inner = self._alternatives()
            self._take(")")
            return inner
        return self._clause()

    def _clause(self) -> Test:
        field = self._take("\0").lower()
        if field not in _FIELDS and field not in _MOMENTS | _PHRASES:
            raise QueryError(f"No field exists with the name: '{field}'")
        sign = self._take("=", "!=", "~", "!~", ">", "<", ">=", "<=", "in", "not").lower()
        if sign == "not":
            self._take("in")
            return _negated(self._meaning(field, "in", self._list()))
        values = self._list() if sign == "in" else [self._value()]
        return self._meaning(field, sign, values)

    def _list(self) -> list[str]:
        self._take("(")
        values = [self._value()]
        while self._peek() == ",":
            self._take()
            values.append(self._value())
        self._take(")")
        return values

    def _value(self) -> str:
        text = self._take("\0")
        if text.lower() == "now" and self._peek() == "(":
            self._take()
            shift = self._take("\0") if self._peek() == "\0" else "0m"
            self._take(")")
            return (self._now + _shift(shift, self._broken())).isoformat()
        return text

    def _meaning(self, field: str, sign: str, values: list[str]) -> Test:
        if field in _MOMENTS:
            return self._moment(field, sign, values[0])
        if field in _PHRASES or (field == "title" and sign in ("~", "!~")):
            found = _phrase(field, values[0])
            return _negated(found) if sign in ("!=", "!~") else found
        if sign not in ("=", "!=", "in") or any(not value for value in values):
            raise self._broken()
        if field == "type" and not set(values) <= _TYPES:
            raise QueryError(f"Unsupported value for type, got : {values[0]}, expected one of : {sorted(_TYPES)}")
        wanted = {value.casefold() if field != "id" else value for value in values}
        read = _FIELDS[field]
        matches: Test = lambda row: not wanted.isdisjoint(read(row))  # noqa: E731  # one of two shapes of the same test
        return _negated(matches) if sign == "!=" else matches

    def _moment(self, field: str, sign: str, value: str) -> Test:
        wanted = _moment(value, self._broken())
        read: Callable[[Row], datetime] = (
            (lambda row: row.created) if field == "created" else (lambda row: row.modified)
        )
        tests: dict[str, Callable[[datetime], bool]] = {
            ">": lambda at: at > wanted,
            ">=": lambda at: at >= wanted,
            "<": lambda at: at < wanted,
            "<=": lambda at: at <= wanted,
            "=": lambda at: at.date() == wanted.date(),
            "!=": lambda at: at.date() != wanted.date(),
        }
        if sign not in tests:
            raise self._broken()
        return lambda row: tests[sign](_minute(read(row)))

    def _ordering(self) -> None:
        if self._peek() != "order":
            return
        self._take("order")
        self._take("by")
        while True:
            name = self._take("\0").lower()
            if name not in ("title", "created", "lastmodified", "id"):
                raise self._broken()
            falling = self._peek() == "desc"
            if self._peek() in ("asc", "desc"):
                self._take()
            self._order.append((name, falling))
            if self._peek() != ",":
                return
            self._take(",")


def _negated(test: Test) -> Test:
    return lambda row: not test(row)


def _phrase(field: str, value: str) -> Test:
    words = value.casefold().replace("*", "").split()
    if field == "title":
        return lambda row: all(word in row.title.casefold() for word in words)
    return lambda row: all(word in f"{row.title} {text_of(parse(row.body))}".casefold() for word in words)


def _moment(value: str, broken: QueryError) -> datetime:
    try:
        moment = datetime.fromisoformat(value.replace("/", "-"))
    except ValueError:
        raise broken from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shift(value: str, broken: QueryError) -> timedelta:
    match = _NOW.fullmatch(value.strip())
    if match is None:
        raise broken
    return timedelta(minutes=int(match[1]) * _UNITS[match[2]])


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _sort_key(row: Row, name: str) -> str:
    keys = {"title": row.title.casefold(), "created": row.created.isoformat(), "lastmodified": row.modified.isoformat()}
    return keys.get(name, row.page_id.zfill(20))
