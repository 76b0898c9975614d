"""How `/status` speaks: messages are English where they are said, and stand here in German."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup, escape

from connector.quota import LEFT
from mappings.okr import Language

ESTIMATE: Final = (
    "Together about {points} API points. That is an estimate: Atlassian counts one for a request, one more for each"
    " issue, page or space that is read and two for what is about permissions, and allows apps and OAuth clients so"
    " many an hour. API tokens are not bound by points."
)

GERMAN: Final[Mapping[str, str]] = {
    "Deutsch": "English",
    "State of the connector": "Stand des Connectors",
    "For whoever looks after it. Nothing here says how a team is doing.": "Für alle, die ihn betreuen. Wie es einem "
    "Team geht, steht hier nicht.",
    "The mapping folder": "Der Mapping-Ordner",
    "The newest files are not in force; the last good ones are.": "Die neuesten Dateien gelten nicht; es gelten die "
    "letzten, die sich lesen ließen.",
    "The token": "Das Token",
    "{setting} says: {told}.": "{setting} sagt: {told}.",
    "the token holds until {day}": "das Token gilt bis {day}",
    "the token holds until {day}, {days} days from now": "das Token gilt bis {day}, noch {days} Tage",
    "the token holds until {day}, that is today": "das Token gilt bis {day}, also noch heute",
    "the token holds until {day}, that is tomorrow": "das Token gilt bis {day}, also bis morgen",
    "the token ended on {day}": "das Token galt bis {day}",
    "a site refuses it from then on": "seitdem nimmt eine Site es nicht mehr an",
    "then nothing is read or written any more, and nothing is lost": "danach wird nichts mehr gelesen oder "
    "geschrieben, und nichts geht verloren",
    "make a new token for the service account, then set OKR_TOKEN_EXPIRES to its last day": "für das Dienstkonto ein "
    "neues Token anlegen und OKR_TOKEN_EXPIRES auf seinen letzten Tag setzen",
    "set OKR_TOKEN_EXPIRES right where it is another day": "OKR_TOKEN_EXPIRES richtigstellen, wenn es ein anderer Tag "
    "ist",
    "leave it until then: the first run after it says that the token is refused": "es bis dahin lassen: Der erste Lauf "
    "danach sagt, dass das Token nicht angenommen wird",
    "Possible": "Möglich",
    "Waiting": "Was wartet",
    "Team": "Team",
    "Looked at because of": "Anlass",
    "State": "Stand",
    "an event": "ein Ereignis",
    "a reading": "ein Messwert",
    "its rhythm": "sein Rhythmus",
    "a change that was seen": "eine Änderung, die wir gesehen haben",
    "a page that waits for its moment, or a second look": "eine Seite, die auf ihren Moment wartet, oder ein zweiter "
    "Blick",
    "a command or a changed mapping file": "ein Befehl oder eine geänderte Mapping-Datei",
    "is served now": "ist gerade dran",
    "comes back after a while, tried {tried} of 8 times": "kommt nach einer Weile wieder, Versuche: {tried} von 8",
    "comes back after a while, a site asked for it or does not answer": "kommt nach einer Weile wieder: Eine Site hat "
    "darum gebeten oder antwortet nicht",
    "waits for its moment": "wartet auf seinen Moment",
    "is next": "kommt als Nächstes",
    "everybody": "alle",
    "And {more} more: {command} shows all.": "Und {more} weitere: {command} zeigt alle.",
    "Nothing waits.": "Nichts wartet.",
    "Parked": "Geparkt",
    "These were tried eight times. {command} tries again, and so does the next event.": "Hier gab es acht Versuche. "
    "{command} versucht es noch einmal, das nächste Ereignis auch.",
    "What stands in the way": "Was im Weg steht",
    "Coming up": "Was kommt",
    "Day": "Tag",
    "What": "Was",
    "For": "Für",
    "planning page": "Planning-Seite",
    "check-in page": "Check-in-Seite",
    "check-in page, renewed before the meeting": "Check-in-Seite, erneuert vor dem Treffen",
    "review": "Review",
    "Nothing within the next days.": "In den nächsten Tagen nichts.",
    "Last deliveries": "Was zuletzt ankam",
    "From": "Von",
    "Jira": "Jira",
    "Confluence": "Confluence",
    "Automation": "Automation",
    "pushed readings": "übergebene Messwerte",
    "none has arrived yet": "noch nichts",
    "Nobody has a secret to ring with, so the clock looks for changes by itself.": "Klingeln kann niemand, denn ein "
    "Geheimnis dafür ist nicht gesetzt. Die Uhr sieht selbst nach Änderungen.",
    "Last runs": "Letzte Läufe",
    "Together {reads} requests read and {writes} written by the last {runs} runs. {command} shows more.": "Anfragen "
    "der letzten Läufe zusammen, lesend: {reads}, schreibend: {writes}, Läufe: {runs}. {command} zeigt mehr.",
    "At the last run the site said: {told}.": "Beim letzten Lauf sagte die Site: {told}.",
    LEFT: "vom Kontingent von {product} sind noch {remaining} von {limit} Anfragen oder Punkten übrig",
    "Run": "Lauf",
    "Created": "Angelegt",
    "Updated": "Geändert",
    "Retired": "Beendet",
    "Left alone": "In Ruhe gelassen",
    "Not served": "Nicht bedient",
    "Requests read": "Lese-Anfragen",
    "Requests written": "Schreib-Anfragen",
    "API points, about": "API-Punkte, etwa",
    "No run yet.": "Noch kein Lauf.",
    "What these runs asked the sites for": "Was diese Läufe bei den Sites angefragt haben",
    ESTIMATE: "Zusammen etwa {points} API-Punkte. Das ist eine Schätzung: Atlassian zählt einen für eine Anfrage, "
    "einen weiteren für jedes gelesene Issue, jede Seite und jeden Bereich und zwei für das, was von Rechten handelt, "
    "und gibt Apps und OAuth-Clients davon so viele je Stunde. Für API-Tokens gelten Punkte nicht.",
    "Operation": "Anfrage",
    "Requests": "Anzahl",
}


def said(language: Language, message: str, **values: object) -> Markup:
    """The message, escaped as its values are, which stand in the place of its {names}."""
    text = GERMAN.get(message, message) if language is Language.DE else message
    return escape(text).format(**values)


def number(language: Language, value: int) -> str:
    """`65.000` or `65,000`."""
    return f"{value:,}".replace(",", "." if language is Language.DE else ",")
