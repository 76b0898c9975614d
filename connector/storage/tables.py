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

from connector.arrivals import Sender
from connector.ledger import Kind
from connector.proofs import Rows
from connector.rings import Cause, SlotKind
from connector.storage.answer_tables import answers as answers
from connector.storage.answer_tables import answers_observed as answers_observed
from connector.storage.answer_tables import open_cells as open_cells
from connector.storage.answer_tables import readings as readings
from connector.storage.parts import MOST_DIGITS as MOST_DIGITS
from connector.storage.parts import NAMES, ROW_NUMBER
from connector.storage.parts import column as _column
from connector.storage.parts import metadata as metadata
from connector.storage.shapes import (
    CODE,
    DAY,
    DIGEST,
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
    UTCDateTime,
    one_of,
    whole,
)

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

COUNTS = ("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes")
TOTALS = ("runs", "partly", "reads", "writes", "points")
QUOTAS = ("jira", "confluence")  # products whose quota a run tells, as far as they said it


def _quota(product: str) -> Iterator[Column[Any] | CheckConstraint]:
    """Two numbers of a product, or none."""
    yield from _column(f"{product}_limit", BigInteger(), whole(1, 10**12), empty=True)
    yield from _column(f"{product}_remaining", BigInteger(), whole(0, 10**12), empty=True)
    both = f'("{product}_limit" IS NULL) = ("{product}_remaining" IS NULL)'
    yield CheckConstraint(both, name=f"{product}_quota")


runs = Table(
    "runs",
    metadata,
    *_column("id", ROW_NUMBER, whole(1), key=True),
    *_column("started", UTCDateTime(), TIME),
    *_column("finished", UTCDateTime(), TIME),
    *(part for count in COUNTS for part in _column(count, Integer(), whole(0))),
    *_column("points", Integer(), whole(0), empty=True),
    *(part for product in QUOTAS for part in _quota(product)),
)

# What one run asked the sites for; it goes with its run.
run_requests = Table(
    "run_requests",
    metadata,
    *_column("run", ROW_NUMBER, whole(1), key=True),
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
    *_column("id", ROW_NUMBER, whole(1), key=True),
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

HEAD = "0010"  # the newest step in migrations/versions

# Alembic would make its own table without a CHECK; it takes this one when it is there first.
revision = Table(
    "alembic_version",
    MetaData(naming_convention={**NAMES, "pk": "alembic_version_pkc"}),
    *_column("version_num", String(32), REVISION, key=True),
)
