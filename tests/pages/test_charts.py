"""The picture of a check-in page: what it shows, what it says in words, and that the same data are the same file."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from connector.pages.charts import Chart, chart
from connector.pages.drawing import Band, Line, Panel, Point, png
from connector.pages.language import words_of
from connector.pages.render import Pages
from connector.pages.views import TeamView
from mappings.calendar import IsoWeek
from mappings.indicators import Reading, Target
from mappings.okr import Language, OkrSource
from tests.pages import team_crossing as crossing
from tests.pages.seen import region
from tests.pages.team_onboarding import (
    ADDRESSES,
    CALLS,
    FOUND,
    GUIDE,
    READINGS,
    SETUP,
    SHARE,
    VIEW,
    WEEK,
    series,
    view_with,
)

GERMAN = words_of(Language.DE)
SETUP_PART, GUIDE_PART = "kr-erste-woche-einrichtung-ohne-hilfe", "kr-erste-woche-antwort-in-der-anleitung"


def shown(view: TeamView, week: IsoWeek = WEEK) -> Chart:
    found = chart(view, week, GERMAN)
    assert found is not None
    return found


def points(*values: float | None) -> tuple[Point, ...]:
    return tuple(Point(x=x, tick=f"KW {x + 40}", y=y, label="" if y is None else str(y)) for x, y in enumerate(values))


def test_the_alternative_text_reads_the_series_of_the_model_page() -> None:
    assert shown(view_with(SETUP)).text == (
        "Anteil selbst eingerichteter Konten. Start 38 Prozent. KW 44: 39, KW 45: 40,5, KW 46: keine Daten, KW 47: 44, "
        "KW 48: 41,5 Prozent. Zielbereich 55 bis 65 Prozent."
    )


def test_the_alternative_text_in_english() -> None:
    found = chart(crossing.VIEW, WEEK, words_of(Language.EN))

    assert found is not None
    assert found.text == (
        "Passengers aboard at the first call. Start 52 percent. Week 44: 52, Week 46: 57.5, Week 48: 61 percent. "
        "Target range 70 to 80 percent."
    )


def test_every_key_result_with_a_line_has_its_panel_and_all_stand_in_one_picture() -> None:
    text = shown(VIEW).text

    assert text.index("Anteil selbst eingerichteter Konten.") < text.index("Antwort in der Anleitung gefunden")
    body = Pages().check_in(VIEW, WEEK, ADDRESSES, None).body.words
    assert body.count("<ac:image ") == 1


@pytest.mark.parametrize("values", [(), ((11, 23, "41"),), ((11, 23, "41"), (11, 16, None), (11, 9, None))])
def test_fewer_than_two_known_values_make_no_picture(values: tuple[tuple[int, int, str | None], ...]) -> None:
    view = replace(VIEW, readings={SHARE.id: series(SHARE, *values)})

    assert chart(view, WEEK, GERMAN) is None
    draft = Pages().check_in(view, WEEK, ADDRESSES, None)
    assert draft.picture is None
    assert "ac:image" not in draft.body.words


def test_two_values_in_one_week_are_one_point_and_no_line() -> None:
    view = replace(VIEW, readings={SHARE.id: series(SHARE, (11, 23, "41"), (11, 24, "42"))})

    assert chart(view, WEEK, GERMAN) is None


def test_the_next_leading_indicator_is_shown_where_the_first_has_no_line() -> None:
    view = view_with(replace(SETUP, indicators=(SHARE, CALLS)))

    text = shown(replace(view, readings={CALLS.id: READINGS[CALLS.id]})).text

    assert text.startswith("Anrufe zur Einrichtung je Woche. Start 120. KW 44: 131")
    assert text.endswith("KW 48: 112.")


def test_the_picture_stands_in_the_first_key_result_that_it_shows() -> None:
    both = Pages().check_in(VIEW, WEEK, ADDRESSES, None)
    second = Pages().check_in(replace(VIEW, readings={FOUND.id: READINGS[FOUND.id]}), WEEK, ADDRESSES, None)

    assert both.picture is not None
    assert both.picture.file_name in region(both, SETUP_PART)
    assert "ac:image" not in region(both, GUIDE_PART)
    assert "ac:image" not in region(second, SETUP_PART)
    assert "ac:image" in region(second, GUIDE_PART)


def test_equal_data_are_the_same_file_to_the_byte_in_any_process() -> None:
    script = (
        "import hashlib; from tests.pages.test_charts import shown; from tests.pages.team_onboarding import VIEW;"
        " p = shown(VIEW).picture; print(p.file_name, hashlib.sha256(p.content).hexdigest())"
    )
    other = subprocess.check_output([sys.executable, "-c", script], text=True)
    here = shown(VIEW).picture

    assert other.split() == [here.file_name, hashlib.sha256(here.content).hexdigest()]
    assert re.fullmatch(r"okr-[0-9a-f]{16}\.png", here.file_name)


def test_what_the_picture_does_not_show_does_not_rename_it() -> None:
    other_day = replace(VIEW, today=VIEW.today + timedelta(days=1), answers={}, evidence={})
    later = {**READINGS, SHARE.id: (*READINGS[SHARE.id], *series(SHARE, (12, 1, "99")))}

    assert shown(other_day).picture == shown(VIEW).picture
    assert shown(replace(VIEW, readings=later)).picture.file_name == shown(VIEW).picture.file_name


def test_a_new_value_a_correction_and_another_target_each_make_another_file() -> None:
    moved = replace(SHARE, target=Target(low=Decimal(50), high=Decimal(60)))
    corrected = {**READINGS, FOUND.id: series(FOUND, (10, 27, "3"), (11, 10, "2"), (11, 17, "1"), (11, 24, "3"))}
    names = {
        shown(VIEW).picture.file_name,
        shown(VIEW, IsoWeek(2026, 47)).picture.file_name,
        shown(replace(VIEW, readings=corrected)).picture.file_name,
        shown(view_with(replace(SETUP, indicators=(moved,)))).picture.file_name,
        shown(view_with(SETUP)).picture.file_name,
    }

    assert len(names) == 5


def test_the_whole_cycle_is_shown_from_the_first_value_on() -> None:
    days = [date(2026, 10, 6) + timedelta(weeks=n) for n in range(12)]
    readings = tuple(Reading(indicator="onboarding/gefunden", on=day, value=Decimal(3)) for day in days)
    view = replace(view_with(GUIDE), readings={FOUND.id: readings[2:]})

    text = shown(view, IsoWeek(2026, 51)).text

    assert "KW 42" not in text
    assert [f"KW {week}" in text for week in range(43, 53)] == [True] * 9 + [False]


def test_a_value_of_the_cycle_before_is_not_in_the_picture() -> None:
    old = Reading(indicator="onboarding/gefunden", on=date(2026, 9, 29), value=Decimal(5))
    view = replace(view_with(GUIDE), readings={FOUND.id: (old, *series(FOUND, (11, 24, "3")))})

    assert chart(view, WEEK, GERMAN) is None


@pytest.mark.parametrize(
    "panel",
    [
        Panel(title="", points=points(1.0, 1.0)),
        Panel(title="0", points=points(0.0, 0.0), baseline=Line(y=0.0, label="Start 0")),
        Panel(title="5 $ je \\frac$ \n {}", points=points(1e9, None, -1e9, 3.0)),
        Panel(title="Zählerstand 電気 🙂 \u200b" * 20, points=points(*[float(n) for n in range(14)])),
        Panel(
            title="eng",
            points=points(None, 40.0, 41.0),
            baseline=Line(y=40.0, label="Start 40"),
            target=Band(low=40.5, high=40.5, label="Ziel 40,5"),
        ),
    ],
)
def test_any_series_and_any_words_can_be_drawn(panel: Panel) -> None:
    content = png((panel,))

    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(content) < 100_000


def test_nothing_of_where_it_was_drawn_stands_in_the_file() -> None:
    content = shown(VIEW).picture.content

    assert b"tEXt" not in content
    assert b"atplotlib" not in content
    assert b"tIME" not in content


def test_the_picture_holds_only_greys() -> None:
    from io import BytesIO

    from matplotlib.image import imread

    pixels = imread(BytesIO(shown(VIEW).picture.content))
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]

    assert float(abs(red - green).max()) < 0.12
    assert float((blue - red).min()) > -0.02


def test_drawing_is_loaded_only_when_something_is_drawn() -> None:
    script = "import sys, connector.pages.render; print('matplotlib' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "False"


def test_a_picture_says_nothing_that_its_words_do_not_say() -> None:
    for view, week in ((VIEW, WEEK), (crossing.VIEW, crossing.WEEK)):
        for language in Language:
            words = words_of(language)
            found = chart(view, week, words)
            assert found is not None
            written = [
                text
                for panel in found.panels
                for text in (
                    panel.title.partition(" · ")[2],
                    *(point.tick for point in panel.points),
                    *(point.label for point in panel.points),
                    *(line.label for line in (panel.baseline, panel.target) if line),
                )
            ]
            told = set(re.findall(r"\w+", found.text.casefold()))
            assert [t for t in written if not set(re.findall(r"\w+", t.casefold())) <= told] == []


def test_a_file_of_a_picture_holds_pixels_and_no_word_beside_them() -> None:
    assert set(chunks(shown(VIEW).picture.content)) == {"IHDR", "pHYs", "IDAT", "IEND"}


def chunks(png: bytes) -> list[str]:
    """The names of the parts of a file."""
    names, at = list[str](), len(b"\x89PNG\r\n\x1a\n")
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        names.append(png[at + 4 : at + 8].decode("ascii"))
        at += size + 12
    return names


def test_a_rhythm_that_a_later_cycle_brings_says_nothing_of_the_weeks_before_it() -> None:
    """A team that writes itself has the newest one as its own: the gaps of the weeks before stay gaps."""
    before = VIEW.team.rhythm
    assert before is not None
    later = replace(before, valid_from=date(2027, 1, 4))
    team = replace(
        VIEW.team, source=OkrSource.CONFLUENCE, rhythm=later, rhythms=((VIEW.cycle.id, before), ("2027-Q1", later))
    )
    assert shown(replace(VIEW, team=team)).text == shown(VIEW).text
    assert "KW 46: keine Daten" in shown(VIEW).text
