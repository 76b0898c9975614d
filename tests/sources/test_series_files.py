import os
from datetime import date
from pathlib import Path

import pytest

from connector.errors import Code
from connector.sources.series_files import LARGEST_FILE, SeriesFiles
from connector.sources.watched import Complaint
from mappings.indicators import Reading, Source, SourceKind
from tests.sources.watching import reading, watching


def outcomes(folder: Path, path: str = "numbers/calls.csv", decimals: int = 1) -> list[Reading | Complaint]:
    source = Source(kind=SourceKind.CSV, path=path)
    return list(SeriesFiles(folder=folder).outcomes([watching(source, decimals=decimals)]))


def complaint(folder: Path, path: str = "numbers/calls.csv") -> str:
    (found,) = outcomes(folder, path)
    assert isinstance(found, Complaint)
    assert (found.team, found.error.code) == ("onboarding", Code.SOURCE_UNREADABLE)
    assert len(found.error.advice.options) == 2
    return str(found.error)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "book"
    (inside / "numbers").mkdir(parents=True)
    return inside


def write(folder: Path, text: str, path: str = "numbers/calls.csv") -> Path:
    (folder / path).write_text(text, encoding="utf-8")
    return folder / path


def test_values_are_kept_at_the_indicators_own_precision(folder: Path) -> None:
    write(folder, "on,value\n2026-11-16,44.25\n2026-11-17,-0.4\n2026-11-23,\n")
    assert outcomes(folder, decimals=0) == [
        reading(date(2026, 11, 16), "44"),
        reading(date(2026, 11, 17), "0"),
        reading(date(2026, 11, 23), None),
    ]
    assert str(outcomes(folder, decimals=0)[1].value) == "0"  # type: ignore[union-attr]  # a reading, as just seen


def test_a_bad_line_is_named_as_file_line_and_column_and_nothing_is_quoted(folder: Path) -> None:
    write(folder, "on,value\n2026-11-16,44\n2026-11-17,Ada Kanarie\n")
    message = complaint(folder)
    assert message.startswith("numbers/calls.csv:3:12: a number like 41.5")
    assert "Ada" not in message


def test_a_missing_file_is_named(folder: Path) -> None:
    assert complaint(folder).startswith("numbers/calls.csv: this file is not there")


def test_a_file_of_just_the_largest_size_is_read_and_a_longer_one_is_not(folder: Path) -> None:
    write(folder, "on,value\n".ljust(LARGEST_FILE, "\n"))
    assert outcomes(folder) == []
    write(folder, "on,value\n".ljust(LARGEST_FILE + 1, "\n"))
    assert "longer than a megabyte" in complaint(folder)


@pytest.mark.parametrize("path", ["../outside.csv", "numbers/../../outside.csv"])
def test_no_path_leads_out_of_the_folder(folder: Path, path: str) -> None:
    write(folder, "on,value\n2026-11-16,44\n", "../outside.csv")
    assert "leads out" in complaint(folder, path)


def test_an_absolute_path_leads_out_of_the_folder(folder: Path) -> None:
    outside = write(folder, "on,value\n2026-11-16,44\n", "../outside.csv").resolve()
    assert "leads out" in complaint(folder, str(outside))


def test_no_link_leads_out_of_the_folder(folder: Path) -> None:
    outside = write(folder, "on,value\n2026-11-16,44\n", "../outside.csv")
    (folder / "numbers" / "calls.csv").symlink_to(outside)
    assert "leads out" in complaint(folder)


def test_no_linked_folder_leads_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    write(folder, "on,value\n2026-11-16,44\n", "../elsewhere/calls.csv")
    (folder / "linked").symlink_to(folder.parent / "elsewhere")
    assert "leads out" in complaint(folder, "linked/calls.csv")


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    write(folder, "on,value\n2026-11-16,44\n", "numbers/really.csv")
    (folder / "numbers" / "calls.csv").symlink_to("really.csv")
    assert outcomes(folder) == [reading(date(2026, 11, 16), "44.0")]


def test_a_link_to_itself_is_no_file(folder: Path) -> None:
    (folder / "numbers" / "calls.csv").symlink_to("calls.csv")
    assert "not there" in complaint(folder)


def test_a_pipe_does_not_hold_the_run(folder: Path) -> None:
    os.mkfifo(folder / "numbers" / "calls.csv")
    assert "no file" in complaint(folder)


def test_a_folder_is_no_file(folder: Path) -> None:
    (folder / "numbers" / "calls.csv").mkdir()
    assert "no file" in complaint(folder)
