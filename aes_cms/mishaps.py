"""What fails outside of Django, which answers its own errors: in French too, and written down."""

import logging

from csp.utils import build_policy
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


class Mishaps:
    """A WSGI application in front of another one, whose errors it answers."""

    def __init__(self, application):
        self.application = application
        # Now: nothing may be needed of the site once it has failed.
        self.page = render_to_string("500.html").encode()
        self.headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(self.page))),
            ("Content-Security-Policy", build_policy()),
        ]

    def __call__(self, environ, start_response):
        try:
            return self.application(environ, start_response)
        except Exception:
            request = {"request": environ}
            logger.exception("The site could not answer %s", environ["PATH_INFO"], extra=request)
            start_response("500 Internal Server Error", [*self.headers])
            return [self.page]
