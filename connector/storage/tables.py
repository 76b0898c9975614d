"""The tables: no free text, no JSON, no BLOB, nobody's name; each column carries the CHECK of its shape."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
)
from sqlalchemy.types import TypeEngine

from connector.arrivals import Sender
from connector.ledger import Kind
from connector.proofs import Rows
from connector.rings import Cause, SlotKind
from connector.storage.shapes import (
    CODE,
    DAY,
    DIGEST,
    INDICATOR,
    INDICATOR_ID,
    KEY_RESULT,
    OPERATION,
    PLAIN_TEXT,
    REF,
    REMOTE_ID,
    REVISION,
    SLOT,
    TEAM,
    TEAM_OR_ALL,
    TIME,
    WEEK,
    Shape,
    UTCDateTime,
    checks,
    one_of,
    whole,
)
from mappings.okr import HypothesisState

MOST_DIGITS = 18  # a value is a whole number of up to so many digits, and a place for its point

_NAMES = {"pk": "pk_%(table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s"}

_ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is called INTEGER

metadata = MetaData(naming_convention=_NAMES)


def _column(
    name: str, type_: TypeEngine[Any], shape: Shape, *, key: bool = False, empty: bool = False
) -> Iterator[Column[Any] | CheckConstraint]:
    yield Column(name, type_, primary_key=key, nullable=empty)
    yield from checks(name, shape)


def _value() -> Iterator[Column[Any] | CheckConstraint]:
    """A decimal, exactly: `units` scaled down by `digits` places; both absent means unknown."""
    most = 10**MOST_DIGITS - 1
    yield from _column("units", BigInteger(), whole(-most, most), empty=True)
    yield from _column("digits", SmallInteger(), whole(0, MOST_DIGITS), empty=True)
    yield CheckConstraint('("units" IS NULL) = ("digits" IS NULL)', name="value")


resources = Table(
    "resources",
    metadata,
    *_column("kind", PLAIN_TEXT, one_of(Kind), key=True),
    *_column("ref", PLAIN_TEXT, REF, key=True),
    *_column("remote_id", PLAIN_TEXT, REMOTE_ID, empty=True),
    *_column("version", Integer(), whole(0), empty=True),
    *_column("digest", PLAIN_TEXT, DIGEST, empty=True),
    *_column("drifted", Integer(), whole(0)),
    *_column("since", UTCDateTime(), TIME),
)

readings = Table(
    "readings",
    metadata,
    *_column("indicator", PLAIN_TEXT, INDICATOR, key=True),
    *_column("on", Date(), DAY, key=True),
    *_value(),
)

answers = Table(
    "answers",
    metadata,
    *_column("team", PLAIN_TEXT, TEAM, key=True),
    *_column("week", PLAIN_TEXT, WEEK, key=True),
    *_column("key_result", PLAIN_TEXT, KEY_RESULT, key=True),
    *_column("state", PLAIN_TEXT, one_of(HypothesisState), empty=True),
    *_column("confidence", SmallInteger(), whole(1, 10), empty=True),
)

# What stood in the cells of one check-in page. The series itself is `readings`, where a later correction may differ;
# only with both can a cell that was read before be told from one that the team changed.
answers_observed = Table(
    "answers_observed",
    metadata,
    *_column("team", PLAIN_TEXT, TEAM, key=True),
    *_column("week", PLAIN_TEXT, WEEK, key=True),
    *_column("key_result", PLAIN_TEXT, KEY_RESULT, key=True),
    *_column("indicator", PLAIN_TEXT, INDICATOR_ID, key=True),
    *_column("place", SmallInteger(), whole(0)),  # in the order of the page
    *_value(),
    ForeignKeyConstraint(
        ["team", "week", "key_result"], ["answers.team", "answers.week", "answers.key_result"], ondelete="CASCADE"
    ),
)

COUNTS = ("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes")
TOTALS = ("runs", "partly", "reads", "writes")

runs = Table(
    "runs",
    metadata,
    *_column("id", _ROW_NUMBER, whole(1), key=True),
    *_column("started", UTCDateTime(), TIME),
    *_column("finished", UTCDateTime(), TIME),
    *(part for count in COUNTS for part in _column(count, Integer(), whole(0))),
)

# What one run asked the sites for; it goes with its run.
run_requests = Table(
    "run_requests",
    metadata,
    *_column("run", _ROW_NUMBER, whole(1), key=True),
    *_column("operation", PLAIN_TEXT, OPERATION, key=True),
    *_column("count", Integer(), whole(1)),
    ForeignKeyConstraint(["run"], ["runs.id"], ondelete="CASCADE"),
)

# All runs that ever were, in one row: what machines read as counters must not fall when old runs are deleted.
run_totals = Table(
    "run_totals",
    metadata,
    *_column("id", Integer(), whole(1, 1), key=True),
    *(part for total in TOTALS for part in _column(total, BigInteger(), whole(0))),
)

request_totals = Table(
    "request_totals",
    metadata,
    *_column("operation", PLAIN_TEXT, OPERATION, key=True),
    *_column("count", BigInteger(), whole(1)),
)

# The day on which a sender's delivery was last let in: no time of day, nothing of what it brought.
arrivals = Table(
    "arrivals",
    metadata,
    *_column("sender", PLAIN_TEXT, one_of(Sender), key=True),
    *_column("on", Date(), DAY),
)

rings = Table(
    "rings",
    metadata,
    *_column("team", PLAIN_TEXT, TEAM_OR_ALL, key=True),
    *_column("cause", PLAIN_TEXT, one_of(Cause)),
    *_column("generation", BigInteger(), whole(1)),
    *_column("not_before", UTCDateTime(), TIME),
    *_column("hold_until", UTCDateTime(), TIME, empty=True),
    *_column("attempts", Integer(), whole(0)),
    *_column("parked", PLAIN_TEXT, CODE, empty=True),
    *_column("token", BigInteger(), whole(1), empty=True),  # of the lease, and until when it runs
    *_column("until", UTCDateTime(), TIME, empty=True),
    *_column("behind_until", UTCDateTime(), TIME, empty=True),  # the site's search may not know before what was told
    CheckConstraint('("token" IS NULL) = ("until" IS NULL)', name="lease"),
)

# The highest token ever given: a ring that was served is gone, but its token must never come again.
fence = Table(
    "fence",
    metadata,
    *_column("id", Integer(), whole(1, 1), key=True),
    *_column("token", BigInteger(), whole(0)),
)

slots = Table(
    "slots",
    metadata,
    *_column("team", PLAIN_TEXT, TEAM_OR_ALL, key=True),
    *_column("kind", PLAIN_TEXT, one_of(SlotKind), key=True),
    *_column("slot", PLAIN_TEXT, SLOT, key=True),
    *_column("served_at", UTCDateTime(), TIME),
)

# When teams meet that tell it on their planning pages: clocks, status and calendars ask no site.
rhythms = Table(
    "rhythms",
    metadata,
    *_column("team", PLAIN_TEXT, TEAM, key=True),
    *_column("cycle", PLAIN_TEXT, TEAM, key=True),  # of the shape of a team's id
    *_column("valid_from", Date(), DAY),
    *_column("weekday", SmallInteger(), whole(0, 4), empty=True),
    *_column("minute", SmallInteger(), whole(0, 1439), empty=True),  # of the day
    *_column("every", SmallInteger(), whole(1, 99), empty=True),  # weeks
    *_column("review", Date(), DAY, empty=True),
    CheckConstraint(
        '("weekday" IS NULL) = ("minute" IS NULL) AND ("minute" IS NULL) = ("every" IS NULL)', name="meeting"
    ),
)

rhythm_quiet_weeks = Table(
    "rhythm_quiet_weeks",
    metadata,
    *_column("team", PLAIN_TEXT, TEAM, key=True),
    *_column("cycle", PLAIN_TEXT, TEAM, key=True),
    *_column("week", PLAIN_TEXT, WEEK, key=True),
    ForeignKeyConstraint(["team", "cycle"], ["rhythms.team", "rhythms.cycle"], ondelete="CASCADE"),
)

CHECKED = ("places", "payloads", "encodings", "sinks", "hits", "planted", "found", "missing")

selfchecks = Table(
    "selfchecks",
    metadata,
    *_column("id", _ROW_NUMBER, whole(1), key=True),
    *_column("on", Date(), DAY),
    *(part for count in CHECKED for part in _column(count, Integer(), whole(0))),
)

deletions = Table(
    "deletions",
    metadata,
    *_column("on", Date(), DAY, key=True),
    *_column("rows", PLAIN_TEXT, one_of(Rows), key=True),
    *_column("deleted", Integer(), whole(0)),
)

HEAD = "0006"  # the newest step in migrations/versions

# Alembic would make its own table without a CHECK; it takes this one when it is there first.
revision = Table(
    "alembic_version",
    MetaData(naming_convention={**_NAMES, "pk": "alembic_version_pkc"}),
    *_column("version_num", String(32), REVISION, key=True),
)
