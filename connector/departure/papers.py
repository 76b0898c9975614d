"""What an organisation takes with it: its book, its series, its answers, and where its pages stand, in plain files."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from connector.departure.cells import table
from connector.ledger import Answer, Kind, Ledger, Resource
from connector.sync.refs import team_of
from mappings.indicators import Reading

UNKNOWN: Final = "unknown"
_READ_ME: Final = """\
okr-connector: was die Organisation mitnimmt · what the organisation takes with it

book/          das Buch, wie es in den Dateien steht · the book as it stands in its files
readings.csv   jeder Wert jedes Indikators; „unknown“: niemand weiß ihn · every value of every indicator
answers/       je Team, was es in Check-ins gewählt und beziffert hat · by team, what it chose and put in numbers
pages.csv      die Seiten, die wir angelegt haben, mit Adresse · the pages we made, with addresses
issues.csv     die Vorgänge, die wir angelegt haben, mit Adresse · the issues we made, with addresses
data-flow.*    was gelesen und behalten wird · what is read and kept

Die Worte der Teams stehen auf ihren Seiten und sind hier nicht dabei: sie bleiben, wo sie sind.
The teams' own words stand on their pages and are not in here: they stay where they are.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where people open things."""

    jira: str
    confluence: str


def papers(
    book: Mapping[str, bytes], ledger: Ledger, at: Addresses, record: str, data: Mapping[str, object]
) -> dict[str, bytes]:
    """Content by name below the folder of the export; names are ours, never taken from anywhere."""
    resources = ledger.resources()
    texts = {
        "README.txt": _READ_ME,
        "readings.csv": table(("indicator", "on", "value"), map(_reading, ledger.readings())),
        **_answers(ledger.answers()),
        "pages.csv": table(("page", "team", "id", "address"), _pages(resources, at)),
        "issues.csv": table(("issue", "team", "id", "address"), _issues(resources, at)),
        "data-flow.html": record,
        "data-flow.json": json.dumps(data, ensure_ascii=False, indent=2) + "\n",
    }
    files = {f"book/{name}": content for name, content in book.items()}
    return files | {name: text.encode() for name, text in texts.items()}


def _reading(reading: Reading) -> tuple[str, ...]:
    return (reading.indicator, reading.on.isoformat(), _value(reading.value))


def _answers(answers: Iterable[Answer]) -> dict[str, str]:
    """A file for each team, so that no table of ours sets one beside another."""
    of_teams: dict[str, list[Answer]] = {}
    for answer in answers:
        of_teams.setdefault(answer.team, []).append(answer)
    heads = ("week", "key_result", "state", "confidence", "observed")
    return {f"answers/{team}.csv": table(heads, map(_answer, given)) for team, given in of_teams.items()}


def _answer(answer: Answer) -> tuple[str, ...]:
    given = answer.answers
    return (
        str(answer.week),
        answer.key_result,
        given.state.value if given.state else "",
        "" if given.confidence is None else str(given.confidence),
        "; ".join(f"{indicator}: {_value(value)}" for indicator, value in given.observed),
    )


def _pages(resources: Mapping[tuple[Kind, str], Resource], at: Addresses) -> Iterable[tuple[str, ...]]:
    for row in _standing(resources, Kind.PAGE):
        yield (*_head(row), f"{at.confluence}/pages/viewpage.action?pageId={row.remote_id}")


def _issues(resources: Mapping[tuple[Kind, str], Resource], at: Addresses) -> Iterable[tuple[str, ...]]:
    """By number, since we do not keep keys: they change when an issue moves."""
    for row in _standing(resources, Kind.ISSUE):
        yield (*_head(row), f"{at.jira}/issues/?jql=id%3D{row.remote_id}")


def _standing(resources: Mapping[tuple[Kind, str], Resource], kind: Kind) -> Iterable[Resource]:
    return (row for (found, _), row in sorted(resources.items()) if found is kind and row.remote_id is not None)


def _head(row: Resource) -> tuple[str, ...]:
    return (row.ref, team_of(row.ref), row.remote_id or "")


def _value(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value:f}"
