"""A book that people edit while the house runs: read again when it changed and nobody writes on it at the moment."""

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connector.errors import BookError
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from tests.connector.working import EXAMPLE

TODAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "book")
    return tmp_path / "book"


def book_of(folder: Path, **manner: object) -> LivingBook:
    given = {"sleep": lambda seconds: None, **manner}
    return LivingBook(MappingFolder(folder), **given)  # type: ignore[arg-type]  # tests name what they change


def edit(folder: Path, old: str, new: str, file: str = "teams/metering.yaml") -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def test_unchanged_files_are_the_same_book(folder: Path) -> None:
    book = book_of(folder)
    assert book.current(TODAY) is book.current(TODAY)


def test_a_changed_file_is_another_book(folder: Path) -> None:
    book = book_of(folder)
    book.current(TODAY)
    edit(folder, "size: 5", "size: 6")
    team = book.current(TODAY).team("metering")
    assert team is not None
    assert team.size == 6


def test_another_day_is_read_again_because_the_running_cycle_may_be_another(folder: Path) -> None:
    book = book_of(folder)
    assert book.current(TODAY) is not book.current(date(2027, 1, 4))


def test_a_broken_book_keeps_the_last_good_one_and_is_not_read_again_and_again(folder: Path) -> None:
    book = book_of(folder)
    good = book.current(TODAY)
    edit(folder, "size: 5", "size: five people")
    assert book.current(TODAY) is good
    first = book.trouble
    assert first is not None
    assert "teams/metering.yaml" in str(first)
    assert book.current(TODAY) is good
    assert book.trouble is first
    edit(folder, "size: five people", "size: 5")
    assert book.current(TODAY) == good
    assert book.trouble is None


def test_a_folder_that_comes_back_as_it_was_is_no_trouble_any_more(folder: Path) -> None:
    book = book_of(folder)
    good = book.current(TODAY)
    folder.rename(folder.with_name("away"))
    assert book.current(TODAY) is good
    assert book.trouble is not None
    folder.with_name("away").rename(folder)
    assert book.current(TODAY) == good
    assert book.trouble is None


def test_without_any_good_book_it_says_why_each_time_anew(folder: Path) -> None:
    (folder / "strategy.yaml").unlink()
    book = book_of(folder)
    seen = []
    for _ in range(3):
        with pytest.raises(BookError) as refused:
            book.current(TODAY)
        seen.append(len(list(_places(refused.value))))
    assert len(set(seen)) == 1


def test_a_file_that_is_being_written_is_read_when_it_is_whole(folder: Path) -> None:
    """Half a team file may be a book, too: of a team that has given up half of its key results."""
    path = folder / "teams" / "metering.yaml"
    whole = path.read_text("utf-8").replace("size: 5", "size: 6")
    half = whole[: whole.index("      - id: right-number")]
    book = book_of(folder, sleep=lambda seconds: path.write_text(whole, "utf-8"))
    book.current(TODAY)
    path.write_text(half, "utf-8")
    team = book.current(TODAY).team("metering")
    assert team is not None
    assert len(team.objectives[0].key_results) == 2


def test_between_two_looks_the_files_rest_and_who_asks_does_not_wait_for_changed_ones(folder: Path) -> None:
    passed, settled = [0.0], threading.Event()
    book = book_of(folder, rest=1.0, monotonic=lambda: passed[0], sleep=lambda seconds: settled.wait(10))
    good = book.current(TODAY)
    edit(folder, "size: 5", "size: 6")
    passed[0] = 0.9
    assert book.current(TODAY) is good
    assert not _readers()
    passed[0] = 1.0
    assert book.current(TODAY) is good  # they are read aside, and that takes its time
    assert len(_readers()) == 1
    assert book.current(TODAY) is good
    (reader,) = _readers()
    settled.set()
    reader.join(10)
    assert book.current(TODAY) is not good


def _readers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "book"]


def _places(error: BaseException) -> Iterator[object]:
    at = error.__traceback__
    while at is not None:
        yield at
        at = at.tb_next
