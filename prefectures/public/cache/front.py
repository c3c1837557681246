"""What stands before Django: kept pages are answered here, and the others let through.

A page is made for its key alone: whoever asks, Django is given a request that holds the address,
the host and nothing of the reader, so that what is kept cannot hold anything of one.
"""

from io import BytesIO
from time import time

from django.conf import settings

from .encoding import best_encoding
from .kept import kept_view
from .moment import Now
from .page import Page
from .questions import Questions
from .shelf import Shelf

# What a page may depend on, and what the handler needs of the server.
OF_THE_ADDRESS = ("HTTP_HOST", "PATH_INFO", "SCRIPT_NAME")
OF_THE_SERVER = (
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "wsgi.version",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
)


class KeptPages:
    """A WSGI application in front of another one, Django's. ``most_bytes`` bounds its memory.

    A page is answered at the moment at which it is right. Once the content has moved, it is asked
    whether it would still be made the same, and made anew where it would not.

    ``making`` is the application that makes the pages to keep, where it is another one.
    """

    def __init__(self, application, *, most_bytes, making=None):
        self.application = application
        self.making = making or application
        self.shelf = Shelf(most_bytes)
        self.now = Now()
        # Another program may show the same content otherwise.
        self.started = int(time())

    def __call__(self, environ, start_response):
        if not _is_anybody_s(environ):
            return self.application(environ, start_response)
        moment = self.now.moment()
        if moment is None:
            return self.application(environ, start_response)
        key = (scheme_of(environ), *(environ.get(name, "") for name in OF_THE_ADDRESS))
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        page = self.shelf.get(key)
        kept = page or kept_view(environ["PATH_INFO"])
        if kept is None or (kept.reads_query and environ.get("QUERY_STRING")):
            return self.application(environ, start_response)
        if page is None or page.moment != moment:
            with self.shelf.alone(key):
                page = self._still_right(moment, key) or self._make(
                    moment, key, environ, encoding, reads_query=kept.reads_query
                )
            encoding = page.sent_as(encoding)
            if not page.is_ready(encoding):
                page.make_ready(encoding)
                self._keep(key, page)
        else:
            encoding = page.sent_as(encoding)
            if not page.is_packed_well(encoding):
                page.pack_well(encoding)
                self._keep(key, page)
        return page.answer(environ, start_response, encoding)

    def _still_right(self, moment, key):
        """Return the page that is kept if it is that of ``moment`` too, or None."""
        page = self.shelf.get(key)
        if page is None or page.moment == moment:
            # Another thread may just have made it.
            return page
        if page.moment.day != moment.day or not page.questions.have_the_same_answers():
            self.shelf.drop(key)
            return None
        again = page.at(moment, self._began(moment))
        self._keep(key, again)
        return again

    def _make(self, moment, key, environ, encoding, *, reads_query):
        """Have Django make the page; keep it if it is one, and nothing changed meanwhile."""
        questions = Questions()
        with questions.noted():
            answer = _asked(self.making, _of_nobody(environ))
        page = Page(
            *answer,
            self._began(moment),
            moment=moment,
            questions=questions,
            reads_query=reads_query,
        )
        page.make_ready(page.sent_as(encoding))
        self._keep(key, page)
        return page

    def _began(self, moment):
        return max(moment.began, self.started)

    def _keep(self, key, page):
        is_page = page.status.startswith("200") and not page.sets_cookies
        if is_page and self.now.ask() == page.moment:
            self.shelf.put(key, page)


def _is_anybody_s(environ):
    """Whether the request may be answered with what anybody would get."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in environ
        and f"{settings.SESSION_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", "")
        # Addresses of ours are; the others are decoded, and found or not, by Django.
        and environ.get("PATH_INFO", "").isascii()
    )


def scheme_of(environ):
    """Return "https" or "http", as Django's request would say."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        value = environ.get(name)
        if value is not None:
            return "https" if value.partition(",")[0].strip() == secure else "http"
    return environ["wsgi.url_scheme"]


def _of_nobody(environ):
    """Return a request for the same address that says nothing of who asks, or how."""
    kept = {name: environ[name] for name in OF_THE_ADDRESS + OF_THE_SERVER if name in environ}
    return kept | {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": "",
        "wsgi.url_scheme": scheme_of(environ),
        "wsgi.input": BytesIO(),
    }


def _asked(application, environ):
    """Return (status, headers, body) of what ``application`` answers."""
    said = []

    def start_response(status, headers, exc_info=None):
        said[:] = status, headers

    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return *said, body
