"""The Content-Security-Policy of every page: written once, but where a page has one of its own."""

from csp.constants import HEADER, HEADER_REPORT_ONLY
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, which writes the policy anew for each page."""

    def __init__(self, get_response):
        super().__init__(get_response)
        policies = {HEADER: build_policy(), HEADER_REPORT_ONLY: build_policy(report_only=True)}
        self.usual = {name: policy for name, policy in policies.items() if policy}

    def process_response(self, request, response):
        # A nonce, or what the decorators of views leave there ("_csp_update"…).
        has_its_own = hasattr(request, "_csp_nonce") or any(
            name.startswith("_csp") for name in vars(response)
        )
        if has_its_own or response.status_code >= 400:
            return super().process_response(request, response)
        for name, policy in self.usual.items():
            response.headers.setdefault(name, policy)
        # One that is asked for from here on would not be in the header: it is refused, as there.
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)
        return response
