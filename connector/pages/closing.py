"""What stands on top of a planning page once its cycle is over: what was learned, and where it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from connector.pages.language import Words
from connector.pages.learnings import learned, state_of
from connector.pages.refs import learning_ref, review_ref
from connector.pages.views import Addresses, Link
from connector.pages.voices import Voice
from mappings.okr import Cycle, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The top of a closed page."""

    learnings: tuple[str, ...]
    links: tuple[Link, ...]


def closing(team: Team, cycle: Cycle, voices: Sequence[Voice], addresses: Addresses, words: Words) -> Closing:
    """What a team's own reviews of the cycle say."""
    links = (
        Link(words.say("Review"), addresses.page(review_ref(team, cycle))),
        Link(words.say("Learning log"), addresses.page(learning_ref(team))),
    )
    told = []
    for learning in (each for voice in voices for each in voice.said.learnings):
        state = state_of(learning, words)
        told.append(f"{learned(learning, words)} ({state})" if state else learned(learning, words))
    return Closing(learnings=tuple(told), links=tuple(link for link in links if link.href))
