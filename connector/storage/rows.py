"""Rows and the frozen values of the house, one into the other, exactly."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Row

from connector.errors import Advice, Code, ConnectorError
from connector.ledger import Answer, Kind, Resource, RunRecord
from connector.quota import QuotaLeft
from connector.storage.tables import COUNTS, MOST_DIGITS, QUOTAS
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers, HypothesisState

Values: TypeAlias = dict[str, Any]
AnswerKey: TypeAlias = tuple[str, str, str]  # team, week, key result
Observed: TypeAlias = tuple[str, Decimal | None]  # indicator id, value or unknown


def resource_values(resource: Resource) -> Values:
    """A resource for the database."""
    return {
        "kind": resource.kind.value,
        "ref": resource.ref,
        "remote_id": resource.remote_id,
        "version": resource.version,
        "digest": resource.digest,
        "drifted": resource.drifted,
        "since": resource.since,
    }


def resource_of(row: Row[Any]) -> Resource:
    """A resource from the database."""
    return Resource(
        kind=Kind(row.kind),
        ref=row.ref,
        remote_id=row.remote_id,
        version=row.version,
        digest=row.digest,
        drifted=row.drifted,
        since=row.since,
    )


def decimal_values(value: Decimal | None) -> Values:
    """A decimal as a whole number and the place of its point, nothing rounded; unknown is empty in both."""
    if value is None:
        return {"units": None, "digits": None}
    sign, figures, exponent = value.as_tuple()
    if not isinstance(exponent, int):  # infinite, or not a number
        raise _unkeepable()
    if exponent > MOST_DIGITS or len(figures) > MOST_DIGITS:
        raise _unkeepable()
    units = int("".join(map(str, figures))) * 10 ** max(exponent, 0)
    digits = max(-exponent, 0)
    if digits > MOST_DIGITS or units >= 10**MOST_DIGITS:
        raise _unkeepable()
    return {"units": -units if sign else units, "digits": digits}


def decimal_of(row: Row[Any]) -> Decimal | None:
    """A decimal from the database, with the digits it was written with."""
    if row.units is None:
        return None
    return Decimal((int(row.units < 0), tuple(map(int, str(abs(row.units)))), -row.digits))


def reading_values(reading: Reading) -> Values:
    """A reading for the database."""
    return {"indicator": reading.indicator, "on": reading.on, **decimal_values(reading.value)}


def reading_of(row: Row[Any]) -> Reading:
    """A reading from the database."""
    day: date = row.on
    return Reading(indicator=row.indicator, on=day, value=decimal_of(row))


def answer_key(answer: Answer) -> AnswerKey:
    """What an answer is about."""
    return answer.team, str(answer.week), answer.key_result


def answer_values(answer: Answer) -> Values:
    """An answer for the database, without what was observed."""
    team, week, key_result = answer_key(answer)
    state = answer.answers.state
    return {
        "team": team,
        "week": week,
        "key_result": key_result,
        "state": state.value if state else None,
        "confidence": answer.answers.confidence,
    }


def observed_values(answer: Answer) -> Iterator[Values]:
    """What an answer observed, for the database, in the order of the page."""
    team, week, key_result = answer_key(answer)
    for place, (indicator, value) in enumerate(answer.answers.observed):
        key = {"team": team, "week": week, "key_result": key_result, "indicator": indicator, "place": place}
        yield key | decimal_values(value)


def answer_of(row: Row[Any], observed: Iterable[Observed]) -> Answer:
    """An answer from the database."""
    return Answer(
        team=row.team,
        week=IsoWeek.parse(row.week),
        key_result=row.key_result,
        answers=CheckInAnswers(
            state=HypothesisState(row.state) if row.state else None,
            confidence=row.confidence,
            observed=tuple(observed),
        ),
    )


def run_values(run: RunRecord) -> Values:
    """A run for the database."""
    counts = {count: getattr(run, count) for count in COUNTS}
    return {"started": run.started, "finished": run.finished, "points": run.points, **counts, **_quota_values(run)}


def run_of(row: Row[Any], by_operation: Iterable[tuple[str, int]]) -> RunRecord:
    """A run from the database."""
    counts = {count: getattr(row, count) for count in COUNTS}
    return RunRecord(
        started=row.started,
        finished=row.finished,
        points=row.points,
        by_operation=tuple(by_operation),
        quota=tuple(_quota_of(row)),
        **counts,
    )


def _quota_values(run: RunRecord) -> Values:
    said = {one.product.casefold(): (one.limit, one.remaining) for one in run.quota}
    return {
        f"{product}_{name}": number
        for product in QUOTAS
        for name, number in zip(("limit", "remaining"), said.get(product, (None, None)), strict=True)
    }


def _quota_of(row: Row[Any]) -> Iterator[QuotaLeft]:
    for product in sorted(QUOTAS):
        limit, remaining = getattr(row, f"{product}_limit"), getattr(row, f"{product}_remaining")
        if limit is not None:
            yield QuotaLeft(product=product.capitalize(), limit=limit, remaining=remaining)


def _unkeepable() -> ConnectorError:
    return ConnectorError(
        Code.SOURCE_UNREADABLE,
        Advice(
            what="A value cannot be kept exactly",
            why=f"it is no finite number of at most {MOST_DIGITS} digits",
            options=("choose a larger unit for the indicator", "set `decimals` of the indicator lower"),
        ),
    )
