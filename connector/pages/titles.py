"""What pages are called and which labels they bear; both are found again."""

import re

from connector.pages.language import words_of
from mappings import labels
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Language, Strategy, Team

_QUARTER = re.compile(r"(\d{4})-(Q[1-4])\Z", re.IGNORECASE)


def cycle_label(cycle: Cycle) -> str:
    """`Q4 2026` for the cycle `2026-Q4`; any other id as it is written."""
    quarter = _QUARTER.match(cycle.id)
    return f"{quarter[2].upper()} {quarter[1]}" if quarter else cycle.id


def check_in_title(team: Team, week: IsoWeek, language: Language) -> str:
    """`OKR-Check-in · Team Onboarding · KW 48/2026`."""
    number = f"{week.week:02d}/{week.year}"
    return words_of(language).say("OKR check-in · {team} · week {week}", team=team.name, week=number)


def planning_title(team: Team, cycle: Cycle, language: Language) -> str:
    """`OKR-Planning · Team Onboarding · Q4 2026`."""
    return words_of(language).say("OKR planning · {team} · {cycle}", team=team.name, cycle=cycle_label(cycle))


def review_title(team: Team, cycle: Cycle, language: Language) -> str:
    """`OKR-Review · Team Onboarding · Q4 2026`."""
    return words_of(language).say("OKR review · {team} · {cycle}", team=team.name, cycle=cycle_label(cycle))


def retrospective_title(team: Team, cycle: Cycle, language: Language) -> str:
    """`OKR-Retrospektive · Team Onboarding · Q4 2026`."""
    return words_of(language).say("OKR retrospective · {team} · {cycle}", team=team.name, cycle=cycle_label(cycle))


def learning_title(name: str, language: Language) -> str:
    """`Lernlog · Team Onboarding`, or of the organisation."""
    return words_of(language).say("Learning log · {name}", name=name)


def report_title(strategy: Strategy, span: str) -> str:
    """`OKR-Bericht · Nordlicht Energie · November 2026`, or of a cycle."""
    words = words_of(strategy.language)
    return words.say("OKR report · {organisation} · {span}", organisation=strategy.organisation, span=span)


def strategy_title(strategy: Strategy) -> str:
    """`OKR-Strategie · Nordlicht Energie`."""
    words = words_of(strategy.language)
    return words.say("OKR strategy · {organisation}", organisation=strategy.organisation)


def record_title(strategy: Strategy) -> str:
    """`OKR-Datenfluss · Nordlicht Energie`."""
    words = words_of(strategy.language)
    return words.say("OKR data flow · {organisation}", organisation=strategy.organisation)


def check_in_labels(team: Team, cycle: Cycle) -> tuple[str, ...]:
    """The labels of a check-in page, lower case."""
    return ("okr", "okr-check-in", labels.team_label(team.id), labels.cycle_label(cycle.id))


def planning_labels(team: Team, cycle: Cycle) -> tuple[str, ...]:
    """The labels of a planning page, lower case."""
    return ("okr", "okr-planning", labels.team_label(team.id), labels.cycle_label(cycle.id))


def review_labels(team: Team, cycle: Cycle) -> tuple[str, ...]:
    """The labels of a review page, lower case."""
    return ("okr", "okr-review", labels.team_label(team.id), labels.cycle_label(cycle.id))


def retrospective_labels(team: Team, cycle: Cycle) -> tuple[str, ...]:
    """The labels of a team's page about its working together."""
    return ("okr", "okr-retrospective", labels.team_label(team.id), labels.cycle_label(cycle.id))


def learning_labels(team: Team | None) -> tuple[str, ...]:
    """The labels of a learning log, of a team's or of the organisation's."""
    return ("okr", "okr-learning", *((labels.team_label(team.id),) if team else ()))


def report_labels() -> tuple[str, ...]:
    """The labels of a report."""
    return ("okr", "okr-report")


def strategy_labels() -> tuple[str, ...]:
    """The labels of the strategy page, lower case."""
    return ("okr", "okr-strategy")


def record_labels() -> tuple[str, ...]:
    """The labels of the page that says what is read here."""
    return ("okr", "okr-data-flow")


def home_labels() -> tuple[str, ...]:
    """The labels of the page under which everything of a space stands."""
    return ("okr",)
