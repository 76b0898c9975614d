import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.sources.series_text import BadLine, Fault, read_series_text

TODAY = date(2026, 11, 24)
ENTRIES = ((date(2026, 11, 16), Decimal(44)), (date(2026, 11, 23), None))


@pytest.mark.parametrize(
    "text",
    [
        "on,value\n2026-11-16,44\n2026-11-23,unknown\n",
        "on,value\r\n2026-11-16,44\r\n2026-11-23,\r\n",
        "\ufeffon,value\n2026-11-16,44\n2026-11-23,Unknown",
        '"on","value"\n"2026-11-16","44"\n"2026-11-23",""\n',
        "On , Value\n\n 2026-11-16 ,\t44\n  \n2026-11-23,\n\n",
        "on,value\r2026-11-16,+44\r2026-11-23,unknown\r",
    ],
)
def test_the_same_series_is_read_from_every_usual_way_of_writing(text: str) -> None:
    assert read_series_text(text.encode(), TODAY) == ENTRIES


def test_digits_are_kept_as_they_are() -> None:
    assert read_series_text(b"on,value\n2026-11-23,-041.50", TODAY) == ((date(2026, 11, 23), Decimal("-41.50")),)


def test_a_file_with_nothing_but_its_header_is_an_empty_series() -> None:
    assert read_series_text(b"on,value\n", TODAY) == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "fault"),
    [
        ("", 1, 1, Fault.HEADER),
        ("value,on\n", 1, 1, Fault.HEADER),
        ("on;value\n2026-11-16;44", 1, 1, Fault.HEADER),
        ("on,value,who\n", 1, 1, Fault.HEADER),
        ("2026-11-16,44\n", 1, 1, Fault.HEADER),
        ("on,value\n2026-11-16", 2, 11, Fault.SHAPE),
        ("on,value\n2026-11-16,4,1", 2, 14, Fault.SHAPE),
        ('on,value\n2026-11-16,"44', 2, 12, Fault.SHAPE),
        ('on,value\n2026-11-16,"4"4', 2, 12, Fault.SHAPE),
        ("on,value\n16.11.2026,44", 2, 1, Fault.DAY),
        ("on,value\n  20261116,44", 2, 3, Fault.DAY),
        ("on,value\n2026-02-30,44", 2, 1, Fault.DAY),
        ("on,value\n2026-11-16;44", 2, 14, Fault.SHAPE),
        ("on,value\n\n2026-11-25,44", 3, 1, Fault.FUTURE),
        ("on,value\n2026-11-16,44\n2026-11-16,45", 3, 1, Fault.TWICE),
        ('on,value\n2026-11-16,"41,5"', 2, 13, Fault.VALUE),
        ("on,value\n2026-11-16,41.5%", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,nan", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,1e3", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,1_000", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,٤٤", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,1000000000000", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,.5", 2, 12, Fault.VALUE),
        ("on,value\n2026-11-16,4\x00", 2, 12, Fault.VALUE),
    ],
)
def test_the_first_bad_line_is_named_with_its_place(text: str, line: int, column: int, fault: Fault) -> None:
    assert read_series_text(text.encode(), TODAY) == BadLine(line=line, column=column, fault=fault)


def test_another_encoding_is_named_with_its_line() -> None:
    found = read_series_text("on,value\n2026-11-16,44\nGröße".encode("latin-1"), TODAY)
    assert found == BadLine(line=3, column=1, fault=Fault.NOT_UTF8)


@given(st.binary(max_size=200) | st.text(alphabet='on,value\n\r"2026-11 .;', max_size=80).map(str.encode))
def test_any_bytes_give_a_series_or_a_place(content: bytes) -> None:
    found = read_series_text(content, TODAY)
    assert isinstance(found, tuple) or (found.line >= 1 and found.column >= 1)


SERIES = st.dictionaries(
    st.dates(min_value=date(2020, 1, 1), max_value=TODAY),
    st.none() | st.decimals(min_value=-(10**6), max_value=10**6, places=2),
    max_size=20,
)


@given(SERIES, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.booleans())
def test_what_a_spreadsheet_writes_is_read_back(
    series: dict[date, Decimal | None], end: str, quoting: int, marked: bool
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, quoting=quoting)
    writer.writerow(("on", "value"))
    writer.writerows((on.isoformat(), "" if value is None else f"{value:f}") for on, value in series.items())
    content = out.getvalue().encode("utf-8-sig" if marked else "utf-8")
    assert read_series_text(content, TODAY) == tuple(series.items())


@given(SERIES.filter(bool), st.data())
def test_one_bad_line_takes_the_whole_file_with_it(series: dict[date, Decimal | None], data: st.DataObject) -> None:
    lines = [f"{on.isoformat()},{'' if value is None else value}" for on, value in series.items()]
    place = data.draw(st.integers(0, len(lines)))
    lines.insert(place, f"{(TODAY + timedelta(days=1)).isoformat()},1")
    found = read_series_text("\n".join(["on,value", *lines]).encode(), TODAY)
    assert found == BadLine(line=place + 2, column=1, fault=Fault.FUTURE)
