"""A story on Data Center, and every request of it valid against the documents of that release."""

from pathlib import Path

import pytest

from connector.ledger import Kind
from connector.sandbox.datacenter.release import BEFORE, NEWEST, Release
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from mappings.calendar import IsoWeek
from tests.contract.openapi import ContractCheck, documents_missing
from tests.flow.stand import START, scene
from tests.flow.stories import CHECK_IN, KEY_RESULT, book_says, issue_is_edited, reading, team_answers

ONBOARDING = "teams/onboarding.yaml"


@pytest.mark.skipif(bool(documents_missing()), reason=documents_missing() or "-")
@pytest.mark.parametrize("release", [BEFORE, NEWEST], ids=["10.3", "11.3"])
def test_two_weeks_on_data_center_keep_to_the_documents(sqlite_url: str, tmp_path: Path, release: Release) -> None:
    site = demo_site(start=START, frozen=True, dialect=Dialect.DATACENTER, release=release)
    check = ContractCheck(jira=_short(release.jira), confluence=_short(release.confluence))
    with scene(sqlite_url, tmp_path, site=site) as on:
        site.log.on_exchange(check)
        on.sync()
        on.silent_sync()
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7")
        on.push(reading("onboarding/setup-rate", IsoWeek(2026, 48), "41.5"))
        book_says(on, ONBOARDING, "richten ihr Konto ohne Hilfe ein", "richten ihr Konto allein ein")
        on.sync()
        on.days_pass(7)
        on.sync()
        issue_is_edited(on, KEY_RESULT, summary="Von Hand")
        on.silent_sync()
        known = {key: row.remote_id for key, row in on.resources().items() if key[0] is not Kind.PAGE_LABELS}
        on.lose_the_database()
        on.silent_sync()
        found = {key: row.remote_id for key, row in on.resources().items() if key[0] is not Kind.PAGE_LABELS}
        assert found == known
    assert check.violations == []
    assert sum(check.checked.values()) > 60


def _short(version: str) -> str:
    return ".".join(version.split(".")[:2])
