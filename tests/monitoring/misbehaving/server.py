"""A server of 127.0.0.1 that answers as it is told to, byte for byte, over HTTP and over TLS."""

import socket
import ssl
from collections import Counter
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

TLS_BEGINS = b"\x16"


class Exchange:
    """One request, and what is said to it: ``visit`` counts those of its path, from 1."""

    def __init__(self, wire, server, head):
        self._wire, self._server, self.port = wire, server, server.port
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.asked, _ = lines[0].split(" ", 2)
        self.headers = dict(line.split(": ", 1) for line in lines[1:] if line)
        self.path = self.asked.partition("?")[0]
        server.visits[self.path] += 1
        self.visit = server.visits[self.path]

    def send(self, sent):
        self._wire.sendall(sent)

    def begin(self, status="200 OK", *headers):
        self.send("\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode())

    def say(self, body="", status="200 OK", *headers, kind="text/html; charset=utf-8"):
        """Answer as servers do that behave."""
        sent = body.encode() if isinstance(body, str) else body
        length = () if any("Transfer" in header for header in headers) else (len(sent),)
        lengths = [f"Content-Length: {number}" for number in length]
        self.begin(status, f"Content-Type: {kind}", *lengths, *headers)
        self.send(sent)

    def redirect(self, location, status="301 Moved"):
        self.say("", status, f"Location: {location}")

    def go_on(self, piece, every=0):
        """Send ``piece`` for as long as anybody listens."""
        while not self._server.is_stopping.wait(every):
            self.send(piece)

    def wait(self):
        """Say nothing for as long as anybody listens."""
        self._wire.recv(1)

    def reset(self):
        """End the connection as a machine does that knows nothing of it."""
        linger_for_nothing = b"\x01\0\0\0\0\0\0\0"
        self._wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_nothing)
        self._wire.close()


class _Handler(BaseRequestHandler):
    def handle(self):
        # Who asked may be gone before it is answered: that is what is tried here.
        with suppress(OSError):
            is_tls = self.request.recv(1, socket.MSG_PEEK) == TLS_BEGINS
            if is_tls and not self.server.contexts:
                self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            with self._secured() if is_tls else self.request as wire:
                head = self._head(wire)
                if head:
                    self.server.heard.append(head)
                    self.server.answer(Exchange(wire, self.server, head))

    def _secured(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sni_callback = self._choose
        return context.wrap_socket(self.request, server_side=True)

    def _choose(self, wire, name, _):
        self.server.named.append(name)
        wire.context = self.server.contexts[name]

    def _head(self, wire):
        head = b""
        while b"\r\n\r\n" not in head and (came := wire.recv(2**16)):
            head += came
        return head.partition(b"\r\n\r\n")[0]


class Server(ThreadingTCPServer):
    """``answer`` takes an ``Exchange``; ``heard`` are the requests, ``named`` whom TLS asked."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer, contexts=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.contexts = answer, contexts
        self.port = self.server_address[1]
        self.is_stopping = Event()
        self.forget()

    def forget(self):
        self.heard, self.named, self.visits = [], [], Counter()

    def __enter__(self):
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.is_stopping.set()
        self.shutdown()
        self.server_close()
