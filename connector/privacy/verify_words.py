"""What the self-check says, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mappings.okr import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyWords:
    """The lines of `okr privacy verify`."""

    steps: Mapping[str, str]
    places: str
    payloads: str
    sinks: str
    encodings: str
    hits: str
    control: str
    absent: str
    missed: str
    passed: str
    failed: str
    kept: str
    not_kept: str
    seconds: str


VERIFY_WORDS: Final[Mapping[Language, VerifyWords]] = {
    Language.DE: VerifyWords(
        steps={
            "house": "Ein Connector läuft vor einem nachgebauten Jira und Confluence voller erfundener Menschen …",
            "processes": "Server, Worker und Befehle laufen als eigene Prozesse, einer wird abgebrochen …",
            "scan": "Überall wird nach den erfundenen Menschen gesucht …",
        },
        places="Stellen, an denen ein Mensch stehen kann",
        payloads="Nachrichten an den Connector",
        sinks="Orte, an denen gesucht wurde",
        encodings="Schreibweisen, in denen gesucht wurde",
        hits="Funde",
        control="Gegenprobe: gelegte Spuren, die gefunden wurden",
        absent="Gewollte Tatsachen, die fehlen",
        missed="Stellen, an denen niemand stand",
        passed="Bestanden: Kein Mensch kam heraus, jede gelegte Spur wurde gefunden, und das Gewollte kam an.",
        failed="Nicht bestanden. Bitte melden Sie das mit der Version des Connectors.",
        kept="Tag und Anzahlen sind gespeichert; /privacy zeigt sie.",
        not_kept="Nicht gespeichert: DATABASE_URL ist nicht gesetzt oder nicht erreichbar.",
        seconds="Sekunden",
    ),
    Language.EN: VerifyWords(
        steps={
            "house": "A connector runs before an imitation Jira and Confluence full of invented people …",
            "processes": "Server, worker and commands run as processes of their own, one is killed …",
            "scan": "The invented people are looked for everywhere …",
        },
        places="places where a person can stand",
        payloads="messages to the connector",
        sinks="places that were searched",
        encodings="spellings that were searched for",
        hits="findings",
        control="control: planted traces that were found",
        absent="wanted facts that are missing",
        missed="places in which nobody stood",
        passed="Passed: no person came out, every planted trace was found, and what is wanted arrived.",
        failed="Not passed. Please report this with the version of the connector.",
        kept="Day and counts are kept; /privacy shows them.",
        not_kept="Not kept: DATABASE_URL is not set or cannot be reached.",
        seconds="seconds",
    ),
}
