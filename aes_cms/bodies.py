"""What is sent, as Django reads it: whole or not at all, where it is awaited, and by few at a time.

The server gives a thread to each request once its headers are there, and waits in it for the body
as long as the sender likes; of one who leaves midway it says only that there is no more.
"""

from io import BufferedReader, BytesIO, RawIOBase
from threading import BoundedSemaphore

# Bytes asked of the server at a time.
PIECE = 2**16
# Seconds. What has arrived is read in some milliseconds, so forms that come together all get in.
PATIENCE = 0.5

BUSY = "Trop d’envois arrivent en même temps : revenez à la page précédente, et envoyez à nouveau."
TOO_BIG = (
    "Ce que vous envoyez pèse plus de {megabytes} Mo : rien n’est enregistré. Revenez à la page "
    "précédente, et envoyez-le en plusieurs fois."
)

READ_ONLY = "Cette page se lit, et ne reçoit rien : rien n’est enregistré."
READING = ("GET", "HEAD", "OPTIONS")


class WholeBodies:
    """A WSGI application in front of another one. At most ``at_once`` bodies arrive at a time.

    Nothing may be sent elsewhere than below ``address``, and there nothing longer than
    ``most_bytes``: no byte of what is refused is read.
    """

    def __init__(self, application, *, at_once, most_bytes, address):
        self.application = application
        self.places = BoundedSemaphore(at_once)
        # Whether somebody waited for a place that nobody has left since: so would who comes next,
        # and each takes a thread from those who read.
        self.in_vain = False
        self.most_bytes, self.address = most_bytes, address

    def __call__(self, environ, start_response):
        if not environ.get("PATH_INFO", "").startswith(self.address):
            if environ["REQUEST_METHOD"] not in READING:
                # Django would make a page of it.
                allow = ("Allow", ", ".join(READING))
                return _refused(start_response, "405 Method Not Allowed", READ_ONLY, allow)
            nothing = {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}
            return self.application(environ | nothing, start_response)
        length = environ.get("CONTENT_LENGTH", "")
        # Django reads nothing of a body that does not say how long it is.
        if not length.isdigit() or int(length) == 0:
            return self.application(environ, start_response)
        if int(length) > self.most_bytes:
            megabytes = self.most_bytes // 10**6
            said = TOO_BIG.format(megabytes=megabytes)
            return _refused(start_response, "413 Content Too Large", said)
        if not self.places.acquire(timeout=0 if self.in_vain else PATIENCE):
            self.in_vain = True
            return _refused(start_response, "503 Service Unavailable", BUSY, ("Retry-After", "30"))
        arriving = _Arriving(environ["wsgi.input"], int(length), self._leave)
        try:
            whole = {**environ, "wsgi.input": BufferedReader(arriving, PIECE)}
            return self.application(whole, start_response)
        finally:
            arriving.leave()

    def _leave(self):
        self.in_vain = False
        self.places.release()


class _Arriving(RawIOBase):
    """``length`` bytes that are being sent; ``on_end`` is called once, when no more is awaited."""

    def __init__(self, sent, length, on_end):
        self.sent, self.left, self.on_end = sent, length, on_end

    def readable(self):
        return True

    def readinto(self, buffer):
        size = min(len(buffer), self.left, PIECE)
        if not size:
            return 0
        piece = self.sent.read(size)
        if len(piece) < size:
            # Django takes it for a request that cannot be read, never for a shorter one.
            raise ConnectionError("what was sent is not whole")
        buffer[:size] = piece
        self.left -= size
        if not self.left:
            self.leave()
        return size

    def leave(self):
        on_end, self.on_end = self.on_end, None
        if on_end:
            on_end()


def _refused(start_response, status, said, *headers):
    body = said.encode()
    start_response(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            *headers,
        ],
    )
    return [body]
