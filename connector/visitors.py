"""Who comes through a proxy that knows people: that somebody is signed in is all that is looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,79}")
_WIDEST: Final = {4: 8, 6: 32}  # bits that must be fixed: whoever writes less trusts everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyIdentity:
    """The header in which proxies at these addresses name who is signed in."""

    header: str
    proxies: tuple[IPv4Network | IPv6Network, ...]

    def admits(self, peer: str | None, shown: Sequence[str]) -> bool:
        """Whether the request came from such a proxy, and it named somebody once; who it is goes nowhere."""
        address = _address(peer)
        return (
            address is not None and any(address in net for net in self.proxies) and len(list(filter(_said, shown))) == 1
        )


def proxy_identity_of(text: str) -> ProxyIdentity:
    """Reads `X-Remote-User@127.0.0.1,10.1.2.0/24`; a ValueError that quotes nothing for any other form."""
    header, _, places = text.partition("@")
    nets = tuple(map(_net, places.split(",")))
    if not _HEADER.fullmatch(header.strip()) or any(net.prefixlen < _WIDEST[net.version] for net in nets):
        raise ValueError("the header of a proxy is written like X-Remote-User@127.0.0.1")
    return ProxyIdentity(header=header.strip(), proxies=nets)


def _net(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text.strip())
    except ValueError:
        pass
    raise ValueError("a proxy is named by its address")  # outside the handler: the library's error quotes the value


def _address(peer: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address((peer or "").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _said(value: str) -> bool:
    return bool(value.strip())
