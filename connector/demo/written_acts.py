"""What people do in a story that is written on pages: the kinds of things, without a word of the story itself."""

from dataclasses import dataclass
from decimal import Decimal

CHECK_IN = "check-in"  # stands for the team's check-in page of the week
STRATEGY = "strategy"
LINK = "{browse}"  # stands for the address before an issue's key


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """Answers typed beside their questions (or the beginnings of them) and published at once."""

    page: str  # ref, or CHECK_IN
    region: str
    nth: int = 0
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """One row of a key result's indicators; None leaves a cell as it is."""

    page: str
    key_result: int
    row: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """A key result's block copied and pasted below the last one, its heading written anew."""

    page: str
    key_result: int
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strikes:
    """Rows that a team deletes on its check-in page."""

    page: str
    region: str
    nth: int = 0
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """An epic's state changes in Jira."""

    epic: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushes:
    """A number is sent for the Monday of the week; None: the sender says that there is none."""

    indicator: str  # Kennung
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connects:
    """The administrator writes connected sources into the team's file: text by Kennung."""

    sources: tuple[tuple[str, str], ...]


Act = Types | Lines | Copies | Strikes | Moves | Pushes | Connects


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one team, or leadership, does on one day of a week."""

    weekday: int  # 0 is Monday
    acts: tuple[Act, ...]


Week = tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamStory:
    """One team's weeks, the first of the story first."""

    team: str
    row: str  # of the table for `okr teams add`
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A team's planning page of one cycle, as a place to write on."""

    page: str  # ref

    def rhythm(self, *answers: tuple[str, str]) -> Types:
        """How the team works, and from when on the page holds."""
        return Types(page=self.page, region="okr-t-rhythm", answers=answers)

    def objective(self, *answers: tuple[str, str]) -> Types:
        """What is different in the end."""
        return Types(page=self.page, region="okr-t-objective", answers=answers)

    def carried(self, question: str, answer: str) -> Types:
        """What the team takes with it from earlier cycles."""
        return Types(page=self.page, region="okr-t-carried", answers=((question, answer),))

    def key_result(self, nth: int, *answers: tuple[str, str]) -> Types:
        """An assumption."""
        return Types(page=self.page, region="okr-t-key-result", nth=nth, answers=answers)

    def indicator(self, key_result: int, row: int, *cells: str | None) -> Lines:
        """How it is noticed, in the order of the columns."""
        return Lines(page=self.page, key_result=key_result, row=row, cells=cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How one team's check-in pages ask, by the beginnings of the questions."""

    number: str
    each: tuple[str, str, str, str]  # observation, state, confidence, what the number does not show
    together: tuple[str, str, str]  # needs, next, decided

    def about(self, nth: int, *answers: str, number: str = "") -> Types:
        """Answers about one key result, in the order of the questions; an empty one is left out."""
        asked = (self.number, *self.each)
        return self._types("okr-t-", nth, zip(asked, (number, *answers), strict=True))

    def for_all(self, *answers: str) -> Types:
        """Answers for the whole page."""
        return self._types("okr-t-together", 0, zip(self.together, answers, strict=True))

    @staticmethod
    def _types(region: str, nth: int, pairs: "zip[tuple[str, str]]") -> Types:
        said = tuple((question, answer) for question, answer in pairs if answer)
        return Types(page=CHECK_IN, region=region, nth=nth, answers=said)


GERMAN = Voice(
    number="Unsere Zahl",
    each=("Was haben wir beob", "Wo steht", "Unsere Zuversicht", "Was zeigt"),
    together=("Was hindert", "Was probieren", "Was haben wir entschieden"),
)
ENGLISH = Voice(
    number="Our number",
    each=("What have we obs", "Where does", "Our confidence", "What does"),
    together=("What is in our way", "What will we try", "What have we decided"),
)


def pushes(indicator: str, value: str | None) -> Day:
    """A number arrives on Monday."""
    return Day(weekday=0, acts=(Pushes(indicator=indicator, value=None if value is None else Decimal(value)),))
