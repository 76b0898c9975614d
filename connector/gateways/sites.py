"""Both sites behind their sockets, of Cloud or of Data Center; an installation has one kind."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast
from urllib.parse import urlsplit

from atlassian import Jira as JiraServer

from connector.gateways import operations
from connector.gateways import operations_datacenter as at
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.client_tokens import Client, ClientTokens
from connector.gateways.confluence_cloud import ConfluenceCloudGateway
from connector.gateways.confluence_datacenter import ConfluenceServerGateway
from connector.gateways.jira_cloud import JiraCloudGateway
from connector.gateways.jira_datacenter import JiraServerGateway
from connector.gateways.later import Later, Once
from connector.gateways.session import SiteSession
from connector.gateways.site import JIRA
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Transport
from connector.marks import IssueMarks, PageMarks
from connector.ports import Confluence, ConfluenceInspection, Jira, JiraInspection
from connector.registrations import Registrations
from mappings import boundary

_HOSTS = ("api.atlassian.com", ".atlassian.net", ".jira.com", ".atlassian.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connecting:
    """What all connections of one process have in common."""

    tally: RequestTally
    timing: Timing
    patience: Patience
    clients: dict[Client, ClientTokens] = field(default_factory=dict, repr=False)  # one token serves all who share it

    def entering(self, access: Access, client: Client) -> Access:
        """The same site, entered as this client."""
        known = self.clients.get(client)
        if known is None:
            known = ClientTokens(client, access, tally=self.tally, timing=self.timing, patience=self.patience)
            self.clients[client] = known
        return replace(access, bearer=known)

    def scopes(self) -> frozenset[str]:
        """What the tokens of all clients are good for, as far as their services say it."""
        return frozenset().union(*(client.scopes() for client in self.clients.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Every socket that a site is behind."""

    jira: Jira
    confluence: Confluence
    jira_inspection: JiraInspection
    confluence_inspection: ConfluenceInspection
    registrations: Registrations
    page_registrations: Callable[[], Registrations | None]  # nothing where Confluence lets nobody register
    issue_marks: IssueMarks
    page_marks: PageMarks


def cloud_sites(jira: Access, confluence: Access, by: Connecting) -> Sites:
    """Both products on Cloud."""
    issues = JiraCloudGateway(access=jira, tally=by.tally, timing=by.timing, patience=by.patience)
    pages = ConfluenceCloudGateway(access=confluence, tally=by.tally, timing=by.timing, patience=by.patience)
    return Sites(
        jira=issues,
        confluence=pages,
        jira_inspection=issues.inspection(),
        confluence_inspection=pages.inspection(),
        registrations=issues.registrations(),
        page_registrations=lambda: None,
        issue_marks=issues,
        page_marks=pages,
    )


def datacenter_sites(jira: Access, confluence: Access, by: Connecting) -> Sites:
    """Both products on Data Center."""
    issues = JiraServerGateway(access=jira, tally=by.tally, timing=by.timing, patience=by.patience)
    pages = ConfluenceServerGateway(access=confluence, tally=by.tally, timing=by.timing, patience=by.patience)
    return Sites(
        jira=issues,
        confluence=pages,
        jira_inspection=issues.inspection(),
        confluence_inspection=pages.inspection(),
        registrations=issues.registrations(),
        page_registrations=pages.registrations,
        issue_marks=issues,
        page_marks=pages,
    )


def cloud_client(address: str, id: str, secret: str, settings: str) -> Client:  # noqa: A002  # what it is called
    """A client whose tokens Atlassian grants; `settings` is how its settings begin."""
    audience = (("audience", "api.atlassian.com"),)
    return Client(address=address, operation=operations.GRANT, id=id, secret=secret, more=audience, settings=settings)


def datacenter_client(address: str, id: str, secret: str, settings: str) -> Client:  # noqa: A002  # what it is called
    """A client whose tokens the site itself grants."""
    return Client(
        address=address, operation=at.GRANT, id=id, secret=secret, more=(("scope", "WRITE"),), settings=settings
    )


def pages_alone(access: Access, by: Connecting, *, datacenter: bool) -> Confluence:
    """Confluence where nobody has told where Jira is."""
    make = ConfluenceServerGateway if datacenter else ConfluenceCloudGateway
    return make(access=access, tally=by.tally, timing=by.timing, patience=by.patience)


def sites_later(make: Callable[[], Sites]) -> Sites:
    """Sites of which nobody knows yet what they are: made at the first call to any of them, which may fail."""
    made = Once(make)

    def socket(part: str) -> Any:
        return Later(lambda: getattr(made(), part))

    return Sites(
        jira=cast(Jira, socket("jira")),
        confluence=cast(Confluence, socket("confluence")),
        jira_inspection=cast(JiraInspection, socket("jira_inspection")),
        confluence_inspection=cast(ConfluenceInspection, socket("confluence_inspection")),
        registrations=cast(Registrations, socket("registrations")),
        page_registrations=lambda: made().page_registrations(),
        issue_marks=cast(IssueMarks, socket("issue_marks")),
        page_marks=cast(PageMarks, socket("page_marks")),
    )


def is_known_cloud(url: str) -> bool:
    """Whether the address alone says that it is Cloud."""
    host = f".{urlsplit(url).hostname or ''}"
    return any(host.endswith(known) for known in _HOSTS)


def says_cloud(access: Access, by: Connecting) -> bool:
    """Asks Jira which product it is; one request, and one that does not know the question is no Data Center."""
    site = replace(JIRA, points=False)  # while nobody knows which product it is
    session = SiteSession(
        site=site,
        access=access,
        operations=(at.SERVER_INFO,),
        tally=by.tally,
        timing=by.timing,
        patience=by.patience,
    )
    client = JiraServer(access.url, session=session, retry_with_header=False, backoff_and_retry=False)
    transport = Transport(client, site, by.tally)
    answer = transport.ask(at.SERVER_INFO, at.SERVER_INFO.at(), accept=(404, 410))
    return answer.status >= 400 or transport.read(answer, boundary.is_cloud)
