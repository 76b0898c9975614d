"""Which hosts may be asked for figures, and to which of their addresses a connection may be made."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

PRIVATE = "private:"
HTTPS = 443
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "240.0.0.0/4",  # reserved
        "fec0::/10",  # the local addresses of before, which count as global elsewhere
        "64:ff9b::/96",  # these two hide an IPv4 address
        "64:ff9b:1::/48",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricHost:
    """One entry of OKR_METRIC_HOSTS: `metrics.example`, `metrics.example:8443`, `private:metrics.example`."""

    name: str  # casefolded
    port: int = HTTPS
    private: bool = False  # its name may lead into an inner network or to this machine

    @classmethod
    def parse(cls, entry: str) -> Self:
        """Reads an entry that the settings have let pass."""
        name, _, port = entry.casefold().removeprefix(PRIVATE).partition(":")
        return cls(name=name, port=int(port or HTTPS), private=entry.casefold().startswith(PRIVATE))

    def admits(self, address: str) -> bool:
        """Whether a connection to this numeric address may be made.

        Public addresses always; those of inner networks and of this machine only where the entry says `private:`;
        link-local ones (where clouds keep their secrets), multicast and reserved ones never.
        """
        ip = _unwrapped(ipaddress.ip_address(address))
        if ip.is_link_local or ip.is_multicast or ip.is_unspecified or any(ip in net for net in _NEVER):
            return False
        return (ip.is_global and not ip.is_reserved) or self.private


def host_of(url: str, hosts: Iterable[MetricHost]) -> MetricHost | None:
    """The entry that an address keeps to; None for anything but https to a named host and port, without an account."""
    try:
        parts = urlsplit(url)
        port = HTTPS if parts.port is None else parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or "@" in parts.netloc or not url.isascii() or not url.isprintable() or "\\" in url:
        return None
    name = (parts.hostname or "").casefold()
    return next((host for host in hosts if (host.name, host.port) == (name, port)), None)


def _unwrapped(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(ip, ipaddress.IPv6Address):
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip
