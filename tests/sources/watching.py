"""A team with one indicator, and the pieces around it that sources need."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from connector.errors import Advice, Code, ConnectorError, PermanentError, SiteUnreachable
from connector.sources.watched import Watched
from mappings.indicators import Indicator, IndicatorKind, Reading, Source
from mappings.okr import Cycle, Hypothesis, KeyResult, Language, Objective, Team

BERLIN = ZoneInfo("Europe/Berlin")
AUTUMN = Cycle(id="2026-Q4", first=date(2026, 10, 1), last=date(2026, 12, 31))
WINTER = Cycle(id="2027-Q1", first=date(2027, 1, 1), last=date(2027, 3, 31))
CYCLES = (AUTUMN, WINTER)
TUESDAY = date(2026, 11, 24)


def indicator(source: Source, *, name: str = "calls", decimals: int = 1) -> Indicator:
    return Indicator(id=name, name=name, kind=IndicatorKind.LEADING, decimals=decimals, source=source)


def team(
    *indicators: Indicator, name: str = "onboarding", cycles: Iterable[str] = ("2026-Q4",), zone: ZoneInfo = BERLIN
) -> Team:
    key_result = KeyResult(id="kr", hypothesis=Hypothesis(who="They", does="call us"), indicators=indicators)
    return Team(
        id=name,
        name=name,
        size=5,
        language=Language.DE,
        timezone=zone,
        delivery=("ONB",),
        jira=None,
        space="ONB",
        objectives=tuple(Objective(id="o", cycle=c, title="Fewer calls", key_results=(key_result,)) for c in cycles),
    )


def watching(source: Source, today: date = TUESDAY, *, zone: ZoneInfo = BERLIN, decimals: int = 1) -> Watched:
    one = indicator(source, decimals=decimals)
    return Watched(team=team(one, zone=zone), indicator=one, today=today, cycles=(AUTUMN,))


def failure(*, passes: bool = False) -> ConnectorError:
    advice = Advice(what="it did not work", options=("try this", "try that"))
    return (SiteUnreachable if passes else PermanentError)(Code.SITE_UNREACHABLE, advice)


@dataclass(slots=True)
class FakeMetrics:
    """Answers by address; an error is raised."""

    answers: dict[str, Decimal | ConnectorError | None] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def value(self, url: str, pointer: str) -> Decimal | None:
        self.asked.append((url, pointer))
        answer = self.answers[url]
        if isinstance(answer, ConnectorError):
            raise answer
        return answer


def reading(on: date, value: str | None, name: str = "onboarding/calls") -> Reading:
    return Reading(indicator=name, on=on, value=None if value is None else Decimal(value))
