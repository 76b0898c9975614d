"""„Das ist angekommen“: what was understood of a draft, and the questions it leaves, each with ways on."""

from collections.abc import Sequence
from dataclasses import dataclass

from connector.pages.language import Words
from connector.pages.written import FormQuestion, WrittenPlan
from mappings.epics import SelectorKind
from mappings.okr import Objective

_NUMERALS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The section while the page is a draft."""

    section: int
    summary: str
    questions: tuple[FormQuestion, ...]


def received(plan: WrittenPlan, section: int, words: Words) -> Received:
    """What came through of a draft, in whole sentences."""
    ready = any(objective.key_results for objective in plan.objectives)
    sentences = (
        _counts(plan.objectives, words),
        words.say("Ready as soon as “Valid from” is filled in.") if ready else "",
        _begun(plan.begun, words),
    )
    return Received(section=section, summary=" ".join(filter(None, sentences)), questions=plan.questions)


def _counts(objectives: Sequence[Objective], words: Words) -> str:
    if not objectives:
        return words.say("Nothing has come through yet; that is fine while we are planning.")
    key_results = [k for o in objectives for k in o.key_results]
    indicators = [i for k in key_results for i in k.indicators]
    selectors = [i.epics for i in indicators if i.epics is not None]
    epics = {key for selector in selectors for key, _ in selector.keys}
    labels = {selector.label for selector in selectors if selector.kind is SelectorKind.LABEL}
    counted = (
        _count(len(objectives), words.say("one objective"), "{number} objectives", words),
        _count(len(key_results), words.say("one key result"), "{number} key results", words),
        _count(len(indicators), words.say("one indicator"), "{number} indicators", words),
        _count(len(epics), words.say("one epic"), "{number} epics", words),
        _count(len(labels), words.say("one label"), "{number} labels", words),
    )
    line = ", ".join(filter(None, counted))
    return f"{line[:1].upper()}{line[1:]}."


def _count(number: int, one: str, many: str, words: Words) -> str:
    if number < 2:
        return one if number else ""
    numeral = words.say(_NUMERALS[number - 2]) if number - 2 < len(_NUMERALS) else str(number)
    return words.say(many, number=numeral)


def _begun(names: Sequence[str], words: Words) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return words.say("{name} is still taking shape; it joins when it is ready.", name=names[0])
    listed = words.say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
    return words.say("{names} are still taking shape; they join when they are ready.", names=listed)
