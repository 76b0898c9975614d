"""A table of teams becomes one mapping file a team: for organisations that begin with many at once. Pure, total."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from mappings.concerns import Concern
from mappings.findings import Finding, Findings, refused
from mappings.locations import START, Branch, Leaf, Node, Position, Row, plain
from mappings.okr import MappingBook, OkrSource
from mappings.refusals import note_errors
from mappings.schema import TeamFile
from mappings.yaml_values import quoted, written

COLUMNS: Final = ("team", "name", "delivery", "project", "space", "language")
NO_ISSUES: Final = "none"
_CELL = re.compile(r'[ \t]*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^",;]*))[ \t]*(?P<end>[,;]|\Z)')
_LINE_END = re.compile(r"\r\n|\n|\r")
_BETWEEN_PROJECTS = re.compile(r"[\s,;/|]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one cell, and where."""

    text: str
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """New mapping files by name, none where something was refused, and what was noticed by line and column."""

    files: Mapping[str, str]
    findings: tuple[Finding, ...]


def read_roster(file: str, content: bytes, book: MappingBook) -> Roster:
    """The teams of a table with the columns `COLUMNS`, in any order; a team that the book has is refused."""
    findings = Findings(book.strategy.language)
    lines = list(_lines(file, content, findings))
    if not lines:
        if not findings.all():
            findings.add(file, START, Concern.EMPTY_TABLE)
        return Roster(files={}, findings=findings.all())
    head, *rows = lines
    parts = [part for cells in rows if (part := _part(file, head, cells, findings)) is not None]
    _check_alone(file, head, rows, book, findings)
    found = findings.all()
    files = {} if refused(found) else {f"teams/{part.team}.yaml": team_text(part) for part in parts}
    return Roster(files=files, findings=found)


def team_text(part: TeamFile) -> str:
    """The mapping file of a team that writes its OKRs in Confluence."""
    jira = NO_ISSUES if isinstance(part.jira, str) else f"{{project: {written(part.jira.project)}}}"
    lines = [f"team: {written(part.team)}", f"name: {quoted(part.name or part.team)}"]
    lines += [f"language: {part.language.value}"] if part.language else []
    lines += [f"delivery: [{', '.join(map(written, part.delivery))}]"] if part.delivery else []
    lines += [f"jira: {jira}"]
    lines += [f"confluence: {{space: {written(part.confluence.space)}}}"] if part.confluence else []
    return "\n".join([*lines, f"okrs: {OkrSource.CONFLUENCE.value}", ""])


def _lines(file: str, content: bytes, findings: Findings) -> Iterator[list[Cell]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        findings.add(file, START, Concern.TABLE_NOT_UTF8)
        return
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip(" \t,;"):
            yield list(_cells(line, number))


def _cells(line: str, number: int) -> Iterator[Cell]:
    """A line whose quotes do not match up ends with a cell that holds the rest as it is."""
    place = 0
    while True:
        match = _CELL.match(line, place)
        if match is None:
            yield Cell(text=line[place:].strip(), at=Position(number, place + 1))
            return
        quoted = match["quoted"]
        text = match["bare"] if quoted is None else quoted.replace('""', '"')
        yield Cell(text=" ".join(text.split()), at=Position(number, place + 1))
        place = match.end()
        if not match["end"]:
            return


def _part(file: str, head: list[Cell], cells: list[Cell], findings: Findings) -> TeamFile | None:
    tree = _tree(head, cells)
    try:
        return TeamFile.model_validate(plain(tree))
    except ValidationError as error:
        note_errors(findings, file, tree, error)
        return None


def _tree(head: list[Cell], cells: list[Cell]) -> Branch:
    """The row as a mapping file says it, every key at its column's head, every value at its cell."""
    tree = Branch(at=cells[0].at, entries={"okrs": Leaf(at=cells[0].at, value=OkrSource.CONFLUENCE.value)})
    for place, cell in enumerate(cells):
        column = head[place].text.casefold() if place < len(head) else "…"
        at = head[place].at if place < len(head) else cell.at
        if column in COLUMNS:
            if cell.text:
                key, node = _node(column, cell)
                tree.entries[key], tree.keys[key] = node, at
        elif column or cell.text:
            tree.entries[head[place].text if place < len(head) else column] = Leaf(at=cell.at, value=cell.text)
            tree.keys[head[place].text if place < len(head) else column] = at
    return tree


def _node(column: str, cell: Cell) -> tuple[str, Node]:
    leaf = Leaf(at=cell.at, value=cell.text)
    if column == "delivery":
        projects = filter(None, _BETWEEN_PROJECTS.split(cell.text))
        return column, Row(at=cell.at, items=[Leaf(at=cell.at, value=project) for project in projects])
    if column == "project" and cell.text.casefold() != NO_ISSUES:
        return "jira", Branch(at=cell.at, entries={"project": leaf}, keys={"project": cell.at})
    if column == "project":
        return "jira", Leaf(at=cell.at, value=NO_ISSUES)
    if column == "space":
        return "confluence", Branch(at=cell.at, entries={"space": leaf}, keys={"space": cell.at})
    return column, Leaf(at=cell.at, value=cell.text.casefold()) if column == "language" else leaf


def _check_alone(
    file: str, head: list[Cell], rows: Iterable[list[Cell]], book: MappingBook, findings: Findings
) -> None:
    """Notes ids and page titles that the book or a row before has already."""
    ids = {name for team in book.teams for name in (team.id, team.was) if name}
    titles = {(team.space.casefold(), team.name.casefold()) for team in book.teams}
    for cells in rows:
        row = {h.text.casefold(): cell for h, cell in zip(head, cells, strict=False)}
        if "team" not in row:
            continue
        team, name = row["team"], row.get("name")
        space = row["space"].text if "space" in row and row["space"].text else book.strategy.space
        title = (space.casefold(), (name.text if name and name.text else team.text).casefold())
        if team.text.casefold() in ids:
            findings.add(file, team.at, Concern.DUPLICATE_ID)
        elif title in titles:
            findings.add(file, (name or team).at, Concern.SAME_PAGE_TITLE)
        ids.add(team.text.casefold())
        titles.add(title)
