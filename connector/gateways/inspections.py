"""What `okr doctor` looks at on Cloud sites: settings and permissions, never a user."""

from connector.errors import NotFound
from connector.gateways import operations
from connector.gateways.transport import Answer, Transport
from mappings import boundary
from mappings.records import ProjectRecord, ScreenField, SpaceRights

DIALOG = 200  # fields of one request


class JiraCloudInspection:
    """Implements `connector.ports.JiraInspection`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def release(self) -> tuple[int, int] | None:
        """Cloud is always of today."""
        return None

    def permissions(self, names: frozenset[str], project: str | None = None) -> frozenset[str]:
        """Of these permissions, those we have in a project, or anywhere; none in a project that is hidden."""
        operation = operations.PERMISSIONS
        params = {"permissions": ",".join(sorted(names))} | ({"projectKey": project} if project else {})
        answer = self._transport.ask(operation, operation.at(), params=params, accept=(404,) if project else ())
        if answer.status == 404:
            return frozenset()
        return self._transport.read(answer, lambda raw: boundary.permissions(raw, names))

    def projects_to_write(self) -> frozenset[str] | None:
        """Keys of all projects in which we may create issues; one request."""
        operation = operations.PERMITTED_PROJECTS
        answer = self._transport.ask(operation, operation.at(), data={"permissions": ["CREATE_ISSUES"]})
        return self._transport.read(answer, boundary.permitted_projects)

    def project(self, key: str) -> ProjectRecord:
        """A project's settings; NotFound where it is gone or hidden."""
        operation = operations.PROJECT
        try:
            answer = self._transport.ask(operation, operation.at(project=key))
        except NotFound:
            raise self._transport.site.project_missing(operation) from None
        return self._transport.read(answer, boundary.project)

    def create_screen(self, project: str, type_id: str) -> tuple[ScreenField, ...]:
        """Every field of a create screen."""
        operation = operations.CREATE_SCREEN
        path = operation.at(project=project, type_id=type_id)

        def ask(place: str | None) -> Answer:
            return self._transport.ask(operation, path, params={"startAt": place or "0", "maxResults": DIALOG})

        pages = self._transport.all_of(ask, boundary.create_screen_page)
        return tuple(field for page in pages for field in page.records)

    def link_types(self, names: frozenset[str]) -> frozenset[str]:
        """Of these link types, those that exist."""
        operation = operations.LINK_TYPES
        answer = self._transport.ask(operation, operation.at())
        return self._transport.read(answer, lambda raw: boundary.link_types(raw, names))


class ConfluenceCloudInspection:
    """Implements `connector.ports.ConfluenceInspection`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def release(self) -> tuple[int, int] | None:
        """Cloud is always of today."""
        return None

    def space_operations(self, space_id: str, names: frozenset[str]) -> SpaceRights:
        """Told by a call of its own: what it does not name is not allowed."""
        operation = operations.SPACE_OPERATIONS
        answer = self._transport.ask(operation, operation.at(space=space_id))
        return SpaceRights(allowed=self._transport.read(answer, lambda raw: boundary.space_operations(raw, names)))
