"""A planning page as a team filled it, read as values by the same rules as the book."""

from connector.pages.form_blocks import blocks, rhythm_row
from connector.pages.form_objectives import read_objectives, reading_of
from connector.pages.form_questions import Questions
from connector.pages.form_tables import tables
from connector.pages.form_team import language_told, team_told
from connector.pages.markup import well_formed
from connector.pages.spans import spliced
from connector.pages.written import WrittenPlan
from mappings.okr import Cycle, Strategy, Team
from mappings.team_text import TeamText


def read_plan(body: TeamText, team: Team, strategy: Strategy, cycle: Cycle) -> WrittenPlan:
    """What one version of a planning page says; `team` is what the file knows of it.

    Raises FormUnreadable when a table or column that is read is gone, BodyUnreadable when the body is no XML.
    """
    found = tables(body)
    about_team, objectives = rhythm_row(found), blocks(found)
    language = language_told(about_team)
    questions = Questions(language or team.language)
    told = team_told(about_team, team, cycle, questions)
    reading = reading_of(team, strategy, cycle, questions)
    ready = read_objectives(objectives, reading)
    return WrittenPlan(
        valid_from=told.valid_from,
        size=told.size,
        rhythm=told.rhythm,
        language=language,
        objectives=ready,
        wishes=tuple(reading.wishes),
        begun=tuple(reading.begun),
        questions=questions.all(),
        fills=tuple(reading.fills),
    )


def filled(body: TeamText, plan: WrittenPlan) -> TeamText:
    """The body with its empty and copied „Kennung“ cells filled, every other byte the page's own."""
    if not plan.fills:
        return body
    written = TeamText(spliced(body.words, tuple((fill.place, fill.markup) for fill in plan.fills)))
    well_formed(written)
    return written
