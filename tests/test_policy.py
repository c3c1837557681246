"""The policy of a page: written once, and with a nonce where the page has one."""

import re

import pytest
from csp.decorators import csp_exempt, csp_update
from csp.utils import build_policy
from django.http import HttpResponse
from django.test import RequestFactory

from aes_cms.policy import PolicyMiddleware

HEADER = "Content-Security-Policy"


def answered(view):
    return PolicyMiddleware(view)(RequestFactory().get("/"))


def test_a_page_without_a_nonce_has_the_policy_of_the_settings():
    policy = answered(lambda request: HttpResponse("une page"))[HEADER]
    assert policy == build_policy()
    assert "default-src 'none'" in policy
    assert "nonce" not in policy


def test_a_page_with_a_nonce_names_it_and_no_other_page_does():
    said = []

    def view(request):
        said.append(str(request.csp_nonce))
        return HttpResponse("une page")

    with_nonce = [re.search("'nonce-([^']+)'", answered(view)[HEADER])[1] for _ in range(2)]
    assert with_nonce == said
    assert len(set(said)) == 2
    assert "nonce" not in answered(lambda request: HttpResponse("une page"))[HEADER]


def test_a_header_that_a_view_gives_stays():
    own = {HEADER: "default-src 'self'"}
    assert answered(lambda request: HttpResponse("une page", headers=own))[HEADER] == own[HEADER]


def test_a_view_may_change_its_policy_or_go_without():
    def view(request):
        return HttpResponse("une page")

    updated = answered(csp_update({"img-src": ["https://a.example"]})(view))[HEADER]
    assert "img-src 'self' data: https://a.example" in updated
    assert HEADER not in answered(csp_exempt()(view))
    assert answered(view)[HEADER] == build_policy()


def test_a_policy_that_is_only_reported_is_sent_beside_the_other(settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"img-src": ["'none'"]}}
    answer = answered(lambda request: HttpResponse("une page"))
    assert answer[f"{HEADER}-Report-Only"] == build_policy(report_only=True)
    assert "img-src 'none'" in answer[f"{HEADER}-Report-Only"]
    assert answer[HEADER] == build_policy()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_an_error_has_the_policy_too(status):
    assert answered(lambda request: HttpResponse(status=status))[HEADER] == build_policy()


def test_a_nonce_that_comes_too_late_is_refused():
    request = RequestFactory().get("/")
    PolicyMiddleware(lambda request: HttpResponse("une page"))(request)
    with pytest.raises(Exception, match="csp_nonce"):
        str(request.csp_nonce)
