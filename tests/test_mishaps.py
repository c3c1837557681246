"""What fails outside of Django is answered in French, and written down."""

from csp.utils import build_policy

from aes_cms.mishaps import Mishaps

from .public.cache.asking import ask


def fails(environ, start_response):
    raise RuntimeError("secret")


def test_an_error_outside_of_django_has_the_french_page_and_a_line(caplog):
    answer = ask(Mishaps(fails), "/recherche/?q=secret")
    assert answer.status == 500
    assert "Le site a fait une erreur" in answer.text
    assert answer.headers["Content-Security-Policy"] == build_policy()
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    [record] = caplog.records
    assert record.getMessage() == "The site could not answer /recherche/"
    # By which the line leaves out what the error says (aes_cms/log_lines.py).
    assert record.request


def test_an_answer_passes_as_it_is():
    def answers(environ, start_response):
        start_response("200 OK", [("X-Own", "a")])
        return [b"page"]

    answer = ask(Mishaps(answers), "/")
    assert (answer.status, answer.headers, answer.body) == (200, {"X-Own": "a"}, b"page")
