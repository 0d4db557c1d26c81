"""Which internet addresses we may talk to. No Django, no network.

A plain client follows a link to 127.0.0.1 or to a cloud's metadata address as gladly
as to a newspaper; `open_to_us` is what stands between.
"""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

WEB_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})

# Not private by the registries, yet never a web page: shared address space (RFC 6598),
# benchmarks (RFC 2544), the unicast metadata service of Azure, 6to4 relays (RFC 7526),
# site-local (RFC 3879), discard (RFC 6666), documentation (RFC 9637).
NEVER: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "168.63.129.16/32",
        "fec0::/10",
        "100::/64",
        "3fff::/20",
    )
)
# Both carry an IPv4 address in their last 32 bits (RFC 6052, RFC 8215).
NAT64: tuple[IPv6Network, ...] = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
)


def networks(words: Sequence[str]) -> list[Network]:
    """CIDRs as networks. Raises ValueError naming the first that is not one."""
    return [ip_network(word, strict=False) for word in words]


def open_to_us(text: str, allowed: Sequence[Network] = ()) -> bool:
    """May we connect to the address `text` (numeric, any notation of a resolver)?

    True for addresses in `allowed`, else only for globally reachable unicast ones,
    looking through every form that carries an IPv4 address inside an IPv6 one.
    """
    address = _plain(ip_address(text.partition("%")[0]))
    if in_networks(address, allowed):
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not in_networks(address, NEVER)
    )


def in_networks(address: Address, among: Sequence[Network]) -> bool:
    return any(
        network.version == address.version and address in network for network in among
    )


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to, or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    compatible = 0 < int(address) >> 16 < 1 << 16 and int(address) >> 32 == 0
    if compatible or any(address in network for network in NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
