"""An address as it is asked for: to the letter, only what HTTP cannot carry is escaped."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from .fetched import Fault, FaultError

ADDRESS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?", re.IGNORECASE)
# Names that are no names of the web exist in the DNS: "_" is left to who keeps the zone.
NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?", re.ASCII)
IPV6 = re.compile(r"[0-9a-f:.]+", re.ASCII)
# What browsers send as it is: "%" too, whatever follows it.
IN_PATH = "%/:;=@!$&'()*+,|~[]^"
IN_QUERY = IN_PATH + "?`{}"
# What servers write into ``Location`` and nobody into an address.
UNWRITTEN = re.compile(r'[\x00-\x20\x7f"<>\\]')
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """Whom to ask, and for what: ``host`` in ASCII, ``asked`` the path with its query."""

    scheme: str
    host: str
    port: int
    asked: str

    @property
    def is_secure(self):
        return self.scheme == "https"

    @property
    def name(self):
        """Return the name that a certificate bears: never with the full stop of the DNS."""
        return self.host.rstrip(".")

    @property
    def host_header(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url):
    """Return the ``Target`` of ``url``; raise ``FaultError`` where there is none to be asked."""
    try:
        return _target(url)
    except ValueError:
        raise FaultError(Fault.FORBIDDEN_ADDRESS) from None


def _target(url):
    found = ADDRESS.match(url)
    if not found:
        raise ValueError(url)
    scheme = found[1].lower()
    parts = urlsplit(f"//{found[2]}")
    if "@" in found[2] or not parts.hostname or parts.port == 0:
        raise ValueError(url)
    asked = quote(found[3] or "/", safe=IN_PATH) + quote(found[4] or "", safe=IN_QUERY)
    return Target(scheme, _in_ascii(found[2], parts), parts.port or DEFAULT_PORTS[scheme], asked)


def _in_ascii(written, parts):
    host = parts.hostname
    if written.startswith("["):
        if not IPV6.fullmatch(host):
            raise ValueError(written)
        return host
    if not host.isascii():
        # IDNA 2003, as the names of France's registry are written.
        host = host.encode("idna").decode("ascii").lower()
    if not NAME.fullmatch(host):
        raise ValueError(written)
    return host


def led_to(url, location):
    """Return the address that a ``Location`` header, read as latin-1, leads to from ``url``.

    What stands after "#" goes along, as in a browser (RFC 9110, 10.2.2).
    """
    location = UNWRITTEN.sub(lambda sign: quote(sign[0]), _as_meant(location.strip()))
    try:
        led = urljoin(url, location)
    except ValueError:
        # No address: it will be refused as such.
        return location
    fragment = url.partition("#")[2]
    return f"{led}#{fragment}" if fragment and "#" not in led else led


def _as_meant(location):
    sent = location.encode("latin-1", errors="replace")
    try:
        return sent.decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], sent).decode("ascii")
