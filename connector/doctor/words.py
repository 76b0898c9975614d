"""Jira's and Confluence's own names for what we ask for, as administrators see them."""

from collections.abc import Mapping

PERMISSION_NAMES: Mapping[str, str] = {
    "BROWSE_PROJECTS": "Browse Projects",
    "CREATE_ISSUES": "Create Issues",
    "EDIT_ISSUES": "Edit Issues",
    "LINK_ISSUES": "Link Issues",
    "ASSIGN_ISSUES": "Assign Issues",
}
OPERATION_NAMES: Mapping[str, str] = {
    "read space": "View space",
    "create page": "Add pages",
    "create attachment": "Add attachments",
}
