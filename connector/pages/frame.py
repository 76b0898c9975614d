"""What leadership gives: purpose, vision, Moal and frame, on the strategy page and on top of every planning."""

from dataclasses import dataclass
from datetime import date

from connector.pages.foot import about
from connector.pages.form_fields import HEADS, Field, Sheet, head
from connector.pages.language import Words, sentence, sentences
from connector.pages.refs import home_ref
from connector.pages.views import Addresses, Link
from mappings.okr import Moal, Strategy, Team

_DECEMBER = 12
_LINE = 160  # characters that can be read at a glance
_ENDS = (".", "!", "?", ":", "…", "–")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One row of the frame."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyRow:
    """A question to leadership and what its page begins with beside it: paragraphs, none for an empty answer."""

    question: str
    answer: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyPart:
    """A whole strategy page."""

    purpose: str
    vision: str
    moal_name: str
    moal: str
    picture: tuple[str, ...]  # paragraphs
    frame: tuple[str, ...]
    elsewhere: tuple[Link, ...]  # teams whose plannings stand in other spaces
    about: Link


def frame_rows(strategy: Strategy, words: Words) -> tuple[FrameRow, ...]:
    """The frame as rows; what leadership has not written is left out."""
    rows = (
        (words.say("Purpose"), sentence(strategy.purpose)),
        (words.say("Vision"), sentence(strategy.vision)),
        (_moal_name(strategy.moal, words), moal_line(strategy.moal)),
        (words.say("What we as leadership make possible"), sentences(strategy.frame)),
    )
    return tuple(FrameRow(name=name, text=text) for name, text in rows if text)


def strategy_part(strategy: Strategy, teams: tuple[Team, ...], addresses: Addresses, words: Words) -> StrategyPart:
    """The strategy page; plannings below it are listed by Confluence itself, those in other spaces by us."""
    moal = strategy.moal
    return StrategyPart(
        purpose=sentence(strategy.purpose),
        vision=sentence(strategy.vision),
        moal_name=_moal_name(moal, words),
        moal=sentence(moal.title) if moal else "",
        picture=_paragraphs(moal.picture) if moal else (),
        frame=tuple(sentence(text) for text in strategy.frame if text.strip()),
        elsewhere=_elsewhere(strategy, teams, addresses),
        about=about(addresses, words),
    )


def strategy_rows(strategy: Strategy, words: Words) -> tuple[StrategyRow, ...]:
    """The table that leadership fills, begun with what the file says."""
    moal = strategy.moal
    answers = {
        Field.PURPOSE: (strategy.purpose,),
        Field.VISION: (strategy.vision,),
        Field.MOAL: (moal.title if moal else "",),
        Field.PICTURE: _paragraphs(moal.picture) if moal else (),
        Field.UNTIL: (_until(moal.until, words) if moal else "",),
        Field.FRAME: strategy.frame,
    }
    return tuple(
        StrategyRow(
            question=head(Sheet.STRATEGY, field, words.language),
            answer=tuple((Link(text),) for text in answers[field] if text.strip()),
        )
        for field in HEADS[Sheet.STRATEGY]
    )


def _until(written: str, words: Words) -> str:
    try:
        return words.month(date.fromisoformat(f"{written}-01"))
    except ValueError:
        return written


def moal_line(moal: Moal | None) -> str:
    """The Moal in one line: title and picture together where the picture is short, else the title alone."""
    if moal is None:
        return ""
    title, picture = moal.title.strip(), _paragraphs(moal.picture)
    if len(picture) != 1 or len(picture[0]) > _LINE:
        return sentence(title)
    return sentence(f"{title}{' ' if title.endswith(_ENDS) else ': '}{picture[0]}")


def _moal_name(moal: Moal | None, words: Words) -> str:
    if moal is None or not moal.until:
        return words.say("Moal")
    try:
        end = date.fromisoformat(f"{moal.until}-01")
    except ValueError:
        return words.say("Moal, until {until}", until=moal.until)
    if end.month == _DECEMBER:
        return words.say("Moal, until the end of {year}", year=end.year)
    return words.say("Moal, until {until}", until=words.month(end))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def _elsewhere(strategy: Strategy, teams: tuple[Team, ...], addresses: Addresses) -> tuple[Link, ...]:
    """To the page above a team's plannings, which stays while the plannings come and go."""
    others = (team for team in teams if team.space != strategy.space)
    return tuple(Link(team.name, addresses.page(home_ref(team.space))) for team in others)
