"""The permission sheet as plain text that survives an e-mail: short lines, no tabs, no markup."""

import textwrap
from collections.abc import Iterator, Mapping

from connector.doctor.places import Use
from connector.doctor.sheet import ProjectGrant, Sheet
from connector.doctor.sheet_words import SHEET_WORDS, TEAMS, SheetWords, granted

WIDTH = 72


def letter(sheet: Sheet) -> Iterator[str]:
    """The sheet line by line, in its language."""
    words = SHEET_WORDS[sheet.language]
    one, many = TEAMS[sheet.language]
    teams = one if sheet.teams == 1 else many.format(n=sheet.teams)
    yield from _paragraph(words.subject.format(organisation=sheet.organisation))
    yield ""
    yield from _paragraph(words.opening.format(teams=teams))
    for number, (heading, lines) in enumerate(_sections(sheet, words), start=1):
        yield ""
        yield from _paragraph(f"{number}. {heading}")
        yield ""
        yield from lines


def _sections(sheet: Sheet, words: SheetWords) -> Iterator[tuple[str, Iterator[str]]]:
    site = words.cloud if sheet.scopes else words.datacenter
    yield words.account, _paragraph(site.account)
    if sheet.projects:
        yield words.jira, _projects(sheet.projects, words)
    yield words.confluence, _spaces(sheet, words)
    yield site.token[0], _token(sheet, words, site.token[1])
    if sheet.projects:
        yield words.webhooks, _paragraph(site.webhooks)
    heading, points = words.not_needed
    yield heading, _points(dict.fromkeys(points, ""), words)
    yield words.closing[0], _paragraph(words.closing[1])


def _projects(grants: tuple[ProjectGrant, ...], words: SheetWords) -> Iterator[str]:
    for number, grant in enumerate(grants):
        if number:
            yield ""
        uses = "; ".join(words.uses[use] for use in Use if use in grant.uses)
        yield from _paragraph(f"{_named(words.project, grant.projects)}: {uses}")
        yield from _points(dict(granted(words, name, grant.uses) for name in grant.permissions), words)


def _spaces(sheet: Sheet, words: SheetWords) -> Iterator[str]:
    yield from _paragraph(_named(words.space, sheet.spaces))
    yield from _points(dict(words.operations[name] for name in sheet.operations), words)


def _token(sheet: Sheet, words: SheetWords, said: str) -> Iterator[str]:
    yield from _paragraph(said)
    for product, scopes in sheet.scopes.items():
        yield ""
        yield product
        yield from _points({scope: words.scopes[scope] for scope in scopes}, words)


def _points(points: Mapping[str, str], words: SheetWords) -> Iterator[str]:
    for name, purpose in points.items():
        yield from _paragraph(name, first="  - ", then="    ")
        if purpose:
            yield from _paragraph(f"{words.purpose}: {purpose}", first="    ", then="    ")


def _named(words: tuple[str, str], keys: tuple[str, ...]) -> str:
    return f"{words[len(keys) > 1]} {', '.join(keys)}"


def _paragraph(text: str, first: str = "", then: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False, break_long_words=False
    )
