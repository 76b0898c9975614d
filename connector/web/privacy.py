"""`/privacy`: what is read, kept and dropped, for everybody; with a message to try. Nothing that is sent here stays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from connector.errors import ConnectorError
from connector.pages.paper import Paper
from connector.privacy.pack import Standing, note_line, pack
from connector.privacy.surface import surface_of
from connector.proofs import Check
from connector.web.privacy_words import PAGE_WORDS, PageWords
from connector.web.style import RECORD_SHEET
from connector.web.tongue import tongue
from mappings.boundary import BoundaryError
from mappings.okr import Language
from mappings.payload_keys import Matter
from mappings.payload_words import STRIP_WORDS
from mappings.remains import Remains, remains_of, shown_parts

LIMIT: Final = 256 * 1024  # bytes of a message
FORM_LIMIT: Final = 1024 * 1024  # of the form that carries it: signs may be written as three
PLACES: Final = 40  # shown for each matter
FIELD: Final = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Where the page takes its state from."""

    standing: Callable[[], Standing]
    labels: Callable[[], frozenset[str]]  # that the book names
    last_check: Callable[[], Check | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What of one matter is dropped: how many values, and where they stood."""

    title: str
    values: int
    places: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What became of a pasted message: what remains of it, or why it cannot be shown."""

    form: str = ""
    kept: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    trouble: str = ""


def blueprint(notice: Notice) -> Blueprint:
    """The page, its form, and its style."""
    pages = Blueprint("privacy", __name__)

    @pages.get("/privacy")
    def shown() -> Response:
        """What is read, kept and dropped."""
        return _page(notice, _language(), None, 200)

    @pages.post("/privacy")
    def tried() -> Response:
        """The same page with what remains of a message; nothing changes anywhere, so anybody may send it."""
        request.max_content_length = request.max_form_memory_size = FORM_LIMIT
        try:
            language, message = _language(), request.form.get(FIELD, "").encode("utf-8", "replace")
        except RequestEntityTooLarge:
            language = tongue("", Language.EN)
            return _page(notice, language, Attempt(trouble=PAGE_WORDS[language].too_large), 413)
        if len(message) > LIMIT:
            return _page(notice, language, Attempt(trouble=PAGE_WORDS[language].too_large), 413)
        attempt = attempt_of(message, notice.labels(), language)
        return _page(notice, language, attempt, 400 if attempt.trouble else 200)

    @pages.get("/privacy.css")
    def style() -> Response:
        """What the tables of the page need beside the common sheet."""
        return Response(RECORD_SHEET, mimetype="text/css", headers={"Cache-Control": "max-age=3600"})

    return pages


def attempt_of(message: bytes, labels: frozenset[str], language: Language) -> Attempt:
    """What remains of any bytes; of what is dropped only places, never values."""
    try:
        remains = remains_of(message, labels)
    except BoundaryError:
        return Attempt(trouble=PAGE_WORDS[language].unreadable)
    words = STRIP_WORDS[language]
    return Attempt(
        form=words.forms[remains.form],
        kept=tuple(_kept(remains, words.memory_only)),
        looked_at=remains.looked_at,
        dropped=tuple(_dropped(words.matters[matter], remains.dropped[matter]) for matter in Matter),
    )


def _kept(remains: Remains, memory_only: str) -> Iterator[str]:
    for record in remains.kept:
        parts = ((name, value) for name, value in shown_parts(record, memory_only) if value not in (None, []))
        yield " · ".join(f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in parts)


def _dropped(title: str, counted: Mapping[str, int]) -> Dropped:
    places = tuple(f"{path} × {count}" if count > 1 else path for path, count in counted.items())
    return Dropped(title=title, values=sum(counted.values()), places=places[:PLACES], more=max(0, len(places) - PLACES))


def _page(notice: Notice, language: Language, attempt: Attempt | None, status: int) -> Response:
    words, trouble, last = PAGE_WORDS[language], "", None
    try:
        last = notice.last_check()
        standing = notice.standing()
    except ConnectorError:
        standing, trouble = Standing(surface=surface_of(()), note=None), words.trouble
    page = render_template(
        "privacy.html",
        words=words,
        paper=_paper(standing, language),
        language=language,
        other=Language.EN if language is Language.DE else Language.DE,
        standing=standing,
        note=note_line(standing, language),
        matters=tuple(STRIP_WORDS[language].matters.values()),
        strip=STRIP_WORDS[language],
        check=_check(last, words, language),
        attempt=attempt,
        field=FIELD,
        trouble=trouble,
    )
    answer = make_response(page, status)
    answer.headers["Vary"] = "Accept-Language"
    return answer


@lru_cache(maxsize=16)  # anybody may ask, as often as they like
def _paper(standing: Standing, language: Language) -> Paper:
    return pack(standing, language)


def _check(last: Check | None, words: PageWords, language: Language) -> str:
    if last is None:
        return words.not_yet
    day = f"{last.on:%d.%m.%Y}" if language is Language.DE else last.on.isoformat()
    return (words.checked if last.passed else words.check_failed).format(date=day)


def _language() -> Language:
    return tongue(request.form.get("language") or request.args.get("language") or "", Language.EN)
