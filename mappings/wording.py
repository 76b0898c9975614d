"""Everything we say to a person about an input, German and English: one table, reused by every room."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, Words
from mappings.file_words import FILE_WORDS
from mappings.key_words import KEY_WORDS
from mappings.method_questions import METHOD_QUESTIONS
from mappings.method_words import METHOD_WORDS
from mappings.okr import Language
from mappings.place_words import PLACE_WORDS
from mappings.query_words import QUERY_WORDS
from mappings.reference_words import REFERENCE_WORDS
from mappings.value_words import VALUE_WORDS

__all__ = ["TABLE", "Concern", "Level", "Rule", "Wording", "Words", "level_of", "rule_of", "words"]

TABLE: Final[Mapping[Concern, Wording]] = MappingProxyType(
    {
        **METHOD_WORDS,
        **METHOD_QUESTIONS,
        **FILE_WORDS,
        **KEY_WORDS,
        **QUERY_WORDS,
        **VALUE_WORDS,
        **PLACE_WORDS,
        **REFERENCE_WORDS,
    }
)
"""Every concern has one entry."""


def words(concern: Concern, language: Language, **details: object) -> Words:
    """Message and ways on for one concern; `details` fill the braces and are never a value that could be a person."""
    entry = TABLE[concern]
    said = entry.de if language is Language.DE else entry.en
    return Words(
        message=said.message.format(**details),
        options=tuple(option.format(**details) for option in said.options),
    )


def rule_of(concern: Concern) -> Rule:
    """The rule under which a concern is reported."""
    return TABLE[concern].rule


def level_of(concern: Concern) -> Level:
    """Whether a concern keeps an input out or only asks."""
    return TABLE[concern].level
