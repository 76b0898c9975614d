"""Drawing of learning logs and reports: what pages say, gathered on one page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from connector.pages import titles
from connector.pages.draft import Draft, Region
from connector.pages.foot import about, compared
from connector.pages.learning_log import Gathered, Log, organisation_log, parts_of, team_log
from connector.pages.log_places import with_parts
from connector.pages.regions import region_of
from connector.pages.report import Period, report
from connector.pages.review_questions import HAND, Asks, questions_of
from connector.pages.standing_log import GATHERED, WHOLE, StandingLog, part_region, standing_log
from connector.pages.studio import Block, Studio, draft_of, studio_of
from connector.pages.views import Addresses, Link
from connector.pages.voices import Voice
from mappings.okr import Strategy, Team
from mappings.team_text import TeamText

_NOWHERE = Addresses(issues={}, pages={}, browse="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The last line of a page of the organisation's."""

    compared: str
    about: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningLog:
    """A team's learning log, or without a team the organisation's.

    Each page that it is gathered from has a region of its own, so that what came from a page that is gone (archived, in
    the trash, forgotten by us) stays there byte for byte. A page that stands has the last word on what is told of it:
    what it does not say any more leaves the log, and so does all of it once only some may read it. What people were
    allowed to read when it was gathered was theirs to learn from; what is hidden now is not to be quoted from now on.
    """

    strategy: Strategy
    team: Team | None = None

    def page(self, gathered: Gathered, addresses: Addresses, today: date, body: TeamText | None = None) -> Draft:
        """The log as it is made, or on its page as that stands. Raises BodyUnreadable."""
        standing, studio = standing_log(body), self._studio
        now = self._said(gathered, addresses)
        names, *parts = self._regions(gathered.in_order(_named(now, standing), standing.named))
        said = {part_region(part.page) for _, part in parts_of(now)}
        blocks: list[Block] = [
            studio.machine("head", "log_head"),
            names,
            *(part for part in parts if part.name in said),
            studio.team(HAND, questions_of((Asks.BY_HAND,), studio.words.language)),
            studio.machine("foot", "strategy_foot", page=_line(studio, addresses, today)),
        ]
        draft = draft_of(self._title, titles.learning_labels(self.team), blocks)
        silent = standing.regions.keys() & set(map(part_region, gathered.pages.values())) - said
        return replace(draft, regions=(*draft.regions, *_emptied(silent), *_theirs(standing)))

    def grown(self, body: TeamText, gathered: Gathered) -> TeamText:
        """Its page with a place for what is new. Raises BodyUnreadable."""
        now = self._said(gathered, _NOWHERE)
        log = gathered.in_order(now, standing_log(body).named)
        return with_parts(body, log, {part.page for _, part in parts_of(now)}, self._regions)

    @property
    def _studio(self) -> Studio:
        return studio_of((self.team or self.strategy).language)

    @property
    def _title(self) -> str:
        name = self.team.name if self.team else self.strategy.organisation
        return titles.learning_title(name, self._studio.words.language)

    def _said(self, gathered: Gathered, addresses: Addresses) -> Log:
        return (team_log if self.team else organisation_log)(gathered, addresses, self._studio.words)

    def _regions(self, log: Log) -> tuple[Region, ...]:
        studio, by_team = self._studio, self.team is None
        return (
            studio.machine(GATHERED, "log_gathered", cycles=log),
            *(
                studio.machine(part_region(part.page), "log_part", cycle=cycle, part=part, by_team=by_team)
                for cycle, part in parts_of(log)
            ),
        )


def _named(now: Log, standing: StandingLog) -> Log:
    """What is to be named as gathered: where people changed that region, nothing comes that has no place there."""
    heading = standing.heading
    if heading is None or heading.untouched:
        return now
    before = {part.page for _, part in parts_of(standing.named)}
    return tuple(
        replace(cycle, parts=parts)
        for cycle in now
        if (parts := tuple(p for p in cycle.parts if p.page in before or part_region(p.page) in standing.regions))
    )


def _emptied(names: Collection[str]) -> Iterator[Region]:
    return (region_of(name, "") for name in sorted(names))


def _theirs(standing: StandingLog) -> Iterator[Region]:
    """An older log that people changed stays as it is, and shows as changed."""
    whole = standing.whole
    if whole is not None and not standing.to_be_taken_apart():
        yield Region(name=WHOLE, inside=whole.inside, digest=whole.digest)


def report_page(
    strategy: Strategy, period: Period, voices: Sequence[Voice], addresses: Addresses, today: date
) -> Draft:
    """The organisation's report of a month or a cycle, in the words of its teams."""
    studio = studio_of(strategy.language)
    page = report(strategy, period, voices, addresses, studio.words)
    blocks: list[Block] = [
        studio.machine("head", "report_head", page=page),
        studio.machine("teams", "report_teams", page=page),
        studio.machine("foot", "strategy_foot", page=_line(studio, addresses, today)),
    ]
    return draft_of(titles.report_title(strategy, page.span), titles.report_labels(), blocks)


def _line(studio: Studio, addresses: Addresses, today: date) -> Line:
    return Line(compared=compared(today, studio.words, first=True), about=about(addresses, studio.words))
