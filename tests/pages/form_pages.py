"""The planning page that a team fills, as a page of ours whose identifiers are not filled yet."""

from dataclasses import replace

from connector.pages.draft import Draft
from connector.pages.form_reading import filled, read_plan
from connector.pages.markup import BodyUnreadable
from connector.pages.regions import merge
from connector.pages.written import FormUnreadable
from mappings.okr import Language
from mappings.team_text import TeamText
from tests.pages.form_writing import BARE, PAGES, model_page
from tests.pages.team_onboarding import ADDRESSES, QUARTER, STRATEGY, VIEW

TEAM = replace(BARE, language=Language.DE)


def form_page() -> Draft:
    """The model page of the design, its machine regions brought up to date."""
    body = model_page(Language.DE).body
    draft = PAGES.planning_form(replace(VIEW, team=TEAM), ADDRESSES, read_plan(body, TEAM, STRATEGY, QUARTER))
    return replace(draft, body=merge(body, draft).body)


def with_identifiers(body: TeamText) -> TeamText:
    """The body with what we fill into the team's tables; one that cannot be read is left as it is."""
    try:
        return filled(body, read_plan(body, TEAM, STRATEGY, QUARTER))
    except (FormUnreadable, BodyUnreadable):
        return body
