"""Every word that a page can say: none of control, none missing in German, none that nobody says."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from connector.pages import foot, planning_cells, questions
from connector.pages.hypotheses import DIRECTION, STATUS
from connector.pages.language import words_of
from connector.pages.planning_cells import DAYS
from connector.pages.studio import MEANINGS
from mappings.okr import Language

ROOM = Path(str(files("connector.pages")))
CATALOGUE = ROOM / "catalogues" / "de.po"
BANNED = re.compile(
    r"\b(warum|wieso|weshalb|why|verantwort\w*|responsib\w*|accountab\w*|soll/ist\w*|soll-\w+|ist-wert|abweichung"
    r"|zielerreichung\w*|erreichungsgrad\w*|erfüllt\w*|fortschritt\w*|percent (done|complete)|prozent erledigt|score\w*"
    r"|note[nr]|ampel\w*|traffic|rot|grün|red|green|überfällig\w*|overdue|verspätet|deadline|frist\w*|fällig\w*"
    r"|rank\w*|rang|rangliste\w*|streak\w*|bonus|prämie|performance|leistung\w*|begründ\w*|justif\w*|rechtfertig\w*"
    r"|fail\w*|gescheitert|versagt|verfehlt|missed|behind|off track|on track|kpi\w*|velocity|story points|owner\w*"
    r"|assignee|bearbeiter\w*|vorgesetzt\w*|manager|mitarbeiter\w*|employee\w*|hypothes\w*)\b",
    re.IGNORECASE,
)
PLACE = re.compile(r"\{\w+\}")


def _catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream, locale="de") if m.id}


def _said() -> Iterator[str]:
    methods = [("**.py", "python"), ("**.j2", "jinja2")]
    for _, _, message, _, _ in extract_from_dir(str(ROOM), methods, keywords={"say": None, "_": None}):
        yield str(message)


def _in_code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*") if path.suffix in {".py", ".j2"})


def _fixed_texts() -> Iterator[str]:
    for table in (questions.QUESTIONS, questions.STATES):
        for both in table.values():
            yield from both.values()
    for text in (questions.NO_DATA, questions.DATA_FROM, questions.SAME_AS_LAST, questions.COMPARED_ON):
        yield from text.values()


def _visible_in_templates() -> Iterator[str]:
    for path in sorted(ROOM.glob("templates/*.j2")):
        yield re.sub(r"<[^>]*>|\{%.*?%\}", " ", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [*_catalogue(), *_catalogue().values(), *_fixed_texts(), *_visible_in_templates()])
def test_no_page_speaks_the_language_of_control(text: str) -> None:
    assert BANNED.findall(text.replace("ohne Begründung", "")) == []


@pytest.mark.parametrize(
    "text", ["Warum nicht erreicht?", "Wer ist verantwortlich?", "Soll/Ist-Abweichung", "Why red?"]
)
def test_the_language_of_control_would_be_seen(text: str) -> None:
    assert BANNED.findall(text)


def test_every_message_that_is_said_stands_in_the_german_catalogue() -> None:
    assert sorted(set(_said()) - set(_catalogue())) == []


@pytest.mark.parametrize("table", [STATUS, DIRECTION, foot.SOURCES, planning_cells.SOURCES, DAYS, MEANINGS])
def test_every_word_of_a_closed_list_stands_in_the_german_catalogue(table: Mapping[object, str]) -> None:
    assert set(table.values()) <= set(_catalogue())


def test_no_german_message_is_empty_or_fuzzy() -> None:
    with CATALOGUE.open("rb") as stream:
        messages = [m for m in read_po(stream, locale="de") if m.id]

    assert [m.id for m in messages if m.fuzzy or not m.string] == []


def test_nothing_stands_in_the_catalogue_that_nobody_says() -> None:
    code = _in_code()

    assert [message for message in _catalogue() if f'"{message}"' not in code] == []


def test_both_languages_fill_the_same_places() -> None:
    differing = {a: b for a, b in _catalogue().items() if sorted(PLACE.findall(a)) != sorted(PLACE.findall(b))}

    assert differing == {}


def test_no_template_holds_a_word_that_is_not_translated() -> None:
    bare = [re.sub(r"\{\{.*?\}\}|\{#.*?#\}", " ", text, flags=re.DOTALL) for text in _visible_in_templates()]

    assert [
        word for text in bare for word in re.findall(r"[^\W\d_]{2,}", text) if word not in {"creation", "true"}
    ] == []


def test_a_message_without_german_words_stays_english_rather_than_failing() -> None:
    assert words_of(Language.DE).say("never translated {name}", name="x") == "never translated x"
