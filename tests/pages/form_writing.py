"""A person at a planning page: writes into cells, copies blocks, as storage format has it before an editor saves it."""

import html
import re
from dataclasses import dataclass, replace
from functools import cache

from connector.pages.form_fields import HEADS, Field, Sheet, head
from connector.pages.render import Pages
from connector.pages.spans import details_macros
from mappings.okr import Language
from mappings.team_text import TeamText
from tests.pages.team_onboarding import ADDRESSES, TEAM, VIEW

PAGES = Pages()
BARE = replace(TEAM, objectives=(), rhythm=None, size=None)
COLUMNS = tuple(HEADS[Sheet.INDICATORS])


@dataclass(slots=True)
class Pen:
    """A page while somebody writes on it."""

    words: str
    language: Language

    @property
    def body(self) -> TeamText:
        """The page as it stands."""
        return TeamText(self.words)

    def write(self, sheet: Sheet, field: Field, markup: str, nth: int = 1) -> "Pen":
        """Puts markup beside the nth question of that kind in the tables of that kind."""
        region = self._region(sheet, nth)
        question = re.escape(html.escape(head(sheet, field, self.language), quote=False))
        inside = self.words[slice(*region)]
        new, done = re.subn(
            rf"(<th><p>{question}</p></th><td>).*?(</td>)",
            lambda match: f"{match[1]}{_cell(markup)}{match[2]}",
            inside,
            count=1,
            flags=re.DOTALL,
        )
        assert done == 1, field
        return self._put(region, new)

    def indicator(self, cells: dict[Field, str], key_result: int = 1, row: int = 1) -> "Pen":
        """Writes one row of indicators of a key result."""
        region = self._region(Sheet.KEY_RESULT, key_result)
        inside = self.words[slice(*region)]
        start = inside.index("<table>", inside.index("</table>"))
        rows = list(re.finditer(r"<tr><td>.*?</tr>", inside[start:], re.DOTALL))
        at = (start + rows[row - 1].start(), start + rows[row - 1].end())
        old = re.findall(r"<td>(.*?)</td>", inside[slice(*at)], re.DOTALL)
        new = [_cell(cells[field]) if field in cells else before for field, before in zip(COLUMNS, old, strict=True)]
        line = f"<tr>{''.join(f'<td>{cell}</td>' for cell in new)}</tr>"
        return self._put(region, f"{inside[: at[0]]}{line}{inside[at[1] :]}")

    def more_rows(self, count: int, key_result: int = 1) -> "Pen":
        """Adds empty rows below the indicators of a key result."""
        region = self._region(Sheet.KEY_RESULT, key_result)
        inside = self.words[slice(*region)]
        end = inside.rindex("</tbody>")
        line = f"<tr>{'<td><p /></td>' * len(COLUMNS)}</tr>"
        return self._put(region, f"{inside[:end]}{line * count}{inside[end:]}")

    def copy_key_result(self, nth: int = 1) -> "Pen":
        """Pastes a copy of a key result's block below the last one."""
        block = self._macro(Sheet.KEY_RESULT, nth)
        last = self._macro(Sheet.KEY_RESULT, self.count(Sheet.KEY_RESULT))
        copy = self.words[slice(*block)]
        self.words = f"{self.words[: last[1]]}\n{copy}{self.words[last[1] :]}"
        return self

    def remove(self, sheet: Sheet, nth: int = 1) -> "Pen":
        """Deletes a region."""
        start, end = self._macro(sheet, nth)
        self.words = self.words[:start] + self.words[end:]
        return self

    def count(self, sheet: Sheet) -> int:
        """How many regions of that kind stand on the page."""
        return sum(macro.id == f"okr-t-{sheet.value}" for macro in details_macros(self.words))

    def _region(self, sheet: Sheet, nth: int) -> tuple[int, int]:
        found = [macro.inside_at for macro in details_macros(self.words) if macro.id == f"okr-t-{sheet.value}"]
        place = found[nth - 1]
        assert place is not None
        return place

    def _macro(self, sheet: Sheet, nth: int) -> tuple[int, int]:
        inside = self._region(sheet, nth)
        start = self.words.rindex("<ac:structured-macro", 0, inside[0])
        closing = "</ac:structured-macro>"
        return start, self.words.index(closing, inside[1]) + len(closing)

    def _put(self, region: tuple[int, int], new: str) -> "Pen":
        self.words = self.words[: region[0]] + new + self.words[region[1] :]
        return self


def _cell(markup: str) -> str:
    return markup if markup.startswith(("<p", "<ul", "<br")) else f"<p>{markup}</p>" if markup else "<p />"


def empty_form(language: Language = Language.DE) -> Pen:
    """The form as it is made for a team without words in the book."""
    return Pen(_made(language), language)


@cache
def _made(language: Language) -> str:
    view = replace(VIEW, team=replace(BARE, language=language))
    return PAGES.planning_form(view, ADDRESSES).body.words


def link(key: str) -> str:
    """An epic as Confluence links it."""
    return f'<a href="https://jira.example.org/browse/{key}">{key}</a>'


def model_page(language: Language = Language.DE) -> Pen:
    """The planning page of the design, filled to the word, still a draft."""
    return Pen(_model(language), language)


@cache
def _model(language: Language) -> str:
    rhythm, objective, key_results, indicators = PLANS[language]
    pen = empty_form(language).copy_key_result().more_rows(1)
    for field, text in rhythm.items():
        pen.write(Sheet.RHYTHM, field, text)
    for field, text in objective.items():
        pen.write(Sheet.OBJECTIVE, field, text)
    for nth, answers in enumerate(key_results, start=1):
        for field, text in answers.items():
            pen.write(Sheet.KEY_RESULT, field, text, nth)
    for nth, rows in enumerate(indicators, start=1):
        for row, cells in enumerate(rows, start=1):
            pen.indicator(dict(zip(COLUMNS, cells, strict=True)), nth, row)
    return pen.words


RHYTHM = {
    Field.SIZE: "7",
    Field.CHECK_IN: "dienstags um 9 Uhr, jede Woche",
    Field.QUIET_WEEKS: "KW 52",
    Field.REVIEW: "15.12.2026",
    Field.FACILITATES: "reihum",
    Field.LANGUAGE: "Deutsch",
    Field.SUPPORT: "Coaching: beim dritten Key Result",
}
OBJECTIVE = {
    Field.TITLE: "Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs.",
    Field.IDENTIFIER: "erste-woche",
    Field.CONTRIBUTES: "Moal",
    Field.DEPENDS: "Team Kundenservice, Team Messstellen",
    Field.UNKNOWNS: "Ob die Anleitung überhaupt gelesen wird. Ob der Brief vor dem ersten Login ankommt.",
    Field.NOT_DOING: "Ein neues Rechnungsportal.",
}
KEY_RESULTS: tuple[dict[Field, str], ...] = (
    {
        Field.SHORT_NAME: "Einrichtung ohne Hilfe",
        Field.IDENTIFIER: "einrichtung-ohne-hilfe",
        Field.WHO: "Neue Kundinnen und Kunden",
        Field.DOES: "richten ihr Konto ohne Hilfe ein",
        Field.WAY: "von 38 % auf 55–65 %",
        Field.BECAUSE: "eine geführte Einrichtung mit drei Schritten",
        Field.RETHINK: "unter 42 % bis 20.11.2026",
    },
    {
        Field.SHORT_NAME: "Antwort in der Anleitung",
        Field.IDENTIFIER: "antwort-in-der-anleitung",
        Field.WHO: "Neue Kundinnen und Kunden",
        Field.DOES: "finden in der Anleitung die Antwort auf ihre erste Frage",
        Field.WAY: "unbekannt, wir erkunden",
        Field.BECAUSE: "eine Anleitung auf einer einzigen Seite, mit Bildern",
        Field.RETHINK: "höchstens 1 von 5 in drei Check-ins hintereinander",
    },
    {
        Field.SHORT_NAME: "Begrüßungsbrief",
        Field.DOES: "den neuen Begrüßungsbrief fertigstellen",
    },
)
INDICATORS = (
    (
        (
            "Anteil selbst eingerichteter Konten, in %",
            "anteil-konten",
            "früh",
            "38",
            "55–65",
            "wird geschickt, aus dem Kundenkonto",
            f"Geführte Einrichtung: {link('ONB-12')}, Hinweis zum Zählerstand: {link('ONB-33')}; steigt, ab KW 44",
        ),
        (
            "Anrufe zur Einrichtung je Woche",
            "anrufe",
            "früh",
            "120",
            "",
            "Zählung in Jira: Kundenanfragen mit dem Stichwort „einrichtung“",
            f"Rückruf-Knopf bei Schritt 2: {link('ONB-40')}; sinkt, ab KW 47",
        ),
        (
            "Kündigungen in den ersten 90 Tagen, in %",
            "kuendigungen",
            "spät",
            "6",
            "",
            "schauen wir im Review nach",
            "",
        ),
    ),
    (
        (
            "Antwort in der Anleitung gefunden, von 5 angerufenen Haushalten",
            "gefunden",
            "früh",
            "unbekannt",
            "",
            "tragen wir ein",
            f"Anleitung auf einer Seite: {link('ONB-27')}; steigt, ab KW 46",
        ),
    ),
)
ENGLISH_RHYTHM = {
    Field.SIZE: "7",
    Field.CHECK_IN: "Tuesdays at 9:00, every week",
    Field.QUIET_WEEKS: "week 52",
    Field.REVIEW: "15 December 2026",
    Field.FACILITATES: "we take turns",
    Field.LANGUAGE: "English",
    Field.SUPPORT: "Coaching: with the third key result",
}
ENGLISH_OBJECTIVE = {
    Field.TITLE: "After one week new customers find their way with confidence.",
    Field.IDENTIFIER: "first-week",
    Field.CONTRIBUTES: "Moal",
    Field.DEPENDS: "Team Customer Care, Team Metering",
    Field.UNKNOWNS: "Whether the guide is read at all. Whether the letter arrives before the first login.",
    Field.NOT_DOING: "A new billing portal.",
}
ENGLISH_KEY_RESULTS: tuple[dict[Field, str], ...] = (
    {
        Field.SHORT_NAME: "Setup without help",
        Field.IDENTIFIER: "setup-without-help",
        Field.WHO: "New customers",
        Field.DOES: "set up their account without help",
        Field.WAY: "from 38% to 55–65%",
        Field.BECAUSE: "a guided setup in three steps",
        Field.RETHINK: "below 42% by 20 November 2026",
    },
    {
        Field.SHORT_NAME: "Answer in the guide",
        Field.IDENTIFIER: "answer-in-the-guide",
        Field.WHO: "New customers",
        Field.DOES: "find the answer to their first question in the guide",
        Field.WAY: "unknown, we are exploring",
        Field.BECAUSE: "a guide on a single page, with pictures",
        Field.RETHINK: "at most 1 of 5 at three check-ins in a row",
    },
    {
        Field.SHORT_NAME: "Welcome letter",
        Field.DOES: "deliver the new welcome letter",
    },
)
ENGLISH_INDICATORS = (
    (
        (
            "Accounts that people set up themselves, in %",
            "share-of-accounts",
            "early",
            "38",
            "55–65",
            "is sent, from the customer account",
            f"Guided setup: {link('ONB-12')}, Hint at the meter reading: {link('ONB-33')}; rises, from week 44 on",
        ),
        (
            "Calls about the setup per week",
            "calls",
            "early",
            "120",
            "",
            "a count in Jira: customer requests with the label “setup”",
            f"Call-back button at step 2: {link('ONB-40')}; falls, from week 47 on",
        ),
        (
            "Cancellations in the first 90 days, in %",
            "cancellations",
            "late",
            "6",
            "",
            "we look at it in the review",
            "",
        ),
    ),
    (
        (
            "Answer found in the guide, of 5 households we called",
            "found",
            "early",
            "unknown",
            "",
            "we enter it",
            f"A guide on one page: {link('ONB-27')}; rises, from week 46 on",
        ),
    ),
)
PLANS = {
    Language.DE: (RHYTHM, OBJECTIVE, KEY_RESULTS, INDICATORS),
    Language.EN: (ENGLISH_RHYTHM, ENGLISH_OBJECTIVE, ENGLISH_KEY_RESULTS, ENGLISH_INDICATORS),
}
