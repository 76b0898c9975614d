"""What a run costs in points is what the site's own answers held, counted by the rule that Atlassian publishes."""

import json
from pathlib import Path

from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from connector.storage.store import Store
from tests.flow.stand import scene

CORE = ("/search/jql", "/bulkfetch", "/pages", "/spaces", "/ancestors", "/direct-children", "/children")


def points_of(asked: Asked, answered: Answered) -> int:
    """One for the request; one for each issue, page and space that it read, two for a restriction."""
    found = json.loads(answered.body) if answered.body and answered.status == 200 else {}
    if "/restriction/" in asked.path:
        return 1 + 2
    if asked.path.endswith(CORE) and (asked.method == "GET" or "rest/api/3" in asked.path):
        return 1 + len(found.get("issues", found.get("results", ())))
    one_page = asked.method == "GET" and asked.path.rpartition("/")[0].endswith("/pages")
    return 1 + int(one_page and answered.status == 200)


def test_runs_cost_what_the_answers_of_the_site_held(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, dialect=Dialect.CLOUD) as on:
        costs: list[int] = []
        on.site.log.on_exchange(lambda asked, answered: costs.append(points_of(asked, answered)))
        told: list[int] = []
        for status in ("To Do", "To Do", "Done"):  # a cold run, a quiet one, one change
            on.site.jira.set_status("ONB-12", status)
            costs.clear()
            report = on.sync()
            told.append(report.requests.points)
            assert told[-1] == sum(costs) > report.requests.reads + report.requests.writes
        assert told[0] > told[2] > told[1]
        with Store.open(sqlite_url) as store:
            assert [run.points for _, run in store.runs(9)] == told[::-1]
