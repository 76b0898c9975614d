"""How an English-speaking team's cycle ends and the next one begins: what was refuted is the learning that is kept."""

from connector.demo.written_acts import ENGLISH, Day, Form, Moves, Types, Week, pushes
from connector.demo.written_metering_plan import SHARE

REVIEW = "review/metering/2026-q4"
NEXT = Form("planning/metering/2027-q1")
CAMERA = "number-read-by-the-camera"

WEEK_49: Week = (
    pushes(SHARE, "31"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(0, "Fewer photos of the whole cupboard.", "same as last time", "8", ""),
            ENGLISH.about(
                2,
                "The frame in the picture helps; the two-tariff meter is still read wrongly.",
                "unclear – it depends on the meter.",
                "6",
                "What people do when the camera is wrong.",
                number="4 of 6",
            ),
            ENGLISH.for_all("", "Ask before sending when the camera is not sure.", ""),
        ),
    ),
)
WEEK_50: Week = (
    pushes(SHARE, "33.5"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(0, "Photos arrive in the evening, when nobody could call us.", "supported", "8", ""),
            ENGLISH.about(
                2, "Five of six; the question before sending is answered.", "supported", "7", "", number="5 of 6"
            ),
            ENGLISH.for_all("", "Look at the estimated bills for the review.", "The camera stays in the app."),
        ),
    ),
    Day(weekday=4, acts=(Moves(epic="MET-11", status="Done"),)),
)
WEEK_51: Week = (
    pushes(SHARE, "34"),
    Day(weekday=2, acts=()),  # the day before the review
    Day(
        weekday=3,
        acts=(
            Types(
                page=REVIEW,
                region="okr-t-before",
                answers=(("What changed", "Households send a photo instead of calling, most of them in the evening."),),
            ),
            Types(
                page=REVIEW,
                region="okr-t-",
                nth=1,
                answers=(
                    ("Our number: Bills", "27"),
                    ("What we know now", "We learned that people send a photo when the field shows their own meter."),
                    ("Where does our assumption", "supported – the share rises and the questions fall."),
                    ("Carry on", "Carry on, with the less common meters."),
                    ("Keywords", "photo, pictures, Bilder"),
                    ("Where does it hold", "For households with one of the three most common meters."),
                ),
            ),
            Types(
                page=REVIEW,
                region="okr-t-",
                nth=2,
                answers=(
                    (
                        "What we know now",
                        "We learned that a letter does not help: at the meter nobody has it at hand.",
                    ),
                    ("Where does our assumption", "discarded – three rounds of visits showed the same."),
                    ("Carry on", "End it. It saved us a second print run."),
                    ("Keywords", "letter, first week"),
                ),
            ),
            Types(
                page=REVIEW,
                region="okr-t-",
                nth=3,
                answers=(
                    (
                        "What we know now",
                        "We learned that one question before sending is enough when a camera is unsure.",
                    ),
                    ("Where does our assumption", "supported – five of six, with a question before sending."),
                    ("Carry on", "Change it: two-tariff meters come first."),
                    ("Keywords", "camera, photo"),
                ),
            ),
            Types(
                page=REVIEW,
                region="okr-t-together",
                answers=(
                    ("What surprised us?", "Neighbours help each other with a photo."),
                    ("Our feedback", "A glance is enough once the meter itself answers."),
                    ("Which new questions", "Who reads the meter where nobody is at home?"),
                    ("Open questions", "Has anyone tried reading with people who do not read German?"),
                    ("Did we have enough room", "Mostly; the week before the holidays was tight."),
                    ("One sentence", "A letter that was refuted saved us a year of letters."),
                ),
            ),
            Types(
                page="retrospective/metering/2026-q4",
                region="okr-t-retrospective",
                answers=(("What do we want to let go of?", "Visits on Friday afternoons."),),
            ),
        ),
    ),
    Day(
        weekday=4,
        acts=(
            NEXT.carried("What of this", "We try things where people stand. We ask once before we send."),
            NEXT.rhythm(
                ("Valid from", "4 January 2027"),
                ("How many are we?", "5"),
                ("Our check-in", "Thursdays at 10:30, every week"),
                ("Quiet weeks", "week 2"),
                ("Our review", "25 March 2027"),
                ("Who facilitates?", "we take turns"),
            ),
            NEXT.objective(
                ("What is different in the end?", "Households trust the reading that their own camera takes."),
                ("Contributes to", "Moal"),
                ("What we do not know", "Whether trust comes from the picture or from the answer."),
            ),
            NEXT.key_result(
                0,
                ("Short name", "The camera and two tariffs"),
                ("Who?", "Households with a two-tariff meter"),
                ("does what?", "send both numbers with one picture"),
                ("From where to where?", "unknown, we are exploring"),
                ("What are we trying", "a picture that marks both numbers in turn"),
                ("When do we think again?", "at most 2 of 6 by 12 February 2027"),
            ),
            NEXT.indicator(
                0,
                1,
                "Number read by the camera, of 6 households we visited",
                CAMERA,
                "early",
                "5",
                None,
                "we enter it",
                "Read the meter with the phone's camera: {browse}MET-11; rises, from week 2 on",
            ),
            NEXT.key_result(
                1,
                ("Short name", "Reading by photo"),
                ("Who?", "Households with an older meter"),
                ("does what?", "send us their reading with a photo before the bill is made"),
                ("From where to where?", "from 34% to 45–55%"),
                ("What are we trying", "pictures of the less common meters"),
            ),
            NEXT.indicator(
                1,
                1,
                "Readings that arrive with a photo, in %",
                SHARE,
                "early",
                "34",
                "45–55",
                "is sent, from the customer portal",
                "Where the number stands, on a photo: {browse}MET-3; rises, from week 3 on",
            ),
        ),
    ),
)
WEEK_52: Week = (pushes(SHARE, "34"),)  # quiet
WEEK_53: Week = (pushes(SHARE, None),)  # quiet
WEEK_1: Week = (
    pushes(SHARE, "35"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(
                0, "Two numbers in one picture confuse people less than two pictures.", "open", "5", "", number="2 of 6"
            ),
            ENGLISH.about(1, "Nobody asked for the less common meters this week.", "open", "6", ""),
            ENGLISH.for_all("", "Mark the first number before the second one appears.", ""),
        ),
    ),
)
WEEK_2: Week = (pushes(SHARE, "36"),)  # quiet
WEEK_3: Week = (
    pushes(SHARE, "38"),
    Day(
        weekday=3,
        acts=(
            ENGLISH.about(
                0,
                "Four of six send both numbers at once.",
                "supported – one mark after the other helps.",
                "7",
                "",
                number="4 of 6",
            ),
            ENGLISH.about(1, "The pictures of older meters are found.", "supported", "7", "Who gave up before."),
            ENGLISH.for_all("Team Onboarding: may the welcome letter carry the picture?", "Try it with six more.", ""),
        ),
    ),
)
WEEKS = (WEEK_49, WEEK_50, WEEK_51, WEEK_52, WEEK_53, WEEK_1, WEEK_2, WEEK_3)
