"""What a field or a function of Jira stands for, however it is spelt: a person, work, a state, a day, or neither."""

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Final

from mappings.key_names import skeleton, words_of


class FieldKind(StrEnum):
    """What a clause on a field asks about."""

    PERSON = "person"
    WORK = "work"  # effort, estimates, sprints, speed
    STATE = "state"  # status and resolution: what was worked off
    DAY = "day"
    PROJECT = "project"
    FILTER = "filter"
    OTHER = "other"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PERSONS: Final = _names(
    "assignee reporter creator worklogauthor author voter voters votes watcher watchers lastviewed commenter "
    "commentauthor commentedby lastcommentedby projectlead componentlead requestparticipants approvals "
    "approver approvers currentuser user users username accountid peopleinvolved assignedto zugewiesenan "
    "zugewieseneperson stimmen"
)
_PERSON_WORDS: Final = _names(
    "assignee assignees reporter reporters creator creators approver approvers approvals watcher watchers "
    "voter voters bearbeiter bearbeiterin melder ersteller erstellerin autor autorin author authors "
    "verantwortlich verantwortliche verantwortlicher zustandig zustandige zustandiger responsible accountable "
    "person personen people persons mitarbeiter mitarbeiterin mitarbeitende mitarbeitender employee employees "
    "participant participants teilnehmer"
)
_PERSON_ENDINGS: Final = _names(
    "owner owners reviewer reviewers tester testers developer developers contributor contributors member "
    "members lead leader manager user users stakeholder stakeholders sponsor champion prufer entwickler "
    "entwicklerin mitglied mitglieder leitung leiter leiterin ansprechpartner ansprechpartnerin beobachter "
    "benutzer besitzer eigentumer agent agents engineer consultant vorgesetzter vorgesetzte colleague "
    "moderator coach"
)
_DOERS: Final = re.compile(r"\w+(?:ed|en|t|done|made|written) (?:by|von|durch|an)\Z")

_WORK: Final = _names(
    "sprint sprints timespent originalestimate timeoriginalestimate remainingestimate timeestimate workratio "
    "progress aggregateprogress aggregatetimespent aggregatetimeestimate aggregatetimeoriginalestimate "
    "worklogdate worklogcomment worklog worklogs velocity storypoints storypoint storypointestimate throughput "
    "burndown burnup timetracking timeinstatus hours loggedhours effort aufwand schatzung percentdone done "
    "geschatzt restaufwand"
)
_WORK_PAIRS: Final = _names(
    "storypoint storypoints cycletime leadtime timespent timeto timein originalestimate remainingestimate "
    "percentdone worklog loggedtime"
)
_WORK_WORDS: Final = _names(
    "estimate estimates estimated schatzung sprint worklog worklogs velocity throughput burndown"
)
_STATES: Final = _names(
    "status statuscategory resolution resolved resolutiondate resolutions statuscategorychangeddate epicstatus "
    "statuscategorychanged zustand losung erledigt erledigungsdatum"
)
_DAYS: Final = _names(
    "created createddate updated updateddate due duedate startdate targetstart targetend actualstart actualend "
    "erstellt aktualisiert fallig falligkeitsdatum"
)
_DAY_WORDS: Final = _names("date datum timestamp datetime")
_FILTERS: Final = _names("filter savedfilter searchrequest request")
_PROJECTS: Final = _names("project space")
_PLAIN: Final = _names(
    "labels label component components issuetype type priority summary description environment text comment key id "
    "issue issuekey parent parentepic parentlink epiclink epicname level security category projecttype hierarchylevel "
    "affectedversion affectsversions fixversion fixversions version attachments issuelink issuelinktype stichworte "
    "typ vorgangstyp prioritat komponente komponenten zusammenfassung beschreibung umgebung"
)  # what every site has, and what never holds anybody

NOTHING_TOLD: Final[Mapping[str, FieldKind]] = {}

_TYPED: Final = re.compile(r"(.+?)\s*\[([^\[\]]*)\]\Z")
_CUSTOM: Final = re.compile(r"(?:cf\[|customfield_)?([0-9]{1,12})\]?\Z", re.IGNORECASE)


def field_key(name: str) -> str:
    """The name under which a field is compared: `cf[10010]`, `customfield_10010` and `10010` are the same."""
    if (custom := _CUSTOM.match(name.strip())) is not None:
        return f"customfield{custom[1]}"
    typed = _TYPED.match(name.strip())
    return skeleton(typed[1] if typed else name)


def _typed_kind(name: str) -> FieldKind | None:
    """What the type behind a name tells, as in `"Owner[User Picker (single user)]"`."""
    typed = _TYPED.match(name.strip())
    words = set(words_of(typed[2])) if typed and not _CUSTOM.match(name.strip()) else set()
    if words & {"user", "users", "people", "person", "group", "groups"}:
        return FieldKind.PERSON
    return FieldKind.DAY if words & {"date", "time", "timestamp", "datetime"} else None


def kind_of_field(name: str, fields: Mapping[str, FieldKind] = NOTHING_TOLD) -> FieldKind:
    """What a field is about; `fields` tells by `field_key` what custom fields of the site hold, whatever their name."""
    told = fields.get(field_key(name), FieldKind.OTHER)
    return told if told is not FieldKind.OTHER else _kind_of_name(name)


def held_by_site(name: str) -> bool:
    """Whether only the site knows what such a field holds: it is a custom one, and its name tells nothing."""
    return field_key(name) not in _PLAIN and _kind_of_name(name) is FieldKind.OTHER


def _kind_of_name(name: str) -> FieldKind:
    key = field_key(name)
    if _names_person(name, key):
        return FieldKind.PERSON
    if key in _WORK or _names_work(name):
        return FieldKind.WORK
    for names, kind in (
        (_STATES, FieldKind.STATE),
        (_DAYS, FieldKind.DAY),
        (_FILTERS, FieldKind.FILTER),
        (_PROJECTS, FieldKind.PROJECT),
    ):
        if key in names:
            return kind
    is_day = _DAY_WORDS.intersection(_named_words(name))
    return _typed_kind(name) or (FieldKind.DAY if is_day else FieldKind.OTHER)


def _named_words(name: str) -> tuple[str, ...]:
    typed = _TYPED.match(name.strip())
    return words_of(typed[1] if typed else name)


def _names_person(name: str, key: str) -> bool:
    words = _named_words(name)
    return (
        key in _PERSONS
        or _typed_kind(name) is FieldKind.PERSON
        or bool(_PERSON_WORDS.intersection(words))
        or words[-1:] in [(ending,) for ending in _PERSON_ENDINGS]
        or bool(_DOERS.match(" ".join(words)))
    )


def _names_work(name: str) -> bool:
    words = _named_words(name)
    pairs = {first + second for first, second in pairwise(words)}
    return bool(_WORK_WORDS.intersection(words)) or bool(_WORK_PAIRS.intersection(pairs))


_DAY_CALLS: Final = _names(
    "now startofday startofweek startofmonth startofyear endofday endofweek endofmonth endofyear"
)
_VERSION_CALLS: Final = _names("releasedversions unreleasedversions latestreleasedversion earliestunreleasedversion")
_WORK_CALLS: Final = _names(
    "opensprints closedsprints futuresprints completed elapsed remaining breached everbreached paused running "
    "withincalendarhours"
)
_PLAIN_CALLS: Final = _names(
    "standardissuetypes subtaskissuetypes cascadeoption choiceoption linkedissue linkedissues childissuesof "
    "portfoliochildissuesof parentepic issueswithremotelinksbyglobalid"
)
_PERSON_CALLS: Final = _names(
    "currentuser membersof updatedby currentlogin lastlogin watchedissues votedissues issuehistory "
    "componentsleadbyuser projectsleadbyuser projectswhereuserhaspermission projectswhereuserhasrole "
    "spacesleadbyuser approved approver myapproval mypending pending pendingby organizationmembers "
    "spaceswhereuserhaspermission spaceswhereuserhasrole"
)


class CallKind(StrEnum):
    """What a function hands to a clause; UNKNOWN could hand over anything."""

    PERSON = "person"
    WORK = "work"
    VERSION = "version"
    DAY = "day"
    OTHER = "other"
    UNKNOWN = "unknown"


_CALLS: Final = (
    (_PERSON_CALLS, CallKind.PERSON),
    (_WORK_CALLS, CallKind.WORK),
    (_VERSION_CALLS, CallKind.VERSION),
    (_DAY_CALLS, CallKind.DAY),
    (_PLAIN_CALLS, CallKind.OTHER),
)


def kind_of_call(name: str) -> CallKind:
    """What a function is about; only named ones are known."""
    key = skeleton(name)
    return next((kind for names, kind in _CALLS if key in names), CallKind.UNKNOWN)
