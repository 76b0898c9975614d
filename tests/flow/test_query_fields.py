"""A query that names a field only this site knows: looked up before it is sent, refused where it is about people."""

from pathlib import Path

from connector.gateways.operations import FIELDS
from connector.sandbox.dialect import Dialect
from connector.sync.scope import Options
from tests.flow.dialects import SPOKEN
from tests.flow.stand import Scene, codes, scene
from tests.flow.stories import book_says

ONBOARDING = "teams/onboarding.yaml"
EPICS = "{keys: {ONB-40: Rückruf-Knopf bei Schritt 2}}"
ALWAYS = int(SPOKEN is Dialect.DATACENTER)  # the name of its Epic Link is looked up there in any case
COUNTED = 'jql: "project = SUP AND labels = einrichtung"'


def lookups(on: Scene, mark: int) -> int:
    return sum(line.path == on.path(f"/{FIELDS.path}") for line in on.site.log.reads(mark))


def heard(on: Scene) -> list[bytes]:
    """Everything that the site is asked from now on."""
    asked: list[bytes] = []
    on.site.log.on_exchange(lambda question, _: asked.append(question.body + question.query.encode()))
    return asked


def test_epics_are_not_asked_for_by_a_field_that_holds_people(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        book_says(on, ONBOARDING, EPICS, '{jql: "Circle = team-red"}')
        asked = heard(on)
        assert codes(on.sync()) == {"onboarding": ["query-refused"]}
        assert not any(b"Circle" in one for one in asked)


def test_customers_are_not_counted_by_a_field_that_holds_people(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        book_says(on, ONBOARDING, COUNTED, 'jql: "project = SUP AND Circle = team-red"')
        asked = heard(on)
        assert codes(on.sync()) == {"onboarding": ["source-unreadable"]}
        assert not any(b"Circle" in one for one in asked)


def test_a_field_that_holds_nobody_is_looked_up_once_and_then_asked_for(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on, on.engine() as engine:
        book_says(on, ONBOARDING, EPICS, '{jql: "Team = 36885b3c-1bf0-4f85-a357-c5b858c31de4"}')
        for times in (1 + ALWAYS, 0):
            mark = on.site.log.mark()
            engine.plan(on.book(), Options())
            assert lookups(on, mark) == times


def test_a_book_whose_queries_name_only_what_every_site_has_looks_nothing_up(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        mark = on.site.log.mark()
        on.sync()
        assert lookups(on, mark) == ALWAYS
