"""A learning log across its years: what once stood in it stays, whatever becomes of reviews, until people remove it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.pages.draft import Merged
from connector.pages.learning_log import Gathered
from connector.pages.log_pages import LearningLog
from connector.pages.regions import end_of, machine_regions, merge, start_of
from connector.pages.standing_log import GATHERED, WHOLE, part_region
from connector.pages.views import Addresses
from connector.pages.voices import Learning, Said, Voice
from mappings.okr import Cycle
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding
from tests.pages.test_learning import ADDRESSES, ALL, GOLDEN, METERS, OURS, QUARTER, THEIRS, TODAY

HARBOUR = replace(METERS, id="harbour", name="Team Harbour")
CYCLES = (
    Cycle(id="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30)),
    QUARTER,
    Cycle(id="2027-Q1", first=date(2027, 1, 1), last=date(2027, 3, 31)),
)
TEAMS = (HARBOUR, METERS, onboarding.TEAM)  # not by name
REVIEWS: Final = [(cycle, team) for cycle in CYCLES for team in TEAMS]
LOG = LearningLog(strategy=onboarding.STRATEGY)
OF_TEAM = LearningLog(strategy=onboarding.STRATEGY, team=onboarding.TEAM)
ORGANISATION = (GOLDEN / "de" / "learning-whole.xml").read_text(encoding="utf-8")  # as they were made
OF_ONE = (GOLDEN / "de" / "learning-team-whole.xml").read_text(encoding="utf-8")  # before each page had a region
NOBODY = replace(ALL, voices=(), by_hand=(), pages={})


def run(log: LearningLog, body: TeamText, gathered: Gathered, addresses: Addresses = ADDRESSES) -> Merged:
    """What one run makes of a page."""
    merged = merge(log.grown(body, gathered), log.page(gathered, addresses, TODAY, body))
    again = merge(log.grown(merged.body, gathered), log.page(gathered, addresses, TODAY, merged.body))
    assert again.body.words == merged.body.words, "a second run writes"
    return merged


def sections(body: TeamText) -> dict[str, str]:
    return {found.name: found.inside for found in machine_regions(body)}


def without(body: TeamText, name: str) -> TeamText:
    found = next(found for found in machine_regions(body) if found.name == name)
    return TeamText(body.words[: start_of(body, found)] + body.words[end_of(body, found) :])


@dataclass(slots=True)
class Wiki:
    """Reviews by place in REVIEWS, the organisation's log, and what a reader may expect of it."""

    says: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    body: TeamText = field(default_factory=lambda: LOG.page(NOBODY, ADDRESSES, TODAY).body)
    told: dict[int, str] = field(default_factory=dict)  # what is to stand in the log
    removed: set[int] = field(default_factory=set)
    by_hand: set[int] = field(default_factory=set)

    def sync(self) -> None:
        before = sections(self.body)
        speaking = [n for n in sorted(self.says) if n not in self.gone | self.hidden]
        refs = {n: f"review/{REVIEWS[n][1].id}/{REVIEWS[n][0].id}" for n in self.says}
        gathered = Gathered(
            voices=tuple((REVIEWS[n][0], _voice(n, refs[n], self.says[n])) for n in speaking if self.says[n]),
            pages={refs[n]: _id(n) for n in self.says if n not in self.gone},
            cycles=CYCLES,
            teams=TEAMS,
        )
        at = {ref: f"https://wiki.example.org/pages/{_id(n)}" for n, ref in refs.items()}
        self.body = run(LOG, self.body, gathered, replace(ADDRESSES, pages=at)).body
        self._expect(speaking)
        self._compare(before)

    def _expect(self, speaking: list[int]) -> None:
        for n in self.says.keys() - self.gone - self.by_hand - self.removed:
            self.told[n] = self.says[n] if n in speaking else ""

    def _compare(self, before: dict[str, str]) -> None:
        after = sections(self.body)
        names = [found.name for found in machine_regions(self.body)]
        assert len(names) == len(set(names))
        for n in range(len(REVIEWS)):
            name = part_region(_id(n))
            told = self.told.get(n, "")
            if n in self.removed or (n not in self.by_hand and name not in before and not told):
                assert name not in after
            elif n in self.by_hand | self.gone:
                assert after.get(name) == before.get(name)
            else:
                assert re.findall("sage[0-9]+", after[name]) == ([told] if told else [])
        there = [n for n in range(len(REVIEWS)) if part_region(_id(n)) in after]
        newest_first = sorted(there, key=lambda n: (-CYCLES.index(REVIEWS[n][0]), TEAMS.index(REVIEWS[n][1])))
        assert [name for name in names if name.startswith("log-")] == [part_region(_id(n)) for n in newest_first]


def _id(n: int) -> str:
    return str(700 + n)


def _voice(n: int, ref: str, said: str) -> Voice:
    return Voice(team=REVIEWS[n][1], ref=ref, said=Said(learnings=(Learning(said=(said,)),)))


def _writes(wiki: Wiki, n: int, word: int) -> None:
    if n not in wiki.gone:
        wiki.says[n] = f"sage{word}" if word else ""


def _section_is_removed(wiki: Wiki, n: int, word: int) -> None:
    if part_region(_id(n)) in sections(wiki.body):
        wiki.body = without(wiki.body, part_region(_id(n)))
        wiki.removed.add(n)


def _section_is_edited(wiki: Wiki, n: int, word: int) -> None:
    if sections(wiki.body).get(part_region(_id(n))):
        inside = sections(wiki.body)[part_region(_id(n))]
        wiki.body = TeamText(wiki.body.words.replace(inside, f"{inside}<p>Dazu {word}.</p>"))
        wiki.by_hand.add(n)


ACTS: dict[str, Callable[[Wiki, int, int], object]] = {
    "writes": _writes,
    "writes again": _writes,
    "is archived": lambda wiki, n, _: wiki.gone.add(n),
    "is restored": lambda wiki, n, _: wiki.gone.discard(n),
    "is for some only": lambda wiki, n, _: wiki.hidden.add(n),
    "is for all": lambda wiki, n, _: wiki.hidden.discard(n),
    "section removed": _section_is_removed,
    "section edited": _section_is_edited,
}
HISTORIES = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from((1, 4, 5, 7)), st.integers(0, 9)),
    min_size=6,
    max_size=16,
)


def play(history: list[tuple[str, int, int]]) -> None:
    wiki = Wiki()
    for act, n, word in history:
        ACTS[act](wiki, n, word)
        wiki.sync()


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(HISTORIES)
def test_whatever_becomes_of_reviews_a_log_keeps_what_it_held_and_holds_nothing_twice(
    history: list[tuple[str, int, int]],
) -> None:
    play(history)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(HISTORIES)
def test_in_four_hundred_histories_it_does(history: list[tuple[str, int, int]]) -> None:
    play(history)


def test_a_quarter_that_is_archived_stays_byte_for_byte_and_the_next_comes_above_it() -> None:
    wiki = Wiki(says={4: "sage1"})
    wiki.sync()
    before = sections(wiki.body)[part_region(_id(4))]
    wiki.gone.add(4)
    wiki.says[7] = "sage2"
    wiki.sync()
    after = sections(wiki.body)
    assert after[part_region(_id(4))] == before
    assert list(after).index(part_region(_id(7))) < list(after).index(part_region(_id(4)))
    assert [line for line in after[GATHERED].split("\n") if "Team Metering" in line] == [
        '<li><p>Q1 2027: <a href="https://wiki.example.org/pages/707">Team Metering</a></p></li>',
        '<li><p>Q4 2026: <a href="https://wiki.example.org/pages/704">Team Metering</a></p></li>',
    ]


def test_what_only_some_may_read_by_now_leaves_the_log_and_comes_back_to_its_place() -> None:
    wiki = Wiki(says={3: "sage1", 4: "sage2", 5: "sage3"})
    wiki.sync()
    before = sections(wiki.body)
    wiki.hidden.add(4)
    wiki.sync()
    assert "sage2" not in wiki.body.words
    wiki.hidden.clear()
    wiki.sync()
    assert sections(wiki.body) == before


def test_a_section_that_people_removed_stays_away_and_one_that_they_edited_stays_theirs() -> None:
    wiki = Wiki(says={3: "sage1", 4: "sage2"})
    wiki.sync()
    _section_is_removed(wiki, 3, 0)
    _section_is_edited(wiki, 4, 0)
    wiki.says = {3: "sage5", 4: "sage6", 5: "sage7"}
    wiki.sync()
    wiki.gone.update((3, 4))
    wiki.sync()
    assert re.findall("sage[0-9]", wiki.body.words) == ["sage2", "sage7"]


def test_behind_names_that_people_changed_nothing_is_put_and_restoring_them_takes_nothing_for_removed() -> None:
    wiki = Wiki(says={4: "sage1"})
    wiki.sync()
    body = TeamText(wiki.body.words.replace("Hier zusammengekommen", "Hier ist alles zusammengekommen"))
    gathered = replace(ALL, cycles=CYCLES, teams=TEAMS)
    merged = merge(LOG.grown(body, gathered), LOG.page(gathered, ADDRESSES, TODAY, body))
    assert merged.drifted == (GATHERED,)
    assert sections(merged.body).keys() == sections(body).keys()
    restored = merge(LOG.grown(body, gathered), LOG.page(gathered, ADDRESSES, TODAY, body), restore=True).body
    grown = run(LOG, restored, gathered).body
    assert {part_region(page) for page in ("21", "22", "26", "704")} <= sections(grown).keys()


def test_an_older_log_is_taken_apart_without_a_word_lost_or_doubled_though_all_its_reviews_are_gone() -> None:
    for log, text, parts in ((LOG, ORGANISATION, ("21", "22", "26")), (OF_TEAM, OF_ONE, ("21",))):
        merged = run(log, TeamText(text), NOBODY)
        assert merged.drifted == ()
        after = sections(merged.body)
        assert [name for name in after if name.startswith("log-")] == [part_region(page) for page in parts]
        assert WHOLE not in after
        assert said(merged.body) == said(TeamText(text))


def test_an_older_log_looks_as_a_new_one_once_its_reviews_are_read() -> None:
    ours = replace(ALL, voices=((QUARTER, OURS),), by_hand=())
    for log, text, gathered in ((LOG, ORGANISATION, ALL), (OF_TEAM, OF_ONE, ours)):
        made = sections(log.page(gathered, ADDRESSES, TODAY).body)
        assert sections(run(log, TeamText(text), gathered).body) == made
        assert sections(run(log, run(log, TeamText(text), NOBODY).body, gathered).body) == made


def test_an_older_log_that_people_changed_or_commented_on_is_theirs_and_what_is_new_comes_above_it() -> None:
    marked = '<ac:inline-comment-marker ac:ref="c1">E-Mail</ac:inline-comment-marker>'
    later = Voice(team=METERS, ref="review/metering/2027-q1", said=THEIRS.said)
    gathered = replace(
        ALL, voices=(*ALL.voices, (CYCLES[2], later)), pages={**ALL.pages, later.ref: "30"}, cycles=CYCLES, teams=TEAMS
    )
    for old, new, drifted in (("Ask twice", "Ask three times", (WHOLE,)), ("E-Mail", marked, ())):
        body = TeamText(ORGANISATION.replace(old, new, 1))
        merged = run(LOG, body, gathered)
        assert merged.drifted == drifted
        after = sections(merged.body)
        assert after[WHOLE] == sections(body)[WHOLE]
        assert [name for name in after if name.startswith("log")] == [part_region("30"), WHOLE]
        restored = merge(merged.body, LOG.page(gathered, ADDRESSES, TODAY, merged.body), restore=True)
        assert restored.body.words == merged.body.words


def test_a_page_without_the_names_of_what_was_gathered_is_left_to_people() -> None:
    body = without(LOG.page(ALL, ADDRESSES, TODAY).body, GATHERED)
    later = Voice(team=METERS, ref="review/metering/2027-q1", said=THEIRS.said)
    gathered = replace(ALL, voices=((CYCLES[2], later),), pages={later.ref: "30"}, cycles=CYCLES)
    assert run(LOG, body, gathered).body.words == body.words


def test_what_a_team_or_its_book_is_called_by_then_moves_nothing_twice() -> None:
    """Another language, other names, and a cycle and a team that left the book."""
    body = LOG.page(ALL, ADDRESSES, TODAY).body
    renamed = replace(OURS, team=replace(onboarding.TEAM, name="Team Ankommen"))
    gathered = replace(ALL, voices=((QUARTER, renamed),), pages={OURS.ref: "21"}, cycles=(), teams=())
    english = LearningLog(strategy=crossing.STRATEGY)
    after = sections(run(english, body, gathered).body)
    assert [name for name in after if name.startswith("log-")] == [part_region(page) for page in ("21", "22", "26")]
    names = [re.sub("<[^>]*>", "", line) for line in after[GATHERED].split("\n") if "<li>" in line]
    assert names == ["Q4 2026: Team Ankommen · Team Metering", "Von Hand dazugekommen: Team Metering"]


def said(body: TeamText) -> list[str]:
    """Every learning and question, with what belongs to it, in the order of the page."""
    listed = "".join(inside for name, inside in sections(body).items() if name != GATHERED)
    return re.findall(r"<li>(.*?)</li>", listed)
