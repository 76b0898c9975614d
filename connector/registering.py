"""Which webhooks a book needs, and which rule in Automation where Confluence lets nobody register one. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from connector.registrations import WebhookWish
from mappings.jql import Accepted, FieldKind, Purpose, concerning, judge
from mappings.okr import Language, MappingBook

NAME = "okr-connector"
EVENTS = ("jira:issue_created", "jira:issue_updated", "jira:issue_deleted")
PAGE_EVENTS = ("page_created", "page_updated", "page_moved", "page_trashed", "page_restored", "page_removed")
JIRA_DOOR = "/webhooks/jira"
CONFLUENCE_DOOR = "/webhooks/confluence"
AUTOMATION_DOOR = "/webhooks/automation"
# Ids and keys only; Jira also offers variables that name people, which are not used.
_VARIABLES = "?issue={issue.id}&key={issue.key}&project={project.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFields:
    """What only the site knows of its fields: by which one an epic stands below another, and what its own ones hold."""

    above: str = "parent"
    kinds: Mapping[str, FieldKind] = field(default_factory=dict)


def wish(
    book: MappingBook, public_url: str, secret: str, *, thin: bool, fields: SiteFields | None = None
) -> WebhookWish:
    """One webhook for all teams, told of mapped epics and of our own issues only."""
    return WebhookWish(
        name=NAME,
        url=f"{public_url}{JIRA_DOOR}{_VARIABLES}",
        events=EVENTS,
        jql=_filter(book, fields or SiteFields()),
        secret=secret,
        thin=thin,
    )


def page_wish(public_url: str, secret: str) -> WebhookWish:
    """One webhook for all pages; Confluence filters nothing, and its bodies name the page and little more."""
    url = f"{public_url}{CONFLUENCE_DOOR}"
    return WebhookWish(name=NAME, url=url, events=PAGE_EVENTS, jql="", secret=secret, thin=True)


def queries(book: MappingBook) -> Iterator[str]:
    """Those by which teams name their epics."""
    yield from (selector.jql for team in book.teams for selector in team.selectors if selector.jql is not None)


def _filter(book: MappingBook, fields: SiteFields) -> str:
    selectors = [selector for team in book.teams for selector in team.selectors]
    verdicts = (judge(jql, Purpose.EPICS, fields=fields.kinds) for jql in queries(book))
    return concerning(
        dict.fromkeys(project for team in book.teams for project in team.delivery),
        dict.fromkeys(team.jira.project for team in book.teams if team.jira is not None),
        labels=dict.fromkeys(s.label for s in selectors if s.label is not None),
        parents=dict.fromkeys(s.parent for s in selectors if s.parent is not None),
        keys=dict.fromkeys(key for s in selectors for key, _ in s.keys),
        queries=[verdict for verdict in verdicts if isinstance(verdict, Accepted)],
        whole=dict.fromkeys(project for team in book.teams if team.writes_itself for project in team.delivery),
        above=fields.above,
    )


def rule(book: MappingBook, public_url: str) -> tuple[str, ...]:
    """The Automation rule to make in Confluence Cloud, which lets nobody register webhooks, in the book's language."""
    spaces = ", ".join(dict.fromkeys([book.strategy.space, *(team.space for team in book.teams)]))
    address = f"{public_url}{AUTOMATION_DOOR}"
    body = '{"event": "page_updated", "page": "{{page.id}}"}'
    if book.strategy.language is Language.DE:
        return (
            f"In Confluence, je Bereich ({spaces}): Bereichseinstellungen → Automation → Regel erstellen",
            "  Auslöser: Seite veröffentlicht",
            "  Aktion: Webanfrage senden",
            f"    Adresse:  {address}   (POST)",
            "    Kopfzeile: X-OKR-Secret = das Geheimnis hinter „automation=“ in OKR_WEBHOOK_SECRETS (ausgeblendet)",
            f"    Inhalt (eigene Daten): {body}",
            "  Die Regel schickt nur die Nummer der Seite: keinen Namen, keinen Text.",
        )
    return (
        f"In Confluence, for each space ({spaces}): Space settings → Automation → Create rule",
        "  Trigger: Page published",
        "  Action: Send web request",
        f"    URL:     {address}   (POST)",
        "    Header:  X-OKR-Secret = the secret behind “automation=” in OKR_WEBHOOK_SECRETS (hidden)",
        f"    Body (custom data): {body}",
        "  The rule sends the page's number only: no name, no text.",
    )
