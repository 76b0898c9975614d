"""The works-council pack and the data-flow record: the same paper, whole or without the parts for the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connector.pages.paper import Grid, Paper, Section
from connector.privacy import grids
from connector.privacy.agreement import Note, note_in
from connector.privacy.calls import PERSON_CLAUSE
from connector.privacy.pack_words import LEAD, WORDS_TO_FLOW, Part, PartWords
from connector.privacy.proof_words import WORDS_OF_PROOF
from connector.privacy.surface import Surface, built_in, sources_in, sources_of, surface_of
from connector.privacy.words import Both
from mappings.okr import Language, MappingBook

RECORD: Final = (Part.PURPOSE, Part.FLOW, Part.CATALOGUE, Part.DELETION, Part.CHANGES, Part.OUTSIDE)
"""The parts that stand on the page in Confluence; the whole pack is printed by `okr privacy report`."""

PART_WORDS: Final[dict[Part, PartWords]] = {**WORDS_TO_FLOW, **WORDS_OF_PROOF}
_TITLE: Final = Both("Was hier gelesen wird und was nicht", "What is read here and what is not")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The surface as it is, and what was agreed."""

    surface: Surface
    note: Note | None


def standing_of(book: MappingBook, folder: Path) -> Standing:
    """Of a book and the folder in which it is kept; a BookError where the note cannot be read."""
    return Standing(surface=surface_of(sources_of(book)), note=note_in(folder))


def record(book: MappingBook, folder: Path) -> Paper:
    """The page in Confluence, in the organisation's language."""
    return pack(standing_of(book, folder), book.strategy.language, RECORD)


def pack(standing: Standing, language: Language, parts: tuple[Part, ...] = tuple(Part)) -> Paper:
    """The paper in one language."""
    return Paper(
        language=language,
        title=_TITLE.of(language),
        lead=tuple(line.of(language) for line in LEAD),
        sections=tuple(_section(part, standing, language) for part in parts),
    )


def _section(part: Part, standing: Standing, language: Language) -> Section:
    words = PART_WORDS[part]
    surface = standing.surface
    said = {"number": surface.number, "hash": surface.hash, "clause": PERSON_CLAUSE}
    paragraphs = [paragraph.of(language).format(**said) for paragraph in words.paragraphs]
    if part is Part.CHANGES:
        paragraphs.append(note_line(standing, language))
        paragraphs.append(_sources_line(standing, language))
    if part is Part.LOGS:
        paragraphs.append(grids.facts_line(language))
    return Section(
        name=part.value,
        title=words.title.of(language),
        paragraphs=tuple(paragraphs),
        grids=tuple(_grids(part, language)),
    )


def _grids(part: Part, language: Language) -> Iterator[Grid]:
    match part:
        case Part.FLOW:
            yield from grids.flow_grids(language)
            yield grids.calls_grid(language)
            yield grids.unasked_grid(language)
        case Part.CATALOGUE:
            yield grids.catalogue_grid(language)
        case Part.ROLES:
            yield from grids.roles_grids(language)
        case Part.LOGS:
            yield grids.logs_grid(language)
        case Part.DELETION:
            yield grids.deletion_grid(language)
        case Part.GOALS:
            yield grids.goals_grid(language)
        case _:
            return


def note_line(standing: Standing, language: Language) -> str:
    """What was agreed when, and whether it still covers what is read and kept."""
    note = standing.note
    if note is None:
        return Both(
            "Es liegt noch kein Vermerk vor. „okr privacy agree“ hält Tag und Prüfsumme fest.",
            "There is no note yet. “okr privacy agree” keeps day and hash.",
        ).of(language)
    on = day(note, language)
    said = {"on": on, "number": note.surface.number, "hash": note.surface.hash}
    if note.surface.hash == standing.surface.hash:
        same = Both(
            "Vermerk vom {on} über genau diesen Stand; bis zur Unterschrift keine Vereinbarung.",
            "Note of {on} on exactly this; until it is signed it is no agreement.",
        )
        return same.of(language).format(**said)
    if note.covers(built_in()):
        covered = Both(
            "Vermerk vom {on} über Nummer {number}, Prüfsumme {hash}; bis zur Unterschrift keine Vereinbarung.",
            "Note of {on} on number {number}, hash {hash}; until it is signed it is no agreement.",
        )
        return covered.of(language).format(**said)
    wider = Both(
        "Der Vermerk vom {on} gilt der Nummer {number}. Diese Version liest oder behält anderes; „okr privacy report "
        "--diff“ zeigt den Unterschied. Bis zum nächsten Vermerk nennen die Seiten keinen.",
        "The note of {on} is on number {number}. This version reads or keeps other things; “okr privacy report --diff” "
        "shows the difference. Until the next note the pages name none.",
    )
    return wider.of(language).format(**said)


def day(note: Note, language: Language) -> str:
    """The day of a note, as people write it."""
    return f"{note.on:%d.%m.%Y}" if language is Language.DE else note.on.isoformat()


def _sources_line(standing: Standing, language: Language) -> str:
    """The kinds in use, and those of them that wait."""
    note, used = standing.note, sorted(sources_in(standing.surface))
    off = [kind for kind in used if note is not None and kind not in note.sources]
    said = Both("Arten von Quellen in Gebrauch: {on}.", "Kinds of sources in use: {on}.").of(language)
    waits = Both(" Aus, bis sie vereinbart sind: {off}.", " Off until they are agreed: {off}.").of(language)
    line = said.format(on=", ".join(kind.value for kind in used if kind not in off))
    return line + (waits.format(off=", ".join(kind.value for kind in off)) if off else "")
