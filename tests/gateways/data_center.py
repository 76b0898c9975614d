"""An imitation Data Center behind the gateways, every exchange held against the documents of its release."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from connector.gateways.access import Access, Patience
from connector.gateways.sites import Connecting, Sites, datacenter_sites
from connector.gateways.tally import RequestTally
from connector.sandbox.datacenter.release import NEWEST, Release
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from tests.contract.openapi import ContractCheck, documents_missing
from tests.gateways.conftest import TestTime


@dataclass
class Connection:
    """A site, and everything that stands before it."""

    site: Site
    sites: Sites
    tally: RequestTally


@contextmanager
def data_center(release: Release = NEWEST) -> Iterator[Connection]:
    """The example organisation's site."""
    site = demo_site(dialect=Dialect.DATACENTER, frozen=True, release=release)
    check = ContractCheck(jira=_short(release.jira), confluence=_short(release.confluence))
    if not documents_missing():
        site.log.on_exchange(check)
    tally = RequestTally()
    with serving(site):
        by = Connecting(tally=tally, timing=TestTime().timing(), patience=Patience(connect=2, read=5))
        at_jira, at_confluence = (Access(url=url, token=site.token) for url in (site.jira_url, site.confluence_url))
        yield Connection(site=site, sites=datacenter_sites(at_jira, at_confluence, by), tally=tally)
    assert check.violations == []
    counted = tally.counts()
    assert (counted.reads, counted.writes) == (len(site.log.reads()), len(site.log.writes()))


def _short(version: str) -> str:
    return ".".join(version.split(".")[:2])
