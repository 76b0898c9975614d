import re
import string

import pytest

from mappings.concerns import Concern, Level, Rule
from mappings.okr import Language
from mappings.wording import TABLE, words

MORAL = re.compile(
    r"\b(falsch|verboten|schlecht|unzulässig|ungültig|fehlerhaft|dürfen nicht|müssen|musst|sollten|warum|schuld|bitte|"
    r"wrong|forbidden|bad|invalid|illegal|must|should not|not allowed|please|why|error|fault)\b",
    re.IGNORECASE,
)
ADDRESSING = re.compile(r"\b(du|dein|deine|ihr|euer|eure|Sie|Ihnen|Ihre)\b")
FILLED = {"key": "x", "word": "x", "limit": 3, "named": "", "meant": "x", "choices": "a, b", "low": 1, "high": 2}


@pytest.mark.parametrize("concern", Concern)
@pytest.mark.parametrize("language", Language)
def test_everything_we_say_has_two_ways_on_and_judges_nobody(concern: Concern, language: Language) -> None:
    said = words(concern, language, **FILLED)
    whole = said.sentence(language)
    assert len(set(said.options)) >= 2
    assert said.message.endswith((".", "?"))
    assert not any(option.endswith(".") for option in said.options)
    assert not MORAL.search(whole)
    if language is Language.DE:
        assert not ADDRESSING.search(whole.replace("ihre Anfragen", "").replace("ihr Connector", ""))
        assert '"' not in whole.replace('("")', "")


@pytest.mark.parametrize("concern", Concern)
def test_both_languages_need_the_same_details(concern: Concern) -> None:
    def braces(*texts: str) -> set[str]:
        return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}

    entry = TABLE[concern]
    assert braces(entry.de.message, *entry.de.options) == braces(entry.en.message, *entry.en.options)


def test_every_rule_of_the_method_has_words() -> None:
    assert {rule for rule in Rule if rule.value.startswith("R")} <= {entry.rule for entry in TABLE.values()}


def test_hints_can_always_be_left_as_they_are() -> None:
    leave = {"so lassen", "leave it", "der Teil", "als Teil", "as part"}
    for concern, entry in TABLE.items():
        if entry.level is Level.HINT and entry.rule in (Rule.R5, Rule.R5B, Rule.R9, Rule.R10, Rule.R14):
            assert any(word in " ".join(entry.de.options + entry.en.options) for word in leave), concern


def test_the_method_is_quoted_word_for_word() -> None:
    person = words(Concern.PERSON_IN_QUERY, Language.DE).sentence(Language.DE)
    assert person.startswith(
        "Diese Abfrage enthält ein Personenfeld und wird nicht übernommen. "
        "Möglich: nach Epic, Label oder Komponente fragen"
    )
    assert (
        words(Concern.PERSON_IN_QUERY, Language.EN)
        .sentence(Language.EN)
        .startswith(
            "This query contains a person field and is left out. You can ask by epic, label or component instead"
        )
    )
    assert words(Concern.PERSON_AS_OWNER, Language.DE).sentence(Language.DE) == (
        "OKR gehören hier einem Team; die Person wird nicht übernommen. "
        "Möglich: das Team eintragen · eine Rolle als Text nennen."
    )
    assert words(Concern.PERSON_AS_OWNER, Language.EN).sentence(Language.EN) == (
        "OKRs here belong to a team; the person is left out. You can enter the team, or name a role as text."
    )
    assert words(Concern.TEAM_TOO_SMALL, Language.DE).sentence(Language.DE) == (
        "Für weniger als drei Menschen legt der Connector keine OKR an: Zahlen ließen sich einer Person zuordnen. "
        "Möglich: mit einem Nachbarteam planen · die OKR frei in Confluence führen."
    )
    assert words(Concern.NAME_IN_TEXT, Language.DE).message == "Hier steht vermutlich ein Name. Reicht die Rolle?"
