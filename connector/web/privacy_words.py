"""How `/privacy` speaks, German and English."""

from dataclasses import dataclass
from typing import Final

from mappings.okr import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """One language."""

    title: str
    other_language: str  # in that other language
    handbook: str  # where it is told in short, for whoever may see the pages for people
    lead: str
    brief: str
    read: str
    kept: str
    dropped: str
    read_items: tuple[str, ...]
    kept_items: tuple[str, ...]
    check: str
    not_yet: str
    checked: str  # with {date}
    check_failed: str  # with {date}
    attempt: str
    attempt_says: str
    paste: str
    show: str
    unreadable: str
    too_large: str
    more: str  # with {count}
    all_of_it: str
    number: str
    trouble: str


PAGE_WORDS: Final = {
    Language.DE: PageWords(
        title="Was hier gelesen wird und was nicht",
        other_language="English",
        handbook="Kurz erzählt steht es im Handbuch, für alle, die hier angemeldet sind",
        lead="Diese Seite ist offen für alle. Sie entsteht aus dem Programm, das gerade läuft.",
        brief="In Kürze",
        read="Gelesen",
        kept="Behalten",
        dropped="Fällt weg",
        read_items=(
            "von Ereignissen: nur, welches Issue oder welche Seite gemeint ist",
            "von Epics: Nummer, Schlüssel, Projekt, Ebene, Statuskategorie, übergeordneter Schlüssel, genannte Labels",
            "unsere eigenen Issues und Seiten",
            "Zahlen aus den Quellen, die das Team nennt",
            "Einstellungen: eigene Rechte, Anlege-Masken, Bereiche",
        ),
        kept_items=(
            "Nummern, Schlüssel und Prüfsummen unserer eigenen Issues und Seiten",
            "Werte der Frühindikatoren mit ihrem Tag",
            "je Key Result und Woche: Zustand, Zuversicht und Zahl, die das Team einträgt",
            "Warteschlange, bediente Termine und Läufe in Zahlen",
        ),
        check="Letzte Selbstprüfung",
        not_yet="Noch nicht. „okr privacy verify“ prüft auf diesem Rechner, dass keine Person durchkommt.",
        checked="{date}: Keine der erfundenen Personen kam durch, jede ausgelegte Spur wurde gefunden.",
        check_failed="{date}: Die Prüfung ist nicht bestanden. Wer den Connector betreibt, sieht mit „okr privacy "
        "verify“, an welcher Stelle.",
        attempt="Selbst ausprobieren",
        attempt_says="Fügen Sie eine Nachricht von Jira oder Confluence ein. Wir zeigen, was von ihr bleibt. Nichts "
        "davon wird gespeichert oder protokolliert; wegfallende Werte zeigen wir auch hier nicht.",
        paste="Nachricht (JSON, bis 256 KB)",
        show="Zeigen, was bleibt",
        unreadable="Das ist kein lesbares JSON. Prüfen Sie, ob die ganze Nachricht eingefügt ist, oder nehmen Sie eine "
        "andere.",
        too_large="Das ist mehr als 256 KB. Kürzen Sie die Nachricht, oder nehmen Sie „okr strip“ auf dem eigenen "
        "Rechner.",
        more="und {count} weitere Orte",
        all_of_it="Alles im Einzelnen",
        number="Nummer",
        trouble="Die Dateien mit den OKR oder der Vermerk lassen sich gerade nicht lesen. Was hier steht, gilt dem "
        "Programm allein.",
    ),
    Language.EN: PageWords(
        title="What is read here and what is not",
        other_language="Deutsch",
        handbook="It is told in short in the handbook, for everybody who is signed in here",
        lead="This page is open to everybody. It is made from the program that is running now.",
        brief="In brief",
        read="Read",
        kept="Kept",
        dropped="Dropped",
        read_items=(
            "of events: only which issue or page is meant",
            "of epics: id, key, project, level, status category, parent key, labels that are named",
            "our own issues and pages",
            "numbers from the sources that the team names",
            "settings: our own permissions, create screens, spaces",
        ),
        kept_items=(
            "ids, keys and digests of our own issues and pages",
            "values of leading indicators with their day",
            "for each key result and week: the state, confidence and number that the team enters",
            "the queue, moments that were served, and runs in counts",
        ),
        check="Last self-check",
        not_yet="Not yet. “okr privacy verify” checks on this machine that no person gets through.",
        checked="{date}: none of the invented people got through, every planted trace was found.",
        check_failed="{date}: the check was not passed. Whoever runs the connector sees with “okr privacy "
        "verify” where.",
        attempt="Try it yourself",
        attempt_says="Paste a message of Jira or Confluence. We show what remains of it. Nothing of it is stored or "
        "logged; values that are dropped are not shown here either.",
        paste="Message (JSON, up to 256 KB)",
        show="Show what remains",
        unreadable="This is no readable JSON. See whether the whole message is pasted, or take another one.",
        too_large="This is more than 256 KB. Shorten the message, or use “okr strip” on your own machine.",
        more="and {count} more places",
        all_of_it="All of it in detail",
        number="Number",
        trouble="The files with the OKRs, or the note, cannot be read just now. What stands here is about the program "
        "alone.",
    ),
}
