"""What `okr doctor` looks at on Data Center: settings and permissions, never a user."""

from collections.abc import Callable
from dataclasses import replace

from connector.errors import NotFound
from connector.gateways import operations_datacenter as at
from connector.gateways.transport import Answer, Transport
from mappings import boundary
from mappings.records import EpicFields, ProjectRecord, ScreenField, SpaceRights

DIALOG = 200  # fields or types of one request
EPIC_LEVEL = 1
_CHANGE, _ADD, _LOOK = "update page", "create page", "read space"  # a space that is shown may be looked at


class JiraServerInspection:
    """Implements `connector.ports.JiraInspection`."""

    def __init__(self, transport: Transport, epic_fields: Callable[[], EpicFields]) -> None:
        self._transport, self._epic_fields = transport, epic_fields

    def release(self) -> tuple[int, int] | None:
        """Major and minor version; one request."""
        return self._transport.read(self._transport.ask(at.SERVER_INFO, at.SERVER_INFO.at()), boundary.server_version)

    def permissions(self, names: frozenset[str], project: str | None = None) -> frozenset[str]:
        """Of these permissions, those we have in a project, or anywhere; none in a project that is hidden."""
        params = {"projectKey": project} if project else {}
        answer = self._transport.ask(
            at.PERMISSIONS, at.PERMISSIONS.at(), params=params, accept=(400, 404) if project else ()
        )
        if answer.status >= 400:
            return frozenset()
        return self._transport.read(answer, lambda raw: boundary.permissions(raw, names))

    def projects_to_write(self) -> frozenset[str] | None:
        """The only call that tells shows every project with its lead, so it is not made."""
        return None

    def project(self, key: str) -> ProjectRecord:
        """A project's settings; NotFound where it is gone or hidden."""
        try:
            answer = self._transport.ask(at.PROJECT, at.PROJECT.at(project=key))
        except NotFound:
            raise self._transport.site.project_missing(at.PROJECT) from None
        project = self._transport.read(answer, boundary.project)
        if EPIC_LEVEL not in project.levels and self._epics_under_another_name(key):
            return replace(project, levels=project.levels | {EPIC_LEVEL})
        return project

    def create_screen(self, project: str, type_id: str) -> tuple[ScreenField, ...]:
        """Every field of a create screen."""
        path = at.CREATE_SCREEN.at(project=project, type_id=type_id)

        def ask(place: str | None) -> Answer:
            return self._transport.ask(at.CREATE_SCREEN, path, params={"startAt": place or "0", "maxResults": DIALOG})

        pages = self._transport.all_of(ask, boundary.create_screen_page)
        return tuple(field for page in pages for field in page.records)

    def link_types(self, names: frozenset[str]) -> frozenset[str]:
        """Of these link types, those that exist."""
        answer = self._transport.ask(at.LINK_TYPES, at.LINK_TYPES.at())
        return self._transport.read(answer, lambda raw: boundary.link_types(raw, names))

    def _epics_under_another_name(self, project: str) -> bool:
        """Whether a type that is not called Epic asks for an Epic Name all the same."""
        field = self._epic_fields().name
        if field is None:
            return False
        path = at.CREATE_DIALOG.at(project=project)
        answer = self._transport.ask(at.CREATE_DIALOG, path, params={"startAt": "0", "maxResults": DIALOG})
        kinds = self._transport.read(answer, boundary.issue_types_page).records
        screens = (self.create_screen(project, kind.id) for kind in kinds if kind.level == 0)
        return any(shown.id == field for screen in screens for shown in screen)


class ConfluenceServerInspection:
    """Implements `connector.ports.ConfluenceInspection`."""

    def __init__(self, transport: Transport, home_of: Callable[[str], str | None]) -> None:
        self._transport, self._home_of = transport, home_of

    def release(self) -> tuple[int, int] | None:
        """Major and minor version; one request. Zeros where it is so old that it does not tell."""
        answer = self._transport.ask(at.PAGE_SERVER, at.PAGE_SERVER.at(), accept=(404,))
        return (0, 0) if answer.status == 404 else self._transport.read(answer, boundary.confluence_version)

    def space_operations(self, space_id: str, names: frozenset[str]) -> SpaceRights:
        """Told by the space's home page: who may change it may add pages, which is one permission on Data Center.

        The call about the space itself lists every user and group with a right in it, and is not made. What the home
        page does not show is untold, since a page may be restricted for itself.
        """
        home = self._home_of(space_id)
        told = self._told(home, names | {_CHANGE}) if home else frozenset()
        adds = {_ADD} if _CHANGE in told else set()
        allowed = names & (told | adds | {_LOOK})
        return SpaceRights(allowed=allowed, untold=names - allowed)

    def _told(self, page: str, names: frozenset[str]) -> frozenset[str]:
        path = at.PAGE.at(page=page)
        answer = self._transport.ask(at.PAGE, path, params={"expand": "operations"}, accept=(403, 404))
        if answer.status >= 400:
            return frozenset()
        return self._transport.read(answer, lambda raw: boundary.space_operations(raw, names))
