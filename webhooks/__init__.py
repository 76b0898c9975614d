"""THE DOOR: where events from Jira and Confluence will come in. It may import `mappings`, never `connector`."""
