"""How a German-speaking team's cycle ends and the next one begins: review, retrospective, planning, first check-ins."""

from connector.demo.written_acts import GERMAN, Day, Form, Moves, Types, Week, pushes
from connector.demo.written_onboarding import SHARE

REVIEW = "review/onboarding/2026-q4"
NEXT = Form("planning/onboarding/2027-q1")

WEEK_49: Week = (
    pushes(SHARE, "46"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(
                0,
                "Mit dem Bild der Zählernummer kommen mehr Haushalte durch Schritt 3. Der Brief zum Tarifwechsel ist "
                "neu geschrieben.",
                "gestützt – der Anteil steigt, obwohl die Haushalte aus dem Tarifwechsel dazugekommen sind.",
                "7",
                "Ob der neue Brief geholfen hat oder das Bild.",
            ),
            GERMAN.about(
                1,
                "Zuerst werden die Bilder angesehen, dann der Satz darunter.",
                "wie letztes Mal",
                "6",
                "",
                number="3 von 5",
            ),
            GERMAN.for_all("", "Die Anleitung als Folge von Bildern zeigen.", ""),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="ONB-33", status="In Progress"),)),
)
WEEK_50: Week = (
    pushes(SHARE, "49"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(
                0,
                "Seit dem Bild brechen bei Schritt 3 weniger ab. Samstags ist es am Telefon ruhiger.",
                "gestützt – beide Zahlen bewegen sich wie erhofft.",
                "8",
                "Wie es Haushalten ohne E-Mail-Adresse geht.",
            ),
            GERMAN.about(
                1,
                "Vier finden ihre Antwort, die meisten über den Link in der SMS.",
                "gestützt – der Link kommt zur richtigen Zeit.",
                "7",
                "",
                number="4 von 5",
            ),
            GERMAN.for_all("", "Zum Review die Kündigungen der ersten 90 Tage ansehen.", ""),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="ONB-12", status="Done"),)),
)
WEEK_51: Week = (
    pushes(SHARE, "50"),
    Day(
        weekday=1,
        acts=(
            Types(
                page=REVIEW,
                region="okr-t-before",
                answers=(
                    (
                        "Was hat sich",
                        "Wer neu zu uns kommt, fragt seltener nach der Zählernummer. Nach einer Woche ist das meiste "
                        "erledigt.",
                    ),
                ),
            ),
            Types(
                page=REVIEW,
                region="okr-t-",
                nth=1,
                answers=(
                    ("Unsere Zahl: Kündigungen", "5,5"),
                    (
                        "Was wir jetzt wissen",
                        "Wir haben gelernt, dass ein Bild an der richtigen Stelle mehr hilft als ein weiterer Hinweis.",
                    ),
                    ("Wo steht", "gestützt – der Anteil steigt und die Anrufe sinken, seit das Bild da steht."),
                    ("Was zeigt", "Wie es Haushalten ohne E-Mail-Adresse geht."),
                    ("Weiterführen", "Weiterführen, und den Begrüßungsbrief dazunehmen."),
                    ("Schlagwörter", "Einrichtung, Bilder"),
                    ("Gilt wo?", "Bei Haushalten mit einem der drei häufigsten Zähler."),
                ),
            ),
            Types(
                page=REVIEW,
                region="okr-t-",
                nth=2,
                answers=(
                    (
                        "Was wir jetzt wissen",
                        "Wir haben gelernt, dass die Anleitung gelesen wird, wenn der Link am ersten Tag kommt.",
                    ),
                    ("Wo steht", "gestützt – die meisten finden ihre Antwort."),
                    ("Weiterführen", "Beenden. Die Anleitung gehört jetzt zum Alltag."),
                    ("Schlagwörter", "Anleitung, Bilder"),
                    ("Gilt wo?", "Bei Haushalten, die ans Telefon gehen."),
                ),
            ),
            Types(
                page=REVIEW,
                region="okr-t-together",
                answers=(
                    ("Was hat uns überrascht?", "Die meisten rufen samstags an."),
                    ("Unsere Rückmeldung", "Ein Blick genügt erst, wenn der Zähler auf dem Bild der eigene ist."),
                    ("Welche neuen Fragen", "Was brauchen Haushalte, die nicht ans Telefon gehen?"),
                    ("Offene Fragen", "Wie melden Haushalte ohne Internet ihren Zählerstand?"),
                    ("Was brauchen wir von der Organisation?", "Führung: ein Nachmittag im Monat für Hausbesuche."),
                    ("Hatten wir genug Zeit", "Ja, die beiden Nachmittage haben gereicht."),
                    ("Ein Satz für alle", "Ein Bild an der richtigen Stelle erspart viele Fragen."),
                ),
            ),
            Types(
                page="retrospective/onboarding/2026-q4",
                region="okr-t-retrospective",
                answers=(("Was hat unsere Zusammenarbeit getragen?", "Dass wir zu zweit telefoniert haben."),),
            ),
        ),
    ),
    Day(
        weekday=4,
        acts=(
            NEXT.carried(
                "Was davon", "Bilder dort, wo die Frage entsteht. Die Haushalte ohne Telefon fragen wir zuerst."
            ),
            NEXT.rhythm(
                ("Gilt ab", "04.01.2027"),
                ("Wie viele sind wir?", "7"),
                ("Unser Check-in", "dienstags um 9 Uhr, jede Woche"),
                ("Unser Review", "23.03.2027"),
                ("Wer moderiert?", "reihum"),
            ),
            NEXT.objective(
                (
                    "Was ist am Ende anders?",
                    "Wer neu zu uns kommt, sieht den eigenen Verbrauch und weiß, was er bedeutet.",
                ),
                ("Zahlt ein auf", "Moal"),
                ("Was wir nicht wissen", "Ob der eigene Zähler auf dem Bild einen Unterschied macht."),
                ("Was wir in diesem Zyklus nicht tun", "Weitere Briefe."),
            ),
            NEXT.key_result(
                0,
                ("Kurzname", "Einrichtung mit dem eigenen Zähler"),
                ("Wer?", "Neue Kundinnen und Kunden"),
                ("tut was?", "richten ihr Konto ohne Hilfe ein"),
                ("Von wo nach wo?", "von 50 % auf 55–65 %"),
                ("Was probieren wir dafür?", "ein Bild des eigenen Zählers statt eines der häufigsten"),
                ("Wann denken wir neu nach?", "unter 50 % bis 12.02.2027"),
            ),
            NEXT.indicator(
                0,
                1,
                "Anteil selbst eingerichteter Konten, in %",
                SHARE,
                "früh",
                "50",
                "55–65",
                "wird geschickt, aus dem Kundenkonto",
                "Hinweis zum Zählerstand: {browse}ONB-33; steigt, ab KW 3",
            ),
            NEXT.key_result(
                1,
                ("Kurzname", "Erster Blick"),
                ("Wer?", "Neue Kundinnen und Kunden"),
                ("tut was?", "öffnen in der zweiten Woche von sich aus ihre Verbrauchsseite"),
                ("Von wo nach wo?", "unbekannt, wir erkunden"),
                ("Was probieren wir dafür?", "eine SMS mit dem Verbrauch der ersten Woche"),
            ),
            NEXT.indicator(
                1,
                1,
                "Verbrauchsseite von sich aus geöffnet, von 5 angerufenen Haushalten",
                None,
                "früh",
                "unbekannt",
                None,
                "tragen wir ein",
                None,
            ),
        ),
    ),
)
WEEK_52: Week = (pushes(SHARE, "50.5"),)  # quiet
WEEK_53: Week = (pushes(SHARE, "51"), Day(weekday=4, acts=()))  # quiet; the new cycle begins
WEEK_1: Week = (
    pushes(SHARE, "50"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(0, "Nach den Feiertagen kommen viele Einzüge auf einmal.", "offen", "6", ""),
            GERMAN.about(1, "Zwei haben die Seite geöffnet, weil die SMS kam.", "offen", "5", "", number="2 von 5"),
            GERMAN.for_all("", "Die SMS an einem Sonntag schicken.", ""),
        ),
    ),
)
WEEK_2: Week = (
    pushes(SHARE, "53"),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(
                0,
                "Das Bild des eigenen Zählers ist da; die Frage nach der Nummer kommt kaum noch.",
                "gestützt – der Anteil steigt in der ersten Woche mit dem Bild.",
                "7",
                "",
            ),
            GERMAN.about(
                1, "Sonntags wird die SMS gelesen.", "unklar – fünf Gespräche sind wenig.", "5", "", number="3/5"
            ),
            GERMAN.for_all(
                "Team Metering: Welche Zähler sind in den Neubauten eingebaut?",
                "Die Seite mit einem Satz erklären.",
                "",
            ),
        ),
    ),
)
WEEK_3: Week = (
    pushes(SHARE, None),
    Day(
        weekday=1,
        acts=(
            GERMAN.about(0, "", "wie letztes Mal", "7", ""),
            GERMAN.about(1, "Der Satz auf der Seite hilft.", "gestützt", "6", "", number="4 von 5"),
            GERMAN.for_all("", "Den Satz auch in die SMS schreiben.", ""),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="ONB-33", status="Done"),)),
)
WEEKS = (WEEK_49, WEEK_50, WEEK_51, WEEK_52, WEEK_53, WEEK_1, WEEK_2, WEEK_3)
