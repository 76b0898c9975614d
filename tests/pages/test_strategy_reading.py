"""The strategy page as leadership fills it: what is read back, in both languages and after both editors."""

from dataclasses import replace

import pytest

from connector.pages.form_fields import Field, Sheet
from connector.pages.regions import team_regions
from connector.pages.strategy_reading import read_strategy, until
from connector.pages.written import FormUnreadable
from connector.sandbox.editors import round_trip
from mappings.okr import Language, Moal, OkrSource, Strategy
from mappings.team_text import TeamText
from tests.pages.form_writing import PAGES, Pen
from tests.pages.team_onboarding import ADDRESSES, STRATEGY

WRITTEN = replace(STRATEGY, source=OkrSource.CONFLUENCE)
BARE = replace(WRITTEN, purpose="", vision="", moal=None, frame=())


def drawn(strategy: Strategy) -> TeamText:
    return PAGES.strategy(strategy, ADDRESSES).body


@pytest.mark.parametrize("editor", ["none", "cloud", "legacy"])
@pytest.mark.parametrize("language", Language)
def test_what_the_file_says_is_read_from_the_page_that_begins_with_it(language: Language, editor: str) -> None:
    strategy = replace(WRITTEN, language=language)
    body = TeamText(round_trip(drawn(strategy).words, editor, lambda: "0" * 36))

    assert read_strategy(body, replace(BARE, language=language)) == strategy


def test_an_empty_page_says_nothing() -> None:
    assert read_strategy(drawn(BARE), WRITTEN) == BARE


def test_leadership_writes_in_its_own_words() -> None:
    pen = Pen(drawn(BARE).words, Language.DE)
    pen.write(Sheet.STRATEGY, Field.PURPOSE, "Wir machen <s>Strom</s> Energiesparen leicht.")
    pen.write(Sheet.STRATEGY, Field.MOAL, "Ein Blick genügt.").write(Sheet.STRATEGY, Field.UNTIL, "Ende 2027")
    pen.write(Sheet.STRATEGY, Field.FRAME, "<ul><li>Ein Nachmittag ohne Tagesgeschäft.</li><li>Kein Bonus.</li></ul>")

    found = read_strategy(pen.body, BARE)
    assert (found.purpose, found.vision) == ("Wir machen Energiesparen leicht.", "")
    assert found.moal == Moal(title="Ein Blick genügt.", until="2027-12")
    assert found.frame == ("Ein Nachmittag ohne Tagesgeschäft.", "Kein Bonus.")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ende 2027", "2027-12"),
        ("bis Ende 2027", "2027-12"),
        ("Dezember 2027", "2027-12"),
        ("Ende Juni 2027", "2027-06"),
        ("31.12.2027", "2027-12"),
        ("12/2027", "2027-12"),
        ("2027-12", "2027-12"),
        ("end of 2027", "2027-12"),
        ("December 2027", "2027-12"),
        ("the end of June 2027", "2027-06"),
        ("Sommer 2027", "Sommer 2027"),
        ("2027", "2027"),
        ("bald", "bald"),
        ("", ""),
    ],
)
def test_a_month_is_told_or_the_words_stay(written: str, read: str) -> None:
    assert until(written) == read


def test_without_its_table_the_page_cannot_be_read_cleanly() -> None:
    pen = Pen(drawn(WRITTEN).words, Language.DE).remove(Sheet.STRATEGY)

    with pytest.raises(FormUnreadable):
        read_strategy(pen.body, WRITTEN)


def test_the_table_is_leaderships_own_region() -> None:
    assert [region.name for region in team_regions(drawn(WRITTEN))] == ["strategy"]
    assert team_regions(drawn(STRATEGY)) == ()
