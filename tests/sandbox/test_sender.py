"""Webhooks on their way: at least once, retried as Jira does, lost, doubled and late when faults say so."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from connector.sandbox.delivery_faults import DeliveryFaults
from connector.sandbox.faults import Faults
from connector.sandbox.sender import ATTEMPTS, Delivery, Sender
from tests.sandbox.ear import open_ear


@contextmanager
def sender(faults: DeliveryFaults | None = None) -> Iterator[Sender]:
    made = Sender(faults or DeliveryFaults(), between=0.01)
    yield made
    made.close()


def delivery(url: str, body: bytes = b"{}") -> Delivery:
    return Delivery(url=f"{url}/hear?a=1", headers=(("X-Own", "x"),), body=body)


def test_a_delivery_comes_once_with_its_headers_query_and_body() -> None:
    with open_ear() as ear, sender() as post:
        post.send(delivery(ear.url, "ä".encode()))
        assert post.idle()
        (heard,) = ear.heard
    assert (heard.path, heard.query, heard.body, heard.headers["X-Own"]) == ("/hear", "a=1", "ä".encode(), "x")
    assert "X-Atlassian-Webhook-Retry" not in heard.headers


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 503])
def test_a_receiver_that_has_no_time_is_asked_again_with_the_same_body(status: int) -> None:
    with open_ear(status, status) as ear, sender() as post:
        post.send(delivery(ear.url))
        assert post.idle()
        assert [one.headers.get("X-Atlassian-Webhook-Retry") for one in ear.heard] == [None, "1", "2"]
        assert [one.status for one in post.log] == [status, status, 202]


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413])
def test_a_receiver_that_says_no_is_not_asked_again(status: int) -> None:
    with open_ear(status) as ear, sender() as post:
        post.send(delivery(ear.url))
        assert post.idle()
        assert len(ear.heard) == 1


def test_nobody_at_home_is_given_up_after_some_attempts() -> None:
    with sender() as post:
        post.send(Delivery(url="http://127.0.0.1:1/", headers=(), body=b""))
        assert post.idle()
        assert [(one.status, one.retry) for one in post.log] == [(0, number) for number in range(ATTEMPTS)]


def test_faults_lose_double_and_delay() -> None:
    with open_ear() as ear:
        for faults, least, most in (
            (DeliveryFaults(drop=1.0), 0, 0),
            (DeliveryFaults(double=1.0), 40, 40),
            (DeliveryFaults(drop=0.5), 5, 15),
        ):
            before = len(ear.heard)
            with sender(faults) as post:
                for number in range(20):
                    post.send(delivery(ear.url, str(number).encode()))
                assert post.idle()
            assert least <= len(ear.heard) - before <= most


def test_late_deliveries_come_in_any_order() -> None:
    with open_ear() as ear, sender(DeliveryFaults(delay=timedelta(milliseconds=200))) as post:
        for number in range(20):
            post.send(delivery(ear.url, str(number).encode()))
        assert post.idle()
        order = [int(one.body) for one in ear.heard]
    assert sorted(order) == list(range(20))
    assert order != sorted(order)


def test_a_closed_sender_is_silent() -> None:
    with open_ear() as ear, sender(DeliveryFaults(delay=timedelta(seconds=60))) as post:
        post.send(delivery(ear.url))
        post.close()
        assert post.idle(0.1)
        time.sleep(0.05)
        assert ear.heard == []


def test_faults_are_read_from_their_text_and_cleared() -> None:
    faults = Faults("webhook-drop=0.25, webhook-double=0.5, webhook-delay=300ms")
    assert (faults.deliveries.drop, faults.deliveries.double) == (0.25, 0.5)
    assert faults.deliveries.delay == timedelta(milliseconds=300)
    faults.clear()
    assert (faults.deliveries.drop, faults.deliveries.double, faults.deliveries.delay) == (0.0, 0.0, timedelta(0))
    with pytest.raises(ValueError, match="cannot be read"):
        Faults("webhook-drop=often")
