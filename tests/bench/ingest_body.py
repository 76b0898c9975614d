"""An invented event of Jira Cloud, as large as real ones: people, comments and custom fields around a moved epic."""

import json
from typing import Any

from tests.bench.crowd import labelled_epic, project_of

FIELDS = 110
COMMENTS = 4
_SITE = "https://nordlicht.example"
_WORDS = "Wir haben die drei Schritte mit fünf Haushalten durchgespielt und den Abschlag noch einmal erklärt. "


def body_of(number: int) -> bytes:
    """The epic of that team was closed; about 25 KB, of which an id, a key and a project matter."""
    fields: dict[str, Any] = {
        "summary": "Geführte Einrichtung",
        "issuetype": {"id": "10000", "name": "Epic", "subtask": False, "hierarchyLevel": 1},
        "project": {"id": str(10000 + number), "key": project_of(number), "name": f"Delivery {number}"},
        "labels": [f"okr-setup-{number:04d}", "haushalt"],
        "status": {"id": "10002", "name": "Done", "statusCategory": {"id": 3, "key": "done"}},
        "assignee": _person(1),
        "reporter": _person(2),
        "creator": _person(2),
        "comment": {"comments": [_comment(place) for place in range(COMMENTS)], "total": COMMENTS},
        "description": _WORDS * 29,
    }
    fields |= {f"customfield_{10000 + place}": _custom(place) for place in range(FIELDS)}
    event = {
        "timestamp": 1795512600000,
        "webhookEvent": "jira:issue_updated",
        "issue_event_type_name": "issue_generic",
        "user": _person(3),
        "issue": {"id": str(20000 + number), "key": labelled_epic(number), "fields": fields},
        "changelog": {"id": "1", "items": [{"field": "status", "fromString": "In Progress", "toString": "Done"}]},
    }
    return json.dumps(event, ensure_ascii=False).encode()


def _person(number: int) -> dict[str, Any]:
    account = f"5b10a2844c20165700ede{number:03d}"
    pictures = {size: f"{_SITE}/avatar/{account}?size={size}" for size in ("48x48", "24x24", "16x16", "32x32")}
    names = {"displayName": f"Mika Beispiel {number}", "emailAddress": f"mika{number}@nordlicht.example"}
    return {"self": f"{_SITE}/rest/api/2/user?accountId={account}", "accountId": account, **names,
            "avatarUrls": pictures, "active": True, "timeZone": "Europe/Berlin"}  # fmt: skip


def _comment(place: int) -> dict[str, Any]:
    people = {"author": _person(10 + place), "updateAuthor": _person(10 + place)}
    return {"id": str(30000 + place), **people, "body": _WORDS * 10, "created": "2026-11-24T09:30:00.000+0100"}


def _custom(place: int) -> Any:
    """What custom fields hold: mostly nothing, else numbers, choices and people."""
    if place % 5 == 0:
        return {"self": f"{_SITE}/rest/api/2/customFieldOption/{place}", "value": f"Wahl {place}", "id": str(place)}
    if place % 11 == 0:
        return [_person(place)]
    return 3.5 * place if place % 7 == 0 else None
