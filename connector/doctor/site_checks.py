"""The site as a whole: which release answers, and whether the account may do more than we need."""

from collections.abc import Iterator
from typing import Final

from connector.doctor.checks import Check, Name, fine, question
from connector.ports import JiraInspection

TRIED: Final = ((10, 3), (11, 3))  # releases that the whole suite speaks
TOO_MUCH: Final = "ADMINISTER"
_OLDEST, _NEWEST = TRIED[0], TRIED[-1]


def release_check(inspection: JiraInspection) -> Check:
    """Whether the release that answers is one that was tried."""
    release = inspection.release()
    if release is None:
        return fine(Name.RELEASE, "Jira Cloud answers")
    named = f"Jira Data Center {release[0]}.{release[1]} answers"
    if _OLDEST <= release <= (_NEWEST[0], 99):
        return fine(Name.RELEASE, named)
    return question(
        Name.RELEASE,
        named,
        "OKR_JIRA_URL",
        f"what was tried is {' and '.join(f'{major}.{minor}' for major, minor in TRIED)}",
        "try it on a test instance first: `okr plan` reads only",
        "use a release that was tried",
    )


def excess_checks(inspection: JiraInspection) -> Iterator[Check]:
    """A token that may administer is worth more to a thief than our work needs."""
    if TOO_MUCH not in inspection.permissions(frozenset({TOO_MUCH})):
        yield fine(Name.EXCESS, "the account does not administer Jira")
        return
    yield question(
        Name.EXCESS,
        "the account may administer Jira",
        "OKR_JIRA_TOKEN",
        "our work needs no more than `okr doctor --needs` lists; only `okr webhooks register` asks for it, once",
        "take the account out of the administrators' group, and register webhooks with an administrator's own token",
        "leave it where nobody else can read the token",
    )
