"""A coach and a team at their pages: they type into cells, as the site's editor lets them; no file, no shell."""

from collections.abc import Callable

from lxml import etree

from connector.ledger import Kind
from connector.sandbox.storage_format import parse, serialise, text_of
from connector.sandbox.team_cells import fill, regions, rows, tables
from connector.sync.report import SyncReport
from tests.flow.stand import Scene

TEAM = """team: onboarding
name: Team Onboarding
delivery: [ONB]
jira: {project: OKR}
confluence: {space: ONB}
okrs: confluence
"""
PLANNING = "planning/onboarding/2026-q4"
CHECK_IN = "check-in/onboarding/2026-W48"
OBJECTIVE = "onboarding/2026-q4/neue-kundinnen-und-kunden-sind-nach-einer-woche-sicher-unterwegs"

RHYTHM = {
    "Wie viele sind wir?": "7",
    "Unser Check-in": "dienstags um 9 Uhr, jede Woche",
    "Ruhige Wochen": "KW 52",
    "Unser Review": "15.12.2026",
}
AIM = {
    "Was ist am Ende anders?": "Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs.",
    "Zahlt ein auf": "Moal",
    "Was wir nicht wissen": "Ob die Anleitung überhaupt gelesen wird.",
}
FIRST = {
    "Kurzname": "Einrichtung ohne Hilfe",
    "Wer?": "Neue Kundinnen und Kunden",
    "tut was?": "richten ihr Konto ohne Hilfe ein",
    "Von wo nach wo?": "von 38 % auf 55–65 %",
    "Was probieren wir dafür?": "eine geführte Einrichtung mit drei Schritten",
    "Wann denken wir neu nach?": "unter 42 % bis 20.11.2026",
}
NOTICED = ("Anteil selbst eingerichteter Konten, in %", "", "früh", "38", "55–65", "wird geschickt", "")
TRIED = "Geführte Einrichtung: {browse}ONB-12; steigt, ab KW 44"


class Coach:
    """Writes on the planning page of a team, one published version at a time."""

    def __init__(self, on: Scene, ref: str = PLANNING) -> None:
        self.on, self.ref = on, ref
        self.steps = 0  # things done by a person: a command, a cell that is typed into

    @property
    def page(self) -> str:
        return self.on.page_id(self.ref)

    @property
    def body(self) -> str:
        return self.on.site.confluence.page(self.page).body

    @property
    def version(self) -> int:
        return int(self.on.site.confluence.page(self.page).now.number)

    def in_force(self) -> int | None:
        row = self.on.resources().get((Kind.PLAN, self.ref))
        return row.version if row else None

    def says(self, region: str, answers: dict[str, str], nth: int = 0) -> None:
        """Cells beside questions, then the page is published."""

        def typed(root: etree._Element) -> None:
            for question, answer in answers.items():
                fill(_beside(_region(root, region, nth), question), answer)
                self.steps += 1

        self._publishes(typed)

    def notices(self, cells: tuple[str, ...], key_result: int = 0, row: int = 1) -> None:
        """A row of indicators."""

        def typed(root: etree._Element) -> None:
            table = tables(_region(root, "okr-t-key-result", key_result))[1]
            for cell, answer in zip(rows(table)[row], cells, strict=True):
                if answer:
                    fill(cell, answer)
                    self.steps += 1

        self._publishes(typed)

    def plans(self, valid_from: str = "01.10.2026") -> None:
        """The whole page, from the rhythm to the day from which it holds."""
        browse = f"{self.on.site.jira_url}/browse/"
        self.says("okr-t-rhythm", RHYTHM)
        self.says("okr-t-objective", AIM)
        self.says("okr-t-key-result", FIRST)
        self.notices((*NOTICED[:-1], TRIED.format(browse=browse)))
        if valid_from:
            self.says("okr-t-rhythm", {"Gilt ab": valid_from})

    def reads(self, region: str, question: str, nth: int = 0) -> str:
        """What stands beside a question."""
        return text_of(_beside(_region(parse(self.body), region, nth), question))

    def copies_a_key_result(self) -> None:
        """Copies the first key result with both tables and pastes it below."""

        def copied(body: str) -> str:
            start = body.rindex("<ac:structured-macro", 0, body.index("okr-t-key-result"))
            end = body.index("</ac:structured-macro>", start) + len("</ac:structured-macro>")
            return body[:end] + body[start:end] + body[end:]

        self.on.site.confluence.edit_by_hand(self.page, copied)

    def breaks(self) -> str:
        """Deletes the table of the rhythm; the page as it was, to bring it back."""
        before = self.body

        def broken(body: str) -> str:
            start = body.rindex("<ac:structured-macro", 0, body.index("okr-t-rhythm"))
            end = body.index("</ac:structured-macro>", start) + len("</ac:structured-macro>")
            return body[:start] + body[end:]

        self.on.site.confluence.edit_by_hand(self.page, broken)
        return before

    def _publishes(self, change: Callable[[etree._Element], None]) -> None:
        def edited(body: str) -> str:
            root = parse(body)
            change(root)
            return serialise(root)

        self.on.site.confluence.edit_by_hand(self.page, edited)


def writes_itself(on: Scene, team: str = TEAM) -> Coach:
    """The book is what an administrator made: where the team works, and nothing of what it wants."""
    (on.book_folder / "teams" / "onboarding.yaml").write_text(team, encoding="utf-8")
    (on.book_folder / "teams" / "metering.yaml").unlink(missing_ok=True)
    return Coach(on)


def issues(on: Scene) -> list[str]:
    """Refs of issues of ours at the site."""
    return sorted(ref for kind, ref in on.resources() if kind is Kind.ISSUE)


def told(report: SyncReport) -> list[str]:
    """What a run tells beside its counts."""
    return [f"{note.team}: {note.message}" for note in report.notes]


def _region(root: etree._Element, name: str, nth: int) -> etree._Element:
    return [node for known, node in regions(root) if known == name][nth]


def _beside(region: etree._Element, question: str) -> etree._Element:
    found = (
        cells[1]
        for table in tables(region)
        for cells in rows(table)
        if len(cells) == 2 and question in text_of(cells[0])
    )
    cell = next(found, None)
    if cell is None:
        raise KeyError(question)
    return cell
