"""Figures of metric endpoints: today's, asked for until there is one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import urlsplit

from connector.errors import ConnectorError, TemporaryError
from connector.ports import Metrics
from connector.sources.watched import Outcome, Watched
from mappings.indicators import Reading


@dataclass(slots=True, kw_only=True)
class DailyFigures:
    """The asking of one run; a host that does not answer is asked no more in it."""

    metrics: Metrics
    _resting: dict[str, TemporaryError] = field(default_factory=dict)  # by host

    def outcomes(self, indicators: Iterable[Watched]) -> Iterator[Outcome]:
        """A reading of today for each indicator, or a complaint."""
        for indicator in indicators:
            try:
                value = self._value(indicator)
            except ConnectorError as error:
                advice = replace(error.advice, where=indicator.ref)
                yield indicator.complaint(advice, passes=isinstance(error, TemporaryError))
                continue
            kept = None if value is None else indicator.indicator.quantised(value)
            yield Reading(indicator=indicator.ref, on=indicator.today, value=kept)

    def _value(self, indicator: Watched) -> Decimal | None:
        source = indicator.indicator.source
        url, pointer = source.url or "", source.pointer or ""
        host = urlsplit(url).netloc.casefold()
        if host in self._resting:
            raise self._resting[host]
        try:
            return self.metrics.value(url, pointer)
        except TemporaryError as error:
            self._resting[host] = error
            raise
