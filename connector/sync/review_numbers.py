"""Numbers that teams wrote on their review pages, as readings of the day of the review."""

from collections.abc import Iterable

from connector.ledger import Ledger
from connector.pages.late_numbers import late_numbers
from connector.pages.markup import BodyUnreadable
from connector.sync.cycle_end import review_day
from connector.sync.refs import review_ref
from connector.sync.scope import TeamScope
from mappings.indicators import Reading, SourceKind
from mappings.okr import Cycle, indicator_ref, key_results
from mappings.records import PageRecord


def harvest_reviews(ledger: Ledger, pages: Iterable[tuple[TeamScope, str, PageRecord]]) -> None:
    """Keeps what stands on review pages (team, ref, page): a changed number replaces, a deleted one is taken back."""
    for scope, ref, page in pages:
        cycle = next((cycle for cycle in scope.cycles if review_ref(scope.team, cycle) == ref), None)
        if cycle is not None:
            try:
                _keep(ledger, scope, cycle, page)
            except BodyUnreadable:  # the page's own comparison tells it
                continue


def _keep(ledger: Ledger, scope: TeamScope, cycle: Cycle, page: PageRecord) -> None:
    team, day = scope.team, review_day(scope.team, cycle) or cycle.last
    said = late_numbers(page.body, team, cycle)
    late = {i.id: i for _, key_result in key_results(team, cycle) for i in key_result.lagging}
    own = {i: late[i] for i in late if late[i].source.kind is SourceKind.OBSERVED}
    ledger.take_back((indicator_ref(team, own[i]), day) for i in own if i not in said)
    values = ((own[i], value) for i, value in said.items())
    ledger.add_readings(
        Reading(indicator=indicator_ref(team, i), on=day, value=None if value is None else i.quantised(value))
        for i, value in values
    )
