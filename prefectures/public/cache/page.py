"""A page as it is sent: its bytes in each encoding, its headers, and the answer "not modified"."""

from copy import copy
from email.utils import formatdate
from hashlib import blake2b
from time import time

from django.utils.http import parse_etags, parse_http_date_safe

from .encoding import ENCODERS

# What an answer without a body says again (RFC 9110, 15.4.5): the rest is the browser's already;
# but of a page of another site, the browser asks each answer whether it may read it.
SAID_AGAIN = {"access-control-allow-origin", "cache-control", "etag", "last-modified", "vary"}
# Our own, or of no meaning once the page is kept.
LEFT_OUT = {"content-encoding", "content-length", "date", "etag", "last-modified"}
# A change is dated before it is committed: in the minute after one, another may bear the same date.
SETTLED_AFTER = 60
# Objects, dictionaries, the key: what a page takes besides its texts.
OVERHEAD = 4096
# Packed by those who make them.
PACKED = ("application/pdf",)


class Page:
    """What a view answered, made ready to be sent to whoever asks.

    It is right at ``moment``, and as it is since the second ``began``; ``questions`` tell whether
    it still is at another. One that ``reads_query`` is for those who ask without one.
    """

    def __init__(self, status, headers, body, began, *, moment, questions, reads_query=False):
        self.status, self.began, self.reads_query = status, began, reads_query
        self.moment, self.questions = moment, questions
        own = [(name, value) for name, value in headers if name.lower() not in LEFT_OUT]
        self.sets_cookies = any(name.lower() == "set-cookie" for name, _ in own)
        # Weak: it is that of all encodings, which hold the same page.
        self.etag = f'W/"{_digest(own, body)}"'
        self.headers = [*_varying(own), ("ETag", self.etag)]
        self.bodies = {"identity": body}
        self._is_packed = any(
            name.lower() == "content-type" and value.startswith(PACKED) for name, value in own
        )
        self._packed_well = {"identity"}

    @property
    def weight(self):
        """How many bytes of memory it takes, about."""
        texts = sum(map(len, self.bodies.values())) + self.questions.weight
        return texts + sum(len(name) + len(value) for name, value in self.headers) + OVERHEAD

    def at(self, moment, began):
        """Return the page as one that is right at another moment, packed as it is."""
        again = copy(self)
        again.moment, again.began = moment, began
        return again

    def sent_as(self, encoding):
        """Return the encoding in which it is sent to who likes ``encoding`` best."""
        return "identity" if self._is_packed else encoding

    def is_ready(self, encoding):
        return encoding in self.bodies

    def make_ready(self, encoding):
        """Pack it for who waits, in a fraction of the time that packing it well takes."""
        self.bodies[encoding] = ENCODERS[encoding].quickly(self.bodies["identity"])

    def is_packed_well(self, encoding):
        return encoding in self._packed_well

    def pack_well(self, encoding):
        """Pack it for those who come after: it was asked for again."""
        self.bodies[encoding] = ENCODERS[encoding].well(self.bodies["identity"])
        self._packed_well.add(encoding)

    def answer(self, environ, start_response, encoding):
        """Send the page, or that it is the one the browser has. ``encoding`` must be ready."""
        headers = self._dated_headers()
        if self.status.startswith("200") and self._is_known(environ):
            again = [(name, value) for name, value in headers if name.lower() in SAID_AGAIN]
            start_response("304 Not Modified", again)
            return []
        body = self.bodies[encoding]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        start_response(self.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    @property
    def _is_settled(self):
        return time() >= self.began + SETTLED_AFTER

    def _dated_headers(self):
        if not self._is_settled:
            return [*self.headers]
        return [*self.headers, ("Last-Modified", formatdate(self.began, usegmt=True))]

    def _is_known(self, environ):
        """Whether the browser says that it has this very page (RFC 9110, 13.2.2)."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None:
            return known == self.etag or self._is_among(known)
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        second = parse_http_date_safe(since) if since and self._is_settled else None
        return second is not None and second >= self.began

    def _is_among(self, known):
        opaque = self.etag.removeprefix("W/")
        return any(tag == "*" or tag.removeprefix("W/") == opaque for tag in parse_etags(known))


def _digest(headers, body):
    """Return a digest of the page that is the same in every process.

    django-csp writes the parts of its policy in the order of a set, which each process has its own.
    """
    said = sorted((name, sorted(value.replace(";", " ").split())) for name, value in headers)
    return blake2b(repr(said).encode() + body, digest_size=12).hexdigest()


def _varying(headers):
    """Return ``headers`` with ``Vary`` naming the encoding, which changes what is sent."""
    vary = [value for name, value in headers if name.lower() == "vary"]
    named = [item.strip() for value in vary for item in value.split(",") if item.strip()]
    if "accept-encoding" not in [item.lower() for item in named]:
        named.append("Accept-Encoding")
    return [
        *((name, value) for name, value in headers if name.lower() != "vary"),
        ("Vary", ", ".join(named)),
    ]
