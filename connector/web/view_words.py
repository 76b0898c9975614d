"""How `/`, `/teams/<team>` and the calendar speak, German and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from connector.web.page_texts import State
from mappings.okr import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewWords:
    """One language."""

    skip: str
    other_language: str  # in that other language
    all_teams: str
    teams: str
    no_teams: str
    as_it_stands: str  # under the title
    open_page: str
    purpose: str
    vision: str
    moal: str
    frame: str
    strategy: str
    check_in: str
    planning: str
    earlier: str
    week: str  # with {week}
    no_check_in: str
    no_planning: str
    this_week: str
    no_page_this_week: str
    newest: str
    calendar: str
    calendar_says: str
    calendar_name: str  # with {team}
    review_title: str  # with {team} and {cycle}
    not_connected: str
    states: Mapping[State, str]


VIEW_WORDS: Final = {
    Language.DE: ViewWords(
        skip="Zum Inhalt",
        other_language="English",
        all_teams="Alle Teams",
        teams="Teams",
        no_teams="Hier steht noch kein Team.",
        as_it_stands="Was die Seiten in Confluence sagen, jetzt gelesen und nirgends gespeichert.",
        open_page="In Confluence öffnen",
        purpose="Purpose",
        vision="Vision",
        moal="Unser Moal",
        frame="Was wir als Leitung möglich machen",
        strategy="Woran wir uns orientieren",
        check_in="Check-in",
        planning="Planning",
        earlier="Frühere Check-ins",
        week="KW {week}",
        no_check_in="Noch kein Check-in.",
        no_planning="Noch kein Planning.",
        this_week="Check-in dieser Woche in Confluence",
        no_page_this_week="Für diese Woche liegt keine Seite bereit.",
        newest="Zum neuesten Check-in",
        calendar="Kalender",
        calendar_says="Diese Adresse lässt sich in einem Kalender abonnieren. Wer sie kennt, sieht die Termine des "
        "Teams und kommt zur Seite der Woche; Texte zeigt sie nicht.",
        calendar_name="OKR · {team}",
        review_title="OKR-Review · {team} · {cycle}",
        not_connected="Mit Confluence ist dieser Dienst nicht verbunden: OKR_JIRA_URL und OKR_JIRA_TOKEN fehlen ihm.",
        states={
            State.GONE: "Diese Seite gibt es gerade nicht.",
            State.FOR_SOME: "Diese Seite dürfen in Confluence nur einige lesen. Deshalb steht ihr Text nicht hier.",
            State.UNREADABLE: "Der Text dieser Seite lässt sich gerade nicht lesen. In Confluence steht er.",
            State.SILENT: "Confluence antwortet gerade nicht. Ein neuer Versuch in ein paar Minuten hilft meist.",
        },
    ),
    Language.EN: ViewWords(
        skip="Skip to content",
        other_language="Deutsch",
        all_teams="All teams",
        teams="Teams",
        no_teams="No team stands here yet.",
        as_it_stands="What the pages in Confluence say, read now and stored nowhere.",
        open_page="Open in Confluence",
        purpose="Purpose",
        vision="Vision",
        moal="Our Moal",
        frame="What we as leadership make possible",
        strategy="What we go by",
        check_in="Check-in",
        planning="Planning",
        earlier="Earlier check-ins",
        week="Week {week}",
        no_check_in="No check-in yet.",
        no_planning="No planning yet.",
        this_week="This week's check-in in Confluence",
        no_page_this_week="There is no page for this week.",
        newest="To the newest check-in",
        calendar="Calendar",
        calendar_says="This address can be subscribed to in a calendar. Whoever knows it sees the team's dates and "
        "gets to the page of the week; it shows no text.",
        calendar_name="OKR · {team}",
        review_title="OKR review · {team} · {cycle}",
        not_connected="This service is not connected to Confluence: it lacks OKR_JIRA_URL and OKR_JIRA_TOKEN.",
        states={
            State.GONE: "This page does not exist just now.",
            State.FOR_SOME: "Only some may read this page in Confluence. That is why its text is not shown here.",
            State.UNREADABLE: "The text of this page cannot be read just now. It stands in Confluence.",
            State.SILENT: "Confluence does not answer just now. Trying again in a few minutes usually helps.",
        },
    ),
}
