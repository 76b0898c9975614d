"""`/handbook`: short pages for those who run, accompany and agree to the connector, as they are shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request
from markdown_it import MarkdownIt
from markupsafe import Markup

from connector.web.tongue import tongue
from connector.web.view_words import VIEW_WORDS
from mappings.okr import Language

LEAVES: Final = ("coach", "works-council", "admin")
"""All there are: an address that names none of them is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookWords:
    """One language."""

    title: str
    lead: str
    leaves: Mapping[str, str]


HANDBOOK_WORDS: Final = {
    Language.DE: HandbookWords(
        title="Handbuch",
        lead="Je eine Seite. Was hier steht, gibt es in dieser Fassung.",
        leaves={
            "coach": "Für alle, die Teams mit OKR begleiten",
            "works-council": "Für Betriebsrat und Datenschutz",
            "admin": "Für alle, die den Connector betreiben",
        },
    ),
    Language.EN: HandbookWords(
        title="Handbook",
        lead="One page each. What is said here exists in this version.",
        leaves={
            "coach": "For those who accompany teams",
            "works-council": "For works councils and data protection",
            "admin": "For those who run the connector",
        },
    ),
}


def blueprint() -> Blueprint:
    """The list of pages and each page, in the language that is asked for."""
    pages = Blueprint("handbook", __name__)

    @pages.get("/handbook")
    def cover() -> Response:
        """All pages."""
        language = tongue(request.args.get("language", ""), Language.DE)
        return _drawn("handbook.html", language, words=HANDBOOK_WORDS[language])

    @pages.get("/handbook/<leaf>")
    def page(leaf: str) -> Response:
        """One page."""
        if leaf not in LEAVES:
            abort(404)
        language = tongue(request.args.get("language", ""), Language.DE)
        title = HANDBOOK_WORDS[language].leaves[leaf]
        return _drawn(
            "handbook_page.html",
            language,
            words=HANDBOOK_WORDS[language],
            heading=title,
            text=drawn(language, leaf),
        )

    return pages


@cache
def drawn(language: Language, leaf: str) -> Markup:
    """A page as HTML; a tag that stands in the text is shown as text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return Markup(reader.render(text_of(language, leaf)))  # nosec B704  # noqa: S704 (our own files)


def text_of(language: Language, leaf: str) -> str:
    """A page as it was written."""
    return files("connector").joinpath("handbook", language.value, f"{leaf}.md").read_text(encoding="utf-8")


def _drawn(template: str, language: Language, *, words: HandbookWords, **parts: object) -> Response:
    other = Language.EN if language is Language.DE else Language.DE
    page = render_template(
        template,
        words=VIEW_WORDS[language],
        book=words,
        language=language,
        other=other,
        switch=f"{request.path}?language={other.value}",
        asked=f"?language={language.value}",
        **parts,
    )
    answer = make_response(page)
    answer.headers["Vary"] = "Accept-Language"
    return answer
