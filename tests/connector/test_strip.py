"""`okr strip` as people use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.cli import okr
from tests.mappings.test_remains import EVENT

BODY = json.dumps(EVENT).encode()


def strip(*arguments: str, body: bytes = BODY, **environment: str) -> Result:
    return CliRunner().invoke(
        okr, ["strip", *arguments], input=body, env={"LC_ALL": "C", "OKR_MAPPINGS": "", **environment}
    )


def test_it_shows_what_remains_and_counts_what_does_not() -> None:
    told = strip().output
    assert "· id 10012 · key ONB-12 · project ONB · level 1" in told
    assert "· id 10012 · key OLD-7 · project OLD" in told
    assert "user.accountId" not in told
    assert "Who: names, accounts, addresses, pictures: " in told


def test_explained_it_names_the_places_and_never_a_value() -> None:
    told = strip("--explain").output
    assert "user.accountId" in told
    assert "customfield_10016" in told
    assert "anarie" not in told
    assert "geheim" not in told
    assert "“?” stands for" in told


def test_german_is_spoken_where_german_is_asked_for() -> None:
    assert "Was wegfällt" in strip(LC_ALL="de_DE.UTF-8").output
    assert "Was wegfällt" in strip("--language", "de").output
    assert "What is dropped" in strip("--language", "en", LC_ALL="de_DE.UTF-8").output


def test_as_json_it_is_data() -> None:
    told = json.loads(strip("--json", "--explain", "--label", "okr-calls").output)
    assert told["form"] == "event"
    assert told["remains"][0] == {
        "kind": "issue", "id": "10012", "key": "ONB-12", "project": "ONB", "level": 1, "labels": ["okr-calls"],
        "parent": None,
    }  # fmt: skip
    assert told["dropped"]["timing"] == {"values": 2, "paths": {"timestamp": 1, "issue.fields.created": 1}}


def test_the_labels_of_the_book_are_known(tmp_path: Path) -> None:
    body = json.dumps({"issue": {"id": "1", "fields": {"labels": ["okr-photo-share"]}}}).encode()
    example = Path(__file__).parents[2] / "mappings" / "example"
    assert "labels okr-photo-share" in strip(body=body, OKR_MAPPINGS=str(example)).output
    assert "labels" not in strip(body=body).output.splitlines()[2]
    assert strip(body=body, OKR_MAPPINGS=str(tmp_path)).exit_code == 0


def test_a_file_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "payload.json"
    file.write_bytes(BODY)
    assert strip(str(file)).output == strip().output


@pytest.mark.parametrize("body", [b"", b"Kanarie", b"{", b'{"x":"' + b"a" * 4_194_304 + b'"}'])
def test_what_cannot_be_read_is_said_in_constant_words(body: bytes) -> None:
    refused = strip(body=body)
    assert refused.exit_code == 1
    assert "no readable JSON" in refused.output
    assert "anarie" not in refused.output


def test_one_value_is_spoken_of_as_one() -> None:
    assert "1 value, 1 place\n" in strip(body=b'{"some": 1}').output
    assert "2 Werte, 1 Ort\n" in strip("--language", "de", body=b'{"some": 1, "more": 2}').output
