"""The names of fields in Atlassian's bodies, by what stands behind them; names nobody listed are never shown."""

import re
from enum import StrEnum
from typing import Final


class Matter(StrEnum):
    """What a dropped part is about."""

    IDENTITY = "identity"
    SCORING = "scoring"  # what a single person did, how much, how well
    TIMING = "timing"
    TEXT = "text"
    OTHER = "other"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


PEOPLE: Final = _names(
    "user users author updateAuthor assignee realAssignee reporter creator lead projectLead owner watchers voters "
    "createdBy ownedBy lastUpdatedBy by publishers contributors collaborators currentuser profilePicture approvers "
    "driver actor participants userProfile lastModifier personalSpace visibility archivedBy deletedBy members watcher"
)
"""Everything below one of these is about a person."""

IDENTITY: Final = PEOPLE | _names(
    "accountId accountType displayName publicName emailAddress email userKey username userAccountId userDisplayName "
    "fullName creatorAccountId creatorDisplayName lastModifierAccountId lastModifierDisplayName ownerAccountId "
    "ownerId authorId lastOwnerId spaceOwnerId tmpFromAccountId tmpToAccountId timeZone locale assigneeType "
    "leadAccountId isExternalCollaborator isPersonalSpace userName assignedTo completedBy"
)
SCORING: Final = _names(
    "timespent timeestimate timeoriginalestimate aggregatetimespent aggregatetimeestimate "
    "aggregatetimeoriginalestimate progress aggregateprogress percent workratio timetracking timeSpent "
    "timeSpentSeconds originalEstimate originalEstimateSeconds remainingEstimate remainingEstimateSeconds votes "
    "hasVoted watches watchCount isWatching likes worklog worklogs rating total overdue"
)
TIMING: Final = _names(
    "timestamp created updated createdDate createdAt modificationDate creationDate lastUpdated lastViewed duedate "
    "resolutiondate statuscategorychangedate started startDate endDate completeDate releaseDate userStartDate "
    "userReleaseDate when friendlyWhen transformedAt schedulePublishDate"
)
TEXT: Final = _names(
    "summary description environment body commentBody comment comments text goal title name filename fileName message "
    "labels label reason nonEditableReason value content outwardName inwardName outward inward fromString toString "
    "from to spaceName caption security issuerestriction issuerestrictions macroRenderedOutput path"
)
OTHER: Final = _names(
    "16x16 24x24 32x32 48x48 _expandable _links active ancestors archived attachedTo attachment attachments "
    "avatarId avatarUrls base board changelog child childTypes children collection colorName components container "
    "contentType contentTypeModified context descendants destinationIssueId entityId event eventType field fieldId "
    "fields fieldtype fileSize fixVersions frontend hasEpicLinkFieldDependency height hierarchyLevel history homePage "
    "homepage icon iconUrl id idAsString identifiers inwardIssue isDefault isFromIssueLimitTransformation "
    "isSubTaskLinkType isSystemLinkType issue issueId issueLink issueLinkType issue_event_type_name issuelinks "
    "issuetype items jsdPublic key labeled latest level limit lookAndFeel maxResults metadata mimeType minorEdit next "
    "nextVersion number oldValue on operations originBoardId outwardIssue page parent permissions previousVersion "
    "priority project projectCategory projectId projectTypeKey properties released resolution restrictions results "
    "self settings shouldDisplay showField simple simplified size sourceIssueId space spaceKey sprint start startAt "
    "state status statusCategory subtask subtasks systemLink theme type updateTrigger version versions webhookEvent "
    "webui width blog issues expand isLast nextPageToken warnings storage representation parentId parentType spaceId "
    "position editui tinyui authorType minorVersion draftVersion operation okr links object url globalId"
)
KNOWN: Final = IDENTITY | SCORING | TIMING | TEXT | OTHER
_CUSTOM = re.compile(r"customfield_[0-9]{1,10}")


def shown(key: str) -> str:
    """The key as it may stand in a path; a key that is not Atlassian's own could be anything, even a name."""
    return key if key in KNOWN or _CUSTOM.fullmatch(key) else "?"


def is_custom(key: str) -> bool:
    """Whether it is a field that a site's administrator made."""
    return _CUSTOM.fullmatch(key) is not None
