"""JQL as text: read strictly into a tree, refused with Jira's own words where it is wrong."""

import re
from dataclasses import dataclass

from connector.sandbox.jira_refusals import JiraRefusal

_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<sign><=|>=|!=|!~|&&|\|\||[=<>~!&|(),])
    |(?P<word>cf\[\d+\]|(?:[^\s"'=<>~!&|(),.;?*/%^$#@\[\]{}+\\]|(?<=\d)\.(?=\d))+)
    |(?P<wrong>\S))""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\", " ": " "}
_RESERVED = frozenset(
    """abort access add after alias all alter and any are as asc at audit avg before begin between boolean break by byte
    catch cf char character check checkpoint collate collation column commit connect continue count create current date
    decimal declare decrement default defaults define delete delimiter desc difference distinct divide do double drop
    else empty encoding end equals escape exclusive exec execute exists explain false fetch file field first float for
    from function go goto grant greater group having identified if immediate in increment index initial inner inout
    input insert int integer intersect intersection into is isempty isnull join last left less like limit lock long max
    min minus mode modify modulo more multiply next noaudit not notin nowait null number object of on option or order
    outer output power previous prior privileges public raise raw remainder rename resource return returns revoke right
    row rowid rownum rows select session set share size sqrt start strict string subtract sum synonym table then to
    trans transaction trigger true uid union unique update user validate values view when whenever where while
    with""".split()  # noqa: SIM905  # a list of a hundred words in quotes would be four times as long
)
_OPERATORS = ("=", "!=", "<", ">", "<=", ">=", "~", "!~")
_VALID = "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'."


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One operand: a text, a function call such as `now()`, or EMPTY."""

    text: str
    call: bool = False
    empty: bool = False
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """`field operator values`; operators are spelt as in `=`, `!=`, `in`, `not in`, `is`, `is not`."""

    field: str
    operator: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Clauses joined by `and`, `or`, or one of them under `not`."""

    joint: str
    parts: tuple["Clause | Group", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A whole query: `where` is None when nothing restricts it; `order` holds (field, descending)."""

    where: Clause | Group | None
    order: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    kind: str
    at: int

    def says(self, *words: str) -> bool:
        return self.kind != "quoted" and self.text.casefold() in words


def parse(jql: str) -> Query:
    """The tree of a query; a JiraRefusal (400) for text that is not JQL."""
    return _Reader(jql).query()


def _tokens(jql: str) -> list[_Token]:
    found, place = [], 0
    end = len(jql.rstrip())
    while place < end:
        match = _TOKEN.match(jql, place)
        if match is None or match["wrong"]:
            sign = match["wrong"] if match else ""
            raise _refused(
                f"The character '{sign}' is a reserved JQL character. You must enclose it in a string or use the "
                f"escape '\\u{ord(sign or ' '):04x}' instead. (line 1, character {place + 1})"
            )
        kind = next(name for name, text in match.groupdict().items() if text is not None)
        text = _unquoted(match[kind]) if kind == "quoted" else match[kind]
        found.append(_Token(text=text, kind=kind, at=match.start(kind) + 1))
        place = match.end()
    return found


def _unquoted(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        if match[1].startswith("u") and len(match[1]) == 5:
            return chr(int(match[1][1:], 16))
        if match[1] not in _ESCAPES:
            raise _refused(f"'\\{match[1]}' is an illegal JQL escape sequence.")
        return _ESCAPES[match[1]]

    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", meant, text[1:-1])


def _refused(text: str) -> JiraRefusal:
    return JiraRefusal(400, f"Error in the JQL Query: {text}")


class _Reader:
    def __init__(self, jql: str) -> None:
        self._tokens = _tokens(jql)
        self._place = 0

    def query(self) -> Query:
        where = None if self._peek("order") or not self._tokens else self._either()
        order = self._order() if self._take("order") else ()
        if self._place < len(self._tokens):
            raise self._stuck("Expecting either 'OR' or 'AND' but got")
        return Query(where=where, order=order)

    def _either(self) -> Clause | Group:
        parts = [self._both()]
        while self._take("or", "|", "||"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Group(joint="or", parts=tuple(parts))

    def _both(self) -> Clause | Group:
        parts = [self._single()]
        while self._take("and", "&", "&&"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Group(joint="and", parts=tuple(parts))

    def _single(self) -> Clause | Group:
        if self._take("not", "!"):
            return Group(joint="not", parts=(self._single(),))
        if self._take("("):
            inside = self._either()
            if not self._take(")"):
                raise self._stuck("Expecting ')' before")
            return inside
        return self._clause()

    def _clause(self) -> Clause:
        field = self._text("Expecting a field name but got")
        operator = self._operator()
        if operator in ("in", "not in"):
            return Clause(field=field, operator=operator, values=self._list())
        return Clause(field=field, operator=operator, values=(self._value(),))

    def _operator(self) -> str:
        for sign in _OPERATORS:
            if self._take(sign):
                return sign
        if self._take("in"):
            return "in"
        if self._take("is"):
            return "is not" if self._take("not") else "is"
        if self._take("not") and self._take("in"):
            return "not in"
        raise self._stuck("Expecting operator but got", _VALID)

    def _list(self) -> tuple[Value, ...]:
        if not self._take("("):
            value = self._value()
            if value.call:
                return (value,)
            raise self._stuck("Expecting list of values or function but got")
        values = [self._value()]
        while self._take(","):
            values.append(self._value())
        if not self._take(")"):
            raise self._stuck("Expecting ')' before")
        return tuple(values)

    def _value(self) -> Value:
        if self._take("empty", "null"):
            return Value(text="", empty=True)
        text = self._text("Expecting either a value, list or function but got")
        if not self._take("("):
            return Value(text=text)
        arguments: list[str] = []
        while not self._take(")"):
            arguments.append(self._text("Expecting a function argument but got"))
            self._take(",")
        return Value(text=text, call=True, arguments=tuple(arguments))

    def _order(self) -> tuple[tuple[str, bool], ...]:
        if not self._take("by"):
            raise self._stuck("Expecting 'BY' but got")
        keys = []
        while True:
            field = self._text("Expecting a field name but got")
            down = self._take("desc")
            if not down:
                self._take("asc")
            keys.append((field, down))
            if not self._take(","):
                return tuple(keys)

    def _text(self, complaint: str) -> str:
        if self._place >= len(self._tokens) or self._tokens[self._place].kind == "sign":
            raise self._stuck(complaint)
        token = self._tokens[self._place]
        if token.kind == "word" and token.text.casefold() in _RESERVED:
            raise _refused(
                f"'{token.text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query. "
                f"(line 1, character {token.at})"
            )
        self._place += 1
        return token.text

    def _peek(self, *words: str) -> bool:
        return self._place < len(self._tokens) and self._tokens[self._place].says(*words)

    def _take(self, *words: str) -> bool:
        if not self._peek(*words):
            return False
        self._place += 1
        return True

    def _stuck(self, complaint: str, hint: str = "") -> JiraRefusal:
        if self._place >= len(self._tokens):
            return _refused(f"{complaint} the end of the query. {hint}".strip())
        token = self._tokens[self._place]
        return _refused(f"{complaint} '{token.text}'. {hint} (line 1, character {token.at})")
