"""Every place known to us where Jira or Confluence name a person: what the proof puts its invented people into.

A place is a path in a body, a header, a name in an address or a piece of markup. `user` is a whole user object, `id`
and `name` are plain texts, `text` is free text, `names` a list of texts; `[]` is a list with one entry.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Carrier(StrEnum):
    """What a place is part of."""

    ISSUE = "issue"  # in events and in answers alike
    EVENT = "event"  # of Jira, beside its issue
    PAGE = "page"  # of Confluence, in events and in answers alike
    CONFLUENCE = "confluence event"
    AUTOMATION = "automation"
    READING = "reading"
    ANSWER = "answer"  # of either product, beside what was asked for; errors too
    QUERY = "address"
    HEADER = "header of a call"
    REPLY = "header of an answer"
    WORDS = "words of a team"  # stay on their page, byte for byte, and go nowhere else


class Manner(StrEnum):
    """How a person stands there."""

    USER = "user"
    ID = "id"
    NAME = "name"
    TEXT = "text"
    NAMES = "names"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place where a person can stand."""

    carrier: Carrier
    manner: Manner
    path: str  # of markup: its kind

    def __str__(self) -> str:
        return f"{self.carrier}: {self.path}"


_PLACES: Final[dict[Carrier, str]] = {
    Carrier.ISSUE: """
        user fields.assignee | user fields.reporter | user fields.creator | user fields.watches.watchers[]
        user fields.votes.voters[] | text fields.lastViewed | user fields.comment.comments[].author
        user fields.comment.comments[].updateAuthor | text fields.comment.comments[].body
        name fields.comment.comments[].visibility.value | user fields.worklog.worklogs[].author
        user fields.worklog.worklogs[].updateAuthor | text fields.worklog.worklogs[].comment
        user fields.attachment[].author | text fields.attachment[].filename | text fields.attachment[].content
        user fields.components[].lead | user fields.components[].assignee | user fields.components[].realAssignee
        id fields.components[].leadAccountId | text fields.components[].name | user fields.project.lead
        text fields.project.email | text fields.project.name | user fields.project.archivedBy
        user fields.project.deletedBy | user fields.project.projectLead | id fields.versions[].driver
        id fields.versions[].approvers[].accountId | text fields.versions[].approvers[].declineReason
        text fields.versions[].description | id fields.fixVersions[].driver | text fields.fixVersions[].name
        name fields.security.name | text fields.security.description | name fields.issuerestriction.name
        text fields.parent.fields.summary | user fields.parent.fields.assignee | text fields.subtasks[].fields.summary
        user fields.subtasks[].fields.assignee | text fields.issuelinks[].inwardIssue.fields.summary
        user fields.issuelinks[].outwardIssue.fields.assignee | user fields.customfield_10030
        user fields.customfield_10031[] | name fields.customfield_10032.name | name fields.customfield_10033[].name
        user fields.customfield_10034[] | user fields.customfield_10035[].approvers[].approver
        text fields.customfield_10036.comment | id fields.customfield_10037 | text fields.customfield_10038
        user fields.customfield_10039.lead | text fields.customfield_10040[].label | name fields.customfield_10041.name
        text fields.customfield_10042[].goal | name fields.customfield_10043.currentValue
        text fields.summary | text fields.description | text fields.environment | names fields.labels
        text fields.status.name | text fields.status.description | text fields.issuetype.description
        text fields.resolution.name | text fields.priority.name | text renderedFields.description
        text renderedFields.comment.comments[].body | user changelog.histories[].author
        user changelog.histories[].historyMetadata.actor | text changelog.histories[].historyMetadata.emailDescription
        id changelog.items[].from | id changelog.items[].to | name changelog.items[].fromString
        name changelog.items[].toString | id changelog.items[].tmpFromAccountId
        id changelog.items[].tmpToAccountId | user editmeta.fields.assignee.allowedValues[]
        text editmeta.fields.assignee.autoCompleteUrl | user operations.linkGroups[].header
        user transitions[].fields.approver | text transitions[].name | user properties.other-app.author
        text properties.other-app.note | text fields.description_adf.content[].attrs.text
        id fields.description_adf.content[].attrs.id""",
    Carrier.EVENT: """
        user user | user comment.author | user comment.updateAuthor | text comment.body | user worklog.author
        user worklog.updateAuthor | text worklog.comment | user attachment.author | text attachment.filename
        user project.projectLead | text project.name | text sprint.name | text sprint.goal | text oldValue.goal
        text version.description | id version.driver | text board.name | text board.location.displayName
        id board.location.userAccountId | user filter.owner | text filter.jql | user filter.sharePermissions[].user
        id bulkOperationMetaData.submittedBy | text issue_event_type_name | text property.value.owner
        user issueLink.author | text changelog.items[].fromString | name changelog.author.name""",
    Carrier.PAGE: """
        id authorId | id ownerId | id lastOwnerId | id createdBy | id version.authorId | user version.by
        text version.message | user version.collaborators.users[] | id version.collaborators.userKeys[]
        user history.createdBy | user history.lastUpdated.by | user history.contributors.publishers.users[]
        id history.contributors.publishers.userKeys[] | user creator | user lastModifier
        user restrictions.read.restrictions.user.results[] | id collaborators[] | id likes.users[].accountId
        user children.comment.results[].history.createdBy | text children.comment.results[].title
        user children.attachment.results[].version.by | text children.attachment.results[].title
        user metadata.currentuser | user metadata.likes.users[] | text ancestors[].title | user ancestors[].version.by
        text body.view.value | text body.export_view.value | id assignedTo | id completedBy
        id resolutionLastModifierId | id spaceOwnerId | id principal.id | text space.name | user space.creator
        name _expandable.container""",
    Carrier.CONFLUENCE: """
        id userAccountId | id userKey | name accountType | id page.creatorAccountId | id page.lastModifierAccountId
        id page.ownerAccountId | text page.title | text page.self | text page.spaceKey | name userProfile.fullName
        text userProfile.email | user comment.creator | text comment.body | user content.history.createdBy
        text content.title | id watcher | id user.accountId | text space.name | text attachedTo.title
        text oldParent.title | text updateTrigger""",
    Carrier.AUTOMATION: """
        user initiator | user issue.fields.assignee | text issue.fields.summary | user page.author | text page.title
        text event | text comment.body | user rule.owner""",
    Carrier.READING: "user author | text note | text comment | name measuredBy | text unit",
    Carrier.ANSWER: """
        names errorMessages | text message | text reason | text data.message | names warningMessages
        text errors.summary | text errors.assignee | text errors.okr | user _links.user | text warnings[].text
        text names.customfield_10030 | user schema.customfield_10030 | text detail | text title
        user submittedBy | text authorization.remoteAddress | user sharedUsers[] | id leadAccountId
        id memberAccountIds[]""",
    Carrier.QUERY: """
        id user_id | name user_key | id modifiedUser.accountId | name modifiedUser.name | text token
        text comment.id""",
    Carrier.HEADER: """
        name User-Agent | text Referer | text Cookie | text X-Forwarded-User | text From
        id X-Atlassian-Webhook-Identifier | text X-Atlassian-Webhook-Trace""",
    Carrier.REPLY: """
        id X-AUSERNAME | id X-AACCOUNTID | text Set-Cookie | text Link | text X-ASESSIONID | text Warning
        text X-Seraph-LoginReason | text ETag""",
    Carrier.WORDS: """
        markup mention of Cloud | markup mention by key | markup mention by name | markup link to a profile
        markup profile macro | markup task of a person | markup personal space""",
}


def census() -> tuple[Place, ...]:
    """All places, each once."""
    return tuple(
        _place(carrier, entry.strip())
        for carrier, text in _PLACES.items()
        for entry in text.replace("\n", "|").split("|")
        if entry.strip()
    )


def _place(carrier: Carrier, entry: str) -> Place:
    manner, _, path = entry.partition(" ")
    return Place(carrier=carrier, manner=Manner(manner), path=path)
