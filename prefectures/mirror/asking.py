"""Django, asked for a page of the mirror as nobody in particular asks, without any network."""

import sys
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.urls import set_script_prefix

from ..public.cache import MakingHandler
from ..public.cache.questions import Questions
from .faults import MirrorError

# From an address that moved to the one where the page is.
MOST_REDIRECTS = 3


@dataclass
class Answer:
    """What the site says at an address, and the ``Questions`` of which it was made."""

    type: str
    body: bytes
    questions: Questions

    @property
    def is_page(self):
        return self.type.startswith("text/html")


class Asking:
    """One handler for all pages: making one takes as long as a page.

    Django is told of no request that begins or ends: at each it would let go of the database.
    """

    def __init__(self):
        self._handler = MakingHandler()
        set_script_prefix("/")
        address = urlsplit(settings.PUBLIC_ADDRESS)
        self._host = address.netloc or "localhost"
        self._scheme = address.scheme or "http"

    def __call__(self, asked):
        """Return the ``Answer`` to an address, or raise ``MirrorError`` where there is none."""
        questions, address = Questions(), asked
        with questions.noted():
            for _ in range(MOST_REDIRECTS):
                response = self._handler.get_response(WSGIRequest(self._environ(address)))
                if not 300 <= response.status_code < 400:
                    break
                address = response["Location"]
        if response.status_code != 200:
            raise MirrorError(
                f"Le miroir n’est pas fait : la page {asked} répond {response.status_code}. "
                "L’ancien, s’il y en a un, reste."
            )
        return Answer(response["Content-Type"], response.content, questions)

    def _environ(self, address):
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "HTTP_HOST": self._host,
            "SERVER_NAME": self._host.partition(":")[0],
            "SERVER_PORT": "443" if self._scheme == "https" else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self._scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": True,
        }
