"""What is sent, as Django reads it: whole or not at all, and by few at a time.

The server gives a thread to each request once its headers are there, and waits in it for the body
as long as the sender likes; of one who leaves midway it says only that there is no more.
"""

from io import BufferedReader, RawIOBase
from threading import BoundedSemaphore

# Bytes asked of the server at a time.
PIECE = 2**16
# Seconds. What has arrived is read in some milliseconds, so forms that come together all get in;
# who waits longer takes a thread from those who read.
PATIENCE = 0.5

BUSY = "Trop d’envois arrivent en même temps : revenez à la page précédente, et envoyez à nouveau."


class WholeBodies:
    """A WSGI application in front of another one. At most ``at_once`` bodies arrive at a time."""

    def __init__(self, application, *, at_once):
        self.application = application
        self.places = BoundedSemaphore(at_once)

    def __call__(self, environ, start_response):
        length = environ.get("CONTENT_LENGTH", "")
        # Django reads nothing of a body that does not say how long it is.
        if not length.isdigit() or int(length) == 0:
            return self.application(environ, start_response)
        if not self.places.acquire(timeout=PATIENCE):
            return _busy(start_response)
        arriving = _Arriving(environ["wsgi.input"], int(length), self.places.release)
        try:
            whole = {**environ, "wsgi.input": BufferedReader(arriving, PIECE)}
            return self.application(whole, start_response)
        finally:
            arriving.leave()


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


def _busy(start_response):
    body = BUSY.encode()
    start_response(
        "503 Service Unavailable",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Retry-After", "30"),
        ],
    )
    return [body]
