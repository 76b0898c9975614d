"""Reviews as teams fill them: the drawn page with answers typed into it."""

from collections.abc import Mapping
from datetime import date

from connector.pages.draft import Draft
from connector.pages.review_pages import review_page
from connector.sandbox.team_cells import answered
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding

DE_DAY, EN_DAY = date(2026, 12, 15), date(2026, 12, 16)
GERMAN = review_page(onboarding.VIEW, DE_DAY, onboarding.ADDRESSES)
ENGLISH = review_page(crossing.VIEW, EN_DAY, crossing.ADDRESSES)
SETUP, GUIDE = "okr-t-erste-woche-einrichtung-ohne-hilfe", "okr-t-erste-woche-antwort-in-der-anleitung"
TOGETHER = "okr-t-together"
GERMAN_ANSWERS: Mapping[tuple[str, str], str] = {
    ("okr-t-before", "verändert"): "Mehr Haushalte fangen am ersten Abend an.",
    (SETUP, "gelernt"): "eine zweite Erinnerungs-E-Mail die Einrichtung nicht beschleunigt",
    (SETUP, "am Ende"): "verworfen – drei Wochen lang war kein Unterschied zu sehen.",
    (SETUP, "zeigt die Zahl"): "Wer beim Einrichten geholfen hat.",
    (SETUP, "Weiterführen"): "Beenden: keine weiteren Erinnerungen.",
    (SETUP, "Schlagwörter"): "Erinnerung, E-Mail",
    (SETUP, "Gilt wo"): "bei Haushalten, die neu einziehen",
    (GUIDE, "gelernt"): "Bilder gesehen werden und Text überlesen wird",
    (GUIDE, "am Ende"): "gestützt",
    (GUIDE, "Schlagwörter"): "Anleitung; Bilder",
    (TOGETHER, "überrascht"): "Dass die Fragen am Samstag kommen.",
    (TOGETHER, "Rückmeldung"): "Das Bild am Küchentisch hilft uns.",
    (TOGETHER, "neuen Fragen"): "Wird die Anleitung überhaupt gelesen?",
    (TOGETHER, "Offene Fragen"): "Wer ruft am Samstag an?\nGibt es den Brief auch in leichter Sprache?",
    (
        TOGETHER,
        "Organisation",
    ): "Uns fehlt Ruhe. Führung: Dürfen wir den Brief selbst ändern?\nTeam Messstellen: Foto.",
    (TOGETHER, "Zeit und Ruhe"): "Ja, bis auf die Woche des Umzugs.",
    (TOGETHER, "Ein Satz"): "Ein Bild sagt es schneller als drei E-Mails.",
}


def written(draft: Draft, answers: Mapping[tuple[str, str], str]) -> TeamText:
    """The page with these answers, by region and a piece of the question."""
    body = draft.body.words
    for (region, question), answer in answers.items():
        body = answered(body, region, question, answer)
    return TeamText(body)
