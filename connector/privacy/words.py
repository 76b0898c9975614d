"""A sentence in both languages."""

from dataclasses import dataclass

from mappings.okr import Language


@dataclass(frozen=True, slots=True)
class Both:
    """The same said in German and in English."""

    de: str
    en: str

    def of(self, language: Language) -> str:
        """In one of them."""
        return self.de if language is Language.DE else self.en
