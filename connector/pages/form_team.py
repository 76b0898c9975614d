"""The table „Unser Rhythmus“: from when a page holds, how many the team is, when it meets, which language it writes."""

from dataclasses import dataclass
from datetime import date, timedelta

from connector.pages.form_days import only_day
from connector.pages.form_fields import Field, Sheet
from connector.pages.form_questions import Questions
from connector.pages.form_rhythm import language, meeting, size
from connector.pages.form_tables import Row
from connector.pages.form_weeks import quiet_weeks
from connector.pages.given import plain
from mappings.calendar import Rhythm
from mappings.concerns import Concern
from mappings.okr import Cycle, Language, Team
from mappings.written_concerns import Unclear

_LEAST, _MOST = 3, 999  # people in a team
_BEFORE = timedelta(days=92)  # a page may hold before its cycle begins, but a year that is off is asked about


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a team told about itself; `None` means not told."""

    valid_from: date | None
    size: int | None
    rhythm: Rhythm | None


def language_told(row: Row) -> Language | None:
    """The language in which the team wants its pages."""
    cell = row.get(Field.LANGUAGE)
    return language(cell.text) if cell else None


def team_told(row: Row, team: Team, cycle: Cycle, questions: Questions) -> Told:
    """The typed values of the table; for fewer than three people there is no day from which a page holds."""
    valid_from = _valid_from(row, cycle, questions)
    people = _size(row, questions)
    rhythm = _rhythm(row, team, cycle, questions)
    if _text(row, Field.LANGUAGE) and language_told(row) is None:
        questions.add(_place(questions, Field.LANGUAGE), Unclear.LANGUAGE)
    if people is not None and people < _LEAST:
        questions.add(_place(questions, Field.SIZE), Concern.TEAM_TOO_SMALL)
        return Told(valid_from=None, size=None, rhythm=rhythm)
    return Told(valid_from=valid_from, size=people, rhythm=rhythm)


def _place(questions: Questions, asks: Field) -> str:
    return questions.place(questions.words.say("Our rhythm"), Sheet.RHYTHM, asks)


def _text(row: Row, asks: Field) -> str:
    cell = row.get(asks)
    return cell.text if cell else ""


def _valid_from(row: Row, cycle: Cycle, questions: Questions) -> date | None:
    text = _text(row, Field.VALID_FROM)
    if not text:
        return None
    day = only_day(text, cycle)
    if day is None or not cycle.first - _BEFORE <= day <= cycle.last:
        example = questions.words.day(cycle.first)
        questions.add(_place(questions, Field.VALID_FROM), Unclear.VALID_FROM, example=example)
        return None
    return day


def _size(row: Row, questions: Questions) -> int | None:
    text = _text(row, Field.SIZE)
    if not text:
        return None
    number = size(text)
    if number is None or number > _MOST:
        is_list = "," in text and not any(char.isdecimal() for char in text)
        questions.add(_place(questions, Field.SIZE), Concern.SIZE_AS_LIST if is_list else Unclear.SIZE)
        return None
    return number


def _rhythm(row: Row, team: Team, cycle: Cycle, questions: Questions) -> Rhythm | None:
    """The rhythm as told; a meeting that cannot be read is the file's, and without one there is no rhythm."""
    text = _text(row, Field.CHECK_IN)
    known = meeting(text) if text else None
    if text and known is None and plain(text) not in _STILL_OPEN:
        questions.add(_place(questions, Field.CHECK_IN), Unclear.CHECK_IN)
    check_in = known.check_in if known else team.rhythm.check_in if team.rhythm else None
    weeks, understood = quiet_weeks(_text(row, Field.QUIET_WEEKS), cycle, check_in)
    if not understood:
        questions.add(_place(questions, Field.QUIET_WEEKS), Unclear.QUIET_WEEKS)
    review = _review(row, cycle, questions)
    reviews = ((cycle.id, review),) if review else ()
    if known:
        return Rhythm(check_in=known.check_in, at=known.at, every=known.every, reviews=reviews, quiet_weeks=weeks)
    if team.rhythm is None:
        return None
    file = team.rhythm
    return Rhythm(check_in=file.check_in, at=file.at, every=file.every, reviews=reviews, quiet_weeks=weeks)


_STILL_OPEN = frozenset({"noch offen", "offen", "still open", "open", "tbd"})


def _review(row: Row, cycle: Cycle, questions: Questions) -> date | None:
    text = _text(row, Field.REVIEW)
    if not text or plain(text) in _STILL_OPEN:
        return None
    after = Cycle(id=cycle.id, first=cycle.first, last=cycle.last + timedelta(days=31))
    day = only_day(text, cycle) or only_day(text, after)
    if day is None or not cycle.first - _BEFORE <= day <= cycle.last + _BEFORE:
        example = questions.words.day(cycle.last)
        questions.add(_place(questions, Field.REVIEW), Unclear.REVIEW, example=example)
        return None
    if not cycle.contains(day):
        questions.add(_place(questions, Field.REVIEW), Concern.REVIEW_OUTSIDE)
    return day
