"""What the name of a key or a field tells: a person, a figure about work, a grade, personnel, pay, pressure."""

import re
import unicodedata
from itertools import pairwise
from typing import Final

from mappings.concerns import Concern

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[\W_]+")
_LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕԁԛԝһɡɑ\u03bf\u03b1\u03b5\u03b9\u03bd\u03c1\u0131", "aeopcyxijsdqwhgaoaeivpi"
)
_QUOTABLE = re.compile(r"[A-Za-zÄÖÜäöüß][A-Za-z0-9ÄÖÜäöüß_-]{0,39}\Z")


def skeleton(name: str) -> str:
    """A name without case, accents, width and separators: what looks alike compares equal."""
    return "".join(words_of(name))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, lower case and plain letters; `ownerName`, `owner_name` and `Owner name` are the same."""
    folded = unicodedata.normalize("NFKD", _CAMEL.sub(" ", unicodedata.normalize("NFKC", name)))
    letters = "".join(c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    plain = letters.casefold().translate(_LOOKALIKES)
    return tuple(word for word in _SPLIT.split(plain) if word)


def quotable(key: str) -> bool:
    """Whether a key is one plain word, so that it may stand in a message."""
    return bool(_QUOTABLE.match(key))


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


PERSON: Final = _names(
    "owner owners owned assignee assignees assigned lead leads leader leaders teamlead member members people "
    "persons person responsible responsibles accountable verantwortlich verantwortliche verantwortlicher "
    "verantwortung zustandig zustandige zustandiger zustandigkeit besitzer besitzerin eigentumer eigentumerin "
    "mitglied mitglieder leitung leiter leiterin teamleiter teamleiterin teamleitung ansprechpartner "
    "ansprechpartnerin ansprechperson kontakt contact contacts reporter reporters reported creator author "
    "authors autor autorin ersteller erstellerin bearbeiter bearbeiterin bearbeitet beobachter user users "
    "username benutzer accountid account accounts email emails mail champion champions sponsor dri driver "
    "productowner scrummaster watcher watchers voter voters reviewer reviewers prufer tester testers developer "
    "developers entwickler entwicklerin participant participants contributor contributors colleague "
    "mitarbeiter mitarbeiterin mitarbeitende namen vorname nachname surname firstname lastname whom "
    "stakeholder stakeholders"
)
WORK: Final = _names(
    "progress fortschritt velocity storypoints storypoint points point estimate estimates estimated schatzung "
    "aufwand timespent worklog worklogs throughput durchsatz cycletime leadtime percent percentdone done "
    "completed completion erledigt burndown burnup capacity kapazitat auslastung utilisation utilization hours "
    "stunden remaining"
)
SCORE: Final = _names(
    "score scores scoring grade grades weight weights weighting rank ranking rating ratings percentile rag "
    "trafficlight ampel health rollup note noten punkte punktzahl gewicht gewichtung bewertung benchmark "
    "stretch forecast prognose vergleich comparison achievement streaks"
)
HR: Final = _names(
    "manager managers employee employees employeeid personnel personnelnumber personalnummer kostenstelle "
    "costcentre costcenter vorgesetzter vorgesetzte vorgesetzten hr hris jobtitle appraisal review360 career "
    "karriere"
)
PAY: Final = _names(
    "bonus boni pramie pramien praemie praemien tantieme entgelt gehalt salary pay compensation incentive "
    "incentives variable zielerreichungsgrad zielerreichung provision commission payout verguetung vergutung"
)
NUDGE: Final = _names(
    "reminder reminders remind nudge nudges escalation escalations escalate eskalation overdue streak mahnung "
    "erinnerung late"
)
APPROVAL: Final = _names(
    "approval approvals approver approvers approved acknowledge acknowledged acknowledgement signoff freigabe "
    "freigegeben genehmigung signed"
)
LOCK: Final = _names("lock locked lockedcadence enforce enforced mandatory gesperrt")

_CLASSES: Final = (
    (PAY, Concern.PAY_KEY),
    (HR, Concern.HR_KEY),
    (PERSON, Concern.PERSON_AS_OWNER),
    (APPROVAL, Concern.APPROVAL_KEY),
    (SCORE, Concern.SCORE_KEY),
    (WORK, Concern.WORK_KEY),
    (NUDGE, Concern.NUDGE_KEY),
    (LOCK, Concern.LOCK_KEY),
)


def concern_of_key(key: str) -> Concern:
    """Under which rule an unknown key of a mapping file is refused; most are just unknown."""
    words = words_of(key)
    pairs = tuple(first + second for first, second in pairwise(words))
    for names, concern in _CLASSES:
        if names.intersection((*words, *pairs, skeleton(key))):
            return concern
    return Concern.UNKNOWN_KEY
