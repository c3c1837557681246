"""One request to one machine, and what it answers."""

import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from time import time

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from .fetched import Fault, FaultError
from .resolving import addresses_of
from .wire import connected, secured

PIECE = 2**16
# Headers, and what carries pieces of a body.
AROUND_A_BODY = 2**20
REDIRECTS = {301, 302, 303, 307, 308}
PUT_OFF = {429, 503}
LONGEST_PUT_OFF = 7 * 24 * 3600
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
# What a server may send that no connection survives; ``ValueError`` is of numbers and encodings.
TROUBLES = (HTTPError, HTTPException, OSError, ValueError)


@dataclass
class Answer:
    """``location`` is "" where it leads nowhere else; ``told`` is what ``Fetched`` tells of it."""

    location: str
    cookies: list
    told: dict


def ask(target, headers, *, reach, limits, deadline):
    """Return the ``Answer`` of ``target``; raise ``FaultError`` for none."""
    addresses = addresses_of(target, reach, deadline)
    most_bytes = limits.most_bytes + AROUND_A_BODY
    wire = connected(addresses, deadline, most_bytes)
    if target.is_secure:
        wire = secured(wire, target.name, reach.ca_file, deadline, most_bytes)
    connection = response = None
    try:
        connection = HTTPConnection(target.host, target.port, timeout=deadline.left())
        connection.sock = wire
        # It would resolve the name again, and connect to whatever comes of that.
        connection.auto_open = 0
        connection.request("GET", target.asked, headers=headers, preload_content=False)
        response = connection.getresponse()
        answer = _begun(response)
        if not answer.location:
            answer.told |= _body(response, wire, limits.most_bytes)
    except TROUBLES as error:
        raise FaultError(_fault_of(error)) from None
    finally:
        for opened in (response, connection, wire):
            if opened:
                opened.close()
    return answer


def _begun(response):
    declared = _first(response, "Content-Type")
    charset = CHARSET.search(declared)
    return Answer(
        location=_first(response, "Location") if response.status in REDIRECTS else "",
        cookies=response.headers.getlist("Set-Cookie"),
        told={
            "status": response.status,
            "content_type": declared.partition(";")[0].strip().lower(),
            "charset": charset[1].lower() if charset else "",
            "retry_after": _put_off(response),
        },
    )


def _first(response, name):
    return next(iter(response.headers.getlist(name)), "")


def _put_off(response):
    """Return the seconds for which ``Retry-After`` asks, written either way; None for none."""
    said = _first(response, "Retry-After").strip()
    if response.status not in PUT_OFF or not said:
        return None
    if re.fullmatch(r"[0-9]+", said):
        # Its length first: Python refuses to read thousands of digits.
        seconds = int(said) if len(said) < 10 else LONGEST_PUT_OFF
    else:
        try:
            date = parsedate_to_datetime(said)
            # Dates of HTTP are in universal time, also where they do not say so.
            seconds = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - time()
        except (ValueError, OverflowError, OSError):
            return None
    return round(min(max(seconds, 0), LONGEST_PUT_OFF))


def _body(response, wire, most_bytes):
    pieces, length, told = [], 0, {}
    try:
        # Piece by piece, so that what came before a trouble is kept.
        while length <= most_bytes and (piece := response.read1(PIECE)):
            pieces.append(piece)
            length += len(piece)
    except TROUBLES as error:
        if wire.is_full:
            told = {"is_cut": True}
        elif length and wire.is_ended and _is_in(error, IncompleteRead):
            told = {"is_cut": True, "is_broken_off": True}
        else:
            told = {"fault": _fault_of(error)}
    if length > most_bytes:
        told = {"is_cut": True}
    return {"body": b"".join(pieces)[:most_bytes], **told}


def _fault_of(error):
    return Fault.TIMED_OUT if _is_in(error, TimeoutError) else Fault.BROKEN


def _is_in(error, kind):
    """Whether ``error``, or what it was raised for, is of that kind."""
    while error:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
