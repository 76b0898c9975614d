"""The words of the permission sheet, German and English, for somebody who has never heard of us."""

from collections.abc import Mapping
from dataclasses import dataclass

from connector.doctor.places import Use
from mappings.okr import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """What is asked for otherwise in the cloud than on a company's own machines."""

    account: str
    token: tuple[str, str]  # heading, text
    webhooks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """One language; keys of Jira, of Confluence and of scopes stand with what they are called and what for."""

    subject: str
    opening: str
    account: str
    cloud: SiteWords
    datacenter: SiteWords
    jira: str
    project: tuple[str, str]  # one, several
    uses: Mapping[Use, str]
    permissions: Mapping[str, tuple[str, str]]  # name, what for
    counting: str  # what for, where nothing but counting is done
    confluence: str
    space: tuple[str, str]
    operations: Mapping[str, tuple[str, str]]
    scopes: Mapping[str, str]
    webhooks: str
    not_needed: tuple[str, tuple[str, ...]]
    closing: tuple[str, str]
    purpose: str


_DE = SheetWords(
    subject="Zugang für okr-connector bei {organisation}",
    opening="Wir richten okr-connector ein. Er hält die OKR von {teams} in Jira und Confluence aktuell: Er legt"
    " Vorgänge und Seiten an, verknüpft die Vorgänge mit Epics und ergänzt seine eigenen Abschnitte der Seiten."
    " Dafür bitten wir um das Folgende, und um nicht mehr.",
    account="Ein Servicekonto",
    cloud=SiteWords(
        account="Ein Servicekonto (Atlassian Administration, Verzeichnis, Servicekonten) mit Zugang zu Jira und"
        " Confluence, nicht das Konto einer Person: So steht niemand mit Namen neben dem, was geschrieben wird.",
        token=(
            "Ein Token mit diesen Scopes",
            "Ein API-Token des Servicekontos, nur mit den folgenden Scopes. Es gilt höchstens ein Jahr und nur unter"
            " https://api.atlassian.com/ex/; dazu brauchen wir die Cloud-ID, die unter /_edge/tenant_info der Site"
            " steht.",
        ),
        webhooks="Jira kann uns sagen, dass sich an einem Epic etwas geändert hat. Dafür führt einmal jemand mit"
        " Administrationsrechten in Jira `okr webhooks register` mit dem eigenen Token aus; das Servicekonto bekommt"
        " diese Rechte nicht. Ohne das sehen wir alle fünf Minuten nach.",
    ),
    datacenter=SiteWords(
        account="Ein Konto in Jira und Confluence, das für den Connector angelegt wird und keiner Person gehört: So"
        " steht niemand mit Namen neben dem, was geschrieben wird.",
        token=(
            "Token",
            "Ein persönliches Zugriffstoken (PAT) des Servicekontos je Produkt. Scopes gibt es dort nicht, es gelten"
            " die Rechte des Kontos.",
        ),
        webhooks="Jira und Confluence können uns sagen, dass sich an einem Epic oder an einer Seite etwas geändert"
        " hat. Dafür führt einmal jemand mit Administrationsrechten in beiden `okr webhooks register` mit eigenen"
        " persönlichen Zugriffstoken aus; ein OAuth-Client genügt dafür nicht, und das Servicekonto bekommt diese"
        " Rechte nicht. Ohne das sehen wir alle fünf Minuten nach.",
    ),
    jira="Rechte in Jira",
    project=("Projekt", "Projekte"),
    uses={
        Use.OKRS: "hier stehen die Vorgänge der OKR",
        Use.LINKS: "Vorgänge der OKR werden mit Epics von hier verknüpft",
        Use.EPICS: "Epics von hier werden gelesen",
        Use.COUNTS: "hier wird gezählt, was in einer Woche eingeht",
    },
    permissions={
        "BROWSE_PROJECTS": (
            "Projekte durchsuchen (Browse Projects)",
            "Vorgänge finden; von Epics werden Schlüssel, Projekt, Statuskategorie, übergeordneter Vorgang und die"
            " Labels aus der Mapping-Datei gelesen",
        ),
        "CREATE_ISSUES": ("Vorgänge erstellen (Create Issues)", "je Objective und Key Result einen Vorgang anlegen"),
        "EDIT_ISSUES": (
            "Vorgänge bearbeiten (Edit Issues)",
            "Zusammenfassung, Labels und Kennzeichen der eigenen Vorgänge aktuell halten",
        ),
        "LINK_ISSUES": (
            "Vorgänge verknüpfen (Link Issues)",
            "Vorgänge mit Epics und mit der Seite des Teams verknüpfen",
        ),
        "ASSIGN_ISSUES": (
            "Vorgänge zuweisen (Assign Issues)",
            "die eigenen Vorgänge ohne Zuweisung lassen; zugewiesen wird nie jemand",
        ),
    },
    counting="zählen, wie viele Vorgänge einer Abfrage eingehen; gelesen werden nur ihre Nummern",
    confluence="Rechte in Confluence",
    space=("Bereich", "Bereiche"),
    operations={
        "read space": ("Bereich anzeigen (View)", "die eigenen Seiten lesen"),
        "create page": ("Seiten hinzufügen (Pages: Add)", "Seiten anlegen und die eigenen Abschnitte aktuell halten"),
        "create attachment": ("Anhänge hinzufügen (Attachments: Add)", "das Diagramm einer Seite hochladen"),
    },
    scopes={
        "read:jira-work": "Vorgänge, Vorgangstypen und Rechte lesen; die feineren Scopes dafür verlangen, Personen"
        " lesen zu dürfen",
        "write:jira-work": "die eigenen Vorgänge anlegen, ändern und verknüpfen",
        "read:space:confluence": "die Bereiche nachschlagen",
        "read:page:confluence": "die eigenen Seiten lesen",
        "write:page:confluence": "die eigenen Seiten anlegen und aktuell halten",
        "read:hierarchical-content:confluence": "die eigenen Seiten wiederfinden, wenn die Datenbank verloren ging",
        "read:content.metadata:confluence": "sehen, worunter eine eigene Seite steht",
        "read:content-details:confluence": "sehen, ob eine eigene Seite nur für einige ist; solche zitieren wir nicht",
        "read:label:confluence": "verlangt Confluence zum Setzen von Labels",
        "write:label:confluence": "Labels der eigenen Seiten setzen",
        "write:confluence-file": "das Diagramm einer Seite hochladen",
    },
    webhooks="Freiwillig: dass die Site sich meldet",
    not_needed=(
        "Was nicht gebraucht und nicht erbeten wird",
        (
            "Kein Lesen von Personen und Gruppen: nicht read:jira-user, keine Benutzersuche, keine Profile.",
            "Keine Administration für dieses Konto: nicht von Jira, Confluence, Projekten oder Bereichen.",
            "Kein Löschen, kein Verschieben, keine Statusübergänge.",
            "Keine Kommentare, keine Arbeitsprotokolle, keine Sprints, keine Schätzungen.",
            "Keine persönlichen Bereiche, keine Bereiche oder Projekte außer den genannten.",
        ),
    ),
    closing=(
        "Prüfen",
        "Ob alles da ist, zeigt danach `okr doctor`: Es liest nur, und nennt, was fehlt.",
    ),
    purpose="Wofür",
)
_EN = SheetWords(
    subject="Access for okr-connector at {organisation}",
    opening="We are setting up okr-connector. It keeps the OKRs of {teams} in step in Jira and Confluence: it makes"
    " issues and pages, links the issues to epics, and fills in its own sections of the pages. For that we ask for"
    " the following, and for no more.",
    account="A service account",
    cloud=SiteWords(
        account="A service account (Atlassian Administration, Directory, Service accounts) with access to Jira and"
        " Confluence, not the account of a person: then nobody's name stands beside what is written.",
        token=(
            "A token with these scopes",
            "An API token of the service account, with the following scopes only. It lives for a year at most and is"
            " taken only at https://api.atlassian.com/ex/; for that we need the cloud id, shown at"
            " /_edge/tenant_info.",
        ),
        webhooks="Jira can tell us that something about an epic has changed. For that, somebody who administers Jira"
        " runs `okr webhooks register` once, with a token of their own; the service account is not given those"
        " rights. Without it we look every five minutes.",
    ),
    datacenter=SiteWords(
        account="An account in Jira and Confluence that is made for the connector and belongs to no person: then"
        " nobody's name stands beside what is written.",
        token=(
            "Token",
            "A personal access token (PAT) of the service account for each product. There are no scopes; the"
            " permissions of the account hold.",
        ),
        webhooks="Jira and Confluence can tell us that something about an epic or a page has changed. For that,"
        " somebody who administers both runs `okr webhooks register` once, with personal access tokens of their own;"
        " an OAuth client is not enough for it, and the service account is not given those rights. Without it we"
        " look every five minutes.",
    ),
    jira="Permissions in Jira",
    project=("Project", "Projects"),
    uses={
        Use.OKRS: "the issues of the OKRs stand here",
        Use.LINKS: "issues of the OKRs are linked to epics from here",
        Use.EPICS: "epics from here are read",
        Use.COUNTS: "what comes in here in a week is counted",
    },
    permissions={
        "BROWSE_PROJECTS": (
            "Browse Projects",
            "find issues; of epics, the key, project, status category, parent, and the labels of the mapping file"
            " are read",
        ),
        "CREATE_ISSUES": ("Create Issues", "make one issue for each objective and key result"),
        "EDIT_ISSUES": ("Edit Issues", "keep summary, labels and mark of our own issues up to date"),
        "LINK_ISSUES": ("Link Issues", "link issues to epics and to the team's page"),
        "ASSIGN_ISSUES": ("Assign Issues", "keep our own issues unassigned; nobody is ever assigned"),
    },
    counting="count how many issues of a query come in; only their numbers are read",
    confluence="Permissions in Confluence",
    space=("Space", "Spaces"),
    operations={
        "read space": ("View", "read our own pages"),
        "create page": ("Pages: Add", "make pages and keep our own sections up to date"),
        "create attachment": ("Attachments: Add", "upload the chart of a page"),
    },
    scopes={
        "read:jira-work": "read issues, issue types and permissions; the finer scopes for it demand the right to"
        " read people",
        "write:jira-work": "make, change and link our own issues",
        "read:space:confluence": "look up the spaces",
        "read:page:confluence": "read our own pages",
        "write:page:confluence": "make our own pages and keep them up to date",
        "read:hierarchical-content:confluence": "find our own pages again if the database was lost",
        "read:content.metadata:confluence": "see what one of our own pages stands below",
        "read:content-details:confluence": "see whether one of our own pages is for some only; those are never quoted",
        "read:label:confluence": "demanded by Confluence for setting labels",
        "write:label:confluence": "set the labels of our own pages",
        "write:confluence-file": "upload the chart of a page",
    },
    webhooks="Optional: being told by the site",
    not_needed=(
        "What is not needed and not asked for",
        (
            "No reading of people and groups: not read:jira-user, no user search, no profiles.",
            "No administration for this account: not of Jira, Confluence, projects or spaces.",
            "No deleting, no moving, no transitions of status.",
            "No comments, no work logs, no sprints, no estimates.",
            "No personal spaces, no spaces or projects other than those named.",
        ),
    ),
    closing=("Checking", "Afterwards `okr doctor` shows whether everything is there: it only reads, and names gaps."),
    purpose="For",
)
SHEET_WORDS: Mapping[Language, SheetWords] = {Language.DE: _DE, Language.EN: _EN}
TEAMS: Mapping[Language, tuple[str, str]] = {
    Language.DE: ("einem Team", "{n} Teams"),
    Language.EN: ("one team", "{n} teams"),
}


def granted(words: SheetWords, permission: str, uses: frozenset[Use]) -> tuple[str, str]:
    """A Jira permission's name, and what it is for in a project of these uses."""
    name, purpose = words.permissions[permission]
    return name, words.counting if uses == {Use.COUNTS} else purpose
