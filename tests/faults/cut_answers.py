"""Answers that break off: `python -m tests.faults.cut_answers` cuts that of every kind of call at every byte.

Each answer is cut twice: once its length was told, once it was not, so that the connection's end is the answer's. What
is made of it must be what the whole answer says, or nothing: a read is said to be unreachable and may be tried again, a
write is said to be lost and is not sent again. Exit 1 where that does not hold.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from connector.errors import AnswerLost, ConnectorError, NotAnAnswer, SiteUnreachable
from connector.gateways import operations, operations_datacenter
from connector.gateways.access import Access, Patience
from connector.gateways.operations import Operation
from connector.gateways.sites import Connecting, Sites, cloud_sites, datacenter_sites
from connector.gateways.tally import RequestTally
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import create_app
from tests.faults.calling import Spoken
from tests.faults.exchanges import EXCHANGES
from tests.faults.proxy import Bytes, Fault, Proxy, faulty_way, http
from tests.flow.stand import START
from tests.gateways.conftest import TestTime

TRIES = 2
_READ_FAILS = (SiteUnreachable, NotAnAnswer)
LONG_AFTER = 3600.0  # seconds: nothing is held any more, and nobody rests
NEVER_MADE = {
    operations.CHILD_PAGES
}  # where a site lacks the newer one of two endpoints: the same reader, the same way
_OF = {
    Dialect.CLOUD: (*operations.JIRA, *operations.CONFLUENCE),
    Dialect.DATACENTER: (*operations_datacenter.JIRA, *operations_datacenter.CONFLUENCE),
}
Cuts = Callable[[int], Sequence[int]]  # places in an answer of so many bytes


@dataclass(slots=True, kw_only=True)
class Told:
    """What was tried."""

    kinds: set[tuple[str, str]] = field(default_factory=set)  # by method and path
    answers: int = 0
    as_whole: int = 0  # answers that said enough before they broke off
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """One kind of call in one exchange, and the true answers around it."""

    name: str
    operation: Operation
    spoken: Spoken
    known: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Bench:
    """A site behind a proxy, and the gateways to it."""

    proxy: Proxy
    sites: Sites
    time: TestTime

    def exchanges(self) -> Iterator[Struck]:
        """Every exchange at its last call, and at what no other made before; what it brings is known to the next."""
        known: dict[str, Any] = {}
        met: set[Operation] = set()
        for name, exchange in EXCHANGES.items():
            self.proxy.heard = {}
            known[name] = exchange(self.sites, known)
            heard, self.proxy.heard = self.proxy.heard, None
            for operation in [one for one in heard if one not in met] or list(heard)[-1:]:
                yield Struck(name=name, operation=operation, spoken=heard[operation], known=known)
            met |= heard.keys()

    def cut(self, struck: Struck, answer: bytes, told: Told) -> None:
        """The exchange once more, with so much of that answer."""
        self.time.sleep(LONG_AFTER)
        fault = Fault(name="cut", done=False, says=lambda _: Bytes(pieces=(answer,)))
        self.proxy.switch_on(fault, struck.operation, times=TRIES)
        told.answers += 1
        try:
            brought = EXCHANGES[struck.name](self.sites, struck.known)
            right = brought == struck.known[struck.name]
            told.as_whole += right
        except ConnectorError as error:
            brought, right = error, isinstance(error, _READ_FAILS if struck.operation.reads else AnswerLost)
        self.proxy.switch_off()
        if not right or not (struck.operation.reads or self.proxy.struck == 1):
            told.wrong.append(f"{struck.operation.name} after {answer[-40:]!r}: {brought!r}, {self.proxy.struck} times")


@contextmanager
def bench(dialect: Dialect) -> Iterator[Bench]:
    """The example's site."""
    site, time = demo_site(start=START, frozen=True, dialect=dialect), TestTime()
    with faulty_way(create_app(site), site.clock) as proxy:
        site.base_url = proxy.address
        by = Connecting(tally=RequestTally(), timing=time.timing(), patience=Patience(connect=5, read=5, tries=TRIES))
        email = site.email if dialect is Dialect.CLOUD else None
        jira, confluence = (Access(url=u, token=site.token, email=email) for u in (site.jira_url, site.confluence_url))
        sites = (cloud_sites if dialect is Dialect.CLOUD else datacenter_sites)(jira, confluence, by)
        yield Bench(proxy=proxy, sites=sites, time=time)
    site.sender.close()


def cut_everywhere(dialect: Dialect, cuts: Cuts) -> Told:
    """Every kind of call, cut at these places; with its length told, and without."""
    told = Told()
    with bench(dialect) as on:
        for struck in on.exchanges():
            told.kinds.add((struck.operation.method, struck.operation.path))
            for length in (None, -1):
                whole = http(struck.spoken, length=length)
                for place in cuts(len(whole)):
                    on.cut(struck, whole[:place], told)
    return told


def missing(dialect: Dialect, told: Told) -> list[str]:
    """Kinds of call that no exchange makes."""
    made = told.kinds | {(one.method, one.path) for one in NEVER_MADE}
    return sorted(one.name for one in _OF[dialect] if (one.method, one.path) not in made)


def main() -> int:
    """Exit 1 where an answer was taken for another one."""
    wrong = False
    for dialect in Dialect:
        told = cut_everywhere(dialect, range)
        sys.stdout.write(
            f"{dialect.value}: {len(told.kinds)} kinds of call, {told.answers} answers cut, {told.as_whole} had said "
            f"enough; not met: {missing(dialect, told)}; wrong: {len(told.wrong)}\n"
        )
        sys.stdout.write("".join(f"{line}\n" for line in told.wrong[:100]))
        wrong = wrong or bool(told.wrong or missing(dialect, told))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
