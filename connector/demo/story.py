"""What two invented teams see and write in five weeks; the last entry of each list is the week that is shown."""

from dataclasses import dataclass
from decimal import Decimal

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One answer: the region it stands in, the beginning of its question, and what is typed."""

    region: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What happens to one team in one week: pushed readings by indicator, typed answers, epics that change."""

    readings: tuple[tuple[str, Decimal | None], ...] = ()
    words: tuple[Words, ...] = ()  # empty: nobody checked in
    epics: tuple[tuple[str, str], ...] = ()  # (key, new status)


def _readings(*pairs: tuple[str, str]) -> tuple[tuple[str, Decimal | None], ...]:
    return tuple((indicator, None if value == UNKNOWN else Decimal(value)) for indicator, value in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How one team's pages ask: the regions of its two key results, and the beginnings of the questions."""

    first: str
    second: str
    number: str
    each: tuple[str, str, str, str]
    together: tuple[str, str, str]

    def say(self, first: tuple[str, ...], second: tuple[str, ...], together: tuple[str, ...]) -> tuple[Words, ...]:
        """Answers about both key results (the second begins with its number), and those for the whole page."""
        blocks = (
            (self.first, self.each, first),
            (self.second, (self.number, *self.each), second),
            ("okr-t-together", self.together, together),
        )
        return tuple(
            Words(region=region, question=question, answer=answer)
            for region, questions, answers in blocks
            for question, answer in zip(questions, answers, strict=True)
        )


GERMAN = Voice(
    first="okr-t-first-week-setup-alone",
    second="okr-t-first-week-guide-answer",
    number="Unsere Zahl",
    each=("Was haben wir beob", "Wo steht", "Unsere Zuversicht", "Was zeigt"),
    together=("Was hindert", "Was probieren", "Was haben wir entschieden"),
)
ENGLISH = Voice(
    first="okr-t-trusted-reading-photo-reading",
    second="okr-t-trusted-reading-right-number",
    number="Our number",
    each=("What have we obs", "Where does", "Our confidence", "What does"),
    together=("What is in our way", "What will we try", "What have we decided"),
)


ONBOARDING = (
    Week(
        readings=_readings(("setup-rate", "39")),
        words=GERMAN.say(
            ("Die drei Schritte sind seit Montag zu sehen.", "offen", "5", ""),
            ("2 von 5", "Zwei haben die Seite gefunden.", "offen", "4", ""),
            ("", "Fünf Haushalte anrufen.", ""),
        ),
        epics=(("ONB-12", "In Progress"),),
    ),
    Week(readings=_readings(("setup-rate", "40.5"))),
    Week(
        readings=_readings(("setup-rate", UNKNOWN)),
        words=GERMAN.say(
            (
                "Das Kundenkonto hat diese Woche keine Zahl geliefert. Bei Schritt 2 rufen viele an.",
                "unklar – ohne die Zahl sehen wir nur die Anrufe.",
                "5",
                "Ob die Anrufe von neuen Haushalten kommen.",
            ),
            ("2 von 5", "Die Bilder werden angesehen, der Text nicht.", "offen", "4", ""),
            ("", "Den Rückruf-Knopf bei Schritt 2 bauen.", "Die Anleitung kommt auf eine einzige Seite."),
        ),
        epics=(("ONB-27", "Done"),),
    ),
    Week(
        readings=_readings(("setup-rate", "44")),
        words=GERMAN.say(
            (
                "Zum ersten Mal deutlich weniger Anrufe.",
                "gestützt – beide Zahlen bewegen sich, seit es den Knopf gibt.",
                "7",
                "Ob jemand aufgibt, ohne anzurufen.",
            ),
            ("1 von 5", "Nur ein Haushalt wusste von der Anleitung.", "geschwächt", "3", ""),
            (
                "Team Kundenservice: Anrufe zur Einrichtung mit dem Stichwort „einrichtung“ kennzeichnen.",
                "Den Rückruf-Knopf bei Schritt 2 freischalten. Wieder fünf Haushalte anrufen.",
                "",
            ),
        ),
        epics=(("ONB-40", "Done"),),
    ),
    Week(
        readings=_readings(("setup-rate", "41.5")),
        words=GERMAN.say(
            (
                "Bei Schritt 2 brechen weniger ab, seit es den Rückruf-Knopf gibt; jetzt bleiben viele bei Schritt "
                "3 hängen, bei der Zählernummer. Überrascht hat uns, dass die meisten Anrufe samstags kommen, wenn "
                "der Brief im Kasten liegt.",
                "unklar – letzte Woche sprach dafür, diese Woche spricht dagegen. Es kamen 2.000 Haushalte aus "
                "dem Tarifwechsel dazu, die den Begrüßungsbrief nie bekommen haben.",
                "6",
                "Ob jemand fertig wird, weil es leicht war, oder weil in der Familie geholfen wurde.",
            ),
            (
                "3 von 5",
                "Drei Haushalte haben ihre Antwort gefunden, alle zum Abschlag. Zwei wussten nicht, dass es eine "
                "Anleitung gibt.",
                "gestützt – zum ersten Mal mehr als die Hälfte. Bei fünf Gesprächen bleiben wir vorsichtig.",
                "5",
                "Wie es denen geht, die nicht ans Telefon gehen.",
            ),
            (
                "Team Messstellen: je ein Foto der drei häufigsten Zähler, damit wir zeigen können, wo die Nummer "
                "steht. Führung: Dürfen wir den Brief zum Tarifwechsel selbst ändern?",
                "Bei Schritt 3 ein Bild der Zählernummer zeigen. Den Link zur Anleitung in die SMS zum "
                "Lieferbeginn setzen.",
                "Wir machen mit der geführten Einrichtung weiter und ändern Schritt 3.",
            ),
        ),
    ),
)

METERING = (
    Week(readings=_readings(("photo-share", "22"))),
    Week(
        readings=_readings(("photo-share", "24.5")),
        words=ENGLISH.say(
            ("The pictures are live for the three most common meters.", "open", "5", ""),
            ("2 of 6", "Two households found the number at once.", "open", "5", ""),
            ("", "Visit six households that move in.", ""),
        ),
        epics=(("MET-7", "In Progress"),),
    ),
    Week(
        readings=_readings(("photo-share", "27")),
        words=ENGLISH.say(
            (
                "People photograph the whole cupboard; the number is still readable.",
                "supported – the share rises as we hoped.",
                "6",
                "Whether the photo is easier, or just allowed now.",
            ),
            ("3 of 6", "The one sentence is read, the second page is not.", "unclear", "5", ""),
            ("", "Put the picture beside the field.", "The letter keeps one page."),
        ),
    ),
    Week(
        readings=_readings(("photo-share", UNKNOWN)),
        words=ENGLISH.say(
            (
                "No figure from the portal this week, but fewer questions.",
                "supported – the questions fall since the pictures stand beside the field.",
                "7",
                "",
            ),
            ("4 of 6", "Four of six found it; the two others looked at the gas meter.", "supported", "6", ""),
            (
                "Team Onboarding: please say in the welcome letter which meter is meant.",
                "Show the electricity meter only.",
                "",
            ),
        ),
        epics=(("MET-7", "Done"),),
    ),
    Week(readings=_readings(("photo-share", "29.5"))),
)

STORIES = {"onboarding": ONBOARDING, "metering": METERING}
