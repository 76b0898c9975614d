"""For machines: is the process up, is it ready, how long is the queue. No team, no issue, no detail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from connector.errors import ConnectorError
from connector.ledger import RunTotals
from connector.ports import Clock
from connector.rings import Ring, RingLedger

OLDEST_READY = timedelta(minutes=30)  # a ring that has been due for longer means that no worker runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """Where the numbers come from; all of them are computed when they are asked for."""

    rings: RingLedger
    totals: Callable[[], RunTotals]
    migrated: Callable[[], bool]
    clock: Clock


def blueprint(gauges: Gauges) -> Blueprint:
    """`/healthz`, `/readyz` and `/metrics`."""
    machines = Blueprint("machines", __name__)
    registry = CollectorRegistry()
    registry.register(_Numbers(gauges))

    @machines.get("/healthz")
    def healthz() -> Response:
        """The process answers."""
        return Response("ok\n", mimetype="text/plain")

    @machines.get("/readyz")
    def readyz() -> Response:
        """The database is there, of this version, and somebody works on the queue."""
        try:
            ready = gauges.migrated() and waiting_longest(gauges) < OLDEST_READY
        except ConnectorError:
            ready = False
        return Response("ready\n" if ready else "not ready\n", 200 if ready else 503, mimetype="text/plain")

    @machines.get("/metrics")
    def metrics() -> Response:
        """Prometheus text; no label names a team or an issue."""
        return Response(generate_latest(registry), mimetype="text/plain")

    return machines


def waiting_longest(gauges: Gauges) -> timedelta:
    """How long the ring that has been due for longest has waited."""
    now = gauges.clock.now()
    waits = (now - due(ring) for ring in gauges.rings.rings() if ring.parked is None and not ring.claimed)
    return max((wait for wait in waits if wait > timedelta(0)), default=timedelta(0))


def due(ring: Ring) -> datetime:
    """When a ring may be served."""
    return max(ring.not_before, ring.hold_until or ring.not_before)


class _Numbers(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """The queue now and the runs so far."""
        rings, totals = self._gauges.rings.rings(), self._gauges.totals()
        depth = GaugeMetricFamily("okr_rings", "Teams that are to be looked at", labels=["state"])
        depth.add_metric(["waiting"], sum(1 for r in rings if r.parked is None and not r.claimed))
        depth.add_metric(["claimed"], sum(1 for r in rings if r.claimed))
        depth.add_metric(["parked"], sum(1 for r in rings if r.parked is not None))
        yield depth
        age = waiting_longest(self._gauges).total_seconds()
        yield GaugeMetricFamily("okr_oldest_due_ring_seconds", "How long the longest waiting ring is due", value=age)
        runs = CounterMetricFamily("okr_runs", "Runs by outcome", labels=["outcome"])
        runs.add_metric(["whole"], totals.whole)
        runs.add_metric(["partly"], totals.partly)
        yield runs
        requests = CounterMetricFamily("okr_requests", "Requests to the sites", labels=["kind"])
        requests.add_metric(["read"], totals.reads)
        requests.add_metric(["write"], totals.writes)
        yield requests
        asked = CounterMetricFamily("okr_requests_by_operation", "Requests by what is asked for", labels=["operation"])
        for operation, count in totals.by_operation:
            asked.add_metric([operation], count)
        yield asked
        yield CounterMetricFamily("okr_api_points", "Points as Cloud counts requests, estimated", value=totals.points)
