"""The port of the server, before it is opened."""

import socket

import pytest

from aes_cms.port import faults


@pytest.mark.parametrize("port", ["0", "65536", "-1", "huit", "8000 ", "٨٠٠٠", ""])
def test_what_is_no_port_is_told(port):
    [sentence] = faults("127.0.0.1", port)
    assert sentence.startswith(f"PORT={port} n’est pas un numéro de port\u00a0: ")


def test_a_port_that_is_taken_is_told_with_another_one():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        [sentence] = faults("127.0.0.1", str(port))
        assert sentence.startswith(f"Le port {port} est déjà pris")
    assert [*faults("127.0.0.1", str(port))] == []


def test_trying_a_port_takes_nobody_who_asks_meanwhile(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("nobody is listened to yet")

    monkeypatch.setattr(socket.socket, "listen", refuse)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert [*faults("127.0.0.1", str(port))] == []
