"""The imitation's second dialect: Jira and Confluence Data Center on the same worlds.

The site answers at `…/jira` and `…/confluence`; who calls has a personal access token, sent as Bearer. The routes stand
in `jira_rest`, `jira_webhook_rest`, `confluence_rest` and `confluence_webhook_rest`.
"""
