"""The Content-Security-Policy of every page: written once, but where a page has a nonce."""

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, which writes the policy anew for each page."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.without_nonce = build_policy()

    def process_response(self, request, response):
        if hasattr(request, "_csp_nonce") or response.status_code >= 400:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.without_nonce)
        # One that is asked for from here on would not be in the header: it is refused, as there.
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)
        return response
