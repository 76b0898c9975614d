"""What an English-speaking team plans: one assumption with a target range, and one exploration."""

from connector.demo.written_acts import (
    Connects,
    Day,
    Form,
    Moves,
    Week,
)

PLAN = Form("planning/metering/2026-q4")
SHARE = "readings-that-arrive-with-a-photo"
QUESTIONS = "questions-about-a-reading-per-week"


PLANNING: Week = (
    Day(weekday=0, acts=(Moves(epic="MET-7", status="To Do"), Moves(epic="MET-15", status="In Progress"))),
    Day(
        weekday=1,
        acts=(
            PLAN.rhythm(
                ("How many are we?", "5"),
                ("Our check-in", "Thursdays at 10:30, every week"),
                ("Quiet weeks", "week 46, week 52, week 53"),
                ("Our review", "17 December 2026"),
                ("Who facilitates?", "we take turns"),
            ),
            PLAN.objective(
                ("What is different in the end?", "Households recognise their own reading on the bill."),
                ("Contributes to", "Moal"),
                ("For this we need", "Team Onboarding"),
                (
                    "What we do not know",
                    "Whether people know which of the numbers on the meter we ask for. Whether a photo feels "
                    "easier than typing.",
                ),
                (
                    "What we are not doing",
                    "Reading meters for households that can do it themselves. A new bill layout.",
                ),
            ),
            PLAN.key_result(
                0,
                ("Short name", "Reading by photo"),
                ("Who?", "Households with an older meter"),
                ("does what?", "send us their reading with a photo before the bill is made"),
                ("From where to where?", "from 22% to 35–45%"),
                ("What are we trying", "a picture of the three most common meters right beside the field"),
                ("When do we think again?", "below 26% by 20 November 2026"),
            ),
            PLAN.indicator(
                0,
                1,
                "Readings that arrive with a photo, in %",
                None,
                "early",
                "22",
                "35–45",
                "is sent, from the customer portal",
                "Where the number stands, on a photo: {browse}MET-3, Meter pictures beside the field: "
                "{browse}MET-7; rises, from week 45 on",
            ),
            PLAN.indicator(
                0,
                2,
                "Questions about a reading per week",
                None,
                "early",
                "64",
                "30–45",
                "a count in Jira: customer requests with the label “meter-reading”",
                "Answer to “which number?” in the letter: {browse}MET-15; falls, from week 46 on",
            ),
            PLAN.indicator(
                0,
                3,
                "Bills made with an estimated reading, in %",
                None,
                "late",
                "31",
                None,
                "we look at it in the review",
                None,
            ),
            PLAN.key_result(
                1,
                ("Short name", "The right number at first sight"),
                ("Who?", "Households that move in"),
                ("does what?", "find the number on their meter that the first letter asks for"),
                ("From where to where?", "unknown, we are exploring"),
                ("What are we trying", "a letter with one picture and one sentence"),
                ("When do we think again?", "at most 2 of 6 at three check-ins in a row"),
            ),
            PLAN.indicator(
                1,
                1,
                "Right number found without help, of 6 households we visited",
                None,
                "early",
                "unknown",
                None,
                "we enter it",
                "First letter with one picture: {browse}MET-21; rises, from week 45 on",
            ),
        ),
    ),
    Day(
        weekday=2,
        acts=(
            Connects(
                sources=(
                    (SHARE, "{type: pushed}"),
                    (QUESTIONS, '{type: jql-count, jql: "project = SUP AND labels = meter-reading"}'),
                )
            ),
        ),
    ),
    Day(weekday=4, acts=(PLAN.rhythm(("Valid from", "23 October 2026")), Moves(epic="MET-21", status="In Progress"))),
)
