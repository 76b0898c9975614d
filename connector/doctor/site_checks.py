"""The sites as a whole: which releases answer, and whether account and token may do more than we need."""

from collections.abc import Iterator, Mapping
from typing import Final

from connector.doctor.checks import Check, Name, fine, question
from connector.doctor.places import Places
from connector.doctor.sheet import CONFLUENCE_SCOPES, JIRA_SCOPES
from connector.ports import ConfluenceInspection, JiraInspection

TRIED: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {  # releases that the whole suite speaks
    "Jira": ((10, 3), (11, 3)),
    "Confluence": ((10, 0), (10, 2)),
}
TOO_MUCH: Final = "ADMINISTER"
_SHOWN = 5  # projects or scopes named in one question
_LESS: Final = "leave it where nobody else can read the token"


def release_check(product: str, inspection: JiraInspection | ConfluenceInspection) -> Check:
    """Whether the release of Jira or Confluence that answers is one that was tried."""
    release = inspection.release()
    if release is None:
        return fine(Name.RELEASE, f"{product} Cloud answers")
    tried = TRIED[product]
    named = f"{product} Data Center {release[0]}.{release[1]} answers"
    if tried[0] <= release <= (tried[-1][0], 99):
        return fine(Name.RELEASE, named)
    return question(
        Name.RELEASE,
        named,
        f"OKR_{product.upper()}_URL",
        f"what was tried is {' and '.join(f'{major}.{minor}' for major, minor in tried)}",
        "try it on a test instance first: `okr plan` reads only",
        "use a release that was tried",
    )


def excess_checks(inspection: JiraInspection, places: Places) -> Iterator[Check]:
    """An account that may administer, or write where the book has nothing, is worth more to a thief than we need."""
    if TOO_MUCH in inspection.permissions(frozenset({TOO_MUCH})):
        yield question(
            Name.EXCESS,
            "the account may administer Jira",
            "OKR_JIRA_TOKEN",
            "our work needs no more than `okr doctor --needs` lists; only `okr webhooks register` asks for it, once",
            "take the account out of the administrators' group; an administrator's own token registers webhooks",
            _LESS,
        )
    else:
        yield fine(Name.EXCESS, "the account does not administer Jira")
    writable = inspection.projects_to_write()
    if writable is None:
        return
    beyond = sorted(writable - set(places.uses))
    if not beyond:
        yield fine(Name.EXCESS, "the account may create issues in no project but those of the book")
        return
    yield question(
        Name.EXCESS,
        f"the account may create issues in projects that the book does not name: {_some(beyond)}",
        "Jira",
        "our work needs no more than `okr doctor --needs` lists",
        "take the account out of the roles and groups that may create issues there",
        "leave it where these projects are open to everybody",
    )


def scope_checks(granted: frozenset[str]) -> Iterator[Check]:
    """Of the tokens that are granted to a client: what they are good for, beside what the sheet lists.

    Nothing where no token service names scopes; of a lasting token no site tells them.
    """
    needed = {*JIRA_SCOPES, *CONFLUENCE_SCOPES}
    if not granted:
        return
    beyond, absent = sorted(granted - needed), sorted(needed - granted)
    if beyond:
        yield question(
            Name.SCOPES,
            f"the token has scopes that our work does not need: {_some(beyond)}",
            "OKR_JIRA_CLIENT_ID",
            "whoever steals a token can do what its scopes allow",
            "make a credential with the scopes that `okr doctor --needs` lists, and no more",
            _LESS,
        )
    if absent:
        yield question(
            Name.SCOPES,
            f"the token does not name scopes of the sheet: {_some(absent)}",
            "OKR_JIRA_CLIENT_ID",
            "a call that needs one of them is refused",
            "make a credential with all the scopes that `okr doctor --needs` lists",
            "leave it where coarser scopes of the token hold the same",
        )
    if not beyond and not absent:
        yield fine(Name.SCOPES, "the token has the scopes that our work needs, and no more")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
