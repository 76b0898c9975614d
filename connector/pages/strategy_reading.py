"""The strategy page as leadership filled it, read as values."""

import re
from dataclasses import replace

from connector.pages.form_days import month_of
from connector.pages.form_fields import Field, Sheet
from connector.pages.form_tables import Row, tables
from connector.pages.written import FormUnreadable
from mappings.okr import Moal, Strategy
from mappings.team_text import TeamText

_YEAR = r"(?P<year>20[0-9]{2})"
_UNTIL = re.compile(r"\A(?:bis|until)?\s*(?:zum|the)?\s*", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"{_YEAR}-(?P<m1>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])\s?[/.]\s?(?P<y2>20[0-9]{{2}})"
    r"|[0-9]{1,2}\.\s?(?P<m3>0?[1-9]|1[0-2])\.\s?(?P<y3>20[0-9]{2})"
)
_NAMED = re.compile(rf"(?:(?:ende|end of)\s+)?(?P<month>[^\W\d_]+)\.?\s+{_YEAR}", re.IGNORECASE)
_YEAR_END = re.compile(rf"(?:jahresende|ende|end of(?: the year)?|year end)\s+{_YEAR}", re.IGNORECASE)


def read_strategy(body: TeamText, strategy: Strategy) -> Strategy:
    """The strategy with purpose, vision, Moal and frame as the page says them; the rest is the file's.

    Raises FormUnreadable when the table is gone, BodyUnreadable when the body is no XML.
    """
    row = next((table.rows[0] for table in tables(body) if table.sheet is Sheet.STRATEGY), None)
    if row is None:
        raise FormUnreadable("the table of the strategy is gone")
    return replace(
        strategy,
        purpose=" ".join(_lines(row, Field.PURPOSE)),
        vision=" ".join(_lines(row, Field.VISION)),
        moal=_moal(row),
        frame=_lines(row, Field.FRAME),
    )


def until(text: str) -> str:
    """`2027-12` for „Ende 2027“ or "December 2027"; what names no month stays as leadership wrote it."""
    said = _UNTIL.sub("", text, count=1).strip(" .")
    if match := _NUMBERED.fullmatch(said):
        year = match["year"] or match["y2"] or match["y3"]
        return f"{year}-{int(match['m1'] or match['m2'] or match['m3']):02d}"
    if match := _YEAR_END.fullmatch(said):
        return f"{match['year']}-12"
    match = _NAMED.fullmatch(said)
    month = month_of(match["month"]) if match else None
    return f"{match['year']}-{month:02d}" if match and month else text


def _lines(row: Row, asks: Field) -> tuple[str, ...]:
    cell = row.get(asks)
    return cell.lines if cell and cell.text else ()


def _moal(row: Row) -> Moal | None:
    title, picture = " ".join(_lines(row, Field.MOAL)), "\n".join(_lines(row, Field.PICTURE))
    if not title and not picture:
        return None
    return Moal(title=title, picture=picture, until=until(" ".join(_lines(row, Field.UNTIL))))
