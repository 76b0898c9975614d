"""How `okr strip` speaks, German and English; written for people who want to know what is read of them."""

from dataclasses import dataclass
from typing import Final

from mappings.okr import Language
from mappings.payload_keys import Matter
from mappings.remains import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class StripWords:
    """One language."""

    remains: str
    nothing: str
    forms: dict[Form, str]
    memory_only: str
    looked_at: str
    dropped: str
    never_shown: str
    matters: dict[Matter, str]
    once: str
    times: str
    place: str
    places: str
    own_key: str
    unreadable: str


STRIP_WORDS: Final = {
    Language.DE: StripWords(
        remains="Was bleibt",
        nothing="nichts",
        forms={
            Form.EVENT: "Ein Ereignis sagt nur, wo wir nachsehen. Das hier bleibt davon, alles andere fällt weg:",
            Form.READING: "Ein gemeldeter Wert. Das hier bleibt davon:",
            Form.EPICS: "Eine Antwort mit Epics. Das hier bleibt von jedem Epic:",
            Form.PAGES: "Eine Antwort mit Seiten. Das hier bleibt von jeder Seite:",
            Form.NONE: "Davon nehmen wir nichts auf.",
        },
        memory_only="(Text des Teams: nur im Arbeitsspeicher, nie gespeichert oder protokolliert)",
        looked_at="Angesehen, um zu entscheiden, und nicht behalten",
        dropped="Was wegfällt",
        never_shown="Werte zeigen wir nie, nur ihren Ort.",
        matters={
            Matter.IDENTITY: "Wer: Namen, Konten, Adressen, Bilder",
            Matter.SCORING: "Was eine einzelne Person leistet: Aufwände, Schätzungen, Punkte, Stimmen",
            Matter.TIMING: "Wann jemand etwas getan hat",
            Matter.TEXT: "Freier Text, in dem Namen stehen können",
            Matter.OTHER: "Übriges: Adressen, Nummern, Schalter",
        },
        once="Wert",
        times="Werte",
        place="Ort",
        places="Orte",
        own_key="„?“ steht für einen Feldnamen, der nicht von Atlassian stammt und selbst ein Name sein könnte.",
        unreadable="Das ist kein lesbares JSON; die Tür antwortet darauf mit 400 und nimmt nichts auf.",
    ),
    Language.EN: StripWords(
        remains="What remains",
        nothing="nothing",
        forms={
            Form.EVENT: "An event only says where to look. This remains of it, everything else is dropped:",
            Form.READING: "A pushed value. This remains of it:",
            Form.EPICS: "An answer with epics. This remains of each epic:",
            Form.PAGES: "An answer with pages. This remains of each page:",
            Form.NONE: "We take nothing of it in.",
        },
        memory_only="(words of the team: in memory only, never stored or logged)",
        looked_at="Looked at to decide, and not kept",
        dropped="What is dropped",
        never_shown="Values are never shown, only where they stood.",
        matters={
            Matter.IDENTITY: "Who: names, accounts, addresses, pictures",
            Matter.SCORING: "What a single person achieves: time spent, estimates, points, votes",
            Matter.TIMING: "When somebody did something",
            Matter.TEXT: "Free text, in which names can stand",
            Matter.OTHER: "The rest: addresses, numbers, switches",
        },
        once="value",
        times="values",
        place="place",
        places="places",
        own_key="“?” stands for a field name that is not Atlassian's and could be a name itself.",
        unreadable="This is no readable JSON; the door answers it with 400 and takes nothing in.",
    ),
}
