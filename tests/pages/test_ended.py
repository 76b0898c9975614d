"""An epic that is completed is asked about at one check-in: the first after it was."""

from dataclasses import replace
from datetime import timedelta

from connector.pages.draft import Draft
from connector.pages.render import Pages
from connector.pages.views import LastTime, TeamView
from mappings.epics import Evidence, StatusCategory
from mappings.team_text import TeamText
from tests.pages.seen import lines
from tests.pages.team_crossing import TEAM as ENGLISH
from tests.pages.team_onboarding import ADDRESSES, CALLS, VIEW, WEEK
from tests.pages.test_carried import cloud_editor

PAGES = Pages()
NEXT = WEEK.shifted(1)
ON_THE_DAY = VIEW.meeting(WEEK)


def view(status: StatusCategory, days: int = 0) -> TeamView:
    """The team so many days after the check-in of the week, with one epic."""
    epic = Evidence(key="ONB-40", name="Rückruf-Knopf", status=status)
    return replace(VIEW, evidence={CALLS.id: (epic,)}, today=ON_THE_DAY + timedelta(days=days))


def made(of: TeamView, before: Draft | None = None) -> Draft:
    last = LastTime(week=WEEK, page=TeamText(cloud_editor(before.body.words, lambda: "1" * 12))) if before else None
    return PAGES.check_in(of, NEXT if before else WEEK, ADDRESSES, last)


def renewed(of: TeamView, page: Draft) -> Draft:
    return PAGES.check_in(of, WEEK, ADDRESSES, None, page.body)


def asked(page: Draft) -> list[str]:
    return [line.partition(".")[0] for line in lines(page) if "Was sehen wir seitdem" in line]


DONE, UNDER_WAY = StatusCategory.DONE, StatusCategory.IN_PROGRESS


def test_what_was_asked_about_is_not_asked_about_at_the_next_check_in() -> None:
    page = made(view(DONE))
    assert asked(page) == ["ONB-40 ist abgeschlossen"]
    assert asked(renewed(view(DONE, days=3), page)) == ["ONB-40 ist abgeschlossen"]
    assert asked(made(view(DONE, days=7), page)) == []


def test_what_ends_before_the_check_in_is_asked_about_on_the_page_that_is_there() -> None:
    page = renewed(view(DONE), made(view(UNDER_WAY)))
    assert asked(page) == ["ONB-40 ist abgeschlossen"]
    assert asked(made(view(DONE, days=7), page)) == []


def test_what_ends_after_the_check_in_is_asked_about_at_the_next_one() -> None:
    page = renewed(view(DONE, days=1), made(view(UNDER_WAY)))
    assert asked(page) == ["Inzwischen ist ONB-40 abgeschlossen"]
    assert asked(renewed(view(DONE, days=2), page)) == ["Inzwischen ist ONB-40 abgeschlossen"]
    following = made(view(DONE, days=7), page)
    assert asked(following) == ["ONB-40 ist abgeschlossen"]
    assert (
        asked(PAGES.check_in(view(DONE, days=14), NEXT.shifted(1), ADDRESSES, LastTime(week=NEXT, page=following.body)))
        == []
    )


def test_the_page_before_is_understood_in_either_language() -> None:
    english = replace(view(DONE), team=replace(VIEW.team, language=ENGLISH.language))
    page = made(english)
    assert any(line.startswith("ONB-40 is completed. What have we seen") for line in lines(page))
    assert asked(made(view(DONE, days=7), page)) == []
    late = renewed(replace(english, today=ON_THE_DAY + timedelta(days=1)), made(replace(english, evidence={})))
    assert any(line.startswith("Meanwhile ONB-40 is completed.") for line in lines(late))
    assert asked(made(view(DONE, days=7), late)) == ["ONB-40 ist abgeschlossen"]
