"""What teams answered on their check-in pages, and what became of it: typed values, and which cells have none."""

from sqlalchemy import CheckConstraint, Date, ForeignKeyConstraint, SmallInteger, Table

from connector.storage.parts import column, metadata, value
from connector.storage.shapes import (
    DAY,
    INDICATOR,
    INDICATOR_ID,
    KEY_RESULT,
    PLAIN_TEXT,
    TEAM,
    WEEK,
    one_of,
    whole,
)
from mappings.okr import HypothesisState
from mappings.open_cells import CellKind

readings = Table(
    "readings",
    metadata,
    *column("indicator", PLAIN_TEXT, INDICATOR, key=True),
    *column("on", Date(), DAY, key=True),
    *value(),
)

answers = Table(
    "answers",
    metadata,
    *column("team", PLAIN_TEXT, TEAM, key=True),
    *column("week", PLAIN_TEXT, WEEK, key=True),
    *column("key_result", PLAIN_TEXT, KEY_RESULT, key=True),
    *column("state", PLAIN_TEXT, one_of(HypothesisState), empty=True),
    *column("confidence", SmallInteger(), whole(1, 10), empty=True),
)

# What stood in the cells of one check-in page. The series itself is `readings`, where a later correction may differ;
# only with both can a cell that was read before be told from one that the team changed.
answers_observed = Table(
    "answers_observed",
    metadata,
    *column("team", PLAIN_TEXT, TEAM, key=True),
    *column("week", PLAIN_TEXT, WEEK, key=True),
    *column("key_result", PLAIN_TEXT, KEY_RESULT, key=True),
    *column("indicator", PLAIN_TEXT, INDICATOR_ID, key=True),
    *column("place", SmallInteger(), whole(0)),  # in the order of the page
    *value(),
    ForeignKeyConstraint(
        ["team", "week", "key_result"], ["answers.team", "answers.week", "answers.key_result"], ondelete="CASCADE"
    ),
)

# Cells in which words stand and no value of ours: that there are some, never which words.
open_cells = Table(
    "open_cells",
    metadata,
    *column("team", PLAIN_TEXT, TEAM, key=True),
    *column("week", PLAIN_TEXT, WEEK, key=True),
    *column("place", SmallInteger(), whole(0), key=True),  # in the order of the page
    *column("key_result", PLAIN_TEXT, KEY_RESULT, empty=True),
    *column("kind", PLAIN_TEXT, one_of(CellKind)),
    *column("indicator", PLAIN_TEXT, INDICATOR_ID, empty=True),
    *column("repeats", SmallInteger(), whole(0, 1)),
    CheckConstraint('("kind" = \'words\') = ("key_result" IS NULL)', name="words"),
    CheckConstraint('("kind" = \'number\') = ("indicator" IS NOT NULL)', name="number"),
)
