"""Every request of the whole demo story, and every answer to it, is valid against Atlassian's own documents."""

import pytest

from connector.demo.live import close_an_epic, living
from connector.demo.play import play, stage
from tests.contract.openapi import ContractCheck, documents_missing


@pytest.mark.skipif(bool(documents_missing()), reason=documents_missing() or "-")
def test_the_story_of_three_weeks_keeps_to_the_documents(tmp_path):
    check = ContractCheck()
    with stage(0, tmp_path, 3) as on:
        on.site.log.on_exchange(check)
        play(on, 3)
        with living(on) as live:
            assert close_an_epic(on, live) is not None
    assert check.violations == []
    assert sum(check.checked.values()) > 60
