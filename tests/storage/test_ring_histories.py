"""Random histories: whatever workers, commands, crashes and clocks do, no ring is lost and no two leases overlap."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from connector.errors import Code
from connector.rings import Cause, Claim
from connector.storage.rings import Rings
from connector.storage.tables import rings as table

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = 5 * MINUTE
TEAMS = ("a", "b", "*")

minutes = st.integers(0, 12)
steps = st.one_of(
    st.tuples(st.just("ring"), st.sampled_from(TEAMS), minutes),
    st.tuples(st.just("claim"), st.integers(1, 3), minutes),
    st.tuples(st.just("take"), st.sampled_from(TEAMS), minutes),
    st.tuples(st.just("finish"), st.integers(0, 9), minutes),
    st.tuples(st.just("extend"), st.integers(0, 9), minutes),
    st.tuples(st.just("wait"), st.integers(0, 9), minutes),  # given back: not the team's fault
    st.tuples(st.just("fail"), st.integers(0, 9), minutes),
    st.tuples(st.just("retry"), st.sampled_from(TEAMS), minutes),
)


@dataclass(slots=True, kw_only=True)
class History:
    """What an observer knows who sees every call; a worker that dies is one whose claim is never heard of again."""

    rings: Rings
    now: datetime = START
    serial: int = 0
    rung: dict[str, int] = field(default_factory=dict)  # the latest ring of a team that no finished work came after
    claims: list[tuple[Claim, int]] = field(default_factory=list)  # and how many rings there were before
    leases: dict[str, Claim] = field(default_factory=dict)  # the newest of each team, as long as it was not ended

    def play(self, step: tuple[str, object, int]) -> None:
        kind, what, later = step
        self.now += later * MINUTE
        match kind, what:
            case "ring", str(team):
                self.serial += 1
                self.rings.ring([team], Cause.EVENT, self.now, self.now + (self.serial % 3) * MINUTE)
                self.rung[team] = self.serial
            case "claim", int(limit):
                held = {ring.team for ring in self.rings.rings() if ring.hold_until and ring.hold_until > self.now}
                parked = {ring.team for ring in self.rings.rings() if ring.parked}
                claims = self.rings.claim(self.now, LEASE, limit)
                assert not {claim.team for claim in claims} & (held | parked)
                self.granted(claims)
            case "take", str(team):
                self.granted(self.rings.take([team], self.now, LEASE))
            case "retry", str(team):
                self.rings.retry([team], self.now)
            case _, int(which):
                self.end(kind, which)
        self.check()

    def granted(self, claims: tuple[Claim, ...]) -> None:
        for claim in claims:
            before = self.leases.get(claim.team)
            assert before is None or before.until <= self.now, "two live leases overlap"
            assert all(claim.token > known.token for known, _ in self.claims), "a token came again"
            self.claims.append((claim, self.serial))
            self.leases[claim.team] = claim

    def end(self, kind: str, which: int) -> None:
        """By any worker that ever claimed, also one that slept past its lease."""
        if not self.claims:
            return
        claim, rings_before = self.claims[-1 - which % len(self.claims)]
        ours = self.leases.get(claim.team)
        live = ours is not None and ours.token == claim.token
        if kind == "extend":
            running = live and ours is not None and ours.until > self.now
            assert self.rings.extend([claim], self.now, LEASE) == running
            if running:
                renewed = Claim(team=claim.team, generation=claim.generation, token=claim.token, until=self.now + LEASE)
                self.leases[claim.team] = renewed
            return
        if kind == "finish":
            self.rings.finish([claim], self.now)
            if live and self.rung.get(claim.team, 0) <= rings_before:
                self.rung.pop(claim.team, None)
        else:
            code = Code.SPACE_MISSING if kind == "fail" else None
            self.rings.give_back([claim], self.now, self.now + 2 * MINUTE, code)
        if live:
            del self.leases[claim.team]

    def check(self) -> None:
        kept = {ring.team: ring for ring in self.rings.rings()}
        assert self.rung.keys() <= kept.keys(), "a ring is lost"
        for team, claim in self.leases.items():
            assert self.rings.holds([claim], self.now) == (claim.until > self.now)
            assert kept[team].claimed
        claimed = {team for team, ring in kept.items() if ring.claimed}
        assert claimed == self.leases.keys()

    def settle(self) -> None:
        """In the end an operator and time bring every ring that was not served to a worker."""
        self.now += timedelta(days=1)
        self.rings.retry(TEAMS, self.now)
        claims = self.rings.claim(self.now, LEASE, 10)
        assert self.rung.keys() <= {claim.team for claim in claims}
        self.rings.finish(claims, self.now)
        assert self.rings.rings() == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(steps, max_size=50))
def test_no_history_loses_a_ring_or_lets_two_leases_overlap(
    engine: Engine, history: list[tuple[str, object, int]]
) -> None:
    with engine.begin() as connection:
        connection.execute(table.delete())
    seen = History(rings=Rings(engine))
    for step in history:
        seen.play(step)
    seen.settle()
