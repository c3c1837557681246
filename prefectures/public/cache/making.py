"""Django as it makes the pages that are kept: they are made for nobody, so nobody is looked for."""

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.utils.module_loading import import_string


class MakingHandler(WSGIHandler):
    """Django's own, without what MIDDLEWARE has for who asks: a third of the page's way through it.

    The others only look at the request and the response: none of them is told of views.
    """

    def load_middleware(self, is_async=False):
        self._view_middleware = []
        self._template_response_middleware = []
        self._exception_middleware = []
        chain = convert_exception_to_response(self._get_response)
        for path in reversed(settings.MIDDLEWARE):
            if path not in settings.MIDDLEWARE_FOR_WHO_ASKS:
                chain = convert_exception_to_response(import_string(path)(chain))
        self._middleware_chain = chain
