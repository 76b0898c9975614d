"""Sync on issues that nobody here invented: no error, and none of the people in them anywhere."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.cli import okr
from connector.sandbox.recordings import load_files
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from tests.flow.dialects import SPOKEN, documents_kept, settings_of

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "payloads"
TEAM = """
team: recorded
name: Team Recorded
size: 5
language: en
delivery: [{projects}]
jira: {{project: OKR}}
confluence: {{space: OKR}}
rhythm: {{check_in: friday 09:00}}
objectives:
  - id: o
    title: Households find what they look for
    key_results:
      - id: k
        hypothesis: {{who: Households, do: find what they look for}}
        indicators:
          - {{id: by-key, name: Found by key, kind: leading, source: {{type: pushed}}, epics: {{keys: [{keys}]}}}}
          - {{id: by-query, name: By query, kind: leading, source: {{type: pushed}}, epics: {{jql: "created < 0d"}}}}
"""
STRATEGY = """
organisation: Recorded
language: en
timezone: Europe/Berlin
cycles: [{id: 2026-Q4, from: 2026-01-01, to: 2030-12-31}]
confluence: {space: OKR, parent: Recorded OKRs}
"""

pytestmark = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the recorded bodies are not beside this checkout")


def people() -> frozenset[str]:
    index = json.loads((PAYLOADS / "INDEX.json").read_text(encoding="utf-8"))
    entries = index if isinstance(index, list) else index["files"]
    values = (value for entry in entries for value in entry.get("person_values", ()))
    return frozenset(value for value in values if len(value) >= 6)


def written(site: Site) -> str:
    """Everything that stands at the site from our hand."""
    service = site.people.service.account_id
    pages = [p.body + p.title for p in site.confluence.tree.pages.values() if p.now.author == service]
    issues = [
        json.dumps([i.fields["summary"], i.fields.get("labels"), i.remote_links, i.properties], default=str)
        for i in site.jira.issues.values()
        if i.project.key == "OKR"
    ]
    return "\n".join([*pages, *issues])


def test_recorded_issues_sync_without_an_error_and_without_their_people(tmp_path):
    site = demo_site(dialect=SPOKEN)
    files = sorted((PAYLOADS / "rest").glob("jira-*.json"))
    assert load_files(site.jira, files).issues > 0
    recorded = [issue for issue in site.jira.issues.values() if issue.recorded]
    projects = sorted({issue.project.key for issue in recorded})
    book = tmp_path / "book"
    (book / "teams").mkdir(parents=True)
    (book / "strategy.yaml").write_text(STRATEGY)
    keys = ", ".join(issue.key for issue in recorded)
    (book / "teams" / "recorded.yaml").write_text(TEAM.format(projects=", ".join(projects), keys=keys))
    with serving(site), documents_kept(site):
        settings = {
            **settings_of(site),
            "OKR_MAPPINGS": str(book),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'okr.db'}",
        }
        outputs = [CliRunner(env=settings).invoke(okr, ["sync", "--json"]) for _ in range(2)]
    assert [result.exit_code for result in outputs] == [0, 0], outputs[0].output
    first, second = (json.loads(result.output) for result in outputs)
    assert [team["errors"] for team in first["teams"]] == [[], []]
    assert second["requests"]["write"] == 0
    with sqlite3.connect(tmp_path / "okr.db") as database:
        rows = "\n".join(database.iterdump())
    sinks = {"database": rows, "site": written(site), "output": "".join(result.output for result in outputs)}
    assert "recorded/" in sinks["database"]
    assert "Team Recorded" in sinks["site"]
    found = {name: sorted(value for value in people() if value in text) for name, text in sinks.items()}
    assert found == {"database": [], "site": [], "output": []}
