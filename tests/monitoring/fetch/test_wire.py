"""Several machines of one name, some of which do not answer."""

import errno
import socket

import pytest

from prefectures.monitoring.fetch import Fault, Limits, fetch
from prefectures.monitoring.fetch.wire import MOST_TRIED, Plain

from ..misbehaving.addresses import HERE, SOMEWHERE

SOMEWHERE_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


def asked_for(url, seconds=20):
    return fetch(url, agent="Essais", limits=Limits(seconds=seconds))


def failing(number):
    def connect(*_):
        raise OSError(number, "as told")

    return connect


def test_another_machine_of_the_name_answers_where_one_refuses(network, site):
    network.names["site.test"] = [SOMEWHERE_6, SOMEWHERE]
    network.leads[SOMEWHERE, 80] = (HERE, site.ports["port"])
    assert asked_for("http://site.test/works").status == 200
    assert network.reached == [(SOMEWHERE_6, 80), (SOMEWHERE, 80)]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENETUNREACH, Fault.UNREACHABLE),
        (errno.EHOSTUNREACH, Fault.UNREACHABLE),
        (errno.ECONNREFUSED, Fault.REFUSED),
        (errno.ECONNRESET, Fault.BROKEN),
        (errno.ETIMEDOUT, Fault.TIMED_OUT),
    ],
)
def test_why_nobody_can_be_reached_is_told(network, monkeypatch, number, fault):
    monkeypatch.setattr(Plain, "connect", failing(number))
    assert asked_for("http://public.test/").fault is fault


def test_that_there_is_no_ipv6_here_hides_nothing_of_ipv4(network, monkeypatch):
    network.names["site.test"] = [SOMEWHERE_6, SOMEWHERE]

    def connect(wire, _):
        has_no_route = wire.family == socket.AF_INET6
        raise OSError(errno.ENETUNREACH if has_no_route else errno.ECONNREFUSED, "as told")

    monkeypatch.setattr(Plain, "connect", connect)
    assert asked_for("http://site.test/").fault is Fault.REFUSED


def test_a_machine_that_never_answers_leaves_time_for_the_next(network, monkeypatch):
    network.names["site.test"] = [SOMEWHERE, "93.184.215.15"]
    given = []

    def connect(wire, _):
        given.append(wire.gettimeout())
        raise TimeoutError

    monkeypatch.setattr(Plain, "connect", connect)
    assert asked_for("http://site.test/", seconds=1000).fault is Fault.TIMED_OUT
    assert given[0] <= 500 < given[1] <= 1000


def test_both_kinds_of_addresses_are_tried_and_not_all_of_them(network):
    many = [f"2606:4700::{number}" for number in range(1, 9)]
    network.names["site.test"] = [*many, SOMEWHERE, "93.184.215.15"]
    assert asked_for("http://site.test/").fault is Fault.REFUSED
    reached = [ip for ip, _ in network.reached]
    assert reached == [many[0], SOMEWHERE, many[1], "93.184.215.15"]
    assert len(reached) == MOST_TRIED
