"""Which machines may be asked: none inside, whatever name or spelling leads there."""

from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address, ip_network

PORTS = (80, 443)

# What is given to machines that are reached from everywhere (IANA). ``is_global`` takes for such
# much of the rest: fec0::/10, ::7f00:1, what is not given to anybody yet.
GIVEN = IPv6Network("2000::/3")
# An IPv6 network asks IPv4 machines so (RFC 6052): who is meant is in the last four bytes.
TRANSLATED = IPv6Network("64:ff9b::/96")
# Older Pythons call some of them global. Nobody publishes at a tunnel's end (Teredo, in 2001::/23,
# and 6to4), in which an IPv4 address of the inside can hide.
APART = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ),
    )
)


@dataclass(frozen=True)
class Reach:
    """Public machines at the ports of the web; ``also`` are networks, reached at any port.

    ``ca_file`` holds the authorities to trust in place of the system's.
    """

    also: tuple[str, ...] = ()
    ca_file: str | None = None

    def allows(self, address, port):
        """Whether a connection may be opened; ``address`` is what the resolver said, as text."""
        try:
            meant = unwrapped(ip_address(address))
        except ValueError:
            return False
        if any(meant in ip_network(network) for network in self.also):
            return True
        return port in PORTS and is_public(meant)


PUBLIC = Reach()


def unwrapped(address):
    """Return the IPv4 address that an IPv6 one stands for, if it does."""
    if address.version == 4:
        return address
    if address in TRANSLATED:
        return ip_address(address.packed[-4:])
    return address.ipv4_mapped or address


def is_public(address):
    if address.version == 6 and (address.scope_id or address not in GIVEN):
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in APART)
    )
