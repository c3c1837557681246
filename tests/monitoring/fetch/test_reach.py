"""Which machines may be asked: IANA's special addresses are not, however they are written."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.fetch import PUBLIC, Reach

# https://www.iana.org/assignments/iana-ipv4-special-registry, and what is no machine's.
SPECIAL_4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
# The same for IPv6, tunnels among them; fec0::/10 was once local.
SPECIAL_6 = [
    "::/96",
    "::ffff:0:0:0/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


def drawn_of(networks):
    return st.one_of(st.ip_addresses(network=network) for network in networks)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a01:e00::1",
        "2001:4860:4860::8888",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
    ],
)
def test_a_public_machine_is_reached(address):
    assert PUBLIC.allows(address, 443)
    assert PUBLIC.allows(address, 80)


@pytest.mark.parametrize("port", [0, 22, 25, 81, 3306, 8080, 8443])
def test_only_the_ports_of_the_web_are_reached(port):
    assert not PUBLIC.allows("93.184.215.14", port)


@pytest.mark.parametrize("network", SPECIAL_4 + SPECIAL_6)
def test_neither_end_of_a_special_network_is_reached(network):
    network = ip_network(network)
    for address in (network[0], network[-1]):
        assert not PUBLIC.allows(str(address), 443)


@given(drawn_of(SPECIAL_4 + SPECIAL_6))
def test_no_special_address_is_reached(address):
    assert not PUBLIC.allows(str(address), 443)


@given(drawn_of(SPECIAL_4), st.sampled_from(["::ffff:0:0", "64:ff9b::", "2002::", "2001::", "::"]))
def test_no_special_address_is_reached_through_another(address, prefix):
    shift = 80 if prefix == "2002::" else 0
    wrapped = IPv6Address(int(IPv6Address(prefix)) + (int(address) << shift))
    assert not PUBLIC.allows(str(wrapped), 443)


@given(st.ip_addresses(v=4))
def test_an_address_is_reached_by_each_of_its_spellings_or_by_none(address):
    mapped = IPv6Address(int(IPv6Address("::ffff:0:0")) + int(address))
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))
    spelt = {PUBLIC.allows(str(one), 80) for one in (address, mapped, translated)}
    assert len(spelt) == 1


@given(st.ip_addresses(v=6))
def test_what_is_not_given_to_anybody_yet_is_not_reached(address):
    assert not PUBLIC.allows(str(address), 80) or address in ip_network("2000::/3") or in_4(address)


def in_4(address):
    return address in ip_network("64:ff9b::/96") or address.ipv4_mapped


@pytest.mark.parametrize("address", ["", "localhost", "127.1", "fe80::1%eth0", "2606:4700::1%1"])
def test_what_is_no_plain_address_is_not_reached(address):
    assert not PUBLIC.allows(address, 80)


def test_what_is_allowed_besides_is_reached_at_any_port():
    reach = Reach(also=("127.0.0.0/8", "fd00::/8"))
    for address in ("127.3.2.1", "::ffff:127.0.0.1", "fd00::1"):
        assert reach.allows(address, 12345)
    assert not reach.allows("10.0.0.1", 80)
    assert not reach.allows("93.184.215.14", 12345)


def test_the_special_addresses_are_those_of_their_kind():
    assert {type(ip_address(one.partition("/")[0])) for one in SPECIAL_4} == {IPv4Address}
    assert {type(ip_address(one.partition("/")[0])) for one in SPECIAL_6} == {IPv6Address}
