"""From tokens to the shape of a query, by Jira's grammar; whatever does not fit is an error with its place."""

from typing import Final

from mappings.concerns import Concern
from mappings.jql_syntax import (
    Call,
    Clause,
    Condition,
    Empty,
    FieldName,
    Joined,
    Negated,
    Operand,
    Ordering,
    Predicate,
    Query,
    Several,
    Value,
)
from mappings.jql_tokens import JqlError, Token, TokenKind, tokens

_DEEPEST: Final = 30
_PREDICATES: Final = ("AFTER", "BEFORE", "DURING", "ON", "BY", "FROM", "TO")
_RESERVED: Final = frozenset(
    ("AND", "OR", "NOT", "IN", "IS", "WAS", "CHANGED", "EMPTY", "NULL", "ORDER", "BY", *_PREDICATES)
)


def parse(jql: str) -> Query:
    """The shape of a query; raises JqlError with a place for anything that is not JQL."""
    return _Parser(list(tokens(jql))).query()


class _Parser:
    """One pass over the tokens; each method takes what it names and leaves the rest."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0

    def query(self) -> Query:
        where = None if self._peek().kind is TokenKind.END or self._peek().is_word("ORDER") else self._either()
        order = self._order() if self._peek().is_word("ORDER") else ()
        if self._peek().kind is not TokenKind.END:
            raise self._unexpected()
        return Query(where=where, order=order)

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._tokens[self._next]
        if token.kind is not TokenKind.END:
            self._next += 1
        return token

    def _unexpected(self) -> JqlError:
        return JqlError(Concern.QUERY_SYNTAX, self._peek().at)

    def _accept_word(self, *words: str) -> bool:
        if self._peek().is_word(*words):
            self._take()
            return True
        return False

    def _accept_sign(self, *signs: str) -> bool:
        if self._peek().is_sign(*signs):
            self._take()
            return True
        return False

    def _need_sign(self, sign: str) -> None:
        if not self._accept_sign(sign):
            raise self._unexpected()

    def _deeper(self, steps: int) -> None:
        self._depth += steps
        if self._depth > _DEEPEST:
            raise JqlError(Concern.QUERY_TOO_LONG, self._peek().at)

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._accept_word("OR") or self._accept_sign("|", "||"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Joined(word="OR", parts=tuple(parts))

    def _both(self) -> Condition:
        parts = [self._maybe_not()]
        while self._accept_word("AND") or self._accept_sign("&", "&&"):
            parts.append(self._maybe_not())
        return parts[0] if len(parts) == 1 else Joined(word="AND", parts=tuple(parts))

    def _maybe_not(self) -> Condition:
        self._deeper(1)
        if self._accept_word("NOT") or self._accept_sign("!"):
            condition: Condition = Negated(part=self._maybe_not())
        elif self._accept_sign("("):
            condition = self._either()
            self._need_sign(")")
        else:
            condition = self._clause()
        self._deeper(-1)
        return condition

    def _name(self) -> Token:
        token = self._peek()
        if token.kind not in (TokenKind.KEYABLE, TokenKind.TEXT) or token.is_word(*_RESERVED) or not token.text:
            raise self._unexpected()
        return self._take()

    def _field(self) -> FieldName:
        name = self._name()
        if not self._accept_sign("["):
            return FieldName(name=name.text, at=name.at)
        inside = self._name()
        self._need_sign("]")
        if name.is_word("CF") and inside.text.isascii() and inside.text.isdigit():
            return FieldName(name=f"cf[{inside.text}]", at=name.at)
        if self._peek().kind is TokenKind.KEYABLE and self._peek().text.startswith("."):
            self._take()
        return FieldName(name=name.text, at=name.at, stored=True)

    def _clause(self) -> Clause:
        field = self._field()
        if self._accept_word("CHANGED"):
            return Clause(field=field, operator="CHANGED", predicates=self._predicates())
        operator = self._operator()
        if operator.endswith("IN"):
            operand = self._many()
        elif operator.startswith("IS"):
            operand = self._nothing()
        else:
            operand = self._operand()
        predicates = self._predicates() if operator.startswith("WAS") else ()
        return Clause(field=field, operator=operator, operand=operand, predicates=predicates)

    def _operator(self) -> str:
        if self._peek().is_sign("=", "!=", "~", "!~", "<", "<=", ">", ">="):
            return self._take().text
        words = [word for word in ("WAS", "IS") if self._accept_word(word)]
        if self._accept_word("NOT"):
            words.append("NOT")
        if words[:1] != ["IS"] and self._accept_word("IN"):
            words.append("IN")
        if not words or words == ["NOT"]:
            raise self._unexpected()
        return " ".join(words)

    def _nothing(self) -> Empty:
        if not self._peek().is_word("EMPTY", "NULL"):
            raise self._unexpected()
        return Empty(at=self._take().at)

    def _many(self) -> Operand:
        if self._peek().is_sign("("):
            return self._list()
        operand = self._operand()
        if not isinstance(operand, Call):
            raise JqlError(Concern.QUERY_SYNTAX, operand.at)
        return operand

    def _list(self) -> Several:
        at = self._take().at
        self._deeper(1)
        items = [self._operand()]
        while self._accept_sign(","):
            items.append(self._operand())
        self._need_sign(")")
        self._deeper(-1)
        return Several(items=tuple(items), at=at)

    def _operand(self) -> Operand:
        token = self._peek()
        if token.is_sign("("):
            return self._list()
        if token.is_word("EMPTY", "NULL"):
            return Empty(at=self._take().at)
        if token.kind not in (TokenKind.KEYABLE, TokenKind.TEXT) or token.is_word(*_RESERVED):
            raise self._unexpected()
        self._take()
        if self._accept_sign("("):
            return Call(name=token.text, arguments=self._arguments(), at=token.at)
        return Value(text=token.text, at=token.at)

    def _arguments(self) -> tuple[str, ...]:
        found: list[str] = []
        while not self._accept_sign(")"):
            if found:
                self._need_sign(",")
            if self._peek().kind not in (TokenKind.KEYABLE, TokenKind.TEXT):
                raise self._unexpected()
            found.append(self._take().text)
        return tuple(found)

    def _predicates(self) -> tuple[Predicate, ...]:
        found: list[Predicate] = []
        while self._peek().is_word(*_PREDICATES):
            word = self._take()
            found.append(Predicate(word=word.text.upper(), operand=self._operand(), at=word.at))
        return tuple(found)

    def _order(self) -> tuple[Ordering, ...]:
        self._take()
        if not self._accept_word("BY"):
            raise self._unexpected()
        found = [self._ordering()]
        while self._accept_sign(","):
            found.append(self._ordering())
        return tuple(found)

    def _ordering(self) -> Ordering:
        field = self._field()
        descending = self._peek().is_word("DESC")
        self._accept_word("ASC", "DESC")
        return Ordering(field=field, descending=descending)
