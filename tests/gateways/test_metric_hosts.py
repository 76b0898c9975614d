import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.gateways.metric_hosts import MetricHost, host_of

PUBLIC = MetricHost.parse("metrics.example")
UNSPECIFIED = "0.0.0.0"  # noqa: S104  # an address to refuse
INNER = MetricHost.parse("private:metrics.example")


def test_an_entry_is_a_name_with_a_port_and_a_mark() -> None:
    assert MetricHost(name="metrics.example", port=443, private=False) == PUBLIC
    assert MetricHost.parse("private:Metrics.example:8443") == MetricHost(
        name="metrics.example", port=8443, private=True
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        UNSPECIFIED,
        "255.255.255.255",
        "240.0.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
        "2001:db8::1",
    ],
)
def test_a_host_that_is_not_marked_leads_to_public_addresses_only(address: str) -> None:
    assert not PUBLIC.admits(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_admitted(address: str) -> None:
    assert PUBLIC.admits(address)
    assert INNER.admits(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "100.64.0.1", "fd12::1", "::ffff:10.0.0.1"])
def test_a_marked_host_may_lead_into_an_inner_network(address: str) -> None:
    assert INNER.admits(address)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", UNSPECIFIED, "::", "224.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"],
)
def test_no_mark_opens_the_addresses_where_clouds_keep_their_secrets(address: str) -> None:
    assert not INNER.admits(address)


@given(st.ip_addresses())
def test_what_is_admitted_without_a_mark_is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not PUBLIC.admits(str(address)) or address.is_global or getattr(address, "ipv4_mapped", None)


@pytest.mark.parametrize(
    "url",
    [
        "http://metrics.example/a",
        "https://metrics.example:8443/a",
        "https://other.example/a",
        "https://metrics.example.other.example/a",
        "https://hush@metrics.example/a",
        "https://hush:hush@metrics.example/a",
        "https://metrics.example@other.example/a",
        "https://other.example\\@metrics.example/a",
        "https://metrics.example:0/a",
        "https://metrics.example:99999/a",
        "https://metrics.example./a",
        "https://[::1]/a",
        "https://metrics.example\n/a",
        "//metrics.example/a",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_is_not_https_to_a_named_host_is_no_address(url: str) -> None:
    assert host_of(url, {PUBLIC}) is None


@pytest.mark.parametrize("url", ["https://metrics.example/a?b=c", "https://METRICS.example:443"])
def test_a_named_host_is_found_whatever_stands_behind_it(url: str) -> None:
    assert host_of(url, {PUBLIC}) == PUBLIC
