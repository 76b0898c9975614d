"""What an English-speaking team writes: one assumption holds up, one is discarded, and the team changes course."""

from connector.demo.written_acts import (
    CHECK_IN,
    ENGLISH,
    Connects,
    Copies,
    Day,
    Lines,
    Moves,
    Strikes,
    Types,
    Week,
    pushes,
)

PLAN = "planning/metering/2026-q4"
SHARE = "readings-that-arrive-with-a-photo"
QUESTIONS = "questions-about-a-reading-per-week"


def _plans(nth: int, *answers: tuple[str, str]) -> Types:
    return Types(page=PLAN, region="okr-t-key-result", nth=nth, answers=answers)


def _rhythm(*answers: tuple[str, str]) -> Types:
    return Types(page=PLAN, region="okr-t-rhythm", answers=answers)


PLANNING: Week = (
    Day(weekday=0, acts=(Moves(epic="MET-7", status="To Do"), Moves(epic="MET-15", status="In Progress"))),
    Day(
        weekday=1,
        acts=(
            _rhythm(
                ("How many are we?", "5"),
                ("Our check-in", "Thursdays at 10:30, every week"),
                ("Quiet weeks", "week 46, week 52, week 53"),
                ("Our review", "17 December 2026"),
                ("Who facilitates?", "we take turns"),
            ),
            Types(
                page=PLAN,
                region="okr-t-objective",
                answers=(
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
            ),
            _plans(
                0,
                ("Short name", "Reading by photo"),
                ("Who?", "Households with an older meter"),
                ("does what?", "send us their reading with a photo before the bill is made"),
                ("From where to where?", "from 22% to 35–45%"),
                ("What are we trying", "a picture of the three most common meters right beside the field"),
                ("When do we think again?", "below 26% by 20 November 2026"),
            ),
            Lines(
                page=PLAN,
                key_result=0,
                row=1,
                cells=(
                    "Readings that arrive with a photo, in %",
                    None,
                    "early",
                    "22",
                    "35–45",
                    "is sent, from the customer portal",
                    "Where the number stands, on a photo: {browse}MET-3, Meter pictures beside the field: "
                    "{browse}MET-7; rises, from week 45 on",
                ),
            ),
            Lines(
                page=PLAN,
                key_result=0,
                row=2,
                cells=(
                    "Questions about a reading per week",
                    None,
                    "early",
                    "64",
                    "30–45",
                    "a count in Jira: customer requests with the label “meter-reading”",
                    "Answer to “which number?” in the letter: {browse}MET-15; falls, from week 46 on",
                ),
            ),
            Lines(
                page=PLAN,
                key_result=0,
                row=3,
                cells=(
                    "Bills made with an estimated reading, in %",
                    None,
                    "late",
                    "31",
                    None,
                    "we look at it in the review",
                    None,
                ),
            ),
            _plans(
                1,
                ("Short name", "The right number at first sight"),
                ("Who?", "Households that move in"),
                ("does what?", "find the number on their meter that the first letter asks for"),
                ("From where to where?", "unknown, we are exploring"),
                ("What are we trying", "a letter with one picture and one sentence"),
                ("When do we think again?", "at most 2 of 6 at three check-ins in a row"),
            ),
            Lines(
                page=PLAN,
                key_result=1,
                row=1,
                cells=(
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
    Day(weekday=4, acts=(_rhythm(("Valid from", "23 October 2026")), Moves(epic="MET-21", status="In Progress"))),
)
WEEK_44: Week = (
    pushes(SHARE, "22"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(0, "The pictures are live for the three most common meters.", "open", "5", ""),
            ENGLISH.about(
                1, "Two found the number; four looked at the gas meter first.", "open", "5", "", number="2 of 6"
            ),
            ENGLISH.for_all("", "Visit six households that move in.", ""),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="MET-7", status="In Progress"), Moves(epic="MET-15", status="Done"))),
)
WEEK_45: Week = (
    pushes(SHARE, "24.5"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(
                0,
                "People photograph the whole cupboard; the number is still readable.",
                "supported – the share rises as we hoped.",
                "6",
                "Whether the photo is easier, or just allowed now.",
            ),
            ENGLISH.about(
                1,
                "The picture is looked at, the sentence below it is not.",
                "unclear – the letter is opened, but not at the meter.",
                "4",
                "",
                number="2 of 6",
            ),
            ENGLISH.for_all(
                "Team Onboarding: please say in the welcome letter which meter is meant.",
                "Put the picture beside the field. Visit six more households.",
                "The letter keeps one page.",
            ),
        ),
    ),
)
WEEK_46: Week = (pushes(SHARE, "27"),)  # a quiet week: no page, no question
WEEK_47: Week = (
    pushes(SHARE, None),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(
                0,
                "No figure from the portal this week, but fewer questions.",
                "supported – the questions fall since the pictures stand beside the field.",
                "7",
                "",
            ),
            ENGLISH.about(
                1,
                "One of six found it. At the meter nobody has the letter at hand; it lies in a drawer. Surprised us: "
                "three households took a photo and asked a neighbour.",
                "discarded – a letter does not reach people where they stand in front of the meter. We know that now.",
                "2",
                "What the neighbours answered.",
                number="1 of 6",
            ),
            ENGLISH.for_all(
                "",
                "Ask the three households whether the camera may read the number.",
                "We do not follow the letter any further. The next try begins where people stand: at the meter.",
            ),
        ),
    ),
    Day(
        weekday=4,
        acts=(
            Moves(epic="MET-7", status="Done"),
            Copies(page=PLAN, key_result=1, heading="Key result 3"),
            _plans(
                2,
                ("Short name", "The camera reads it"),
                ("Identifier", ""),
                ("Who?", "Households that move in"),
                ("does what?", "hold their phone up to the meter and send what the camera reads"),
                ("What are we trying", "a camera in our app that marks the right number"),
                ("When do we think again?", "at most 2 of 6 at two check-ins in a row"),
            ),
            Lines(
                page=PLAN,
                key_result=2,
                row=1,
                cells=(
                    "Number read by the camera, of 6 households we visited",
                    "",
                    "early",
                    "unknown",
                    None,
                    "we enter it",
                    "Read the meter with the phone's camera: {browse}MET-11; rises, from week 49 on",
                ),
            ),
        ),
    ),
)
WEEK_48: Week = (
    pushes(SHARE, "29.5"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(
                0,
                "The share comes from households that had never sent a photo before.",
                "supported – 29.5% is above our limit, and the questions stay low.",
                "7",
                "How many photos somebody takes until one is accepted.",
            ),
            Strikes(
                page=CHECK_IN,
                region="okr-t-",
                nth=1,
                questions=("Our number", "What have we obs", "Where does", "Our confidence", "What does"),
            ),
            ENGLISH.about(
                2,
                "Three of six held the phone up at once. The old two-tariff meter confuses the camera.",
                "open – one week, six households.",
                "5",
                "",
                number="3 of 6",
            ),
            ENGLISH.for_all(
                "Leadership: May we keep the photos of meters for three months, without an address?",
                "Show a frame in the camera picture. Visit six households with a two-tariff meter.",
                "",
            ),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="MET-11", status="In Progress"),)),
)
WEEKS = (PLANNING, WEEK_44, WEEK_45, WEEK_46, WEEK_47, WEEK_48)
