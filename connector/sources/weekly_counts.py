"""What customers brought, counted once a week: a whole ISO week, from the Monday after it on.

A count belongs to the Monday after its week, the first day on which the whole week can be counted, so a late or
repeated count gives the same number. Days in a query are read in the time zone of the service account's profile, which
is not asked for (it would come with the rest of the profile). Where that is another zone than the team's, the weeks
begin some hours earlier or later, always the same ones; set the account to the teams' zone to have them exact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from connector.errors import Advice, ConnectorError, RequestRefused, TemporaryError
from connector.ports import Jira
from connector.query_fields import kinds_of_fields
from connector.sources.watched import Complaint, Outcome, Watched
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.jql import FieldKind, Purpose, Refused, count_in_week, fields_to_look_up, judge

EARLIER = 5  # weeks before the newest whole one that are counted when they are missing
BACKFILLED = 100  # earlier weeks of all teams that one run counts; the next run goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One week of one indicator that is to be counted."""

    indicator: Watched
    week: IsoWeek
    back: int  # weeks before the newest whole one

    @property
    def on(self) -> date:
        """The Monday after the week."""
        return self.week.shifted(1).day(0)


@dataclass(slots=True, kw_only=True)
class WeeklyCounts:
    """The counting of one run; the same query for the same week is sent once."""

    jira: Jira
    _counted: dict[str, int] = field(default_factory=dict)  # by query
    _fields: Mapping[str, FieldKind] = field(default_factory=dict)  # what the site's own ones hold
    _left: dict[str, Complaint] = field(default_factory=dict)  # by indicator that is not asked again in this run
    _resting: TemporaryError | None = None

    def outcomes(self, due: Iterable[Due]) -> Iterator[Outcome]:
        """A reading for every week that could be counted; one complaint at most for an indicator."""
        newest_first = sorted(due, key=lambda one: one.back)
        yield from self._looked_up(newest_first)
        earlier = [one for one in newest_first if one.back][:BACKFILLED]
        for one in [*(one for one in newest_first if not one.back), *earlier]:
            known = self._left.get(one.indicator.ref)
            if known is None:
                outcome = self._outcome(one)
                if isinstance(outcome, Complaint):
                    self._left[one.indicator.ref] = outcome
                yield outcome

    def _looked_up(self, due: Sequence[Due]) -> Iterator[Complaint]:
        """What the site's own fields hold, for all queries at once; without an answer none that names one is sent."""
        named = {one.indicator.ref: one.indicator for one in due if fields_to_look_up(_query(one.indicator))}
        try:
            self._fields = kinds_of_fields(self.jira, map(_query, named.values()))
        except ConnectorError as error:
            for ref, one in named.items():
                self._left[ref] = one.complaint(_uncounted(one, error), passes=isinstance(error, TemporaryError))
                yield self._left[ref]

    def _outcome(self, one: Due) -> Outcome:
        team, indicator = one.indicator.team, one.indicator.indicator
        verdict = judge(_query(one.indicator), Purpose.COUNT, fields=self._fields, delivery=frozenset(team.delivery))
        if isinstance(verdict, Refused):
            return one.indicator.complaint(_unguarded(one.indicator))
        count = self._count(count_in_week(verdict, one.week, team.timezone))
        if isinstance(count, ConnectorError):
            return one.indicator.complaint(_uncounted(one.indicator, count), passes=isinstance(count, TemporaryError))
        return Reading(indicator=one.indicator.ref, on=one.on, value=indicator.quantised(Decimal(count)))

    def _count(self, jql: str) -> int | ConnectorError:
        """A site that does not answer is asked no more in this run."""
        if self._resting is not None:
            return self._resting
        try:
            if jql not in self._counted:
                self._counted[jql] = self.jira.count(jql)
            return self._counted[jql]
        except TemporaryError as error:
            self._resting = error
            return error
        except ConnectorError as error:
            return error


def due_weeks(indicator: Watched, known: frozenset[IsoWeek], now: datetime, lag: timedelta) -> Iterator[Due]:
    """The whole weeks of the indicator's cycles without a reading, the newest first; `lag` is that of the search index.

    A week is one of `known` when a reading is dated in the week after it.
    """
    for back in range(EARLIER + 1):
        dated = IsoWeek.of(indicator.today).shifted(-back)
        over = datetime.combine(dated.day(0), time(), tzinfo=indicator.team.timezone).astimezone(UTC)
        if dated not in known and indicator.watched_on(dated.day(0)) and over + lag <= now:
            yield Due(indicator=indicator, week=dated.shifted(-1), back=back)


def _query(indicator: Watched) -> str:
    return indicator.indicator.source.jql or ""


def _unguarded(indicator: Watched) -> Advice:
    return Advice(
        what="this query was not sent",
        where=indicator.ref,
        why="it asks for more than what customers bring in a week, perhaps by a field that this site alone knows",
        options=("see the reasons with `okr lint`, and ask by label or component", "take another source"),
    )


def _uncounted(indicator: Watched, error: ConnectorError) -> Advice:
    if isinstance(error, RequestRefused):
        return Advice(
            what="Jira does not know something in this query, so nothing was counted",
            where=indicator.ref,
            why="a project, field or label in it is missing or hidden from the service account",
            options=("check `jql` of the indicator in the mapping file", "give the service account Browse permission"),
        )
    return Advice(
        what=f"nothing was counted: {error.advice.what}",
        where=indicator.ref,
        why=error.advice.why,
        options=error.advice.options,
    )
