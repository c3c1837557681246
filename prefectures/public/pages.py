"""What all public pages share: to whom they speak, what they tell nobody, what they say in vain."""

from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from .cache import kept

READING = ("GET", "HEAD")


def public_page(view):
    """A page for readers: it tells nobody where they come from, and is asked for anew each time.

    It is read, and takes nothing: nobody needs to be kept from sending it something by a cookie.
    """

    @csrf_exempt
    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method not in READING:
            return _takes_nothing(request)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return without_referrer(response)

    return page


def _takes_nothing(request):
    response = unindexed(without_referrer(render(request, "405.html", status=405)))
    response["Allow"] = ", ".join(READING)
    return response


def kept_page(view):
    """A public page that is the same for everybody: it is kept until what it shows changes."""
    return kept(public_page(view))


def kept_unless_asked(view):
    """A public page that is kept as it is without a query, and made anew with one."""
    return kept(public_page(view), reads_query=True)


def without_referrer(response):
    response["Referrer-Policy"] = "no-referrer"
    return response


def unindexed(response):
    """Have search engines leave out what must not be found by one: the past, say."""
    response["X-Robots-Tag"] = "noindex"
    return response


class NoAnswerError(Exception):
    """What is asked has no answer: ``said`` tells why, ``links`` [(words, address)] lead on."""

    def __init__(self, title, said, links=(), status=404):
        super().__init__(title)
        self.title, self.said, self.links, self.status = title, said, links, status


def answers_why(view):
    """Have the page say why where ``view`` raises NoAnswerError."""

    @wraps(view)
    def page(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NoAnswerError as error:
            shown = {"title": error.title, "said": error.said, "links": error.links}
            response = render(request, "no_answer.html", shown, status=error.status)
            return unindexed(response)

    return page


def page_not_found(request, exception=None):
    return unindexed(without_referrer(render(request, "404.html", status=404)))


def bad_request(request, exception=None):
    shown = {"is_too_long": isinstance(exception, RequestDataTooBig)}
    return unindexed(without_referrer(render(request, "400.html", shown, status=400)))


def with_query(request, address):
    """Return ``address`` with what was asked of this one."""
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
