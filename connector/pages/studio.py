"""One language's templates, and how blocks become a page: machine regions, team regions, and what stands between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from connector.pages.canonical import well_formed
from connector.pages.draft import Draft, Region
from connector.pages.language import words_of
from connector.pages.questions import STATES
from connector.pages.regions import machine_region, region_of, team_region
from mappings.okr import HypothesisState, Language
from mappings.team_text import TeamText

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMPTY_LINES = re.compile(r"\n\s*\n")
MEANINGS = {
    HypothesisState.OPEN: "nothing to be seen yet",
    HypothesisState.SUPPORTED: "more speaks for it",
    HypothesisState.UNCLEAR: "some things speak for it and some against it",
    HypothesisState.WEAKENED: "more speaks against it",
    HypothesisState.DISCARDED: "we do not follow the assumption any further",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPart:
    """A region that belongs to the team from the moment it is made."""

    ref: str
    inside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """What stands between regions: written once, the page's own from then on."""

    markup: str


Block = Region | TeamPart | Loose


class Studio:
    """Draws the inside of regions; safe to share between threads."""

    def __init__(self, language: Language) -> None:
        self.words = words_of(language)
        self._environment = Environment(
            loader=PackageLoader("connector.pages"),
            autoescape=True,  # by name, Jinja would leave these templates unescaped
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # templates come with the release: no file is looked at for every region
        )
        self._environment.globals["_"] = self.words.say
        self._environment.globals["glossary"] = tuple(
            (STATES[state][language], self.words.say(meaning)) for state, meaning in MEANINGS.items()
        )

    def machine(self, name: str, template: str, *, once: bool = False, **values: object) -> Region:
        """A machine region with the digest of what it shows."""
        return region_of(name, self._inside(template, **values), once=once)

    def team(self, ref: str, rows: tuple[str, ...]) -> TeamPart:
        """A team region with empty answers."""
        return TeamPart(ref=ref, inside=self._inside("questions", rows=rows))

    def form(self, ref: str, template: str, **values: object) -> TeamPart:
        """A team region that begins with what the book says."""
        return TeamPart(ref=ref, inside=self._inside(template, **values))

    def heading(self, number: int, text: str) -> Loose:
        """The heading of a section that belongs to the team."""
        return Loose(markup=f"<h2>{number} · {escape(text)}</h2>")

    def _inside(self, template: str, **values: object) -> str:
        drawn = self._environment.get_template(f"{template}.xml.j2").render(**values)
        return _EMPTY_LINES.sub("\n", _NOT_XML.sub("", drawn)).strip()


@cache
def studio_of(language: Language) -> Studio:
    """The templates of a language, read once."""
    return Studio(language)


def draft_of(title: str, labels: tuple[str, ...], blocks: Sequence[Block]) -> Draft:
    """The blocks as a page; its machine regions are what later runs renew."""
    body = TeamText("\n".join(map(_drawn, blocks)))
    well_formed(body)
    regions = tuple(block for block in blocks if isinstance(block, Region))
    return Draft(title=title, labels=labels, body=body, regions=regions)


def _drawn(block: Block) -> str:
    if isinstance(block, Region):
        return machine_region(block)
    return block.markup if isinstance(block, Loose) else team_region(block.ref, block.inside)
