"""The handbook: short, in both languages, shipped and served, and it names only what there is."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from connector.app import ACCESS
from connector.cli import COMMANDS, okr
from connector.config import NAMES
from connector.web import handbook
from connector.web.access import Access
from connector.web.handbook import HANDBOOK_WORDS, LEAVES, drawn, text_of
from mappings.okr import Language

BOTH = [(language, leaf) for language in Language for leaf in LEAVES]
ROOT = Path(__file__).parents[2]
NEVER = re.compile(
    r"(?i:\bwarum nicht|verantwortlich|zielerreichung|\bscore|owner|mitbestimmungsfrei|todo)"
    r"|(?<![.:!?] )(?<!\*\* )\b(?:Sie|Ihr|Ihre|Ihnen)\b"  # where no sentence begins it is an address
)


def client():
    app = Flask("connector.web", template_folder="templates", static_folder=None)
    app.register_blueprint(handbook.blueprint())
    return app.test_client()


@pytest.mark.parametrize(("language", "leaf"), BOTH)
def test_a_page_is_one_page_and_begins_with_whom_it_is_for(language: Language, leaf: str) -> None:
    text = text_of(language, leaf)
    assert 250 < len(text.split()) < 520
    assert text.startswith(f"# {HANDBOOK_WORDS[language].leaves[leaf]}\n")


@pytest.mark.parametrize("leaf", LEAVES)
def test_both_languages_tell_the_same_under_as_many_headings(leaf: str) -> None:
    german, english = (text_of(language, leaf) for language in (Language.DE, Language.EN))
    for shape in (r"^## ", r"^- ", r"^[0-9]\. "):
        assert len(re.findall(shape, german, re.M)) == len(re.findall(shape, english, re.M)), shape
    assert re.findall(r"`okr [^`]*`", german) != []
    commands = [re.sub(r" [A-Z]+$| okr-\S+$| --language de", "", c) for c in re.findall(r"`(okr [^`]*)`", german)]
    assert commands == [re.sub(r" [A-Z]+$| okr-\S+$", "", c) for c in re.findall(r"`(okr [^`]*)`", english)]


@pytest.mark.parametrize(("language", "leaf"), BOTH)
def test_what_it_names_exists(language: Language, leaf: str) -> None:
    text = text_of(language, leaf)
    for words in re.findall(r"`okr ([^`]*)`", text):
        name, *rest = words.split()
        assert name in COMMANDS, words
        command = okr.get_command(click.Context(okr), name)
        while rest and isinstance(command, click.Group):
            command = command.get_command(click.Context(command), rest.pop(0))
            assert command is not None, words
        options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert {word for word in rest if word.startswith("--")} <= options, words
    assert set(re.findall(r"OKR_[A-Z_]+", text)) <= NAMES | {"OKR_SECRETS_DIR"}
    for path in re.findall(r"`(connector/[a-z/]+)`", text):
        assert (ROOT / path).is_dir()


@pytest.mark.parametrize(("language", "leaf"), BOTH)
def test_it_speaks_as_the_pages_do(language: Language, leaf: str) -> None:
    text = text_of(language, leaf)
    assert NEVER.findall(text) == []
    assert '"' not in text
    assert ("„" in text) == (language is Language.DE and "“" in text)


def test_every_page_is_served_in_the_language_that_is_asked_for() -> None:
    asks = client()
    assert asks.get("/handbook", headers={"Accept-Language": "en"}).text.count('href="/handbook/') == len(LEAVES)
    for language, leaf in BOTH:
        answer = asks.get(f"/handbook/{leaf}?language={language.value}")
        assert answer.status_code == 200
        assert f'<html lang="{language.value}">' in answer.text
        assert f"<h1>{HANDBOOK_WORDS[language].leaves[leaf]}</h1>" in answer.text


@pytest.mark.parametrize("name", ["nobody", "..%2f..%2fetc%2fpasswd", "../../cli.py", "%2e%2e/admin.md", "admin.md"])
def test_no_name_of_a_file_comes_from_an_address(name: str) -> None:
    assert client().get(f"/handbook/{name}").status_code == 404


def test_a_tag_in_a_page_would_be_shown_as_text_and_no_address_runs() -> None:
    reader = handbook.MarkdownIt("commonmark", {"html": False}).enable("table")
    text = reader.render("<script>x</script> [a](javascript:x) [b](data:text/html,x)")
    assert "<script" not in text
    assert "href" not in text


def test_the_pages_are_for_people_and_nothing_is_loaded_from_elsewhere() -> None:
    assert ACCESS["handbook"] is Access.PEOPLE
    for language, leaf in BOTH:
        assert not re.findall(r"""(?:src|href)=["'](?!/|#)""", drawn(language, leaf))
