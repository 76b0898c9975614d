"""People write while we write: not a character of theirs is lost, and our regions tell the truth afterwards.

The long form, with its figures: `python -m pytest tests/flow/test_races.py -m slow -n 0 -s`.
"""

import sys
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from connector.errors import VersionConflict
from connector.gateways.confluence_datacenter import ConfluenceServerGateway
from connector.ledger import Resource
from connector.sync.page_writing import PageWriting
from connector.sync.plan import UpdatePage
from mappings.records import DraftRecord, PageRecord, PageVersion
from mappings.team_text import TeamText
from tests.flow.races import GATEWAY, KINDS, Act, How, Race, Track, When, track
from tests.pages.hands import EDITS

SHORT, LONG = 60, 1_200
LOSS = "characters of|draft was overridden"

ACTS = st.lists(
    st.builds(
        Act,
        when=st.sampled_from(When),
        how=st.sampled_from([How.PUBLISHED, How.PUBLISHED, How.TYPED, How.TYPED, How.DISCARDED]),
        editor=st.sampled_from(["cloud", "cloud", "legacy", "none"]),
        edits=EDITS.map(tuple),
    ),
    min_size=1,
    max_size=4,
).map(tuple)
RACES = st.builds(
    Race, kind=st.sampled_from(KINDS), pictured=st.booleans(), merging=st.booleans(), acts=st.tuples(ACTS, ACTS)
)


def run(on: Track, races: int) -> None:
    @settings(
        max_examples=races,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(RACES)
    def each(race: Race) -> None:
        on.run(race)

    each()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('races') / 'okr.db'}"


def test_in_sixty_races_nobody_loses_a_character(database: str) -> None:
    with track(database) as on:
        run(on, SHORT)
    figures = on.figures
    assert figures.races >= SHORT
    assert figures.lost == 0
    assert min(figures.edits, figures.drafts, figures.updates, figures.postponed, figures.drifted, figures.renewed) > 10


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_in_a_thousand_races_nobody_loses_a_character(database: str) -> None:
    with track(database) as on:
        run(on, LONG)
    sys.stdout.write(f"\n{asdict(on.figures)}\n")
    assert on.figures.races >= 1_000
    assert on.figures.lost == 0


class Blind(GATEWAY):
    """Does not look for drafts."""

    def draft(self, page_id: str) -> DraftRecord | None:
        return None


class Stubborn(GATEWAY):
    """Sends what it has under the next number when somebody was faster."""

    def update_page(self, page: PageRecord, body: TeamText) -> PageVersion:
        try:
            return super().update_page(page, body)
        except VersionConflict:
            (fresh,) = self.pages([page.id])
            return super().update_page(replace(page, version=fresh.version), body)


class Forgetful(Blind):
    """Knows only the body that stood there at first."""

    def __init__(self, **parts: object) -> None:
        super().__init__(**parts)  # type: ignore[arg-type]  # as the gateway's own
        self._first: dict[str, PageRecord] = {}

    def pages(self, page_ids: list[str]) -> tuple[PageRecord, ...]:  # type: ignore[override]  # of one page at a time
        return tuple(replace(page, body=self._first.setdefault(page.id, page).body) for page in super().pages(page_ids))


class Tidy(PageWriting):
    """Renews what people changed as well."""

    def update(self, deed: UpdatePage) -> tuple[Resource, ...]:
        return super().update(replace(deed, restore=True))


MUTANTS = (Stubborn, Forgetful) if GATEWAY is ConfluenceServerGateway else (Blind, Stubborn, Forgetful)
"""Data Center itself refuses what would override a draft: there the blind one does no harm."""


@pytest.mark.parametrize("gateway", MUTANTS)
def test_a_gateway_that_overtakes_people_is_caught(gateway: type[GATEWAY], database: str) -> None:
    with track(database, gateway) as on, pytest.raises(AssertionError, match=LOSS):
        run(on, SHORT)


def test_a_writer_that_renews_what_people_changed_is_caught(database: str) -> None:
    with track(database, writer=Tidy) as on, pytest.raises(AssertionError, match=LOSS):
        run(on, SHORT)
