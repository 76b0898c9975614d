"""What a book says, as a team would write it in the cells of its planning page, so that it is read back the same."""

from collections.abc import Iterator

from connector.pages.hypotheses import expectation
from connector.pages.language import Words
from connector.pages.views import Addresses, Link
from mappings.calendar import Rhythm, Weekday
from mappings.epics import EpicSelector, SelectorKind
from mappings.indicators import Indicator, IndicatorKind, SourceKind
from mappings.okr import Hypothesis, KeyResult

DAYS = {
    Weekday.MONDAY: "Mondays",
    Weekday.TUESDAY: "Tuesdays",
    Weekday.WEDNESDAY: "Wednesdays",
    Weekday.THURSDAY: "Thursdays",
    Weekday.FRIDAY: "Fridays",
}

SOURCES = {
    SourceKind.OBSERVED: "we enter it",
    SourceKind.PUSHED: "is sent",
    SourceKind.CSV: "from a file",
    SourceKind.JQL_COUNT: "a count in Jira",
    SourceKind.HTTP_JSON: "is fetched",
}


def noticed(indicator: Indicator) -> str:
    """`Anteil selbst eingerichteter Konten, in %`."""
    unit = indicator.unit.strip()
    if not unit or unit.casefold() in indicator.name.casefold():
        return indicator.name
    counted = unit.split(" ")[0] in ("von", "of", "out", "aus")
    return f"{indicator.name}, {unit}" if counted else f"{indicator.name}, in {unit}"


def check_in(rhythm: Rhythm, words: Words) -> str:
    """`dienstags um 9 Uhr, jede Woche`."""
    paces = {1: words.say("every week"), 2: words.say("every two weeks")}
    pace = paces.get(rhythm.every) or words.say("every {number} weeks", number=rhythm.every)
    days, at = words.say(DAYS[rhythm.check_in]), words.clock(rhythm.at)
    return words.say("{days} at {time}, {pace}", days=days, time=at, pace=pace)


def way(hypothesis: Hypothesis, words: Words) -> str:
    """`von 38 % auf 55–65 %`, its numbers as the team wrote them."""
    start, goal = hypothesis.start.strip(), hypothesis.goal.strip()
    if start and goal:
        return words.say("from {start} to {goal}", start=start, goal=goal)
    if goal:
        return words.say("to {goal}", goal=goal)
    return words.say("today {start}", start=start) if start else words.say("unknown, we are exploring")


def rethink(key_result: KeyResult, words: Words) -> str:
    """`unter 42 % bis 20.11.2026`; another indicator than the first leading one is named before it."""
    again = key_result.hypothesis.rethink
    if again is None:
        return ""
    said = again.condition
    if again.day is not None:
        said = words.say("{condition}, by {date}", condition=said, date=words.day(again.day))
    at = next((i for i in key_result.indicators if i.id == again.indicator), None)
    return said if at is None or at is next(iter(key_result.leading), None) else f"{at.name}: {said}"


def source(indicator: Indicator, words: Words) -> str:
    """`wird geschickt`."""
    if indicator.source.kind is SourceKind.OBSERVED and indicator.kind is IndicatorKind.LAGGING:
        return words.say("we look at it in the review")
    return words.say(SOURCES[indicator.source.kind])


def numbers(indicator: Indicator, words: Words) -> tuple[str, str]:
    """Start and target; a start that nobody knows is said to be unknown."""
    start, span = indicator.baseline, indicator.target
    return (
        words.say("unknown") if start is None else words.number(start),
        "" if span is None else words.span(span.low, span.high, ""),
    )


def moved_by(indicator: Indicator, addresses: Addresses, words: Words) -> tuple[Link, ...]:
    """`Geführte Einrichtung: ONB-12; steigt, ab KW 44`, the key a plain link."""
    named = list(_epics(indicator.epics, addresses, words)) if indicator.epics else []
    expected = expectation(indicator.expect, words)
    if expected:
        named.append(Link(f"; {expected}" if named else expected))
    return tuple(named)


def _epics(selector: EpicSelector, addresses: Addresses, words: Words) -> Iterator[Link]:
    match selector.kind:
        case SelectorKind.KEYS:
            for position, (key, name) in enumerate(selector.keys):
                yield Link((", " if position else "") + (f"{name}: " if name else ""))
                yield Link(key, addresses.issue(key))
        case SelectorKind.LABEL:
            yield Link(words.say("all with the label “{label}”", label=selector.label or ""))
        case SelectorKind.PARENT:
            yield Link(words.say("all below") + " ")
            yield Link(selector.parent or "", addresses.issue(selector.parent or ""))
        case SelectorKind.JQL:
            yield Link(words.say("what the query in the mapping file finds"))
