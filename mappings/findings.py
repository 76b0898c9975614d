"""What a reading of the mapping files found: file, line, column, and what we say about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mappings.concerns import Concern, Level, Rule
from mappings.locations import Position
from mappings.okr import Language
from mappings.wording import level_of, rule_of, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One refusal or hint at one place, in the book's language, with at least two ways on."""

    file: str  # name inside the mapping folder
    line: int  # from 1
    column: int  # from 1
    rule: Rule
    level: Level
    message: str
    options: tuple[str, ...]

    @property
    def place(self) -> str:
        """`file:line:column`, as editors and terminals read it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(slots=True)
class Findings:
    """All findings of one reading; the same concern at the same place is noted once."""

    language: Language
    _noted: dict[tuple[str, Position, str], Finding] = field(default_factory=dict)

    def add(self, file: str, at: Position, concern: Concern, **details: object) -> None:
        """Notes one concern; `details` fill the wording's braces."""
        said = words(concern, self.language, **details)
        finding = Finding(
            file=file,
            line=at.line,
            column=at.column,
            rule=rule_of(concern),
            level=level_of(concern),
            message=said.message,
            options=said.options,
        )
        self._noted.setdefault((file, at, said.message), finding)

    def all(self) -> tuple[Finding, ...]:
        """Every finding, by file and place."""
        return tuple(sorted(self._noted.values(), key=lambda f: (f.file != "strategy.yaml", f.file, f.line, f.column)))


def refused(findings: Iterable[Finding]) -> bool:
    """Whether at least one finding keeps the book out."""
    return any(finding.level is Level.REFUSED for finding in findings)
