"""Confluence Cloud through the real library, against the sandbox over real sockets."""

import pytest

from connector.errors import AnswerLost, Code, NotFound, RequestRefused, VersionConflict
from connector.gateways.access import Access
from connector.gateways.confluence_cloud import ConfluenceCloudGateway
from connector.sandbox.people import CANARIES
from mappings.team_text import TeamText
from tests.gateways.conftest import EMAIL, TOKEN, Connected

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
BODY = TeamText("<p>Was wir sehen: 41,5&nbsp;% – „gut“</p>")


@pytest.fixture
def space(connected: Connected) -> str:
    connected.site.confluence.add_space("OKR", "OKR")
    (space,) = connected.confluence.spaces(["OKR"])
    return space.id


def test_spaces_are_looked_up_together_and_personal_ones_do_not_exist(connected: Connected) -> None:
    for key in ("OKR", "ONB"):
        connected.site.confluence.add_space(key, key)
    connected.site.confluence.add_space("~kanarie", "Kanarie", kind="personal")
    spaces = connected.confluence.spaces(["OKR", "ONB", "NIX", "~kanarie"])
    assert [space.key for space in spaces] == ["OKR", "ONB"]
    assert all(space.homepage for space in spaces)
    assert connected.tally.counts().by_operation == (("confluence.spaces", 1),)


def test_a_page_is_made_read_and_written_on(connected: Connected, space: str) -> None:
    made = connected.confluence.create_page(space, None, "Planung", BODY)
    (page,) = connected.confluence.pages([made.id])
    assert (page.version, page.space, page.title.words, page.body.words) == (1, space, "Planung", BODY.words)
    assert page.parent == connected.confluence.spaces(["OKR"])[0].homepage
    written = connected.confluence.update_page(page, TeamText("<p>Neu</p>"))
    assert (written.id, written.version) == (made.id, 2)
    (again,) = connected.confluence.pages([made.id])
    assert (again.body.words, again.parent, again.title.words) == ("<p>Neu</p>", page.parent, "Planung")


def test_a_page_that_somebody_wrote_on_meanwhile_is_not_overwritten(connected: Connected, space: str) -> None:
    made = connected.confluence.create_page(space, None, "Planung", BODY)
    (page,) = connected.confluence.pages([made.id])
    connected.site.confluence.edit_by_hand(made.id, lambda body: body + "<p>von Hand</p>")
    with pytest.raises(VersionConflict):
        connected.confluence.update_page(page, TeamText("<p>Neu</p>"))
    assert "von Hand" in connected.confluence.pages([made.id])[0].body.words


def test_a_title_that_is_taken_is_named_as_the_reason(connected: Connected, space: str) -> None:
    connected.confluence.create_page(space, None, "Planung", BODY)
    with pytest.raises(RequestRefused) as refused:
        connected.confluence.create_page(space, None, "Planung", BODY)
    assert refused.value.code is Code.TITLE_TAKEN
    assert "title" in refused.value.fields


def test_broken_storage_format_is_refused_without_its_words(connected: Connected, space: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        connected.confluence.create_page(space, None, "Planung", TeamText("<p>Kanarie<br></p>"))
    assert refused.value.code is Code.REQUEST_REFUSED
    assert "anarie" not in str(refused.value)


def test_a_lost_create_is_found_by_space_and_title(connected: Connected, space: str) -> None:
    connected.site.faults.drop_answer("POST", "/wiki/api/v2/pages")
    with pytest.raises(AnswerLost):
        connected.confluence.create_page(space, None, "Planung · KW 48", BODY)
    (found,) = connected.confluence.find_pages([space], "Planung · KW 48")
    assert found.body.words == BODY.words


def test_a_title_is_looked_for_in_many_spaces_at_once(connected: Connected) -> None:
    keys = [f"S{number}" for number in range(5)]
    for key in keys:
        connected.site.confluence.add_space(key, key)
    spaces = [space.id for space in connected.confluence.spaces(keys)]
    for space in spaces[:3]:
        connected.confluence.create_page(space, None, "Planung", BODY)
    connected.confluence.create_page(spaces[3], None, "Planung 2", BODY)
    before = len(connected.site.log.reads())
    assert {page.space for page in connected.confluence.find_pages(spaces, "Planung")} == set(spaces[:3])
    assert len(connected.site.log.reads()) - before == 1


def test_versions_come_250_a_request_and_the_trashed_are_absent(connected: Connected, space: str) -> None:
    ids = [connected.site.confluence.add_page(space="OKR", title=f"Seite {n}", body="").id for n in range(251)]
    connected.site.confluence.trash(ids[5])
    before = len(connected.site.log.reads())
    versions = connected.confluence.versions([*ids, "999999999"])
    assert {version.id for version in versions} == set(ids) - {ids[5]}
    assert len(connected.site.log.reads()) - before == 2


def test_children_are_read_to_their_end(connected: Connected, space: str) -> None:
    home = connected.confluence.spaces(["OKR"])[0].homepage or ""
    ids = [connected.site.confluence.add_page(space="OKR", title=f"Seite {n}", body="").id for n in range(260)]
    connected.site.confluence.trash(ids[7])
    children = connected.confluence.children(home)
    assert {child.id for child in children} == set(ids) - {ids[7]}
    with pytest.raises(NotFound):
        connected.confluence.children("999999999")


def test_children_are_found_where_only_the_older_endpoint_exists(connected: Connected, space: str) -> None:
    home = connected.confluence.spaces(["OKR"])[0].homepage or ""
    page = connected.site.confluence.add_page(space="OKR", title="Seite", body="")
    connected.site.faults.answer(404, {"Content-Type": "application/json"}, b"{}", "GET", ".*direct-children", None)
    assert [child.id for child in connected.confluence.children(home)] == [page.id]


def test_labels_are_added_and_only_ours_are_read(connected: Connected, space: str) -> None:
    made = connected.confluence.create_page(space, None, "Planung", BODY)
    connected.site.confluence.add_labels(made.id, ["kanarie"])
    connected.confluence.add_labels(made.id, ["okr", "okr-2026-Q4"])
    assert connected.confluence.labels(made.id) == {"okr", "okr-2026-q4"}


def test_a_picture_is_uploaded_and_replaced(connected: Connected, space: str) -> None:
    made = connected.confluence.create_page(space, None, "Planung", BODY)
    for _ in range(2):
        connected.confluence.attach(made.id, "okr-9f2c.png", PNG)
    attachments = connected.site.confluence.page(made.id).attachments
    assert list(attachments) == ["okr-9f2c.png"]
    assert connected.tally.counts().by_operation[0] == ("confluence.attachment", 2)


def test_a_page_that_is_gone_is_not_found_when_written(connected: Connected, space: str) -> None:
    made = connected.confluence.create_page(space, None, "Planung", BODY)
    (page,) = connected.confluence.pages([made.id])
    connected.site.confluence.trash(made.id)
    connected.site.confluence.purge(made.id)
    assert connected.confluence.pages([made.id]) == ()
    with pytest.raises(NotFound):
        connected.confluence.update_page(page, BODY)


def test_an_address_that_ends_in_wiki_is_the_same_site(connected: Connected, space: str) -> None:
    gateway = ConfluenceCloudGateway(
        access=Access(url=f"{connected.url}/wiki/", token=TOKEN, email=EMAIL),
        tally=connected.tally,
        timing=connected.time.timing(),
    )
    assert [found.id for found in gateway.spaces(["OKR"])] == [space]


def test_nothing_of_a_person_is_in_what_the_gateway_gives(connected: Connected, space: str) -> None:
    name = connected.site.people.nth(3).name
    page = connected.site.confluence.add_page(space="OKR", title=f"Seite von {name}", body=f"<p>{name}</p>")
    shown = repr([connected.confluence.pages([page.id]), connected.confluence.spaces(["OKR"])])
    assert page.id in shown
    assert [canary for canary in CANARIES if canary in shown] == []


def test_a_page_for_some_only_is_told_without_whom_and_so_is_what_stands_below_it(
    connected: Connected, space: str
) -> None:
    world = connected.site.confluence
    above = world.add_page(space="OKR", title="Rahmen")
    below, open_one = (
        world.add_page(space="OKR", title="Planung", parent=above.id),
        world.add_page(space="OKR", title="Check-in"),
    )
    asked = [above.id, below.id, open_one.id, "99999999"]
    assert connected.confluence.restricted(asked) == {"99999999"}  # hidden from us counts as one
    above.readers = [world.people.account(0), world.people.account(1)]
    assert connected.confluence.restricted(asked) == {above.id, below.id, "99999999"}


def test_who_may_read_a_page_never_gets_through(connected: Connected, space: str) -> None:
    page = connected.site.confluence.add_page(space="OKR", title="Rahmen")
    page.readers = [connected.site.confluence.people.account(0)]
    told = repr(connected.confluence.restricted([page.id]))
    assert not [mark for mark in CANARIES if mark in told]


def test_a_page_is_read_as_it_was_in_an_earlier_version(connected: Connected, space: str) -> None:
    made = connected.confluence.create_page(space, None, "Planung", BODY)
    (page,) = connected.confluence.pages([made.id])
    connected.confluence.update_page(page, TeamText("<p>anders</p>"))
    before = connected.confluence.page_version(made.id, 1)
    assert before is not None
    assert (before.version, before.body.words) == (1, page.body.words)
    assert connected.confluence.page_version(made.id, 9) is None
    assert connected.confluence.page_version("99999999", 1) is None
