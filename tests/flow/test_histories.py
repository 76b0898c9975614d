"""Histories of fifty events: told in order, or doubled, in any order and half of them not at all, they end the same.

Two sites live through the same history. At one every event rings at once and is served in turn; at the other they come
as they like, and in the end everybody is looked at once, as every night.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from connector.demo.story import ENGLISH, GERMAN, Voice
from connector.pages.canonical import digest
from connector.rings import Cause
from connector.sandbox.sender import Delivery
from connector.sync.refs import ORGANISATION
from mappings.calendar import IsoWeek
from mappings.team_text import TeamText
from tests.flow.house import House, house
from tests.flow.stand import START, scene
from tests.flow.state import State, state
from tests.flow.stories import KEY_RESULT, OBJECTIVE, PLANNING, page_is_renamed, paragraph_is_added

EVENTS = 50
HISTORIES = 10  # on one pair of sites, one after the other
EPICS = ("ONB-12", "ONB-33", "ONB-40", "ONB-27", "MET-3", "MET-7", "MET-11", "MET-15", "MET-21")
STORY = "ONB-13"
STATUSES = ("To Do", "In Progress", "Done")
LABELS = {"MET-3": "okr-photo-share", "MET-7": "okr-photo-share", "MET-11": "okr-photo-share"}
PUSHED = ("onboarding/setup-rate", "metering/photo-share")
VOICES = {"onboarding": GERMAN, "metering": ENGLISH}
WEEK = IsoWeek.of(START.date())

_REF = re.compile(r"<([a-z0-9-]+/[a-z0-9/-]+)>")  # in place of a key
# Who hears of a completed epic after the day of the check-in says so; told late, it is heard late.
_MEANWHILE = re.compile(r"Inzwischen ist (\S+) abgeschlossen\.|Meanwhile (\S+) is completed\.")

Act = Callable[[House], None]


def acts(dice: Random) -> Iterator[Act]:
    """What people do, the same at every site; of few kinds, since any later ring makes up for a lost one."""
    kinds = dice.sample(KINDS, dice.randrange(1, 5))
    return (dice.choice(kinds)(dice) for _ in range(EVENTS))


def an_epic_moves(dice: Random) -> Act:
    key, status = dice.choice(EPICS), dice.choice(STATUSES)
    return lambda at: at.scene.site.jira.set_status(key, status)


def a_story_moves(dice: Random) -> Act:
    status = dice.choice(STATUSES)
    return lambda at: at.scene.site.jira.set_status(STORY, status)


def a_label_comes_or_goes(dice: Random) -> Act:
    key = dice.choice(tuple(LABELS))
    labels = dice.choice(([], [LABELS[key]], ["sonstiges", LABELS[key]]))
    return lambda at: at.scene.site.jira.edit_issue(key, labels=labels)


def an_epic_is_made(dice: Random) -> Act:
    label = dice.choice((("okr-photo-share",), ("sonstiges",), ()))
    return lambda at: _done(at.scene.site.jira.add_issue(project="MET", summary="Noch ein Versuch", labels=label))


def an_epic_is_commented(dice: Random) -> Act:
    key = dice.choice(EPICS)
    return lambda at: at.scene.site.jira.comment_on(key)


def an_issue_of_ours_is_edited(dice: Random) -> Act:
    ref, summary = dice.choice((KEY_RESULT, OBJECTIVE)), dice.choice(("Einrichtung klappt", "Es klappt"))
    return lambda at: at.scene.site.jira.edit_issue(at.scene.issue_key(ref), summary=summary)


def a_reading_is_pushed(dice: Random) -> Act:
    """The value hangs on the day: a day has one, whoever sends it and how often."""
    indicator, back = dice.choice(PUSHED), dice.randrange(50)
    day = START.date() - timedelta(days=back)
    return lambda at: at.pushes(indicator, day, f"{30 + back % 13}.5")


def a_page_is_edited(dice: Random) -> Act:
    ref = dice.choice((PLANNING, *(f"check-in/{team}/{WEEK}" for team in VOICES)))
    words, below = f"Nachtrag {dice.randrange(10**6)}", dice.random() < 0.5
    return lambda at: paragraph_is_added(at.scene, ref, words, at_end=below)


def an_answer_is_typed(dice: Random) -> Act:
    team = dice.choice(tuple(VOICES))
    region, question, answer = dice.choice(tuple(_answers(VOICES[team], dice)))
    page = f"check-in/{team}/{WEEK}"
    return lambda at: _done(at.scene.site.confluence.type_into_cell(at.scene.page_id(page), region, question, answer))


def _answers(voice: Voice, dice: Random) -> Iterator[tuple[str, str, str]]:
    yield voice.first, voice.each[0], f"Wir haben {dice.randrange(100)} Haushalte gesehen."
    yield voice.first, voice.each[2], str(dice.randrange(1, 11))
    yield voice.second, voice.each[0], f"Es waren {dice.randrange(100)}."
    yield voice.second, voice.number, f"{dice.randrange(6)}"
    yield "okr-t-together", voice.together[1], f"Versuch {dice.randrange(100)}"


def a_page_is_renamed(dice: Random) -> Act:
    title = f"Unser Planning {dice.randrange(9)}"
    return lambda at: page_is_renamed(at.scene, PLANNING, title)


KINDS = (
    *(an_epic_moves,) * 4,
    *(an_answer_is_typed,) * 3,
    *(a_reading_is_pushed,) * 2,
    *(a_page_is_edited,) * 2,
    a_label_comes_or_goes,
    an_epic_is_made,
    an_epic_is_commented,
    an_issue_of_ours_is_edited,
    a_story_moves,
    a_page_is_renamed,
)


def _done(_result: object) -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Pair:
    """A site that is told everything in turn, and one that is told what the dice say."""

    calm: House
    wild: House

    def lives_through(self, dice: Random) -> None:
        """On the average half of the events are lost."""
        lost = dice.choice((0.1, 0.5, 0.9))
        for act in acts(dice):
            minutes = dice.choice((0, 0, 1, 3))
            for at in (self.calm, self.wild):
                act(at)
                at.scene.minutes_pass(minutes)
            self.calm.takes_post()
            if dice.random() < 0.06:
                self.calm.works()
            if dice.random() < 0.06:
                self._tells_some(dice, lost)
                self.wild.works()
        self.calm.takes_post()
        self._tells_some(dice, lost)
        self.wild.delivers([letter for letter in self.wild.letters.letters if lasting(letter)])  # its sender insists
        self.wild.letters.letters = []
        self.wild.store.ring_ledger.ring([ORGANISATION], Cause.SLOT, self.wild.scene.site.clock.now())

    def _tells_some(self, dice: Random, lost: float) -> None:
        """The others are told in any order, some twice, some later."""
        waiting, self.wild.letters.letters = self.wild.letters.letters, []
        dice.shuffle(waiting)
        for letter in waiting:
            late, gone = dice.random() < 0.2, dice.random() < lost
            if late or (gone and lasting(letter)):
                self.wild.letters.letters.append(letter)
            elif not gone:
                self.wild.delivers([letter] * dice.choice((1, 1, 2)))

    def settles(self) -> None:
        """Nobody does anything for as long as a page wants to be left alone."""
        for at in (self.calm, self.wild):
            for _ in range(3):
                at.works()
                at.scene.minutes_pass(31)
                at.takes_post()
            at.works()
            assert at.store.ring_ledger.rings() == ()


def lasting(letter: Delivery) -> bool:
    """A reading is told until it is taken: it is the only thing that an event brings along."""
    return "/readings/" in letter.url


def seen(at: House) -> State:
    """What people see of the site; pictures that were on a page in between lie there unseen."""
    there = state(at.scene.site)
    for page in there.pages.values():
        page["files"] = [name for name in page["files"] if name in page["body"]]
        body = _MEANWHILE.sub(_heard_in_time, _REF.sub(r"[\1]", page["body"]))
        page["body"] = digest(TeamText(body))  # an editor's markup or ours, whoever saved last
    return there


def _heard_in_time(match: "re.Match[str]") -> str:
    return f"{match[1]} ist abgeschlossen." if match[1] else f"{match[2]} is completed."


def histories(folder: Path, seed: int, count: int) -> None:
    with ExitStack() as stack:
        houses = []
        for name in ("calm", "wild"):
            (folder / name).mkdir(parents=True)
            on = stack.enter_context(scene(f"sqlite:///{folder / name / 'okr.db'}", folder / name))
            on.sync()
            houses.append(stack.enter_context(house(on)))
        pair = Pair(calm=houses[0], wild=houses[1])
        for number in range(count):
            pair.lives_through(Random(f"{seed}-{number}"))
            pair.settles()
            assert seen(pair.wild) == seen(pair.calm), f"seed {seed}-{number}"


def test_histories_end_the_same_however_they_are_told(tmp_path: Path) -> None:
    histories(tmp_path, 0, 4)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(1, 201))
def test_two_thousand_histories_end_the_same(tmp_path: Path, seed: int) -> None:
    histories(tmp_path, seed, HISTORIES)
