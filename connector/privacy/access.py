"""Who sees what: roles, and the addresses that the web process answers at."""

from dataclasses import dataclass
from typing import Final

from connector.privacy.words import Both


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody, what they see, and what stands before it."""

    who: Both
    sees: Both
    by: Both


@dataclass(frozen=True, slots=True)
class Address:
    """One route."""

    rule: str
    shows: Both
    lock: Both


_CONFLUENCE = Both("Rechte in Confluence und Jira", "permissions of Confluence and Jira")
_OPEN = Both("offen", "open")
_PEOPLE = Both(
    "OKR_UI_TOKEN oder Anmeldung am genannten Proxy (OKR_UI_IDENTITY)",
    "OKR_UI_TOKEN or a sign-in at the named proxy (OKR_UI_IDENTITY)",
)
_ADDRESS = Both(
    "geheime Adresse, abgeleitet aus OKR_CALENDAR_SECRET oder OKR_UI_TOKEN",
    "secret address, made from OKR_CALENDAR_SECRET or OKR_UI_TOKEN",
)
_SECRET = Both("Signatur oder Geheimnis des Absenders", "the sender's signature or secret")

ROLES: Final = (
    Role(
        Both("Teams", "Teams"),
        Both("ihre Seiten, die sie selbst schreiben", "their pages, which they write"),
        _CONFLUENCE,
    ),
    Role(
        Both("Leitung", "Leadership"),
        Both("dieselben Seiten, sonst nichts", "the same pages, and nothing else"),
        _CONFLUENCE,
    ),
    Role(
        Both("Betriebsrat, Datenschutz", "Works council, data protection"),
        Both(
            "diese Seite, /privacy, die Prüfung auf dem eigenen Rechner",
            "this page, /privacy, the check on their own machine",
        ),
        _OPEN,
    ),
    Role(
        Both("Betrieb", "Operations"),
        Both("Einstellungen, Dateien, Datenbank, Protokolle, /status", "settings, files, database, logs, /status"),
        Both("Zugang zum Rechner, OKR_UI_TOKEN", "access to the machine, OKR_UI_TOKEN"),
    ),
    Role(
        Both("Dienstkonto", "Service account"),
        Both("was „okr doctor --needs“ aufzählt, mehr nicht", "what “okr doctor --needs” lists, and no more"),
        Both("Token", "token"),
    ),
)

ADDRESSES: Final = (
    Address("/privacy", Both("diese Angaben, Probe einer Nachricht", "all this, and a message to try"), _OPEN),
    Address(
        "/status",
        Both("Läufe und Warteschlange, Teams nach Kürzel", "runs and queue, teams by id"),
        _PEOPLE,
    ),
    Address(
        "/",
        Both("Strategie-Seite, jetzt gelesen; Teams als Liste", "strategy page, read now; teams as a list"),
        _PEOPLE,
    ),
    Address(
        "/teams/<team>",
        Both(
            "Check-in und Planning, jetzt gelesen, ohne Namen; nie, was in Confluence nur einige lesen dürfen",
            "check-in and planning, read now, without names; never what only some may read in Confluence",
        ),
        _PEOPLE,
    ),
    Address(
        "/teams/<team>/this-week",
        Both("führt zur Seite der Woche in Confluence", "leads to the page of the week in Confluence"),
        _ADDRESS,
    ),
    Address(
        "/calendar/<team>.ics",
        Both("Termine des Teams, ohne Text und Namen", "the team's dates, without text or names"),
        _ADDRESS,
    ),
    Address("/handbook", Both("Handbuch: Liste der Seiten", "handbook: list of its pages"), _PEOPLE),
    Address("/handbook/<leaf>", Both("Handbuch, wie es ausgeliefert ist", "handbook, as it is shipped"), _PEOPLE),
    Address("/status.css", Both("Gestaltung", "style"), _OPEN),
    Address("/view.css", Both("Gestaltung", "style"), _OPEN),
    Address("/privacy.css", Both("Gestaltung", "style"), _OPEN),
    Address("/healthz", Both("ob der Dienst antwortet", "whether the service answers"), _OPEN),
    Address("/readyz", Both("ob er arbeiten kann", "whether it can work"), _OPEN),
    Address("/metrics", Both("Zahlen ohne Team und Issue", "numbers without team and issue"), _OPEN),
    Address("/webhooks/jira", Both("nimmt Ereignisse an", "takes events"), _SECRET),
    Address("/webhooks/confluence", Both("nimmt Ereignisse an", "takes events"), _SECRET),
    Address("/webhooks/automation", Both("nimmt Aufrufe von Regeln an", "takes calls of rules"), _SECRET),
    Address("/webhooks/readings/<team>/<indicator>", Both("nimmt Werte an", "takes values"), _SECRET),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of data protection, and how it is met."""

    name: Both
    met: Both


GOALS: Final = (
    Goal(
        Both("Datenminimierung", "Data minimisation"),
        Both(
            "Nur deklarierte Felder entstehen; Lesezugriffe nennen die Felder beim Namen.",
            "Only declared fields come into being; reads name the fields they ask for.",
        ),
    ),
    Goal(
        Both("Nichtverkettung", "Unlinkability"),
        Both(
            "Keine Kontonummern, keine Prüfsummen davon, keine Zeiten der Arbeit, keine Rechnung über Teams hinweg.",
            "No account ids, no hashes of them, no times of work, no arithmetic across teams.",
        ),
    ),
    Goal(
        Both("Transparenz", "Transparency"),
        Both(
            "Dieses Dokument, /privacy und „okr strip“; jede Änderung zeigt sich an Nummer und Prüfsumme.",
            "This document, /privacy and “okr strip”; every change shows in number and hash.",
        ),
    ),
    Goal(
        Both("Intervenierbarkeit", "Intervenability"),
        Both(
            "Teams schreiben, ändern und löschen ihre Texte selbst; Arten von Quellen lassen sich ausschließen.",
            "Teams write, change and delete their own words; kinds of sources can be kept off.",
        ),
    ),
    Goal(
        Both("Vertraulichkeit", "Confidentiality"),
        Both(
            "Rechte bleiben in Confluence und Jira; Anzeigen ohne diese Rechte nennen nur Kürzel und Zahlen.",
            "Rights stay in Confluence and Jira; displays without those rights name ids and numbers only.",
        ),
    ),
    Goal(
        Both("Integrität", "Integrity"),
        Both(
            "Worte der Teams werden nie geändert; jede Spalte trägt eine Bedingung.",
            "A team's words are never changed; every column carries a condition.",
        ),
    ),
    Goal(
        Both("Verfügbarkeit", "Availability"),
        Both(
            "Alles steht auf Seiten und Issues; eine verlorene Datenbank baut sich aus ihnen wieder auf.",
            "Everything stands on pages and issues; a lost database is built from them again.",
        ),
    ),
    Goal(
        Both("Art. 35 DSGVO, Schwelle", "Art. 35 GDPR, threshold"),
        Both(
            "Umfangreiche Daten über Verhalten von Beschäftigten, mit denen sich Arbeit bewerten lässt (Liste der "
            "deutschen Aufsichtsbehörden, Nr. 7), entstehen im Connector nicht. Was Jira und Confluence selbst "
            "erheben, ist dort zu prüfen.",
            "Extensive data on employees' behaviour that could be used to assess work (list of the German authorities, "
            "no. 7) do not come into being in the connector. What Jira and Confluence collect themselves is to be "
            "examined there.",
        ),
    ),
)
