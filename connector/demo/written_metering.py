"""What an English-speaking team sees: one assumption holds up, one is discarded, and the team changes course."""

from connector.demo.written_acts import CHECK_IN, ENGLISH, Copies, Day, Moves, Strikes, Week, pushes
from connector.demo.written_metering_plan import PLAN, PLANNING, SHARE

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
            Copies(page=PLAN.page, key_result=1, heading="Key result 3"),
            PLAN.key_result(
                2,
                ("Short name", "The camera reads it"),
                ("Identifier", ""),
                ("Who?", "Households that move in"),
                ("does what?", "hold their phone up to the meter and send what the camera reads"),
                ("What are we trying", "a camera in our app that marks the right number"),
                ("When do we think again?", "at most 2 of 6 at two check-ins in a row"),
            ),
            PLAN.indicator(
                2,
                1,
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
