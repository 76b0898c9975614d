"""The example book, or a changed one, in front of an imitation site, with every exchange held against the documents."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from connector.doctor.checks import Check, Name, Outcome
from connector.doctor.visit import Visit
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.confluence_cloud import ConfluenceCloudGateway
from connector.gateways.jira_cloud import JiraCloudGateway
from connector.gateways.tally import RequestTally
from connector.ledger import Kind, Resource
from connector.sandbox.people import CANARIES
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from mappings.book import example_files, read_book
from mappings.okr import MappingBook
from tests.contract.openapi import ContractCheck, documents_missing

TODAY = date(2026, 11, 24)
Change = Callable[[str], str]


def book(change: Change = lambda text: text) -> MappingBook:
    reading = read_book({name: change(text) for name, text in example_files().items()}, TODAY)
    assert reading.book is not None, reading.findings
    return reading.book


@dataclass(slots=True, kw_only=True)
class Clinic:
    site: Site
    address: str
    token: str = ""
    tally: RequestTally = field(default_factory=RequestTally)

    def visit(
        self,
        change: Change = lambda text: text,
        written: Mapping[tuple[Kind, str], Resource] | None = None,
        today: date = TODAY,
    ) -> tuple[Check, ...]:
        timing = Timing(sleep=lambda seconds: None, monotonic=lambda: 0.0, jitter=lambda: 1.0)
        patience = Patience(connect=2, read=5, longest_wait=30)
        access = Access(url=self.address, token=self.token or self.site.token, email=self.site.email)
        jira = JiraCloudGateway(access=access, tally=self.tally, timing=timing, patience=patience)
        confluence = ConfluenceCloudGateway(access=access, tally=self.tally, timing=timing, patience=patience)
        visit = Visit(
            jira=jira,
            jira_inspection=jira.inspection(),
            confluence=confluence,
            confluence_inspection=confluence.inspection(),
            written=written or {},
            book=book(change),
            today=today,
        )
        found = tuple(visit.checks())
        for check in found:
            assert (check.outcome is Outcome.OK) == (check.options == ())
            assert check.outcome is Outcome.OK or (len(check.options) >= 2 and check.why)
            assert not any(canary in str(check) for canary in CANARIES)
        assert not self.site.log.writes()
        return found


@contextmanager
def clinic() -> Iterator[Clinic]:
    site = demo_site(start=datetime(2026, 11, 24, 12, tzinfo=UTC), frozen=True)
    contract = ContractCheck()
    if not documents_missing():
        site.log.on_exchange(contract)
    with serving(site) as address:
        yield Clinic(site=site, address=address)
    assert contract.violations == []


def of(checks: tuple[Check, ...], name: Name) -> list[Check]:
    return [check for check in checks if check.name is name]


def unwell(checks: tuple[Check, ...], *outcomes: Outcome) -> list[tuple[Name, str]]:
    wanted = outcomes or (Outcome.FAILED,)
    return [(check.name, check.where) for check in checks if check.outcome in wanted]
