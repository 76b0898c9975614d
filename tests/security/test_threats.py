"""Each threat that applies has tests, by name; the table is held against the suite, so that none is lost unseen."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Superseded, and so without a line: per-delivery dedupe rows (T2: rings are idempotent), roles, one-time tokens and
# local logins (T13-T15: access is a declaration for each room of routes), the supply chain (T25: locks with hashes).
THREATS: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "T1": (
        "a forged webhook",
        {
            "webhooks/test_signatures.py": (
                "test_a_header_that_is_missing_short_odd_doubled_or_foreign_is_refused",
                "test_what_is_secret_is_compared_in_constant_time_only",
                "test_anything_gives_a_verdict",
            ),
            "webhooks/test_routes.py": ("test_a_body_is_verified_before_it_is_parsed",),
            "connector/test_web.py": ("test_without_secrets_there_is_no_door",),
        },
    ),
    "T2": (
        "a replay",
        {"flow/test_live_events.py": (), "storage/test_ring_histories.py": (), "webhooks/test_sandbox_rings.py": ()},
    ),
    "T3": (
        "a secret in an address",
        {
            "webhooks/test_routes.py": (
                "test_a_secret_in_the_address_opens_nothing",
                "test_the_old_secret_still_opens_while_keys_are_changed",
            )
        },
    ),
    "T4": (
        "a body too large, too deep, too slow",
        {
            "webhooks/test_routes.py": ("test_four_mebibytes_are_taken_in_and_one_byte_more_is_not",),
            "webhooks/test_sockets.py": ("test_an_endless_body_is_refused_by_what_comes_not_by_what_was_said",),
            "webhooks/test_fuzz.py": ("test_five_thousand_malformed_calls_get_a_verdict",),
            "mappings/test_boundary_totality.py": ("test_depth_is_refused_or_skipped",),
        },
    ),
    "T5": (
        "a flood, a full disk",
        {
            "faults/test_door_on_a_failing_disk.py": (),
            "webhooks/test_routes.py": ("test_a_house_that_cannot_keep_anything_asks_to_come_again",),
        },
    ),
    "T6": (
        "requests to where an attacker wants",
        {
            "gateways/test_site_session.py": (
                "test_a_session_sends_nothing_to_another_host",
                "test_only_named_operations_of_this_site_can_be_sent",
            ),
            "gateways/test_metric_endpoint.py": (
                "test_a_redirect_is_not_followed",
                "test_a_host_inside_is_not_connected_to_unless_it_is_marked",
            ),
            "gateways/test_metric_hosts.py": ("test_no_mark_opens_the_addresses_where_clouds_keep_their_secrets",),
        },
    ),
    "T7": (
        "a stolen token, or one that may too much",
        {
            "gateways/test_site_session.py": ("test_neither_account_nor_token_nor_proxy_is_shown",),
            "security/test_secrets.py": ("test_no_secret_is_in_what_is_said_kept_or_handed_out",),
            "doctor/test_permission_sheet.py": (
                "test_the_scopes_are_enough_for_every_call_of_this_house_and_none_is_too_many",
            ),
            "doctor/test_site_and_time.py": ("test_an_account_that_may_administer_is_asked_about",),
        },
    ),
    "T8": (
        "a query that is bent",
        {
            "mappings/test_jql_builder.py": (
                "test_a_foreign_query_cannot_leave_its_brackets",
                "test_an_empty_or_unprintable_value_is_no_query",
            ),
            "mappings/test_jql_guard_is_total.py": (),
            "security/test_injected_requests.py": ("test_no_word_leaves_the_quotes_of_a_query",),
        },
    ),
    "T9": (
        "markup in a page's words",
        {
            "security/test_injected_pages.py": ("test_no_word_on_a_page_is_markup",),
            "security/test_injected_requests.py": ("test_a_description_on_data_center_begins_no_markup",),
        },
    ),
    "T10": (
        "script in our own pages, formulas in tables",
        {
            "connector/test_web.py": ("test_every_answer_is_hardened_even_that_there_is_nothing",),
            "security/test_web_stays_shut.py": ("test_every_page_forbids_scripts_frames_and_foreign_things",),
            "security/test_injected_web.py": (
                "test_no_word_on_our_own_pages_is_markup",
                "test_what_remains_of_a_pasted_message_is_words",
            ),
            "security/test_injections.py": (
                "test_no_cell_of_an_export_is_a_formula",
                "test_what_an_organisation_takes_with_it_holds_no_formula",
            ),
            "security/test_source_laws.py": ("test_templates_escape_everything_but_what_was_made_safe",),
        },
    ),
    "T11": ("a template from outside", {"security/test_source_laws.py": ("test_the_house_keeps_the_law",)}),
    "T12": (
        "a form on somebody else's page",
        {
            "security/test_web_stays_shut.py": (
                "test_nothing_that_a_foreign_form_can_send_changes_anything",
                "test_looking_changes_nothing",
            )
        },
    ),
    "T16": (
        "words in the log",
        {
            "connector/test_log.py": (
                "test_a_line_is_one_line_whatever_the_sentence",
                "test_an_error_is_its_type_its_code_and_its_places",
            ),
            "webhooks/test_routes.py": ("test_nothing_of_a_call_is_logged",),
            "security/test_injections.py": ("test_no_word_makes_a_line_of_the_log",),
        },
    ),
    "T17": (
        "error pages that tell",
        {"connector/test_web.py": ("test_what_cannot_be_told_is_503_without_a_word_of_the_database",)},
    ),
    "T18": (
        "a name of a file from outside",
        {"web/test_handbook.py": ("test_no_name_of_a_file_comes_from_an_address",)},
    ),
    "T19": (
        "objects from bytes",
        {
            "security/test_source_laws.py": ("test_the_house_keeps_the_law",),
            "mappings/test_yaml_is_kept_simple.py": ("test_what_is_not_read_says_where",),
        },
    ),
    "T20": (
        "entities in a page",
        {
            "security/test_injected_pages.py": ("test_a_page_cannot_bring_entities_of_its_own",),
            "pages/test_canonical.py": ("test_deep_nesting_never_ends_in_a_crash",),
        },
    ),
    "T21": (
        "text made to be slow",
        {
            "security/test_patterns.py": (
                "test_a_hundred_kilobytes_made_to_be_slow_are_looked_through_at_once",
                "test_no_pattern_goes_back_again_and_again",
            ),
            "mappings/test_yaml_is_kept_simple.py": ("test_a_file_made_to_be_slow_is_refused_soon",),
        },
    ),
    "T22": ("people's edits overwritten", {"flow/test_human_hands.py": (), "flow/test_races.py": ()}),
    "T23": (
        "much retired at once",
        {
            "flow/test_book_changes.py": ("test_a_plan_that_would_retire_too_much_stops_until_it_is_released",),
            "flow/test_bad_input.py": (),
        },
    ),
    "T24": (
        "a stolen database",
        {
            "storage/test_engine.py": (
                "test_the_file_and_its_journal_are_the_owners_alone",
                "test_a_file_that_others_could_read_is_closed_to_them",
            ),
            "storage/test_census.py": (),
            "security/test_secrets.py": ("test_no_secret_is_in_what_is_said_kept_or_handed_out",),
        },
    ),
    "T26": ("more is read later", {"privacy/test_agreement.py": (), "privacy/test_surface.py": ()}),
    "T27": ("our writes mirror somebody's hours", {"flow/test_live_time.py": (), "flow/test_typing_team.py": ()}),
}


def named_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("threat", THREATS)
def test_every_threat_has_the_tests_that_are_named_for_it(threat: str) -> None:
    _, named = THREATS[threat]
    assert named
    for file, names in named.items():
        found = named_in(ROOT / file)
        assert found, file
        assert set(names) <= found, (file, set(names) - found)


def test_no_threat_that_applies_is_left_out() -> None:
    applies = {*range(1, 13), *range(16, 25), 26, 27}
    assert {int(name.removeprefix("T")) for name in THREATS} == applies
