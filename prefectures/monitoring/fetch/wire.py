"""Connections that end with their deadline, and after so many bytes, however they are sent.

A timeout of a socket is one of each byte: a server that sends one a second is never too late.
"""

import errno
import socket
import ssl
from functools import cache
from itertools import zip_longest

from .fetched import Fault, FaultError, Flaw

NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
# Several machines of a name, so that one of them may be down; not one of them after the other.
MOST_TRIED = 4
# X509_V_ERR_… of OpenSSL: not yet valid, expired; self-signed; of another host, address.
FLAWS = {
    9: Flaw.EXPIRED,
    10: Flaw.EXPIRED,
    18: Flaw.SELF_SIGNED,
    62: Flaw.OTHER_NAME,
    64: Flaw.OTHER_NAME,
}


class TooMuchError(OSError):
    """More came than is read."""


class Bounded:
    """``is_ended`` says that the other side closed it, ``is_full`` that too much came."""

    is_ended = is_full = False

    def bound(self, deadline, most_bytes):
        self._deadline, self._room = deadline, most_bytes

    def recv_into(self, *args):
        if self._room <= 0:
            self.is_full = True
            raise TooMuchError
        self.settimeout(self._deadline.left())
        came = super().recv_into(*args)
        self._room -= came
        self.is_ended = not came
        return came


class Plain(Bounded, socket.socket):
    pass


class Secure(Bounded, ssl.SSLSocket):
    pass


def connected(addresses, deadline, most_bytes):
    """Return a socket that is connected to one of ``addresses``, and to no other."""
    faults = []
    tried = _in_turn(addresses)[:MOST_TRIED]
    for left, (family, address) in zip(range(len(tried), 0, -1), tried, strict=True):
        wire = Plain(family, socket.SOCK_STREAM)
        wire.bound(deadline, most_bytes)
        try:
            # One that never answers leaves time for the next.
            wire.settimeout(deadline.left() / left)
            wire.connect(address)
        except OSError as error:
            wire.close()
            faults.append(_fault_of(error))
        else:
            return wire
    # That there is no IPv6 here says nothing of a site that refuses IPv4.
    told = [fault for fault in faults if fault is not Fault.UNREACHABLE]
    raise FaultError(told[0] if told else Fault.UNREACHABLE)


def _in_turn(addresses):
    """Return those of IPv6 and of IPv4 by turns: where one of the two is down, the other is not."""
    families = {family: [] for family, _ in addresses}
    for one in addresses:
        families[one[0]].append(one)
    return [one for turn in zip_longest(*families.values()) for one in turn if one]


def _fault_of(error):
    if isinstance(error, TimeoutError):
        return Fault.TIMED_OUT
    if isinstance(error, ConnectionRefusedError):
        return Fault.REFUSED
    return Fault.UNREACHABLE if error.errno in NO_ROUTE else Fault.BROKEN


def secured(wire, name, ca_file, deadline, most_bytes):
    """Return ``wire`` under TLS, its certificate being one of ``name``."""
    context = _trust(ca_file)
    try:
        wire.settimeout(deadline.left())
        secure = context.wrap_socket(wire, server_hostname=name)
    except ssl.SSLCertVerificationError as error:
        flaw = FLAWS.get(error.verify_code, Flaw.UNTRUSTED)
        raise FaultError(Fault.CERTIFICATE, flaw) from None
    except TimeoutError:
        raise FaultError(Fault.TIMED_OUT) from None
    except (OSError, ValueError):
        raise FaultError(Fault.BROKEN) from None
    finally:
        # Of what is secured, it holds nothing any more.
        wire.close()
    secure.bound(deadline, most_bytes)
    return secure


@cache
def _trust(ca_file):
    """Return what certificates are checked with; reading the system's takes a while."""
    context = ssl.create_default_context(cafile=ca_file)
    # From Python 3.13 on; browsers do not ask for so much.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.sslsocket_class = Secure
    return context
