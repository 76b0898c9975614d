import pytest

from connector.errors import Code, NotFound, RequestRefused, VersionConflict
from connector.sandbox.datacenter.release import BEFORE, NEWEST, Release
from mappings.records import PageRecord
from mappings.team_text import TeamText
from tests.gateways.data_center import Connection, data_center

BODY = TeamText("<p>Hallo &auml;</p>")


def made(at: Connection, title: str = "Seite", parent: str | None = None) -> PageRecord:
    (space,) = at.sites.confluence.spaces(["ONB"])
    page = at.sites.confluence.create_page(space.id, parent, title, BODY)
    (record,) = at.sites.confluence.pages([page.id])
    return record


def test_spaces_are_those_of_teams() -> None:
    with data_center() as at:
        found = at.sites.confluence.spaces(["ONB", "OKR", "NOPE"])
        assert {space.key for space in found} == {"ONB", "OKR"}
        assert all(space.homepage for space in found)
        line = at.site.log.requests()[-1]
        assert "type=global" in line.query  # personal spaces are not even sent


@pytest.mark.parametrize("release", [BEFORE, NEWEST], ids=["10.0", "10.2"])
def test_a_page_is_made_found_and_written_on(release: Release) -> None:
    with data_center(release) as at:
        wiki = at.sites.confluence
        page = made(at)
        (space,) = wiki.spaces(["ONB"])
        assert (page.version, page.space, page.parent, page.body) == (1, space.id, space.homepage, BODY)
        assert wiki.find_pages([space.id], "SEITE") == (page,)
        below = made(at, "Unten", page.id)
        assert [child.id for child in wiki.children(page.id)] == [below.id]
        assert wiki.update_page(page, TeamText("<p>Neu</p>")).version == 2
        assert {one.id: one.version for one in wiki.versions([page.id, below.id, "999"])} == {page.id: 2, below.id: 1}
        (again,) = wiki.pages([page.id])
        assert (again.title.words, again.parent) == ("Seite", space.homepage)


def test_an_update_of_a_stale_version_is_a_conflict() -> None:
    with data_center() as at:
        page = made(at)
        at.sites.confluence.update_page(page, TeamText("<p>Erste</p>"))
        with pytest.raises(VersionConflict):
            at.sites.confluence.update_page(page, TeamText("<p>Zweite</p>"))


def test_a_title_that_is_taken_is_told() -> None:
    with data_center() as at:
        made(at)
        with pytest.raises(RequestRefused) as refused:
            made(at)
        assert (refused.value.code, "title" in refused.value.fields) == (Code.TITLE_TAKEN, True)


def test_an_earlier_version_can_be_read_and_a_missing_one_is_none() -> None:
    with data_center() as at:
        page = made(at)
        at.sites.confluence.update_page(page, TeamText("<p>Neu</p>"))
        versions = [at.sites.confluence.page_version(page.id, number) for number in (1, 2, 3)]
        assert [one and one.body.words for one in versions] == [BODY.words, "<p>Neu</p>", None]


def test_a_trashed_page_is_absent() -> None:
    with data_center() as at:
        page = made(at)
        at.site.confluence.trash(page.id)
        assert at.sites.confluence.versions([page.id]) == ()
        assert at.sites.confluence.pages([page.id]) == ()
        assert at.sites.confluence.find_pages([page.space], "Seite") == ()
        with pytest.raises(NotFound):
            at.sites.confluence.update_page(page, BODY)


def test_what_people_put_away_is_found_by_its_title_there() -> None:
    with data_center() as at:
        wiki, page = at.sites.confluence, made(at)
        (space,) = wiki.spaces(["ONB"])
        assert wiki.put_away(space.id, "Seite") == ()
        at.site.confluence.trash(page.id)
        made(at)  # the title is free again
        (away,) = wiki.put_away(space.id, "SEITE")
        assert (away.id, away.body) == (page.id, page.body)
        assert "status=trashed" in at.site.log.requests()[-1].query


def test_labels_are_added_and_only_ours_are_read() -> None:
    with data_center() as at:
        page = made(at)
        at.sites.confluence.add_labels(page.id, ["okr", "OKR-Check-in", "fremd"])
        assert at.sites.confluence.labels(page.id) == {"okr", "okr-check-in"}


def test_a_picture_is_uploaded_and_replaced_under_its_name() -> None:
    with data_center() as at:
        page = made(at)
        for content in (b"\x89PNG one", b"\x89PNG two"):
            at.sites.confluence.attach(page.id, "trend.png", content)
        (file,) = at.site.confluence.page(page.id).attachments.values()
        assert file.now.data == b"\x89PNG two"


def test_no_draft_is_none_and_no_reader_is_named() -> None:
    with data_center() as at:
        page = made(at)
        assert at.sites.confluence.draft(page.id) is None
        assert at.sites.confluence.restricted([page.id, "999999"]) == {"999999"}


def test_the_spaces_of_ids_are_looked_up_once() -> None:
    with data_center() as at:
        (space,) = at.sites.confluence.spaces(["ONB"])
        before = len(at.site.log.requests())
        at.sites.confluence.find_pages([space.id], "x")
        assert len(at.site.log.requests()) == before + 1
