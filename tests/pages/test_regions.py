"""How our regions are marked, and that the marks of today are known tomorrow."""

from dataclasses import replace

from connector.pages.canonical import digest
from connector.pages.draft import Draft, Merged
from connector.pages.regions import (
    key_result_slugs,
    machine_region,
    machine_regions,
    merge,
    region_of,
    team_region,
)
from mappings.okr import Objective
from mappings.team_text import TeamText
from tests.pages.team_onboarding import FIRST_WEEK, GUIDE, QUARTER, SETUP, TEAM


def test_a_machine_region_is_a_page_properties_macro_whose_id_tells_name_and_digest() -> None:
    region = region_of("kr-a-b", "<p>Wort</p>")
    assert machine_region(region) == (
        '<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:parameter ac:name="id">okr-m-kr-a-b-'
        f"{digest('<p>Wort</p>')}</ac:parameter><ac:rich-text-body><p>Wort</p></ac:rich-text-body></ac:structured-macro>"
    )


def test_a_team_region_is_the_same_macro_with_another_id() -> None:
    assert team_region("a-b", "<p />") == (
        '<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:parameter ac:name="id">okr-t-a-b'
        "</ac:parameter><ac:rich-text-body><p /></ac:rich-text-body></ac:structured-macro>"
    )


def test_a_digest_of_today_is_known_after_an_update_of_ours() -> None:
    # pages in the field carry these: another canonical form would leave every region on them alone as drifted
    assert digest("<h2>1 · a</h2><table><tbody><tr><td>41,5&nbsp;%</td></tr></tbody></table>") == "7740231bec"
    assert digest('<p><a href="https://x.example.com/A-1">A-1</a> <s>b</s></p><ul><li>c</li></ul>') == "66a0b4100e"


def test_what_a_region_shows_never_stands_in_a_log() -> None:
    region = region_of("head", "<p>Worte</p>")
    assert "Worte" not in repr((region, machine_regions(TeamText(machine_region(region)))))


def test_each_key_result_has_a_name_for_its_regions_of_its_own() -> None:
    first = replace(FIRST_WEEK, id="a", key_results=(replace(SETUP, id="b-c"), replace(GUIDE, id="d")))
    second = Objective(id="a-b", cycle="2026-Q4", title="t", key_results=(replace(GUIDE, id="c"),))
    slugs = key_result_slugs(replace(TEAM, objectives=(first, second)), QUARTER)
    assert slugs == {
        "onboarding/2026-q4/a/b-c": "a-b-c",
        "onboarding/2026-q4/a/d": "a-d",
        "onboarding/2026-q4/a-b/c": "a-b-c-2",
    }


def day(data: str, stamp: str) -> Draft:
    regions = (region_of("numbers", f"<p>{data}</p>"), region_of("foot", f"<p>Pusher · abgeglichen am {stamp}</p>"))
    return Draft(title="t", labels=(), body=TeamText("".join(map(machine_region, regions))), regions=regions)


def test_a_page_that_is_written_anyway_names_no_older_day_below() -> None:
    monday = day("41 %", "23.11.2026")
    assert merge(monday.body, day("41 %", "24.11.2026")) == Merged(body=monday.body, changed=(), drifted=())
    merged = merge(monday.body, day("44 %", "24.11.2026"))
    assert merged == Merged(body=day("44 %", "24.11.2026").body, changed=("numbers",), drifted=())
    assert merge(merged.body, day("44 %", "25.11.2026")).changed == ()


def test_a_foot_that_people_changed_stays_theirs_whatever_the_day() -> None:
    theirs = TeamText(day("41 %", "23.11.2026").body.words.replace("Pusher", "Unser Pusher"))
    merged = merge(theirs, day("44 %", "24.11.2026"))
    assert merged.drifted == ("foot",)
    assert "Unser Pusher · abgeglichen am 23.11.2026" in merged.body.words
