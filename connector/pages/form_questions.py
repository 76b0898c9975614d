"""What a form leaves open, gathered while it is read: where, the question, and ways on."""

from dataclasses import dataclass, field

from connector.pages.form_fields import Field, Sheet, short_head
from connector.pages.language import Words, words_of
from connector.pages.written import FormQuestion
from mappings import wording
from mappings.concerns import Concern
from mappings.okr import Language
from mappings.questions import names_a_person
from mappings.written_concerns import Unclear
from mappings.written_words import asked

LONGEST = 255  # characters of a line, as in the book


@dataclass(slots=True)
class Questions:
    """All questions about one page, in the order in which it is read; the same one is asked once at a place."""

    language: Language
    _asked: list[FormQuestion] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """The words of the page's language."""
        return words_of(self.language)

    def add(self, where: str, what: Unclear | Concern, **details: object) -> None:
        """Asks one question at one place."""
        said = (
            asked(what, self.language, **details)
            if isinstance(what, Unclear)
            else wording.words(what, self.language, **details)
        )
        first, *more = said.options
        options = (f"{first[:1].upper()}{first[1:]}", *more)
        question = FormQuestion(where=where, question=said.message, options=options)
        if question not in self._asked:
            self._asked.append(question)

    def about_words(self, where: str, *texts: str) -> None:
        """Asks about names of people in running text."""
        if any(names_a_person(text) for text in texts):
            self.add(where, Concern.NAME_IN_TEXT)

    def place(self, part: str, sheet: Sheet, asks: Field) -> str:
        """`Key Result 2, Wann denken wir neu nach?`."""
        return f"{part}, {short_head(sheet, asks, self.language)}"

    def all(self) -> tuple[FormQuestion, ...]:
        """Every question so far."""
        return tuple(self._asked)


def still_in_force(language: Language) -> FormQuestion:
    """What is asked when „Gilt ab“ was emptied on a page that holds."""
    questions = Questions(language)
    where = questions.place(questions.words.say("Our rhythm"), Sheet.RHYTHM, Field.VALID_FROM)
    questions.add(where, Unclear.STILL_IN_FORCE)
    return questions.all()[0]
