"""What people do meanwhile, as verbs: on the site's pages and issues, and in the book."""

from collections.abc import Callable
from decimal import Decimal

from connector.demo.story import STORIES
from connector.ledger import Kind
from connector.sandbox.jira_records import Issue
from connector.sandbox.log import Answered, Asked
from connector.sandbox.site import Site
from connector.sync.refs import check_in_ref
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import Team
from tests.flow.stand import Scene

PLANNING = "planning/onboarding/2026-q4"
CHECK_IN = "check-in/onboarding/2026-W48"
STRATEGY = "strategy"
OBJECTIVE = "onboarding/2026-q4/first-week"
KEY_RESULT = "onboarding/2026-q4/first-week/setup-alone"
ANSWERS = "okr-t-first-week-setup-alone"


def page_is_edited_by_hand(on: Scene, ref: str, old: str, new: str, editor: str = "cloud") -> None:
    """Somebody replaces words on a page of ours and publishes it."""
    page = on.page_id(ref)
    assert old in on.site.confluence.page(page).body
    on.site.confluence.edit_by_hand(page, lambda body: body.replace(old, new, 1), editor)


def paragraph_is_added(on: Scene, ref: str, text: str, *, at_end: bool = True) -> None:
    """Somebody writes a paragraph above or below everything of ours."""
    paragraph = f"<p>{text}</p>"
    change: Callable[[str], str] = (lambda body: body + paragraph) if at_end else (lambda body: paragraph + body)
    on.site.confluence.edit_by_hand(on.page_id(ref), change)


def region_is_removed(on: Scene, ref: str, region: str) -> None:
    """Somebody deletes one of our macros from a page."""

    def without(body: str) -> str:
        at = body.index(f"okr-m-{region}-")
        start = body.rindex("<ac:structured-macro", 0, at)
        end = _end_of_macro(body, start)
        return body[:start] + body[end:]

    on.site.confluence.edit_by_hand(on.page_id(ref), without)


def _end_of_macro(body: str, start: int) -> int:
    depth, place, closing = 0, start, "</ac:structured-macro>"
    while True:
        opens, closes = body.find("<ac:structured-macro", place), body.find(closing, place)
        if 0 <= opens < closes:
            depth, place = depth + 1, opens + 1
            continue
        depth, place = depth - 1, closes + len(closing)
        if depth == 0:
            return place


def page_is_trashed(on: Scene, ref: str) -> None:
    on.site.confluence.trash(on.page_id(ref))


def page_is_renamed(on: Scene, ref: str, title: str) -> None:
    on.site.confluence.rename(on.page_id(ref), title)


def page_is_moved(on: Scene, ref: str, below: str) -> None:
    on.site.confluence.move(on.page_id(ref), on.page_id(below))


def team_answers(on: Scene, ref: str, question: str, answer: str, region: str = ANSWERS) -> None:
    """Somebody types into the cell beside a question."""
    on.site.confluence.type_into_cell(on.page_id(ref), region, question, answer)


def issue(on: Scene, ref: str) -> Issue:
    """The issue of that ref as it is at the site."""
    return on.site.jira.keys[on.issue_key(ref)]


def issue_is_edited(on: Scene, ref: str, **fields: object) -> None:
    on.site.jira.edit_issue(on.issue_key(ref), **fields)


def label_is_removed(on: Scene, ref: str, label: str) -> None:
    labels = [each for each in issue(on, ref).fields["labels"] if each != label]
    on.site.jira.edit_issue(on.issue_key(ref), labels=labels)


def issue_is_deleted(on: Scene, ref: str) -> None:
    on.site.jira.delete_issue(on.issue_key(ref))


def issue_is_assigned(on: Scene, ref: str) -> None:
    on.site.jira.edit_issue(on.issue_key(ref), assignee=on.site.people.person(4))


def link_is_removed(on: Scene, ref: str, epic: str) -> None:
    link = next(each for each in issue(on, ref).links if epic in (each.source.key, each.target.key))
    on.site.jira.unlink(link)


def epic_is_made(on: Scene, project: str, label: str) -> str:
    """A new epic with a label; its key."""
    return on.site.jira.add_issue(project=project, summary="Noch ein Versuch", labels=(label,)).key


def book_says(on: Scene, file: str, old: str, new: str) -> None:
    """Somebody edits a mapping file."""
    path = on.book_folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def team_leaves_the_book(on: Scene, team: str) -> None:
    (on.book_folder / "teams" / f"{team}.yaml").unlink()


def key_result_leaves(on: Scene) -> str:
    """The second key result of Team Onboarding leaves the book; the file as it was, to bring it back."""
    path = on.book_folder / "teams" / "onboarding.yaml"
    before = path.read_text(encoding="utf-8")
    at = before.index("      - id: guide-answer")
    path.write_text(before[:at], encoding="utf-8")
    return before


def book_is_as_before(on: Scene, file: str, text: str) -> None:
    (on.book_folder / file).write_text(text, encoding="utf-8")


def weeks_are_played(on: Scene, weeks: int) -> None:
    """The demo's story: each Friday readings come, the house syncs, the teams write, the house syncs again."""
    for back in range(weeks - 1, -1, -1):
        week = IsoWeek.of(on.site.clock.now().date())
        for name, story in STORIES.items():
            act = story[len(story) - 1 - back]
            on.push(*(Reading(indicator=f"{name}/{i}", on=week.day(0), value=value) for i, value in act.readings))
            for key, status in act.epics:
                on.site.jira.set_status(key, status)
        on.sync()
        for name, story in STORIES.items():
            row = on.resources().get((Kind.PAGE, check_in_ref(_team(on, name), week)))
            words = [(w.region, w.question, w.answer) for w in story[len(story) - 1 - back].words if w.answer]
            if words and row is not None and row.remote_id:
                on.site.confluence.type_into_cells(row.remote_id, words)
        on.minutes_pass(60)
        on.sync()
        if back:
            on.days_pass(7)


def _team(on: Scene, name: str) -> Team:
    team = on.book().team(name)
    assert team is not None
    return team


def reading(indicator: str, week: IsoWeek, value: str | None) -> Reading:
    return Reading(indicator=indicator, on=week.day(0), value=None if value is None else Decimal(value))


def pages_titled(site: Site, title: str) -> list[str]:
    """Ids of the current pages of that title."""
    pages = site.confluence.tree.pages.values()
    return [page.id for page in pages if page.title == title and page.status == "current"]


def somebody_is_faster(on: Scene, ref: str, text: str, times: int = 1) -> None:
    """Each of the next times that we read that page's body, somebody publishes an edit before we can write."""
    page, left = on.page_id(ref), [times]

    def overtakes(asked: Asked, answered: Answered) -> None:
        if left[0] and asked.method == "GET" and "storage" in asked.query and page in asked.query:
            left[0] -= 1
            with on.site.lock:
                on.site.confluence.edit_by_hand(page, lambda body: f"{body}<p>{text} {left[0]}</p>")

    on.site.log.on_exchange(overtakes)
