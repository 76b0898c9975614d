"""A planning page as a team filled it, read back: values, questions to the word, and what stays untouched."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from connector.pages.form_fields import Field, Sheet
from connector.pages.form_reading import filled, read_plan
from connector.pages.written import FormUnreadable, WrittenPlan
from connector.sandbox.editors import cloud_editor
from connector.sandbox.legacy_markup import legacy_editor
from mappings.epics import EpicSelector
from mappings.indicators import Source, SourceKind
from mappings.okr import Language, Rethink, Team
from mappings.team_text import TeamText
from tests.pages.form_writing import BARE, KEY_RESULTS, PAGES, Pen, empty_form, model_page
from tests.pages.seen import lines
from tests.pages.team_onboarding import ADDRESSES, FIRST_WEEK, GUIDE, QUARTER, SETUP, STRATEGY, TEAM, VIEW

COUNT = Source(kind=SourceKind.JQL_COUNT, jql="project = SUP AND labels = einrichtung")
CONNECTED = replace(BARE, sources=(("anrufe", COUNT),))
EDITORS: tuple[Callable[..., str], ...] = (lambda body, fresh: body, cloud_editor, legacy_editor)


def fresh() -> str:
    return "12345678-aaaa-bbbb-cccc-123456789abc"


def read(pen: Pen, team: Team = CONNECTED) -> WrittenPlan:
    return read_plan(pen.body, team, STRATEGY, QUARTER)


def asked(plan: WrittenPlan) -> list[str]:
    return [f"{q.where} | {q.question} | {' · '.join(q.options)}" for q in plan.questions]


@pytest.mark.parametrize("editor", EDITORS)
def test_the_model_page_is_read_with_its_questions_word_for_word(editor: Callable[..., str]) -> None:
    pen = model_page()
    plan = read_plan(TeamText(editor(pen.words, fresh)), CONNECTED, STRATEGY, QUARTER)

    assert asked(plan) == [
        "Key Result 1, Anteil selbst eingerichteter Konten | Die Zahl ist noch nicht angeschlossen."
        " | Die Administration schließt sie an · bis dahin tragen wir sie im Check-in ein",
        "Key Result 2, Wann denken wir neu nach? | Hier ist kein Tag zu erkennen."
        " | Ein Datum ergänzen · so lassen, der Satz steht dann auf jedem Check-in",
        "Key Result 3, tut was? | „fertigstellen“ beschreibt, was wir tun. Was verändert sich dadurch, und bei wem?"
        " | Umformulieren · als Epic bei einem anderen Key Result eintragen · so lassen",
    ]
    assert plan.begun == ("Key Result 3",)
    assert plan.wishes == (("anteil-konten", SourceKind.PUSHED),)
    assert (plan.valid_from, plan.size, plan.language, plan.rhythm) == (None, 7, Language.DE, TEAM.rhythm)


def test_what_the_model_page_says_is_what_the_book_of_the_same_team_says() -> None:
    (objective,) = read(model_page()).objectives
    setup, guide = objective.key_results
    observed = Source(kind=SourceKind.OBSERVED)
    share, calls, cancelled = SETUP.indicators

    assert setup == replace(
        SETUP,
        hypothesis=replace(SETUP.hypothesis, who="Neue Kundinnen und Kunden"),
        indicators=(replace(share, source=observed), calls, cancelled),
    )
    assert guide == replace(
        GUIDE,
        hypothesis=replace(
            GUIDE.hypothesis,
            who="Neue Kundinnen und Kunden",
            rethink=Rethink(condition="höchstens 1 von 5 in drei Check-ins hintereinander"),
        ),
    )
    assert (objective.id, objective.title, objective.contributes_to, objective.depends_on) == (
        FIRST_WEEK.id,
        FIRST_WEEK.title,
        FIRST_WEEK.contributes_to,
        FIRST_WEEK.depends_on,
    )


def test_the_draft_says_what_has_come_through() -> None:
    plan = read(model_page())
    seen = lines(PAGES.planning_form(replace(VIEW, team=CONNECTED), ADDRESSES, plan))
    start = seen.index("6 · Das ist angekommen")

    assert seen[start + 1] == (
        "Ein Objective, zwei Key Results, vier Indikatoren, vier Epics. Bereit, sobald „Gilt ab“ ausgefüllt ist. "
        "Key Result 3 ist noch im Entstehen; es kommt dazu, wenn es fertig ist."
    )
    assert seen[start + 2] == "Wo | Frage | Möglich"
    assert seen[start + 3 : start + 6] == asked(plan)
    assert seen[start + 6] == "7 · Wie es weitergeht"


def test_once_it_holds_the_section_is_gone() -> None:
    plan = read(model_page().write(Sheet.RHYTHM, Field.VALID_FROM, "1.10.2026"))
    draft = PAGES.planning_form(replace(VIEW, team=CONNECTED), ADDRESSES, plan)

    assert "Das ist angekommen" not in "\n".join(lines(draft))
    assert next(r.inside for r in draft.regions if r.name == "received") == ""
    assert "6 · Wie es weitergeht" in lines(draft)


@pytest.mark.parametrize("editor", EDITORS)
def test_empty_identifiers_are_filled_once_and_every_other_byte_stays(editor: Callable[..., str]) -> None:
    body = TeamText(editor(model_page().words, fresh))
    plan = read_plan(body, CONNECTED, STRATEGY, QUARTER)
    written = filled(body, plan)
    place = plan.fills[0].place

    assert len(plan.fills) == 1
    assert written.words == f"{body.words[: place[0]]}<p>begruessungsbrief</p>{body.words[place[1] :]}"
    again = read_plan(written, CONNECTED, STRATEGY, QUARTER)
    assert again.fills == ()
    assert (again.objectives, again.questions) == (plan.objectives, plan.questions)


def test_a_copied_block_gets_an_identifier_of_its_own_and_a_question_that_stays_until_it_is_changed() -> None:
    pen = model_page().copy_key_result()
    plan = read(pen)
    again = read_plan(filled(pen.body, plan), CONNECTED, STRATEGY, QUARTER)

    (objective,) = plan.objectives
    assert [k.id for k in objective.key_results] == [
        "einrichtung-ohne-hilfe",
        "antwort-in-der-anleitung",
        "einrichtung-ohne-hilfe-2",
    ]
    assert [i.id for i in objective.key_results[2].indicators] == [
        "anteil-selbst-eingerichteter-konten",
        "anrufe-zur-einrichtung-je-woche",
        "kuendigungen-in-den-ersten-90-tagen",
    ]
    (question,) = [line for line in asked(plan) if "Kopie" in line]
    assert question == (
        "Key Result 4, Kennung | Dieser Block sieht aus wie eine Kopie von „Einrichtung ohne Hilfe“; er bekommt eine"
        " eigene Kennung. Ist das so gemeint? | So lassen · den Kurznamen ändern · einen der beiden Blöcke löschen"
    )
    assert (again.fills, again.objectives, again.questions) == ((), plan.objectives, plan.questions)
    changed = Pen(filled(pen.body, plan).words, Language.DE).write(Sheet.KEY_RESULT, Field.SHORT_NAME, "Neu", 4)
    assert [line for line in asked(read(changed)) if "Kopie" in line]
    changed.write(Sheet.KEY_RESULT, Field.DOES, "lesen den Brief", 4).indicator({Field.NOTICED: "Gelesene Briefe"}, 4)
    assert not [line for line in asked(read(changed)) if "Kopie" in line]
    assert read(changed).objectives[0].key_results[2].id == "einrichtung-ohne-hilfe-2"


def test_an_identifier_stays_when_the_name_changes() -> None:
    plan = read(model_page().write(Sheet.KEY_RESULT, Field.SHORT_NAME, "Alleine einrichten"))

    assert plan.objectives[0].key_results[0].id == "einrichtung-ohne-hilfe"
    assert len(plan.fills) == 1


def test_what_can_be_no_identifier_is_asked_about_and_never_overwritten() -> None:
    pen = model_page().write(Sheet.KEY_RESULT, Field.IDENTIFIER, "Einrichtung, ohne Hilfe!")
    plan = read(pen)

    assert plan.objectives[0].key_results[0].id == "einrichtung-ohne-hilfe"
    assert len(plan.fills) == 1
    assert any("„einrichtung-ohne-hilfe“" in line for line in asked(plan))


def test_for_fewer_than_three_people_nothing_holds() -> None:
    plan = read(model_page().write(Sheet.RHYTHM, Field.SIZE, "2").write(Sheet.RHYTHM, Field.VALID_FROM, "1.10.2026"))

    assert (plan.valid_from, plan.size) == (None, None)
    assert asked(plan)[0] == (
        "Unser Rhythmus, Wie viele sind wir? | Für weniger als drei Menschen legt der Connector keine OKR an: Zahlen"
        " ließen sich einer Person zuordnen. | Mit einem Nachbarteam planen · die OKR frei in Confluence führen"
    )


def test_an_empty_form_says_nothing_and_asks_nothing() -> None:
    for language in Language:
        plan = read(empty_form(language), replace(BARE, language=language))
        assert (plan.objectives, plan.begun, plan.questions, plan.fills) == ((), (), (), ())
        assert (plan.valid_from, plan.size, plan.rhythm) == (None, None, None)


@pytest.mark.parametrize("sheet", [Sheet.RHYTHM, Sheet.OBJECTIVE])
def test_a_page_without_one_of_its_tables_cannot_be_read_cleanly(sheet: Sheet) -> None:
    with pytest.raises(FormUnreadable):
        read(model_page().remove(sheet))


def test_a_removed_key_result_is_simply_gone() -> None:
    plan = read(model_page().remove(Sheet.KEY_RESULT))

    assert [k.id for k in plan.objectives[0].key_results] == ["antwort-in-der-anleitung"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda words: words.replace("<th><p>Woran merken wir es?</p></th>", "<th><p>Was?</p></th>", 1),
        lambda words: words.replace("<td><p>anrufe</p></td><td><p>früh</p></td>", '<td colspan="2"><p>x</p></td>'),
        lambda words: words.replace("<th><p>Kurzname</p></th><td>", '<th colspan="2"><p>Kurzname</p></th><td>', 1),
    ],
)
def test_merged_cells_and_lost_columns_leave_the_last_clean_version_in_force(harm: Callable[[str], str]) -> None:
    pen = model_page()
    before, pen.words = pen.words, harm(pen.words)

    assert pen.words != before
    with pytest.raises(FormUnreadable):
        read(pen)


def test_tables_are_read_wherever_people_put_them() -> None:
    pen = model_page()
    loose = pen.words.replace("okr-t-key-result", "something-else")
    moved = f"<ac:layout><ac:layout-section><ac:layout-cell>{loose}</ac:layout-cell></ac:layout-section></ac:layout>"

    assert read(Pen(moved, Language.DE)).objectives == read(pen).objectives


def test_rows_that_a_team_adds_or_deletes_are_its_own_affair() -> None:
    pen = model_page()
    pen.words = pen.words.replace(
        "<tr><th><p>Wer?</p></th>", "<tr><th><p>Farbe</p></th><td><p>blau</p></td></tr><tr><th><p>Wer?</p></th>"
    ).replace("<tr><th><p>Ruhige Wochen</p></th><td><p>KW 52</p></td></tr>", "")

    plan = read(pen)
    assert plan.rhythm is not None
    assert plan.rhythm.quiet_weeks == frozenset()
    assert len(plan.objectives[0].key_results) == 2


def test_struck_words_do_not_count_and_people_become_somebody() -> None:
    person = '<ac:link><ri:user ri:account-id="5b10" /></ac:link>'
    pen = model_page().write(Sheet.KEY_RESULT, Field.WHO, f"<s>Alle</s> Menschen, die {person} anrufen")

    assert read(pen).objectives[0].key_results[0].hypothesis.who == "Menschen, die jemand anrufen"


def test_a_criterion_may_name_another_indicator() -> None:
    text = "Anrufe zur Einrichtung je Woche: über 130 bis 20.11.2026"
    rethink = read(model_page().write(Sheet.KEY_RESULT, Field.RETHINK, text)).objectives[0].key_results[0]

    assert rethink.hypothesis.rethink is not None
    assert rethink.hypothesis.rethink.indicator == "anrufe"


def test_an_english_question_on_a_german_page_is_known() -> None:
    pen = model_page()
    pen.words = pen.words.replace("<p>Kurzname</p>", "<p>Short name</p>").replace(
        "<p>tut was?</p>", "<p>does what?</p>"
    )

    assert read(pen).objectives == read(model_page()).objectives


def test_what_the_page_asks_is_in_the_language_it_names() -> None:
    plan = read(model_page().write(Sheet.RHYTHM, Field.LANGUAGE, "English"))

    assert plan.language is Language.EN
    assert asked(plan)[0] == (
        "Key result 1, Anteil selbst eingerichteter Konten | The number is not connected yet."
        " | An administrator connects it · until then we enter it at the check-in"
    )


def test_a_label_instead_of_links() -> None:
    pen = model_page().indicator({Field.MOVED_BY: "alle mit dem Label „okr-setup“; steigt"})

    assert read(pen).objectives[0].key_results[0].indicators[0].epics == EpicSelector(label="okr-setup")


def test_nothing_that_a_team_wrote_stands_in_a_repr() -> None:
    plan = read(model_page())

    assert "fertigstellen" not in repr(plan.questions)
    assert KEY_RESULTS[2][Field.SHORT_NAME] not in repr(plan.fills)
