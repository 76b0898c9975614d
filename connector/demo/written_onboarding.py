"""What a German-speaking team writes: its planning page as a coach would like to see it, and its check-ins."""

from connector.demo.written_acts import GERMAN, Connects, Copies, Day, Form, Moves, Week, pushes

PLAN = Form("planning/onboarding/2026-q4")
SHARE = "anteil-selbst-eingerichteter-konten"
CALLS = "anrufe-zur-einrichtung-je-woche"

PLANNING: Week = (
    Day(weekday=0, acts=(Moves(epic="ONB-40", status="To Do"), Moves(epic="ONB-27", status="In Progress"))),
    Day(
        weekday=1,
        acts=(
            PLAN.carried(
                "Was davon",
                "Wir helfen in den ersten drei Tagen, nicht später. Keine weiteren Erinnerungs-E-Mails. Mehr Bilder.",
            ),
            PLAN.rhythm(
                ("Wie viele sind wir?", "7"),
                ("Unser Check-in", "dienstags um 9 Uhr, jede Woche"),
                ("Ruhige Wochen", "KW 52, KW 53"),
                ("Unser Review", "15.12.2026"),
                ("Wer moderiert?", "reihum"),
                ("Möchten wir Unterstützung", "Coaching: beim dritten Key Result"),
            ),
            PLAN.objective(
                ("Was ist am Ende anders?", "Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs."),
                ("Zahlt ein auf", "Moal"),
                ("Dafür brauchen wir", "Team Kundenservice, Team Metering"),
                (
                    "Was wir nicht wissen",
                    "Ob die Anleitung überhaupt gelesen wird. Ob der Brief vor dem ersten Login ankommt.",
                ),
                ("Was wir in diesem Zyklus nicht tun", "Ein neues Rechnungsportal."),
            ),
            Copies(page=PLAN.page, key_result=1, heading="Key Result 3"),
            PLAN.key_result(
                0,
                ("Kurzname", "Einrichtung ohne Hilfe"),
                ("Wer?", "Neue Kundinnen und Kunden"),
                ("tut was?", "richten ihr Konto ohne Hilfe ein"),
                ("Von wo nach wo?", "von 38 % auf 55–65 %"),
                ("Was probieren wir dafür?", "eine geführte Einrichtung mit drei Schritten"),
                ("Wann denken wir neu nach?", "unter 42 % bis 20.11.2026"),
            ),
            PLAN.indicator(
                0,
                1,
                "Anteil selbst eingerichteter Konten, in %",
                None,
                "früh",
                "38",
                "55–65",
                "wird geschickt, aus dem Kundenkonto",
                "Geführte Einrichtung: {browse}ONB-12, Hinweis zum Zählerstand: {browse}ONB-33; steigt, ab KW 44",
            ),
            PLAN.indicator(
                0,
                2,
                "Anrufe zur Einrichtung je Woche",
                None,
                "früh",
                "120",
                None,
                "Zählung in Jira: Kundenanfragen mit dem Stichwort „einrichtung“",
                "Rückruf-Knopf bei Schritt 2: {browse}ONB-40; sinkt, ab KW 47",
            ),
            PLAN.indicator(
                0,
                3,
                "Kündigungen in den ersten 90 Tagen, in %",
                None,
                "spät",
                "6",
                None,
                "schauen wir im Review nach",
                None,
            ),
            PLAN.key_result(
                1,
                ("Kurzname", "Antwort in der Anleitung"),
                ("Wer?", "Neue Kundinnen und Kunden"),
                ("tut was?", "finden in der Anleitung die Antwort auf ihre erste Frage"),
                ("Von wo nach wo?", "unbekannt, wir erkunden"),
                ("Was probieren wir dafür?", "eine Anleitung auf einer einzigen Seite, mit Bildern"),
                ("Wann denken wir neu nach?", "höchstens 1 von 5 in drei Check-ins hintereinander"),
            ),
            PLAN.indicator(
                1,
                1,
                "Antwort in der Anleitung gefunden, von 5 angerufenen Haushalten",
                None,
                "früh",
                "unbekannt",
                None,
                "tragen wir ein",
                "Anleitung auf einer Seite: {browse}ONB-27; steigt, ab KW 46",
            ),
            PLAN.key_result(
                2, ("Kurzname", "Begrüßungsbrief"), ("tut was?", "den neuen Begrüßungsbrief fertigstellen")
            ),
        ),
    ),
    Day(
        weekday=2,
        acts=(
            Connects(
                sources=(
                    (SHARE, "{type: pushed}"),
                    (CALLS, '{type: jql-count, jql: "project = SUP AND labels = einrichtung"}'),
                )
            ),
        ),
    ),
    Day(weekday=3, acts=(PLAN.rhythm(("Gilt ab", "22.10.2026")),)),
)
WEEK_44: Week = (
    pushes(SHARE, "39"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(0, "Die drei Schritte sind seit Montag zu sehen.", "offen", "5", ""),
            GERMAN.about(1, "Zwei haben die Seite gefunden.", "offen", "4", "", number="2 von 5"),
            GERMAN.for_all("", "Fünf Haushalte anrufen.", ""),
        ),
    ),
)
WEEK_45: Week = (  # nobody checks in, and nobody is asked why
    pushes(SHARE, "40.5"),
    Day(weekday=4, acts=(Moves(epic="ONB-27", status="Done"),)),
)
WEEK_46: Week = (
    pushes(SHARE, None),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(
                0,
                "Das Kundenkonto hat diese Woche keine Zahl geliefert. Bei Schritt 2 rufen viele an.",
                "unklar – ohne die Zahl sehen wir nur die Anrufe.",
                "5",
                "Ob die Anrufe von neuen Haushalten kommen.",
            ),
            GERMAN.about(1, "Die Bilder werden angesehen, der Text nicht.", "offen", "4", "", number="2 von 5"),
            GERMAN.for_all("", "Den Rückruf-Knopf bei Schritt 2 bauen.", "Die Anleitung kommt auf eine einzige Seite."),
        ),
    ),
)
WEEK_47: Week = (
    pushes(SHARE, "44"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(
                0,
                "Zum ersten Mal deutlich weniger Anrufe.",
                "gestützt – beide Zahlen bewegen sich, seit es den Knopf gibt.",
                "7",
                "Ob jemand aufgibt, ohne anzurufen.",
            ),
            GERMAN.about(1, "Nur ein Haushalt wusste von der Anleitung.", "geschwächt", "3", "", number="1 von 5"),
            GERMAN.for_all(
                "Team Kundenservice: Anrufe zur Einrichtung mit dem Stichwort „einrichtung“ kennzeichnen.",
                "Den Rückruf-Knopf bei Schritt 2 freischalten. Wieder fünf Haushalte anrufen.",
                "",
            ),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="ONB-40", status="Done"),)),
)
WEEK_48: Week = (
    pushes(SHARE, "41.5"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(
                0,
                "Bei Schritt 2 brechen weniger ab, seit es den Rückruf-Knopf gibt; jetzt bleiben viele bei Schritt 3 "
                "hängen, bei der Zählernummer. Überrascht hat uns, dass die meisten Anrufe samstags kommen, wenn der "
                "Brief im Kasten liegt.",
                "unklar – KW 47 sprach dafür, diese Woche spricht dagegen. Am 18.11. kamen 2.000 Haushalte aus dem "
                "Tarifwechsel dazu, die den Begrüßungsbrief nie bekommen haben.",
                "6",
                "Ob jemand fertig wird, weil es leicht war, oder weil in der Familie geholfen wurde.",
            ),
            GERMAN.about(
                1,
                "Drei Haushalte haben ihre Antwort gefunden, alle zum Abschlag. Zwei wussten nicht, dass es eine "
                "Anleitung gibt.",
                "gestützt – zum ersten Mal mehr als die Hälfte. Bei fünf Gesprächen bleiben wir vorsichtig.",
                "5",
                "Wie es denen geht, die nicht ans Telefon gehen.",
                number="3 von 5",
            ),
            GERMAN.for_all(
                "Team Metering: je ein Foto der drei häufigsten Zähler, damit wir zeigen können, wo die Nummer steht. "
                "Führung: Dürfen wir den Brief zum Tarifwechsel selbst ändern?",
                "Bei Schritt 3 ein Bild der Zählernummer zeigen. Den Link zur Anleitung in die SMS zum Lieferbeginn "
                "setzen.",
                "Wir machen mit der geführten Einrichtung weiter und ändern Schritt 3. Am 11.12. denken wir neu nach, "
                "die Grenze bleibt bei 42 %.",
            ),
        ),
    ),
)
WEEKS = (PLANNING, WEEK_44, WEEK_45, WEEK_46, WEEK_47, WEEK_48)
