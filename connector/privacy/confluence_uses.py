"""Why each declared field of Confluence's bodies, and of figures that come from elsewhere, is read."""

from collections.abc import Mapping
from typing import Final

from connector.privacy.bodies import Body
from connector.privacy.purposes import Leftover, Purpose
from connector.privacy.uses import WireUse

_MEMORY, _PAGE = Leftover.MEMORY, Leftover.PAGE
_RING = "rings.team"
_CURSOR = WireUse("Page.next", Purpose.READ_ON, _MEMORY, "…?cursor=eyJpZCI6…")
_TYPED = "answers.state, answers.confidence, answers_observed.units, readings.units, open_cells.kind"

CONFLUENCE_USES: Final[Mapping[Body, Mapping[str, WireUse]]] = {
    Body.CONFLUENCE_EVENT: {
        "event": WireUse("", Purpose.LOOK, _MEMORY, "page_updated"),
        "eventType": WireUse("", Purpose.LOOK, _MEMORY, "page_updated"),
        "page.id": WireUse("PageHint.id", Purpose.LOOK, _RING, "98304"),
        "page.contentType": WireUse("", Purpose.LOOK, _MEMORY, "page"),
        "page.type": WireUse("", Purpose.LOOK, _MEMORY, "page"),
        "content.id": WireUse("PageHint.id", Purpose.LOOK, _RING, "98304"),
        "content.contentType": WireUse("", Purpose.LOOK, _MEMORY, "page"),
        "content.type": WireUse("", Purpose.LOOK, _MEMORY, "page"),
        "id": WireUse("PageHint.id", Purpose.LOOK, _RING, "98304"),
        "type": WireUse("", Purpose.LOOK, _MEMORY, "page"),
    },
    Body.SPACES: {
        "id": WireUse("SpaceRecord.id", Purpose.WRITING, "resources.remote_id", "65537"),
        "key": WireUse("SpaceRecord.key", Purpose.WRITING, "resources.ref", "OKR"),
        "homepageId": WireUse("SpaceRecord.homepage", Purpose.WRITING, _MEMORY, "65600"),
        "type": WireUse("", Purpose.WRITING, _MEMORY, "global"),
        "status": WireUse("", Purpose.WRITING, _MEMORY, "current"),
        "_links.next": _CURSOR,
    },
    Body.OPERATIONS: {
        "operations[].operation": WireUse("", Purpose.SETTING_UP, _MEMORY, "create"),
        "operations[].targetType": WireUse("", Purpose.SETTING_UP, _MEMORY, "page"),
    },
    Body.PAGES: {
        "id": WireUse("PageRecord.id, PageVersion.id", Purpose.OURS, "resources.remote_id", "98304"),
        "version.number": WireUse("PageRecord.version, PageVersion.version", Purpose.WRITING, "resources.version", "7"),
        "spaceId": WireUse("PageRecord.space", Purpose.WRITING, _MEMORY, "65537"),
        "parentId": WireUse("PageRecord.parent", Purpose.OURS, _MEMORY, "65600"),
        "title": WireUse("PageRecord.title", Purpose.OURS, _MEMORY, "OKR-Check-in · Team Onboarding · KW 48/2026"),
        "body.storage.value": WireUse("PageRecord.body", Purpose.ANSWERS, _TYPED, "<ac:structured-macro …>"),
        "status": WireUse("DraftRecord.unpublished", Purpose.WRITING, _MEMORY, "current"),
        "_links.next": _CURSOR,
    },
    Body.CHILDREN: {
        "id": WireUse("ChildRecord.id", Purpose.OURS, "resources.remote_id", "98304"),
        "title": WireUse("ChildRecord.title", Purpose.OURS, _MEMORY, "OKR-Planning · Team Onboarding · Q4 2026"),
        "status": WireUse("", Purpose.OURS, _MEMORY, "current"),
        "type": WireUse("", Purpose.OURS, _MEMORY, "page"),
        "_links.next": _CURSOR,
    },
    Body.RELEASE: {
        "version": WireUse("", Purpose.SETTING_UP, _MEMORY, "10.2.14"),
    },
    Body.LABELS: {
        "name": WireUse("Page.records", Purpose.OURS, _MEMORY, "okr-check-in"),
        "prefix": WireUse("", Purpose.OURS, _MEMORY, "global"),
        "_links.next": _CURSOR,
    },
    Body.RIGHTS: {
        "id": WireUse("Page.records", Purpose.OURS, _MEMORY, "65600"),
    },
    Body.READING: {
        "on": WireUse("PushedReading.on", Purpose.SERIES, "readings.on", "2026-11-23"),
    },
    Body.METRIC: {
        "…": WireUse("PushedReading.value", Purpose.SERIES, "readings.units, readings.digits", "41.5"),
        "….*": WireUse("", Purpose.SERIES, _MEMORY, "{…}"),
    },
}
