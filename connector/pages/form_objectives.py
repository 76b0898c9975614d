"""Objectives and key results of a planning page as values: those that are ready, and what is asked about all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connector.pages.form_blocks import KeyResultBlock, ObjectiveBlock, cell_of, said
from connector.pages.form_claims import is_unknown, rethink, way
from connector.pages.form_fields import Field, Sheet
from connector.pages.form_identifiers import LONGEST as LONGEST_ID
from connector.pages.form_identifiers import Identified, Named, identify
from connector.pages.form_indicators import Known, known_of, name_and_unit, read_indicator, wished
from connector.pages.form_questions import LONGEST, Questions
from connector.pages.form_tables import Row
from connector.pages.given import plain
from connector.pages.written import Fill
from mappings.assumption_checks import KEY_RESULTS, OBJECTIVES
from mappings.concerns import Concern
from mappings.indicators import Indicator, IndicatorKind, SourceKind
from mappings.okr import Cycle, Hypothesis, KeyResult, Objective, Rethink, Strategy, Team
from mappings.questions import output_word
from mappings.written_concerns import Unclear

_REF = re.compile(r"[a-z0-9-]+/[a-z0-9-]+", re.IGNORECASE)
_MOAL = "moal"
_ON_MOAL = re.compile(r"(?:(?:auf|to|on) )?(?:(?:unser|our|das|the|dem|den|unserem) )?moal", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """What the reading of a page needs to know, and what it gathers on the way."""

    team: Team
    strategy: Strategy
    cycle: Cycle
    questions: Questions
    known: Known
    fills: list[Fill] = field(default_factory=list)
    wishes: list[tuple[str, SourceKind]] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    key_results: list[tuple[Identified, str]] = field(default_factory=list)  # and what each is a copy of; page order
    indicators: list[Identified] = field(default_factory=list)  # in the order of the page


def reading_of(team: Team, strategy: Strategy, cycle: Cycle, questions: Questions) -> Reading:
    """A reading that has not begun."""
    return Reading(team=team, strategy=strategy, cycle=cycle, questions=questions, known=known_of(team))


def read_objectives(found: Sequence[ObjectiveBlock], reading: Reading) -> tuple[Objective, ...]:
    """Every objective that has a sentence, with those of its key results that are ready."""
    named = [_named(said(o.row, Field.TITLE), o.row, said(o.row, Field.TITLE)) for o in found]
    ids = identify(named, "objective", {})
    _identify_all(found, reading)
    objectives: list[Objective] = []
    for number, (block, own) in enumerate(zip(found, ids, strict=True), start=1):
        part = _part(reading, number, len(found))
        _identified(reading, f"{part}, {_kennung(reading)}", own, _copied(own, named))
        key_results = _key_results(block, part if len(found) > 1 else "", reading)
        title = said(block.row, Field.TITLE)
        at = reading.questions.place(part, Sheet.OBJECTIVE, Field.TITLE)
        if not title and (key_results or any(k.is_begun for k in block.key_results)):
            reading.questions.add(at, Unclear.TITLE)
        if title and _is_fit(reading, at, title):
            objectives.append(_objective(block, part, own.id, key_results, reading))
    if len(objectives) > OBJECTIVES:
        reading.questions.add(reading.questions.words.say("Our objective"), Concern.MANY_OBJECTIVES, limit=OBJECTIVES)
    return tuple(objectives)


def _part(reading: Reading, number: int, count: int) -> str:
    words = reading.questions.words
    return words.say("Our objective") if count == 1 else words.say("Objective {number}", number=number)


def _kennung(reading: Reading) -> str:
    return reading.questions.words.say("Identifier")


def _identify_all(found: Sequence[ObjectiveBlock], reading: Reading) -> None:
    """Gives every key result and indicator of the page its Kennung; each is one among all of them."""
    blocks = [k for o in found for k in o.key_results]
    named = [Named(name=k.name, cell=cell_of(k.row, Field.IDENTIFIER), likeness=k.likeness) for k in blocks]
    reading.key_results = [(own, _copied(own, named)) for own in identify(named, "key-result", {})]
    rows = [(n, row) for n, k in enumerate(blocks) for row in k.indicators if said(row, Field.NOTICED)]
    names = [(name_and_unit(said(row, Field.NOTICED))[0], n, row) for n, row in rows]
    indicators = [_named(name, row, f"{n} {name}") for name, n, row in names]
    reading.indicators = list(identify(indicators, "indicator", _elsewhere(reading)))


def _named(name: str, row: Row, likeness: str) -> Named:
    return Named(
        name=name,
        cell=cell_of(row, Field.IDENTIFIER),
        likeness=frozenset({plain(likeness)}) if name else frozenset(),
    )


def _copied(own: Identified, named: Sequence[Named]) -> str:
    return "" if own.copy_of is None else named[own.copy_of].name


def _elsewhere(reading: Reading) -> Mapping[str, str]:
    others = (o for o in reading.team.objectives if o.cycle != reading.cycle.id)
    return {i.id: i.name for o in others for k in o.key_results for i in k.indicators}


def _identified(reading: Reading, where: str, own: Identified, copied: str) -> None:
    """Notes what to fill, and asks about a copy and about what can be no Kennung."""
    if own.fill is not None:
        reading.fills.append(own.fill)
    if own.copy_of is not None:
        reading.questions.add(where, Unclear.COPIED, name=copied or own.id)
    if own.unfit:
        reading.questions.add(where, Unclear.IDENTIFIER, meant=own.id, limit=LONGEST_ID)


def _is_fit(reading: Reading, where: str, *texts: str) -> bool:
    fit = all(len(text) <= LONGEST for text in texts)
    if not fit:
        reading.questions.add(where, Unclear.TOO_LONG, limit=LONGEST)
    return fit


def _objective(
    block: ObjectiveBlock, part: str, own: str, key_results: tuple[KeyResult, ...], reading: Reading
) -> Objective:
    row, questions = block.row, reading.questions
    title = said(row, Field.TITLE)
    unknowns, not_doing = _lines(row, Field.UNKNOWNS), _lines(row, Field.NOT_DOING)
    at = questions.place(part, Sheet.OBJECTIVE, Field.TITLE)
    if word := output_word(title):
        questions.add(at, Concern.OUTPUT_WORDING, word=word)
    for asks, texts in ((Field.TITLE, (title,)), (Field.UNKNOWNS, unknowns), (Field.NOT_DOING, not_doing)):
        questions.about_words(questions.place(part, Sheet.OBJECTIVE, asks), *texts)
    depends_on = tuple(_listed(row, Field.DEPENDS))
    questions.about_words(questions.place(part, Sheet.OBJECTIVE, Field.DEPENDS), *depends_on)
    if len(key_results) > KEY_RESULTS:
        questions.add(part, Concern.MANY_KEY_RESULTS, limit=KEY_RESULTS)
    return Objective(
        id=own,
        cycle=reading.cycle.id,
        title=title,
        contributes_to=tuple(_contribution(text) for text in _listed(row, Field.CONTRIBUTES)),
        depends_on=depends_on,
        not_doing=not_doing,
        unknowns=unknowns,
        key_results=key_results,
    )


def _lines(row: Row, asks: Field) -> tuple[str, ...]:
    cell = row.get(asks)
    return cell.lines if cell and cell.text else ()


def _listed(row: Row, asks: Field) -> Iterator[str]:
    """The entries of a cell, apart by commas, semicolons or lines, and by „und“ where another team follows."""
    for line in _lines(row, asks):
        for part in re.split(r"[,;]|\s+(?:und|and|sowie|&)\s+(?=Teams?\b)", line):
            if part.strip(" ."):
                yield part.strip()


def _contribution(text: str) -> str:
    said_plainly = text.strip(" .").casefold()
    if _ON_MOAL.fullmatch(said_plainly):
        return _MOAL
    return said_plainly if _REF.fullmatch(text.strip()) else text


def _key_results(block: ObjectiveBlock, part: str, reading: Reading) -> tuple[KeyResult, ...]:
    words = reading.questions.words
    ready: list[KeyResult] = []
    for number, key_result in enumerate(block.key_results, start=1):
        own, copied = reading.key_results.pop(0)
        place = words.say("Key result {number}", number=number)
        where = f"{part}, {place}" if part else place
        _identified(reading, f"{where}, {_kennung(reading)}", own, copied)
        found = _key_result(key_result, own, where, reading)
        if found is not None:
            ready.append(found)
        elif key_result.is_begun:
            reading.begun.append(where)
    return tuple(ready)


def _key_result(block: KeyResultBlock, own: Identified, where: str, reading: Reading) -> KeyResult | None:
    """A key result that says who does what and at which indicator that is noticed; None until it does."""
    row, questions = block.row, reading.questions
    rows = [indicator for indicator in block.indicators if said(indicator, Field.NOTICED)]
    taken = [reading.indicators.pop(0) for _ in rows]
    name, who, does = (said(row, asks) for asks in (Field.SHORT_NAME, Field.WHO, Field.DOES))
    at = questions.place(where, Sheet.KEY_RESULT, Field.DOES)
    if word := output_word(does):
        questions.add(at, Unclear.OUTPUT, word=word)
    for asks in (Field.SHORT_NAME, Field.WHO, Field.DOES, Field.BECAUSE, Field.RETHINK):
        questions.about_words(questions.place(where, Sheet.KEY_RESULT, asks), said(row, asks))
    start, goal = _way(row, where, reading)
    indicators = tuple(_indicators(rows, taken, where, reading))
    again = _rethink(row, where, indicators, reading)
    because = said(row, Field.BECAUSE)
    if indicators and all(i.kind is IndicatorKind.LAGGING for i in indicators):
        questions.add(questions.place(where, Sheet.INDICATORS, Field.KIND), Unclear.ALL_LATE)
    fit = _is_fit(reading, at, name, who, does, start, goal, *(i.name for i in indicators))
    if not (who and does and indicators and fit):
        return None
    hypothesis = Hypothesis(who=who, does=does, start=start, goal=goal, because=because, rethink=again)
    return KeyResult(id=own.id, name=name, hypothesis=hypothesis, indicators=indicators)


def _way(row: Row, where: str, reading: Reading) -> tuple[str, str]:
    found = way(said(row, Field.WAY))
    if found is None:
        reading.questions.add(reading.questions.place(where, Sheet.KEY_RESULT, Field.WAY), Unclear.WAY)
    return found or ("", "")


def _rethink(row: Row, where: str, indicators: tuple[Indicator, ...], reading: Reading) -> Rethink | None:
    text = said(row, Field.RETHINK)
    if is_unknown(text):
        return None
    at = reading.questions.place(where, Sheet.KEY_RESULT, Field.RETHINK)
    again, day = rethink(text, reading.cycle, indicators)
    if again is None:
        reading.questions.add(at, Unclear.RETHINK_WHAT)
    elif day is None:
        reading.questions.add(at, Unclear.RETHINK_DAY)
    if day is not None and not reading.cycle.contains(day):
        reading.questions.add(at, Concern.OUTSIDE_CYCLE)
    return again


def _indicators(rows: Sequence[Row], ids: Sequence[Identified], where: str, reading: Reading) -> Iterator[Indicator]:
    for row, own in zip(rows, ids, strict=True):
        found = read_indicator(row, own.id, where, reading.known, reading.cycle, reading.questions)
        if own.fill is not None:
            reading.fills.append(own.fill)
        at = f"{where}, {found.name}, {_kennung(reading)}"
        if own.copy_of is not None:
            reading.questions.add(at, Unclear.COPIED_ROW, name=found.name)
        if own.unfit:
            reading.questions.add(at, Unclear.IDENTIFIER, meant=own.id, limit=LONGEST_ID)
        named = wished(row)
        if named not in (None, SourceKind.OBSERVED) and own.id not in reading.known.sources:
            reading.wishes.append((own.id, named))
        yield found
