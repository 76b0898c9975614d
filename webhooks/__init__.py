"""THE DOOR: where events from Jira and Confluence come in. It may import `mappings`, never `connector`."""
