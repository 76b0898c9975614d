"""The example's files with one thing changed: the ground for every test about reading books."""

from datetime import date

from mappings.book import BookReading, example_files, read_book
from mappings.findings import Finding

TODAY = date(2026, 11, 24)
STRATEGY, ONBOARDING, METERING = "strategy.yaml", "teams/onboarding.yaml", "teams/metering.yaml"


def example(file: str = STRATEGY, old: str = "", new: str = "", *, english: bool = False) -> dict[str, str | bytes]:
    """The example with `old` replaced once in one file; `english` also switches the book's language."""
    files: dict[str, str | bytes] = dict(example_files())
    text = str(files[file])
    assert old in text
    files[file] = text.replace(old, new, 1)
    if english:
        files[STRATEGY] = str(files[STRATEGY]).replace("language: de", "language: en", 1)
    return files


def changed(file: str, old: str, new: str, *, english: bool = False) -> BookReading:
    """The reading of the example with one thing changed."""
    return read_book(example(file, old, new, english=english), TODAY)


def only(reading: BookReading) -> Finding:
    """The single finding of a reading."""
    assert len(reading.findings) == 1, [(f.place, f.message) for f in reading.findings]
    return reading.findings[0]
