"""Jira's values in Data Center's dress: names and keys for account ids, wiki markup for documents, other addresses."""

from typing import Any
from urllib.parse import quote

from connector.sandbox.datacenter.wiki_markup import is_document, wiki_of
from connector.sandbox.people import ORIGIN, SERVICE_ZONE, People, Person

BASE = f"{ORIGIN}/jira"
API = f"{BASE}/rest/api/2"
_CLOUD_ONLY = frozenset({"hierarchyLevel", "simplified", "style", "isPrivate", "jsdPublic", "groupId", "accessLevel"})
_SIZES = (("48x48", ""), ("24x24", "size=small&"), ("16x16", "size=xsmall&"), ("32x32", "size=medium&"))


def user_json(person: Person) -> dict[str, Any]:
    """A person as Jira Data Center writes one, mail address and time zone included."""
    return {
        "self": f"{API}/user?username={quote(person.login)}",
        "name": person.login,
        "key": person.jira_key,
        "emailAddress": person.mail,
        "avatarUrls": {
            size: f"{BASE}/secure/useravatar?{part}ownerId={person.jira_key}&avatarId=10341" for size, part in _SIZES
        },
        "displayName": person.name,
        "active": True,
        "timeZone": SERVICE_ZONE,
    }


def dressed(value: Any, people: People) -> Any:
    """The value, and everything in it, as Data Center would have it; what is in its dress already stays as it is."""
    if isinstance(value, list):
        return [dressed(one, people) for one in value]
    if isinstance(value, str):
        return _moved(value)
    if not isinstance(value, dict):
        return value
    if "accountId" in value:
        person = people.find(value["accountId"])
        return user_json(person) if person else {"name": "unknown", "key": "unknown", "displayName": "Former user"}
    if is_document(value):
        return wiki_of(value, people)
    return {name: dressed(one, people) for name, one in value.items() if name not in _CLOUD_ONLY}


def _moved(text: str) -> str:
    if not text.startswith(ORIGIN) or text.startswith(BASE):
        return text
    return BASE + text.removeprefix(ORIGIN).replace("/rest/api/3", "/rest/api/2", 1)
