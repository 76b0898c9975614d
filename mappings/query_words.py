"""How a query is written, in words."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R = Level.REFUSED

QUERY_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.QUERY_SYNTAX: wording(
        Rule.QUERY,
        _R,
        de=(
            "Ab hier ist die Abfrage nicht als JQL zu lesen.",
            "sie in der Suche von Jira ausprobieren und von dort übernehmen",
            "Werte mit Leer- oder Sonderzeichen in Anführungszeichen setzen",
        ),
        en=(
            "From here the query cannot be read as JQL.",
            "try it in Jira's search and copy it from there",
            "put values with spaces or special characters in quotes",
        ),
    ),
    Concern.QUERY_EMPTY: wording(
        Rule.QUERY,
        _R,
        de=(
            "Die Abfrage schränkt nichts ein.",
            "Projekt und Label nennen",
            "die Abfrage weglassen",
        ),
        en=(
            "The query restricts nothing.",
            "name a project and a label",
            "leave the query out",
        ),
    ),
    Concern.QUERY_TOO_LONG: wording(
        Rule.QUERY,
        _R,
        de=(
            "Die Abfrage ist länger oder tiefer verschachtelt, als wir sie prüfen können.",
            "die gemeinten Vorgänge mit einem Label kennzeichnen und danach fragen",
            "die Abfrage kürzen",
        ),
        en=(
            "The query is longer or nested deeper than we can check.",
            "mark the issues that are meant with a label and ask by it",
            "shorten the query",
        ),
    ),
    Concern.QUERY_PROPERTY: wording(
        Rule.QUERY,
        _R,
        de=(
            "Diese Abfrage liest gespeicherte Eigenschaften, und wir können nicht sehen, was darin steht.",
            "nach Label oder Komponente fragen",
            "die Abfrage weglassen",
        ),
        en=(
            "This query reads stored properties, and we cannot see what they hold.",
            "ask by label or component",
            "leave the query out",
        ),
    ),
    Concern.DATE_IN_COUNT: wording(
        Rule.QUERY,
        _R,
        de=(
            "Die Zählung bekommt ihre Woche von uns; mit einer eigenen Zeitbedingung ergäbe eine spätere "
            "Zählung eine andere Zahl.",
            "die Zeitbedingung weglassen",
            "die Zahl mit der Quelle „pushed“ selbst schicken",
        ),
        en=(
            "The count gets its week from us; with a date of its own a later count would give another number.",
            "leave the date condition out",
            "send the figure yourselves with the source “pushed”",
        ),
    ),
    Concern.COUNT_WITHOUT_PROJECT: wording(
        Rule.QUERY,
        _R,
        de=(
            "Die Zählung nennt kein Projekt, sie ginge also über alles.",
            "die Abfrage mit „project = …“ beginnen und den Rest mit AND anschließen",
            "die Zahl mit der Quelle „observed“ selbst eintragen",
        ),
        en=(
            "The count names no project, so it would go over everything.",
            "begin the query with “project = …” and join the rest with AND",
            "enter the figure yourselves with the source “observed”",
        ),
    ),
}
"""JQL syntax, and what a count needs."""
