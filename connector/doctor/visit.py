"""One visit to both sites with one book."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from connector.doctor.checks import Check, Name, will_fail
from connector.doctor.confluence_checks import ConfluenceExamination
from connector.doctor.evidence_checks import EvidenceExamination
from connector.doctor.jira_checks import JiraExamination, guarded
from connector.doctor.places import Places, places_of
from connector.doctor.site_checks import excess_checks, release_check, scope_checks
from connector.ledger import Kind, Resource
from connector.ports import Confluence, ConfluenceInspection, Jira, JiraInspection
from mappings.okr import MappingBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Reads only; a site that does not answer is left alone, the other one is still looked at."""

    jira: Jira
    jira_inspection: JiraInspection
    confluence: Confluence
    confluence_inspection: ConfluenceInspection
    written: Mapping[tuple[Kind, str], Resource]  # what we wrote where, by kind and ref
    book: MappingBook
    today: date
    scopes: Callable[[], frozenset[str]] = frozenset  # of tokens that were granted to a client

    def checks(self) -> Iterator[Check]:
        """Everything, in an order in which people can put it right."""
        yield from self._jira()
        yield from ConfluenceExamination(
            confluence=self.confluence, inspection=self.confluence_inspection, places=self._places()
        ).checks()

    def _jira(self) -> Iterator[Check]:
        examination = JiraExamination(jira=self.jira, inspection=self.jira_inspection, places=self._places())
        if not examination.places.uses:
            return
        answers = examination.site()
        yield answers
        if will_fail([answers]):
            return
        yield from guarded(Name.RELEASE, "", lambda: [release_check("Jira", self.jira_inspection)])
        yield from guarded(Name.EXCESS, "", lambda: excess_checks(self.jira_inspection, examination.places))
        yield from guarded(Name.SCOPES, "", lambda: scope_checks(self.scopes()))
        yield from examination.checks()
        evidence = EvidenceExamination(
            jira=self.jira, book=self.book, places=examination.places, today=self.today, written=self.written
        )
        yield from guarded(Name.EPICS, "", evidence.epics)
        yield from guarded(Name.SOURCES, "", evidence.counts)
        yield from guarded(Name.ASSIGNED, "", evidence.assigned)

    def _places(self) -> Places:
        return places_of(self.book, self.today)
