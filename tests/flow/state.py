"""A site as people see it, without the ids and keys that chance gave: what two runs can be compared by."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from connector.pages.regions import machine_regions
from connector.sandbox.confluence_content import Page
from connector.sandbox.jira_records import Issue
from connector.sandbox.site import Site
from mappings.team_text import TeamText

_MACRO_ID = re.compile(r' ac:(?:macro-id|local-id)="[^"]*"')
_DIGEST = re.compile(r"(okr-m-[a-z0-9-]+)-[0-9a-f]{10}")
_PAGE_ID = re.compile(r"pageId=(\d+)")
_LINKED_KEY = re.compile(r"(/browse/|>)([A-Z][A-Z0-9]+-\d+)(\"|</a>)")
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Our issues by ref and all pages by space and title."""

    issues: dict[str, dict[str, Any]]
    pages: dict[tuple[str, str], dict[str, Any]]


def state(site: Site) -> State:
    """Everything that matters of the site now; two issues with one ref, or two pages with one title, are an error."""
    assert doubled(site) == {}
    names = {issue.key: f"<{issue.properties['okr']['ref']}>" for issue in _ours(site)}
    pages = [page for page in site.confluence.tree.pages.values() if page.status == "current"]
    return State(
        issues={issue.properties["okr"]["ref"]: _issue(site, issue) for issue in _ours(site)},
        pages={(page.space_id, page.title): _page(site, page, names) for page in pages},
    )


def doubled(site: Site) -> dict[str, int]:
    """Refs of issues and titles of pages that stand there more than once."""
    refs = Counter(issue.properties["okr"]["ref"] for issue in _ours(site))
    current = (page for page in site.confluence.tree.pages.values() if page.status == "current")
    titles = Counter(f"{page.space_id}: {page.title}" for page in current)
    return {name: count for name, count in (refs + titles).items() if count > 1}


def human_bytes(site: Site, page_id: str) -> str:
    """The whole body as it stands."""
    return site.confluence.page(page_id).body


def _ours(site: Site) -> list[Issue]:
    return [issue for issue in site.jira.issues.values() if "okr" in issue.properties]


def _issue(site: Site, issue: Issue) -> dict[str, Any]:
    links = sorted((link.type.name, link.source is issue, _other(issue, link)) for link in issue.links)
    assignee = issue.fields.get("assignee")
    return {
        "project": issue.project.key,
        "type": issue.fields["issuetype"]["name"],
        "summary": issue.fields["summary"],
        "labels": sorted(issue.fields["labels"]),
        "description": issue.fields.get("description"),
        "assigned": assignee is not None,
        "mark": issue.properties["okr"],
        "links": links,
        "remote": sorted(_remote(site, link) for link in issue.remote_links),
    }


def _other(issue: Issue, link: Any) -> str:
    return str((link.target if link.source is issue else link.source).key)


def _remote(site: Site, link: dict[str, Any]) -> tuple[str, str, str]:
    goal = _PAGE_ID.search(link["object"]["url"])
    assert goal is not None
    return link["globalId"], link["object"]["title"], site.confluence.page(goal[1]).title


def _page(site: Site, page: Page, names: dict[str, str]) -> dict[str, Any]:
    found = machine_regions(TeamText(page.body))
    return {
        "parent": site.confluence.page(page.parent_id).title if page.parent_id else None,
        "body": _neutral(site, page.body, names),
        "untouched": [region.name for region in found if region.untouched],
        "labels": sorted(label.name for label in page.labels),
        "files": sorted(page.attachments),
    }


def _titled(site: Site, match: re.Match[str]) -> str:
    """A link to a page by its title; an example of a link stays as it is."""
    page = site.confluence.tree.pages.get(match[1])
    return f"page={page.title}" if page else match[0]


def _neutral(site: Site, body: str, names: dict[str, str]) -> str:
    body = _DIGEST.sub(r"\1", _MACRO_ID.sub("", body))
    body = _ADDRESS.sub("", body)
    body = _PAGE_ID.sub(lambda match: _titled(site, match), body)
    return _LINKED_KEY.sub(lambda match: match[1] + names.get(match[2], match[2]) + match[3], body)
