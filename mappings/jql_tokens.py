"""JQL as Jira's own lexer cuts it: words, quoted text, signs. Escapes are undone here, so nothing hides in them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mappings.concerns import Concern

LONGEST: Final = 4000  # characters

_SIGN = re.compile(r"!=|!~|<=|>=|&&|\|\||[=~<>!&|(),\[\]]")
_NEVER_BARE = frozenset("{}*/%+^$#@?;")
_ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\", "'": "'", '"': '"', " ": " "}
_HEX = re.compile(r"[0-9A-Fa-f]{4}")


class TokenKind(StrEnum):
    """What a token is; only a bare word without an escape can be a keyword."""

    KEYABLE = "keyable"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token with its offset; `text` is what it means, not how it is spelt."""

    kind: TokenKind
    text: str
    at: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the keywords."""
        return self.kind is TokenKind.KEYABLE and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of the signs."""
        return self.kind is TokenKind.SIGN and self.text in signs


class JqlError(Exception):
    """A query that cannot be read; carries a concern and an offset, never a word of the query."""

    def __init__(self, concern: Concern, at: int) -> None:
        super().__init__(concern.value)
        self.concern = concern
        self.at = at


def tokens(jql: str) -> Iterator[Token]:
    """The tokens of a query, with one END behind the last."""
    if len(jql) > LONGEST:
        raise JqlError(Concern.QUERY_TOO_LONG, LONGEST)
    at = 0
    while at < len(jql):
        if jql[at].isspace():
            at += 1
            continue
        token, at = _token(jql, at)
        yield token
    yield Token(kind=TokenKind.END, text="", at=len(jql))


def _token(jql: str, at: int) -> tuple[Token, int]:
    if jql[at] in "\"'":
        return _quoted(jql, at)
    if (sign := _SIGN.match(jql, at)) is not None:
        return Token(kind=TokenKind.SIGN, text=sign[0], at=at), sign.end()
    return _bare(jql, at)


def _quoted(jql: str, start: int) -> tuple[Token, int]:
    quote, at, parts = jql[start], start + 1, list[str]()
    while at < len(jql) and jql[at] != quote:
        part, at = _character(jql, at)
        parts.append(part)
    if at >= len(jql):
        raise JqlError(Concern.QUERY_SYNTAX, start)
    return Token(kind=TokenKind.TEXT, text="".join(parts), at=start), at + 1


def _bare(jql: str, start: int) -> tuple[Token, int]:
    at, parts = start, list[str]()
    while at < len(jql) and not jql[at].isspace() and jql[at] not in "\"'" and _SIGN.match(jql, at) is None:
        if jql[at] in _NEVER_BARE:
            raise JqlError(Concern.QUERY_SYNTAX, at)
        part, at = _character(jql, at)
        parts.append(part)
    kind = TokenKind.TEXT if "\\" in jql[start:at] else TokenKind.KEYABLE
    return Token(kind=kind, text="".join(parts), at=start), at


def _character(jql: str, at: int) -> tuple[str, int]:
    if jql[at] != "\\":
        return _printable(jql[at], at), at + 1
    letter = jql[at + 1 : at + 2]
    if letter == "u" and (digits := _HEX.match(jql, at + 2)) is not None:
        return _printable(chr(int(digits[0], 16)), at), at + 6
    if letter not in _ESCAPES or not letter:
        raise JqlError(Concern.QUERY_SYNTAX, at)
    return _printable(_ESCAPES[letter], at), at + 2


def _printable(character: str, at: int) -> str:
    if unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff":
        raise JqlError(Concern.CONTROL_CHARACTER, at)
    return character
