"""Confluence against the book: the spaces it names, what we may do there, and the page everything stands below."""

from collections.abc import Iterator
from dataclasses import dataclass

from connector.doctor.checks import Check, Name, failing, fine, question, refused
from connector.doctor.jira_checks import guarded, side_by_side
from connector.doctor.places import SPACE_OPERATIONS, Places
from connector.doctor.site_checks import release_check
from connector.doctor.words import OPERATION_NAMES
from connector.errors import ConnectorError, PermanentError
from connector.ports import Confluence, ConfluenceInspection
from mappings.records import SpaceRecord, SpaceRights

TOO_MUCH = "administer space"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfluenceExamination:
    """Looks at one site for one book."""

    confluence: Confluence
    inspection: ConfluenceInspection
    places: Places

    def checks(self) -> Iterator[Check]:
        """The site, its spaces in one request, what we may do in each, and the home pages in one request."""
        try:
            found = {space.key.casefold(): space for space in self.confluence.spaces(list(self.places.spaces))}
            yield fine(Name.CONFLUENCE, "Confluence answers and takes the token")
            yield from guarded(Name.RELEASE, "", lambda: [release_check("Confluence", self.inspection)])
            yield from self._spaces(found)
            if found:
                yield self._home(list(found.values()))
        except ConnectorError as error:
            yield refused(Name.CONFLUENCE, error)

    def _spaces(self, found: dict[str, SpaceRecord]) -> Iterator[Check]:
        for key in self.places.spaces:
            if key.casefold() not in found:
                yield failing(
                    Name.SPACE,
                    "Confluence shows no such space",
                    self.places.space(key),
                    "it does not exist, is archived or personal, or is hidden from the service account",
                    "check `confluence.space` in the mapping file",
                    "give the service account access to the space",
                )
        there = [(key, found[key.casefold()]) for key in self.places.spaces if key.casefold() in found]
        yield from side_by_side(lambda one: self._permissions(*one), there)

    def _permissions(self, key: str, space: SpaceRecord) -> Iterator[Check]:
        where = self.places.space(key)
        try:
            rights = self.inspection.space_operations(space.id, frozenset({*SPACE_OPERATIONS, TOO_MUCH}))
        except PermanentError:
            yield _untold(where, frozenset(SPACE_OPERATIONS))
        except ConnectorError as error:
            yield refused(Name.SPACE_PERMISSIONS, error, where)
        else:
            yield _granted(rights, where)
            if TOO_MUCH in rights.allowed:
                yield _administered(where)

    def _home(self, spaces: list[SpaceRecord]) -> Check:
        pages = self.confluence.find_pages([space.id for space in spaces], self.places.home)
        there = {page.space for page in pages}
        stands = [space.key for space in spaces if space.id in there]
        due = [space.key for space in spaces if space.id not in there]
        said = [f"stands in {', '.join(stands)}"] if stands else []
        said += [f"will be made in {', '.join(due)}"] if due else []
        return fine(Name.HOME, f"the page below which ours stand {' and '.join(said)}", f"„{self.places.home}“")


def _untold(where: str, operations: frozenset[str]) -> Check:
    """A question about what the site does not say, with what it does say before it."""
    pages_too = "create page" in operations
    names = ", ".join(OPERATION_NAMES[one] for one in SPACE_OPERATIONS if one in operations)
    return question(
        Name.SPACE_PERMISSIONS,
        "Confluence does not tell what we may do in the space"
        if pages_too
        else f"the service account may add pages; Confluence does not tell about: {names}",
        where,
        "the first page will show it" if pages_too else "the first page with a picture will show it",
        "compare the space's permissions with `okr doctor --needs`",
        "make one page with `okr checkin --team TEAM`",
    )


def _granted(rights: SpaceRights, where: str) -> Check:
    untold = rights.untold & set(SPACE_OPERATIONS)
    missing = [OPERATION_NAMES[one] for one in SPACE_OPERATIONS if one not in rights.allowed | untold]
    if not missing and untold:
        return _untold(where, untold)
    if not missing:
        return fine(Name.SPACE_PERMISSIONS, "the service account may add pages and pictures", where)
    return failing(
        Name.SPACE_PERMISSIONS,
        f"the service account lacks: {', '.join(missing)}",
        where,
        "our pages are made there",
        "grant it: `okr doctor --needs` prints the list to forward",
        "name another space in the mapping file",
    )


def _administered(where: str) -> Check:
    return question(
        Name.EXCESS,
        "the account may administer the space",
        where,
        "our work needs no more than `okr doctor --needs` lists",
        "take the account out of the space's administrators",
        "leave it where nobody else can read the token",
    )
