"""Words of scoring and pay are part of what an energy company sells: in running text they give no finding at all."""

import pytest

from mappings.book import read_book
from tests.mappings.books import METERING, ONBOARDING, STRATEGY, TODAY, example

PHRASES = """
Net Promoter Score
Neukundenbonus
Einspeiseprämie
Netzentgelt
variable Tarife
Zielgruppe
kein Bonus hängt daran
Der Neukundenbonus wird verstanden
Sofortbonus und Treuebonus
Bonusprogramm für Haushalte
Bonuspunkte im Kundenkonto
Treuepunkte einlösen
Prämie für Weiterempfehlung
Wechselprämie
Umweltprämie
Kaufprämie für Wärmepumpen
Einspeisevergütung
Vergütung für Solarstrom
Netzentgelte und Umlagen
Messentgelt
Entgelt für den Messstellenbetrieb
Grundpreis und Arbeitspreis
variable Preise am Abend
variabler Abschlag
Tarif mit variabler Laufzeit
Provision für Vermittler fällt weg
Gutschein statt Bonus
Gehaltsnachweis wird nicht mehr verlangt
Rabatt und Bonus werden verwechselt
Score bei der Bonitätsprüfung
Bonität wird erklärt
Credit Score
Kundenzufriedenheit als Note von eins bis sechs
Schulnoten für die App
Bewertung der App im Store
Sternebewertung
Rating der Energieeffizienz
Energieeffizienzklasse A
Ranking der Stromfresser im Haushalt
Vergleich mit ähnlichen Haushalten
Verbrauchsvergleich
Ampel für günstige Stunden
Ampelfarben im Zähler
rote LED am Zähler
grüne Energie
Gewichtung der Verbrauchsarten
Leistungspreis
Leistung der Solaranlage
Leistungsmessung am Hausanschluss
Zielwert für die Raumtemperatur
Zielerreichung beim Sparen aus Sicht der Haushalte
Fortschritt der Einrichtung wird verstanden
Fortschrittsbalken hilft
Prozentwerte verstehen
Abschlag in Prozent
Punkt für Punkt durch die Rechnung
Ladepunkte in der Nähe
Ladepunkt finden
Aufwand beim Umzug
Schätzung des Verbrauchs
geschätzter Zählerstand
Zeitaufwand für die Ablesung
Stundenwerte im Portal
Lastgang in Stunden
Kapazität des Speichers
Auslastung der Ladesäule
Mahnung verstehen
Zahlungserinnerung
Erinnerung an die Ablesung
Freigabe der Zählerdaten durch den Haushalt
Einwilligung und Genehmigung
Zugang gesperrt
Sperrung vermeiden
Mitglieder der Genossenschaft
Mitglied werden
Ansprechpartner am Telefon wechseln
Kundinnen, die selbst verantwortlich ablesen
Verantwortung für den Zähler
Eigentümer und Mieter
Hauseigentümer mit Wärmepumpe
Besitzer von Balkonkraftwerken
Hausverwaltung als Kundin
Mitarbeiterwohnungen
Frauen und Männer, die umziehen
Leiter der Leitern
Personenzahl im Haushalt
Personen im Haushalt
Haushalte mit vier Personen
Nutzer ohne Konto
Manager-App der Hausverwaltung
Owner of a heat pump
Home owners with solar panels
Tenants and owners
Members of the energy community
Net promoter score of new households
Customer effort score
Bonus for new customers
No bonus depends on it
Feed-in premium
Grid fee
Grid charges on the bill
Variable tariffs
Variable prices in the evening
Pay by direct debit
Pay less at night
Payment plan
Salary slips are no longer asked for
Commission for brokers
Incentive for moving load
Score of the house in the energy certificate
Grade of insulation
Weight of a battery
Health of the battery
Rank of the meter in the list
Rating in the app store
Progress of the move-in is understood
Points of a loyalty scheme
Estimate of the yearly use
Estimated readings
Time spent on hold
Overdue invoices explained
Reminder before the reading
Approval of meter data by the household
Capacity of the home storage
Driver of an electric car
User without an account
Account for a holiday flat
Target group
""".strip().splitlines()

PLACES = [
    (STRATEGY, "purpose: Wir machen Energiesparen leicht.", "purpose: {}"),
    (STRATEGY, "- Wie die Einrichtung aussieht, entscheidet das Team.", "- {}"),
    (ONBOARDING, "title: Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs", "title: {}"),
    (ONBOARDING, "- Ein neues Rechnungsportal.", "- {}"),
    (ONBOARDING, "name: Einrichtung ohne Hilfe", "name: {}"),
    (ONBOARDING, "who: Neue Kundinnen und Kunden", "who: {}"),
    (ONBOARDING, "do: richten ihr Konto ohne Hilfe ein", "do: {}"),
    (ONBOARDING, "because: eine geführte Einrichtung mit drei Schritten", "because: {}"),
    (METERING, "name: Readings that arrive with a photo", "name: {}"),
    (METERING, "unit: questions", "unit: {}"),
    (METERING, "MET-21: First letter with one picture", 'MET-21: "{}"'),
]


def test_there_are_a_hundred_phrases() -> None:
    assert len(set(PHRASES)) >= 100


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_product_phrases_give_no_finding(place: int) -> None:
    file, old, new = PLACES[place]
    for phrase in PHRASES[place::11]:
        files = example(file, old, new.format(phrase))
        assert read_book(files, TODAY).findings == (), phrase


def test_every_phrase_passes_in_the_sentence_of_an_assumption() -> None:
    for phrase in PHRASES:
        files = example(ONBOARDING, "do: richten ihr Konto ohne Hilfe ein", f"do: {phrase}")
        assert read_book(files, TODAY).findings == (), phrase
