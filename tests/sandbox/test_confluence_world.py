from datetime import UTC, datetime, timedelta

import pytest

from connector.sandbox.clock import SiteClock
from connector.sandbox.confluence_content import Page, Refusal
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.people import People

REGION = (
    '<ac:structured-macro ac:name="details"><ac:parameter ac:name="id">okr-t-kr1</ac:parameter><ac:rich-text-body>'
    "<table><tbody><tr><th>Unsere Zuversicht</th><td></td></tr></tbody></table>"
    "</ac:rich-text-body></ac:structured-macro>"
)


@pytest.fixture
def world() -> ConfluenceWorld:
    clock = SiteClock(datetime(2026, 11, 24, 12, tzinfo=UTC), frozen=True)
    made = ConfluenceWorld(clock, People(), timedelta(seconds=30))
    made.add_space("ONB", "Team Onboarding")
    return made


def updated(world: ConfluenceWorld, page: Page, number: int, **change: str) -> Page:
    change = {"title": page.title, "body": page.body, "author": "712020:x"} | change
    return world.update(page.id, number=number, **change)  # type: ignore[arg-type]  # only strings are passed


def refusal_of(error: pytest.ExceptionInfo[Refusal]) -> tuple[int, str]:
    return error.value.status, error.value.title


def test_a_page_without_a_parent_stands_below_the_homepage(world: ConfluenceWorld) -> None:
    page = world.add_page(space="ONB", title="Check-in")
    assert page.parent_id == world.space_of_key("onb").homepage_id
    assert [child.title for child in world.tree.children(page.parent_id)] == ["Check-in"]


@pytest.mark.parametrize("number", [1, 3, 2_000])
def test_a_version_that_is_not_exactly_one_more_is_a_conflict(world: ConfluenceWorld, number: int) -> None:
    page = world.add_page(space="ONB", title="Check-in")
    with pytest.raises(Refusal) as error:
        updated(world, page, number)
    told = f"Current Version: [1]. Provided version: [{number}]"
    assert refusal_of(error) == (409, f"Version must be incremented when updating a page. {told}")


def test_a_title_is_taken_in_any_case_of_letters_but_only_in_its_space(world: ConfluenceWorld) -> None:
    world.add_space("MET", "Metering")
    world.add_page(space="ONB", title="Überblick")
    world.add_page(space="MET", title="Überblick")
    with pytest.raises(Refusal, match="A page with this title already exists") as error:
        world.add_page(space="ONB", title=" überblick ")
    assert error.value.status == 400


def test_a_trashed_page_frees_its_title_and_an_archived_one_keeps_it(world: ConfluenceWorld) -> None:
    parent = world.add_page(space="ONB", title="Planning")
    child = world.add_page(space="ONB", title="Check-in", parent=parent.id)
    world.trash(parent.id)
    assert (parent.status, parent.parent_id) == ("trashed", None)
    assert (child.status, child.parent_id) == ("archived", None)
    world.add_page(space="ONB", title="Planning")
    with pytest.raises(Refusal, match="already exists"):
        world.add_page(space="ONB", title="Check-in")
    with pytest.raises(Refusal, match="already exists"):
        world.restore(parent.id)


def test_a_body_that_is_not_storage_format_is_refused_and_nothing_is_kept(world: ConfluenceWorld) -> None:
    with pytest.raises(Refusal, match="Error parsing xhtml") as error:
        world.add_page(space="ONB", title="Check-in", body="<p>a<br></p>")
    assert error.value.status == 400
    assert world.tree.titled(world.space_of_key("ONB").id, "Check-in") == []


def test_a_body_over_five_megabytes_is_refused(world: ConfluenceWorld) -> None:
    with pytest.raises(Refusal) as error:
        world.add_page(space="ONB", title="Check-in", body="x" * (5 * 1024 * 1024 + 1))
    assert error.value.status == 413


def test_a_page_cannot_be_moved_below_itself(world: ConfluenceWorld) -> None:
    parent = world.add_page(space="ONB", title="Planning")
    child = world.add_page(space="ONB", title="Check-in", parent=parent.id)
    with pytest.raises(Refusal, match="its own ancestor"):
        world.update(parent.id, title="Planning", body="", number=2, author="712020:x", parent_id=child.id)


@pytest.mark.parametrize("editor", ["cloud", "legacy", "none"])
def test_a_person_s_answer_is_a_new_version_by_another_author(world: ConfluenceWorld, editor: str) -> None:
    service = world.people.service.account_id
    space = world.space_of_key("ONB")
    page = world.create(space_id=space.id, title="Check-in", body=REGION, author=service)
    world.type_into_cell(page.id, "okr-t-kr1", "Zuversicht", "6", editor=editor)
    assert page.now.number == 2
    assert page.now.author != service
    assert ">6<" in page.body
    assert page.versions[0].body != page.body


def test_publishing_over_a_draft_loses_what_was_typed_and_the_site_remembers_it(world: ConfluenceWorld) -> None:
    page = world.add_page(space="ONB", title="Check-in", body="<p>a</p>")
    world.save_draft(page.id, "<p>ein halber Satz</p>")
    updated(world, page, 2, body="<p>b</p>")
    assert page.draft is None
    assert page.overridden_drafts == ["<p>ein halber Satz</p>"]


def test_labels_are_small_letters_without_spaces_and_never_doubled(world: ConfluenceWorld) -> None:
    page = world.add_page(space="ONB", title="Check-in", labels=["OKR", "okr", "okr-check-in"])
    assert [label.name for label in page.labels] == ["okr", "okr-check-in"]
    with pytest.raises(Refusal):
        world.add_labels(page.id, ["okr check"])


def test_a_file_of_the_same_name_becomes_its_next_version(world: ConfluenceWorld) -> None:
    page = world.add_page(space="ONB", title="Check-in")
    first = world.attach(page.id, "chart.png", b"1", author="712020:x")
    second = world.attach(page.id, "chart.png", b"2", author="712020:x")
    assert first is second
    assert (second.now.number, second.now.data, second.now.media_type) == (2, b"2", "image/png")
    assert page.now.number == 1


def test_the_index_learns_of_a_page_only_after_the_lag(world: ConfluenceWorld) -> None:
    world.add_page(space="ONB", title="Check-in", labels=["okr"])
    seen = [[row.title for row in world.index.rows(world.clock.now())]]
    seen.append([row.title for row in world.index.rows(world.clock.advance(timedelta(seconds=30)))])
    assert seen == [[], ["Team Onboarding", "Check-in"]]


def test_renaming_moving_and_restoring_are_a_person_s_doing(world: ConfluenceWorld) -> None:
    parent = world.add_page(space="ONB", title="Planning")
    page = world.add_page(space="ONB", title="Check-in")
    world.rename(page.id, "Unser Check-in")
    world.move(page.id, parent.id)
    assert (page.title, page.now.number, page.parent_id) == ("Unser Check-in", 2, parent.id)
    world.trash(page.id)
    assert world.restore(page.id).status == "current"
