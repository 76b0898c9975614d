"""What a run that did not succeed means for the ring: how long to let it be, and whether it is the team's own fault."""

from dataclasses import dataclass
from datetime import timedelta

from connector.errors import OF_SOURCES, AnswerLost, Code, ConnectorError, TemporaryError, VersionConflict
from connector.sync.leave import LeaveLost
from connector.sync.report import TeamReport

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FOR_ALL = timedelta(minutes=5)  # between two tries at something that a person has to change for everybody
LAST = 7  # tries before the one that parks
SHORTEST_LAG = timedelta(seconds=1)

# Nothing of one team's: whoever is looked at finds the same.
_OF_ALL = frozenset(
    {
        Code.TOKEN_REFUSED,
        Code.NOT_AN_ANSWER,
        Code.SETTING_MISSING,
        Code.SETTING_WRONG,
        Code.BOOK_REFUSED,
        Code.AGREEMENT_UNREADABLE,
        Code.STORE_UNUSABLE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a ring comes back."""

    code: Code
    own: Code | None = None  # counts towards parking
    of_all: bool = False  # the same for every team of the run, so that there is no use in trying them one by one
    asked: timedelta | None = None  # how long to wait; None: longer from time to time

    def wait(self, attempts: int) -> timedelta:
        """How long to let a ring be that was tried so often before; the last try parks it, and whoever rings then is
        heard after the first wait."""
        if self.asked is not None:
            return min(self.asked, LONGEST_WAIT)
        return FIRST_WAIT if attempts >= LAST else min(FIRST_WAIT * (1 << attempts), LONGEST_WAIT)


def fault_of(error: Exception, lag: timedelta) -> Fault:
    """What is to be made of an error; `lag` is how far the site's search may be behind."""
    if not isinstance(error, ConnectorError):
        return Fault(code=Code.NOT_FORESEEN, own=Code.NOT_FORESEEN)
    if isinstance(error, TemporaryError | AnswerLost | VersionConflict):
        return Fault(code=error.code, of_all=True, asked=_passing(error, lag))
    if error.code in _OF_ALL:
        return Fault(code=error.code, of_all=True, asked=FOR_ALL)
    return Fault(code=error.code, own=error.code, of_all=error.code is Code.UNSAFE_PLAN)


def fault_of_report(report: TeamReport, lag: timedelta) -> Fault:
    """The most patient of a team's faults; what passes by itself wins over what does not, and is not counted."""
    faults = [fault_of(error, lag) for error in report.errors if error.code not in OF_SOURCES]
    passing = [fault for fault in faults if fault.own is None]
    return max(passing or faults, key=lambda fault: fault.wait(0))


def _passing(error: ConnectorError, lag: timedelta) -> timedelta:
    """As long as the site asked; not at all for what the next one is to do; the lag for what cannot be seen before."""
    if isinstance(error, LeaveLost):
        return timedelta(0)
    if error.code is Code.CREATE_WAITS:
        return max(SHORTEST_LAG, min(lag, FOR_ALL))
    if isinstance(error, TemporaryError) and error.retry_after is not None:
        return timedelta(seconds=error.retry_after)
    return FIRST_WAIT
