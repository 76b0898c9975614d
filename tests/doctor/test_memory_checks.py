"""Whether deliveries arrive, and whether what is read and kept is within what was agreed."""

from dataclasses import replace
from datetime import date

from connector.arrivals import Sender
from connector.doctor.checks import Outcome
from connector.doctor.memory_checks import agreement_check, delivery_checks
from connector.privacy.agreement import Note
from connector.privacy.surface import Surface, surface_of
from mappings.indicators import SourceKind

DAY = date(2026, 11, 24)
SURFACE = surface_of([SourceKind.PUSHED])


def test_the_day_of_a_delivery_is_told_and_silence_is_a_question_with_two_ways_on() -> None:
    arrived, silent = delivery_checks([(Sender.JIRA, DAY), (Sender.AUTOMATION, None)])
    assert (arrived.outcome, arrived.what) == (Outcome.OK, "last delivery from Jira: 2026-11-24")
    assert (silent.outcome, silent.what) == (Outcome.QUESTION, "no delivery from Automation has arrived yet")
    assert len(silent.options) == 2
    assert silent.why


def test_every_sender_has_words() -> None:
    assert len({check.what for check in delivery_checks((sender, None) for sender in Sender)}) == len(Sender)


def test_what_is_within_the_note_is_fine_and_less_than_it_too() -> None:
    wide = surface_of([SourceKind.PUSHED, SourceKind.CSV])
    for noted in (SURFACE, wide):
        assert agreement_check(SURFACE, Note(on=DAY, surface=noted)).outcome is Outcome.OK
    assert agreement_check(SURFACE, None).outcome is Outcome.OK


def test_what_is_beyond_the_note_is_a_question_that_names_it() -> None:
    more = surface_of([SourceKind.PUSHED, SourceKind.CSV])
    check = agreement_check(more, Note(on=DAY, surface=SURFACE))
    assert check.outcome is Outcome.QUESTION
    assert check.what == "1 kind of data or source is beyond what was noted on 2026-11-24"
    assert check.where == "source csv"
    assert len(check.options) == 2


def test_a_kind_that_is_read_otherwise_than_noted_is_beyond_it() -> None:
    changed = Surface(kinds=tuple(line.replace("column runs.id: ", "column runs.id: any ") for line in SURFACE.kinds))
    check = agreement_check(SURFACE, Note(on=DAY, surface=changed))
    assert (check.outcome, check.where) == (Outcome.QUESTION, "column runs.id")
    many = agreement_check(SURFACE, Note(on=DAY, surface=replace(SURFACE, kinds=SURFACE.kinds[5:])))
    assert many.what.startswith("5 kinds of data and sources are beyond")
    assert many.where.endswith(" and 2 more")
