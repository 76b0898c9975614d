"""The surface is kinds of data and sources: the same for one team and for a thousand."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from connector.folder import MappingFolder
from connector.privacy.surface import ALWAYS, Surface, compared, sources_in, sources_of, surface_of
from mappings.indicators import SourceKind
from mappings.okr import MappingBook
from tests.flow.stand import EXAMPLE

TODAY = date(2026, 11, 24)


def book(folder: Path) -> MappingBook:
    return MappingFolder(folder).book(TODAY)


def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "book"))


def test_the_number_is_the_hash_in_short_and_the_same_every_time() -> None:
    surface = surface_of([SourceKind.CSV])
    assert surface == surface_of([SourceKind.CSV, SourceKind.OBSERVED])
    assert re.fullmatch(r"\d{3}-\d{3}", surface.number)
    assert re.fullmatch(r"[0-9a-f]{64}", surface.hash)


def test_another_team_and_another_indicator_of_a_used_kind_change_nothing(tmp_path: Path) -> None:
    folder = example(tmp_path)
    before = surface_of(sources_of(book(folder)))
    text = (folder / "teams" / "onboarding.yaml").read_text(encoding="utf-8")
    (folder / "teams" / "third.yaml").write_text(
        text.replace("team: onboarding", "team: third").replace("name: Team Onboarding", "name: Team Drei"), "utf-8"
    )
    after = book(folder)
    assert len(after.teams) == 3
    assert surface_of(sources_of(after)).hash == before.hash


def test_a_new_kind_of_source_changes_it_and_the_difference_says_so(tmp_path: Path) -> None:
    used = sources_of(book(example(tmp_path)))
    assert used == {SourceKind.OBSERVED, SourceKind.PUSHED, SourceKind.JQL_COUNT}
    before, after = surface_of(used), surface_of({*used, SourceKind.CSV})
    assert before.number != after.number
    assert compared(before, after).added == ("source csv: values of an indicator",)
    assert compared(after, before).removed == ("source csv: values of an indicator",)
    assert sources_in(after) == used | {SourceKind.CSV}


def test_a_field_a_column_and_a_call_more_or_wider_change_it() -> None:
    surface = surface_of(ALWAYS)
    for line in ("field jira-issues issues[].fields.assignee: text", "column answers.author: text, ", "call jira.user"):
        wider = Surface(kinds=tuple(sorted((*surface.kinds, line))))
        assert wider.hash != surface.hash
        assert compared(surface, wider).added == (line,)
    column = next(line for line in surface.kinds if line.startswith("column answers.confidence"))
    loose = replace(surface, kinds=tuple(sorted({*surface.kinds, "column answers.confidence: text, "} - {column})))
    assert compared(surface, loose).changed == ((column, "column answers.confidence: text, "),)


def test_every_kind_of_data_stands_in_it() -> None:
    begins = {line.split(" ")[0] for line in surface_of(ALWAYS).kinds}
    assert begins == {"field", "column", "call", "source"}
