"""What a page asks about cells that could not be read, in the words that stand there: no fault, and each may stay."""

from collections.abc import Mapping

from connector.pages.answers import Unread, asked_back, harvest, last_answers
from connector.pages.language import Words
from connector.pages.questions import Asked
from connector.pages.views import TeamView
from mappings.calendar import IsoWeek
from mappings.indicators import SourceKind
from mappings.okr import KeyResult, key_result_ref, key_results
from mappings.team_text import TeamText

_LONGEST = 60  # characters that are quoted
_MESSAGES = {
    Asked.NUMBER: "No number could be read in ‘{words}’. Enter a number, ‘no data’, or leave it like that?",
    Asked.CONFIDENCE: "No single number from 1 to 10 could be read in ‘{words}’. Enter one, or leave it like that?",
    Asked.STATE: (
        "‘{words}’ does not tell where our assumption stands. Begin with one of the five words, or leave it like that?"
    ),
}
_UNSAID = "For ‘{words}’ there is nothing here from last time. Enter something, or leave it like that?"


def asked_about(view: TeamView, week: IsoWeek, body: TeamText | None, words: Words) -> Mapping[str, tuple[str, ...]]:
    """By key result ref, the questions about the page of a week as it stands. Raises BodyUnreadable."""
    if body is None:
        return {}
    found = asked_back(harvest(body, view.team, view.cycle), last_answers(view.answers, week))
    return {
        ref: tuple(_question(unread, key_result, words) for unread in found if unread.key_result == ref)
        for objective, key_result in key_results(view.team, view.cycle)
        for ref in (key_result_ref(view.team, objective, key_result),)
    }


def _question(unread: Unread, key_result: KeyResult, words: Words) -> str:
    message = _UNSAID if unread.as_last else _MESSAGES[unread.asked]
    named, question = _which(unread, key_result), words.say(message, words=shortened(unread.words.words))
    return f"{named}: {question}" if named else question


def _which(unread: Unread, key_result: KeyResult) -> str:
    """The indicator's name where the team writes more than one number."""
    written = [i for i in key_result.leading if i.source.kind is SourceKind.OBSERVED]
    return next((i.name for i in written if i.id == unread.indicator), "") if len(written) > 1 else ""


def shortened(text: str) -> str:
    """One line of at most sixty characters, ended at a word."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    cut = line[:_LONGEST].rpartition(" ")[0] or line[: _LONGEST - 1]
    return f"{cut.rstrip(' ,;:–—-')} …"
