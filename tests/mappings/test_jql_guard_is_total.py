from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.jql import Accepted, Purpose, Refused, judge
from mappings.jql_fields import FieldKind

PIECES = st.sampled_from(
    [
        "project",
        "=",
        "SUP",
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        "assignee",
        "!=",
        "in",
        "was",
        "changed",
        "by",
        ",",
        "is",
        "EMPTY",
        '"',
        "'",
        "\\",
        "\\u0061",
        "ORDER",
        "created",
        "labels",
        "filter",
        "1",
        "cf[1]",
        "[",
        "]",
        "currentUser()",
        "membersOf(",
        "status",
        "~",
        "<=",
        ">",
        "!",
        "&&",
        "|",
        "\x00",
        "\u200b",
        "ä",
        "DURING",
    ]
)
WORD = st.sampled_from(["assignee", "Reporter", "creator", "worklogAuthor", "voter", "watcher", "cf[10077]"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_verdict_and_what_is_accepted_stays_accepted(text: str) -> None:
    for purpose in Purpose:
        verdict = judge(text, purpose, filters={"1": text})
        assert isinstance(verdict, Accepted | Refused)
        if isinstance(verdict, Accepted):
            again = judge(verdict.jql, purpose)
            assert isinstance(again, Accepted)
            assert (again.jql, again.projects) == (verdict.jql, verdict.projects)


def _spelt(draw: st.DrawFn, name: str) -> str:
    """The name in one of the spellings that Jira reads as the same field."""
    cased = "".join(draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in name)
    if "[" in name:
        return cased
    escaped = "".join(f"\\u{ord(c):04x}" if draw(st.booleans()) else c for c in cased)
    quote = draw(st.sampled_from(["", '"', "'"]))
    return f"{quote}{escaped}{quote}"


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_spelling_of_a_person_field_passes(data: st.DataObject) -> None:
    field = data.draw(st.composite(_spelt)(data.draw(WORD)))
    clause = data.draw(st.sampled_from(["{} = a", "{} in (a, b)", "{} is not EMPTY", "{} was a", "{} changed"]))
    frame = data.draw(st.sampled_from(["{}", "project = SUP AND {}", "NOT ({})", "(labels = a OR {})", "!{}"]))
    jql = frame.format(clause.format(field))
    assert isinstance(judge(jql, Purpose.EPICS, fields={"customfield_10077": FieldKind.PERSON}), Refused)
