"""The only place that knows every room: settings in, an engine out."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from connector.clock import WallClock
from connector.config import Settings
from connector.errors import Code, SettingError
from connector.folder import MappingFolder
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.metric_endpoint import MetricEndpoints
from connector.gateways.metric_hosts import MetricHost
from connector.gateways.posts import Posts
from connector.gateways.session import quiet_libraries
from connector.gateways.sites import (
    Connecting,
    Sites,
    cloud_client,
    cloud_sites,
    datacenter_client,
    datacenter_sites,
    is_known_cloud,
    pages_alone,
    says_cloud,
    sites_later,
)
from connector.gateways.tally import RequestTally
from connector.marks import IssueMarks, PageMarks
from connector.pages.render import Pages
from connector.ports import Clock, Confluence, ConfluenceInspection, JiraInspection
from connector.privacy.agreement import in_force
from connector.privacy.pack import record
from connector.registrations import Registrations
from connector.setting_values import Product
from connector.site_settings import SiteSettings
from connector.sources.sources import Sources
from connector.storage.store import Store
from connector.sync.engine import Engine

IN_A_WORKER = Patience()  # it has others to serve
WHILE_SOMEBODY_LOOKS = Patience(connect=3.0, read=10.0, tries=2, longest_wait=2.0, total=15.0)
AT_THE_COMMAND_LINE = Patience(longest_wait=30.0, total=120.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a command works with."""

    engine: Engine
    store: Store
    folder: MappingFolder
    tally: RequestTally
    clock: Clock
    registrations: Registrations
    page_registrations: Callable[[], Registrations | None]  # nothing where Confluence lets nobody register
    jira_inspection: JiraInspection
    confluence_inspection: ConfluenceInspection
    issue_marks: IssueMarks
    page_marks: PageMarks
    scopes: Callable[[], frozenset[str]]  # of tokens that were granted to a client


@contextmanager
def house(settings: Settings, clock: Clock | None = None, patience: Patience = IN_A_WORKER) -> Iterator[Parts]:
    """Everything put together for one command; connections are given back at its end."""
    quiet_libraries()
    now, tally = clock or WallClock(), RequestTally()
    jira, confluence = settings.jira(), settings.confluence()
    folder = MappingFolder(settings.mappings_folder())
    by = Connecting(tally=tally, timing=_timing(), patience=patience)
    sites = _sites(settings, by)
    with Store.open(settings.database_url) as store:
        sources = Sources(
            folder=folder.root,
            jira=sites.jira,
            metrics=_metrics(settings, tally),
            ledger=store,
            lag=settings.search_lag,
            agreed=lambda: in_force(folder.root),
        )
        engine = Engine(
            jira=sites.jira,
            confluence=sites.confluence,
            ledger=store,
            pages=Pages(),
            clock=now,
            meter=tally,
            jira_url=jira.url,
            confluence_url=confluence.url,
            search_lag=settings.search_lag,
            sources=sources,
            about=f"{settings.public_url}/privacy" if settings.public_url else None,
            agreed=lambda: in_force(folder.root),
            paper=lambda book: record(book, folder.root),
        )
        yield Parts(
            engine=engine,
            store=store,
            folder=folder,
            tally=tally,
            clock=now,
            jira_inspection=sites.jira_inspection,
            confluence_inspection=sites.confluence_inspection,
            registrations=sites.registrations,
            page_registrations=sites.page_registrations,
            issue_marks=sites.issue_marks,
            page_marks=sites.page_marks,
            scopes=by.scopes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiki:
    """A way to read pages, and where people open them."""

    confluence: Confluence
    url: str


def reading_confluence(settings: Settings) -> Wiki | None:
    """For the web process, which only reads; nothing where no site is named."""
    try:
        site = settings.confluence()
    except SettingError as error:
        if error.code is not Code.SETTING_MISSING:
            raise
        return None
    quiet_libraries()
    by = Connecting(tally=RequestTally(), timing=_timing(), patience=WHILE_SOMEBODY_LOOKS)
    if not settings.names_jira:
        datacenter = settings.product is Product.DATACENTER
        access = _entering(site, settings, settings.product, by)
        return Wiki(confluence=pages_alone(access, by, datacenter=datacenter), url=site.url)
    return Wiki(confluence=_sites(settings, by).confluence, url=site.url)


def _sites(settings: Settings, by: Connecting) -> Sites:
    """Of the product that is set; where none is, the address tells, or Jira is asked when it is first needed."""
    if settings.product is not Product.AUTO:
        return _of(settings.product, settings, by)
    if is_known_cloud(settings.jira().api_url):
        return _of(Product.CLOUD, settings, by)
    return sites_later(lambda: _of(_told(settings, by), settings, by))


def _told(settings: Settings, by: Connecting) -> Product:
    return Product.CLOUD if says_cloud(_access(settings.jira(), settings), by) else Product.DATACENTER


def _of(product: Product, settings: Settings, by: Connecting) -> Sites:
    make = datacenter_sites if product is Product.DATACENTER else cloud_sites
    jira, confluence = settings.jira(), settings.confluence(product)
    return make(_entering(jira, settings, product, by), _entering(confluence, settings, product, by), by)


def posts(settings: Settings) -> Posts:
    """To the addresses that teams entered; most often there are none."""
    return Posts(
        addresses=settings.posts,
        timing=_timing(),
        ca_file=str(settings.ca_file) if settings.ca_file else None,
        proxy=settings.proxy.get_secret_value() if settings.proxy else None,
    )


def _timing() -> Timing:
    return Timing(sleep=time.sleep, monotonic=time.monotonic, jitter=lambda: random.uniform(0.7, 1.3))  # noqa: S311


def _metrics(settings: Settings, tally: RequestTally) -> MetricEndpoints:
    return MetricEndpoints(
        hosts=frozenset(map(MetricHost.parse, settings.metric_hosts)),
        tally=tally,
        monotonic=time.monotonic,
        ca_file=str(settings.ca_file) if settings.ca_file else None,
    )


def _entering(site: SiteSettings, settings: Settings, product: Product, by: Connecting) -> Access:
    access, client = _access(site, settings), site.client
    if client is None:
        return access
    known, secret = client.id.get_secret_value(), client.secret.get_secret_value()
    if product is Product.DATACENTER:
        return by.entering(access, datacenter_client(site.api_url, known, secret, client.settings))
    return by.entering(access, cloud_client(settings.auth_url, known, secret, client.settings))


def _access(site: SiteSettings, settings: Settings) -> Access:
    """As settings name it; of a client nothing is shown, so that only what is open to everybody can be asked."""
    return Access(
        url=site.api_url,
        token=site.token.get_secret_value() if site.token else "",
        email=site.email.get_secret_value() if site.email else None,
        ca_file=str(settings.ca_file) if settings.ca_file else None,
        proxy=settings.proxy.get_secret_value() if settings.proxy else None,
    )
