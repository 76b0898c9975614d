"""Where Atlassian's documents of Data Center say less, or other, than their own prose and the sites do."""

from typing import Any

LISTS = (
    "/api/2/project",
    "/api/2/field",
    "/api/2/issuetype",
    "/api/2/status",
    "/api/2/issue/{issueIdOrKey}/remotelink",
)
"""Answers that are arrays, documented by one of their members."""

OTHER_STATUS = (
    ("/api/2/issue/{issueIdOrKey}/remotelink", "post", "200", "201"),  # a new one is created
    ("/rest/api/content/{id}/child/attachment", "get", "201", "200"),  # reading creates nothing
)
NULLABLE = (("UserBean", "name"),)
"""Nulls that the prose asks for (nobody as assignee)."""

ANY_VALUE = ("IssueBean", "IssueUpdateBean")
"""Schemas whose map of fields says that every value is an object, a summary too."""


def mend(text: dict[str, Any]) -> None:
    """The document, so that right exchanges pass."""
    schemas, paths = text["components"]["schemas"], text["paths"]
    for name in ANY_VALUE:
        if name in schemas:
            schemas[name]["properties"]["fields"] = {"type": "object", "additionalProperties": True}
    for name, field in NULLABLE:
        if name in schemas:
            schemas[name]["properties"][field]["nullable"] = True
    for path in LISTS:
        content = paths.get(path, {}).get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        for media in content.values():
            media["schema"] = {"anyOf": [media["schema"], {"type": "array", "items": media["schema"]}]}
    for path, method, known, other in OTHER_STATUS:
        if path in paths:
            responses = paths[path][method]["responses"]
            responses.setdefault(other, responses[known])
    for name in ("minorEdit", "hidden"):  # parts of a form are text, whatever they mean
        schemas.get("MockAttachmentRequest", {}).get("properties", {}).get(name, {}).pop("type", None)
    _mend_properties(schemas, paths)
    _mend_fields(paths)


def _mend_properties(schemas: dict[str, Any], paths: dict[str, Any]) -> None:
    """An issue's property is any JSON, not a string."""
    if "EntityPropertyBean" in schemas:
        schemas["EntityPropertyBean"]["properties"]["value"] = {}
    one = paths.get("/api/2/issue/{issueIdOrKey}/properties/{propertyKey}")
    if one is not None:
        one["put"]["requestBody"]["content"]["application/json"]["schema"] = {}


def _mend_fields(paths: dict[str, Any]) -> None:
    """The fields of a search are texts, not objects."""
    for parameter in paths.get("/api/2/search", {}).get("get", {}).get("parameters", []):
        if parameter["name"] in ("fields", "expand"):
            parameter["schema"] = {"type": "array", "items": {"type": "string"}}
