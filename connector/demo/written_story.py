"""Two invented teams and their leadership, who write in Confluence alone: who they are, and from when on they play."""

from datetime import date

from connector.demo import written_metering, written_metering_later, written_onboarding, written_onboarding_later
from connector.demo.written_acts import STRATEGY, Day, TeamStory, Types, Week

BEGIN = date(2026, 10, 19)  # Monday of week 43: two teams begin in the middle of a quarter, as teams do
ORGANISATION = "Nordlicht Energie"
TABLE_HEAD = "team,name,delivery,project,space,language"
CALLS = {
    "einrichtung": (119, 131, 118, 124, 97, 112, 104, 96, 93, 91, 58, 61, 98, 90),
    "meter-reading": (64, 66, 61, 58, 49, 44, 43, 40, 41, 38, 22, 25, 37, 35),
}
"""What customers ask in the week before each week of the story, by label in Jira."""
CALLS_BEFORE = {"einrichtung": (127, 122, 123), "meter-reading": (65, 63, 65)}
"""And in the weeks before that, the oldest first."""

LEADERSHIP: tuple[Week, ...] = (
    (
        Day(
            weekday=1,
            acts=(
                Types(
                    page=STRATEGY,
                    region="okr-t-strategy",
                    answers=(
                        ("Purpose", "Wir machen Energiesparen leicht."),
                        (
                            "Vision",
                            "In fünf Jahren kennen die Haushalte, die wir beliefern, ihren Verbrauch so gut wie ihren "
                            "Kontostand.",
                        ),
                        ("Moal", "Ein Blick genügt"),
                        (
                            "Das Bild dazu",
                            "Wer zu uns kommt, versteht den eigenen Verbrauch, ohne nachzufragen.",
                        ),
                        ("Bis wann?", "Ende 2027"),
                        (
                            "Was wir als Führung ermöglichen",
                            "Für Planning und Review je einen Nachmittag ohne Tagesgeschäft.\n"
                            "Wie die Einrichtung aussieht, entscheidet das Team.\n"
                            "OKR sind kein Thema in Jahresgesprächen, und Geld hängt nicht daran.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    (),
    (),
    (),
    (),
    (
        Day(
            weekday=4,
            acts=(
                Types(
                    page=STRATEGY,
                    region="okr-t-need-onboarding-2026-w48",
                    answers=(
                        (
                            "Antwort an",
                            "Führung: Ja. Der Text gehört euch; die Druckerei braucht ihn bis zum Mittwoch davor.\n"
                            "Team Metering: Die drei Fotos liegen ab Montag bereit.",
                        ),
                    ),
                ),
                Types(
                    page=STRATEGY,
                    region="okr-t-need-metering-2026-w48",
                    answers=(("Antwort an", "Ja, drei Monate lang und ohne Anschrift. Danach werden sie gelöscht."),),
                ),
            ),
        ),
    ),
)
TEAMS = (
    TeamStory(
        team="onboarding",
        row="onboarding,Team Onboarding,ONB,OKR,ONB,de",
        weeks=(*written_onboarding.WEEKS, *written_onboarding_later.WEEKS),
    ),
    TeamStory(
        team="metering",
        row="metering,Team Metering,MET,OKR,MET,en",
        weeks=(*written_metering.WEEKS, *written_metering_later.WEEKS),
    ),
)
LONGEST = len(TEAMS[0].weeks)
