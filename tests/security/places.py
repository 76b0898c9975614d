"""Every place of the pages that holds words of a book, of a team or of leadership, filled with words of our choice."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from lxml import etree

from connector.pages.closing import closing
from connector.pages.language import words_of
from connector.pages.learning_log import Gathered
from connector.pages.learnings import carried_over
from connector.pages.log_pages import LearningLog, report_page
from connector.pages.markup import parse
from connector.pages.orientation import Told
from connector.pages.paper import Grid, Paper, Section
from connector.pages.regions import merge
from connector.pages.render import Pages
from connector.pages.report import Period
from connector.pages.review_pages import closed_planning, retrospective_page, review_page
from connector.pages.strategy_page import strategy_page, with_new_needs
from connector.pages.views import Addresses, LastTime, TeamView
from connector.pages.voices import Learning, Need, Said, Voice
from connector.sandbox.storage_format import parse as stored
from connector.sandbox.team_cells import fields, filled
from mappings.calendar import IsoWeek
from mappings.epics import EpicSelector
from mappings.okr import HypothesisState, Language, Moal, OkrSource, Rethink, Strategy
from mappings.team_text import TeamText
from tests.pages import team_onboarding as model

Shape = list[tuple[str, tuple[str, ...]]]
PAGES = Pages()
DAY, WEEK, QUARTER = date(2026, 11, 24), model.WEEK, model.QUARTER
REF = "review/onboarding/2026-q4"


def shape(root: etree._Element) -> Shape:
    """Elements with the names of their attributes, in order: all that is not words."""
    return [(str(node.tag), tuple(sorted(map(str, node.attrib)))) for node in root.iter()]


def macros(root: etree._Element) -> Shape:
    """The macros by their names."""
    named = (node.attrib for node in root.iter() if str(node.tag).endswith("structured-macro"))
    return [(value, ("macro",)) for attributes in named for key, value in attributes.items() if key.endswith("}name")]


def built(body: str) -> Shape:
    """What a page is made of, macros with their names."""
    root = parse(body)
    return [*shape(root), *macros(root)]


def strategy_of(text: str) -> Strategy:
    """The strategy of the model pages, all of its words replaced."""
    return replace(
        model.STRATEGY,
        organisation=text,
        purpose=text,
        vision=text,
        moal=Moal(title=text, picture=text, until=text),
        frame=(text, "Ruhe."),
    )


def view_of(text: str) -> TeamView:
    """The team of the model pages, with these words in every place that holds some."""
    epics = EpicSelector(keys=(("ONB-12", text), ("ONB-33", "Hinweis")))
    share, calls, cancelled = model.SETUP.indicators
    guessed = replace(
        model.SETUP.hypothesis,
        **dict.fromkeys(("who", "does", "start", "goal", "because"), text),
        rethink=Rethink(condition=text, day=date(2026, 11, 20)),
    )
    setup = replace(
        model.SETUP,
        name=text,
        hypothesis=guessed,
        indicators=(replace(share, name=text, unit=text, epics=epics), calls, replace(cancelled, name=text, unit=text)),
    )
    objective = replace(
        model.FIRST_WEEK,
        title=text,
        contributes_to=("moal", text),
        **dict.fromkeys(("not_doing", "unknowns", "depends_on"), (text,)),
        key_results=(setup, model.GUIDE),
    )
    first, *others = model.EVIDENCE[share.id]
    return replace(
        model.VIEW,
        strategy=strategy_of(text),
        team=replace(model.TEAM, name=text, space=text, objectives=(objective, replace(objective, id="zweite-woche"))),
        evidence={**model.EVIDENCE, share.id: (replace(first, name=text), *others)},
    )


def voice_of(text: str) -> Voice:
    """What the team's review says, as far as other pages repeat it."""
    learning = Learning(
        assumption=text,
        said=(text, text),
        state=HypothesisState.SUPPORTED,
        onward=text,
        where=text,
        keywords=(text,),
    )
    said = Said(
        learnings=(learning, replace(learning, said=(text,))),
        questions=(text,),
        open_questions=(text,),
        sentences=(text,),
        needs=(Need(to=text, said=(text, text)),),
    )
    return Voice(team=view_of(text).team, ref=REF, said=said)


def addresses_of(text: str) -> Addresses:
    """Addresses that end in these words."""
    pages = ("strategy", "learnings", "learning/onboarding", "planning/onboarding/2026-q4", REF)
    at = {ref: f"https://wiki.example.org/{place}/{text}" for place, ref in enumerate(pages)}
    return replace(model.ADDRESSES, pages={**model.ADDRESSES.pages, **at}, about=f"https://okr.example.org/{text}")


def paper_of(text: str) -> Paper:
    grid = Grid(name=text, heads=(text, text), rows=((text, text),))
    section = Section(name="flow", title=text, paragraphs=(text,), grids=(grid,))
    return Paper(language=Language.DE, title=text, lead=(text,), sections=(section,))


def _strategy(text: str) -> Iterator[str]:
    voice, at = voice_of(text), addresses_of(text)
    strategy, quiet = strategy_of(text), replace(voice, said=Said())
    told = Told(
        needs=((voice, WEEK),),
        withdrawn=((voice, IsoWeek(2026, 47)),),
        asking=(voice,),
        teams=(voice.team,),
        cycles={QUARTER.id: QUARTER},
    )
    yield PAGES.home(strategy, Language.DE).body.words
    yield strategy_page(strategy, at, (voice.team,), told).body.words
    bare = strategy_page(replace(strategy, source=OkrSource.CONFLUENCE), at, (replace(quiet.team, space="ELSE"),))
    yield bare.body.words
    yield with_new_needs(bare.body, strategy, at, told).words
    yield PAGES.record(strategy, paper_of(text)).body.words


def _planning(text: str) -> Iterator[str]:
    view, at, voice = view_of(text), addresses_of(text), voice_of(text)
    words = words_of(Language.DE)
    learnings = carried_over((voice,), (replace(voice, team=replace(voice.team, id="other")),), "Q4 2026", words)
    over = closing(view.team, QUARTER, (voice,), at, words)
    yield PAGES.planning(view, at, learnings, over).body.words
    yield closed_planning(view.team, QUARTER, (voice,), at).body.words


def _last(text: str) -> LastTime:
    said = TeamText(text)
    return LastTime(week=IsoWeek(2026, 47), tried=said, needed=said, answered=said)


def _check_in(text: str) -> Iterator[str]:
    yield PAGES.check_in(view_of(text), WEEK, addresses_of(text), _last(text)).body.words


def _ending(text: str) -> Iterator[str]:
    view, at, voice = view_of(text), addresses_of(text), voice_of(text)
    yield review_page(view, DAY, at).body.words
    yield retrospective_page(view.team, QUARTER).body.words
    for month in (None, date(2026, 12, 1)):
        yield report_page(view.strategy, Period(cycle=QUARTER, month=month), (voice,), at, DAY).body.words


def _logs(text: str) -> Iterator[str]:
    """Made, and once the review is gone: then the names are taken from the page as it stands."""
    view, voice = view_of(text), voice_of(text)
    at = replace(model.ADDRESSES, pages={REF: "https://wiki.example.org/pages/21"})
    cycle = replace(QUARTER, id=text)
    gathered = Gathered(
        voices=((cycle, voice),),
        by_hand=(replace(voice, ref="learning/onboarding"),),
        pages={REF: "21", "learning/onboarding": "24"},
        cycles=(cycle,),
        teams=(view.team,),
    )
    for log in (LearningLog(strategy=view.strategy, team=view.team), LearningLog(strategy=view.strategy)):
        made = log.page(gathered, at, DAY).body
        yield made.words
        gone = replace(gathered, voices=(), by_hand=(), pages={})
        yield merge(log.grown(made, gone), log.page(gone, at, DAY, made)).body.words


ROOMS: Sequence[Callable[[str], Iterator[str]]] = (_strategy, _planning, _check_in, _ending, _logs)


def bodies(text: str) -> Iterator[str]:
    """Every page that is not a form, in storage format, each with these words in all of its places."""
    for room in ROOMS:
        yield from room(text)


def asking(text: str) -> Iterator[str]:
    """The pages that ask about words, so that what stands on them depends on these words.

    The planning page that a team fills in; a check-in with the same words in all of its cells, and the one after it.
    """
    view, at, last = replace(view_of(text), readings={}), addresses_of(text), _last(text)
    yield PAGES.planning_form(view, at, learnings=(text,)).body.words
    made = PAGES.check_in(view, WEEK, at, last).body.words
    written = TeamText(filled(made, dict.fromkeys((name for name, _ in fields(stored(made))), text)))
    yield PAGES.check_in(view, WEEK, at, last, written).body.words
    yield PAGES.check_in(view, WEEK, at, replace(last, page=written)).body.words


@cache
def of_asking() -> frozenset[tuple[str, tuple[str, ...]]]:
    """What those pages are made of, with questions about every cell and with none."""
    plain = ("x", "?", "Wir liefern die App aus", "0", "-", "x " * 200)
    return frozenset(part for word in plain for body in asking(word) for part in built(body))
