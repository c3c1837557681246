"""What came of asking for an address."""

from dataclasses import dataclass
from enum import StrEnum

from .limits import LIMITS


class Fault(StrEnum):
    """Why nothing came, or not all of it."""

    # The name has no address: who keeps its zone says so.
    UNKNOWN_HOST = "unknown_host"
    # Nobody could say whether it has one: of a page this proves nothing.
    NO_NAME_SERVICE = "no_name_service"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    # Reset, closed too early, no HTTP, not compressed as it says.
    BROKEN = "broken"
    CERTIFICATE = "certificate"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    # Not public, or with a password, another scheme, another port; or no address at all.
    FORBIDDEN_ADDRESS = "forbidden_address"


class Flaw(StrEnum):
    """What is wrong with a certificate."""

    EXPIRED = "expired"
    OTHER_NAME = "other_name"
    SELF_SIGNED = "self_signed"
    # Of an unknown authority; or the server does not send the certificates in between, which
    # several browsers know or fetch: they may well open the page.
    UNTRUSTED = "untrusted"


class FaultError(Exception):
    def __init__(self, fault, flaw=None):
        super().__init__(fault)
        self.fault, self.flaw = fault, flaw


@dataclass(frozen=True)
class Hop:
    """A redirect: its status, and the address that it led to."""

    status: int
    url: str


@dataclass(frozen=True)
class Fetched:
    """``url`` as given; ``final_url`` the last one that was asked, or was not to be.

    ``status`` is that of the last answer, also where its body did not come whole; None for none.
    ``body`` is decoded. ``is_cut`` says that there is more of it: than is read, or, where
    ``is_broken_off``, than came before the server closed the connection. ``retry_after`` is in
    seconds; ``seconds`` how long the whole might take.
    """

    url: str
    hops: tuple[Hop, ...] = ()
    final_url: str = ""
    status: int | None = None
    content_type: str = ""
    charset: str = ""
    body: bytes = b""
    is_cut: bool = False
    is_broken_off: bool = False
    retry_after: int | None = None
    fault: Fault | None = None
    flaw: Flaw | None = None
    seconds: float = LIMITS.seconds
