"""Which pages may be kept: those whose view says so, and no other."""

from django.urls import Resolver404, resolve
from django.utils import translation

from ...languages import language_of


def kept(view, *, reads_query=False):
    """Mark a view whose page is the same for everybody who asks for its address.

    It may read the address, the host, the database's published content and today's date, and must
    read that content anew each time: what is remembered is found by what the database answers. When
    its page is made to be kept, the request holds nothing of a reader: no query, cookie or header.
    One that ``reads_query`` is kept as it is without one, and asked for anew with one.
    """
    view.is_kept, view.reads_query = True, reads_query
    return view


def kept_view(path):
    """Return the view that answers at ``path`` if it says so, or None."""
    try:
        with translation.override(language_of(path)):
            view = resolve(path).func
    except Resolver404:
        return None
    return view if getattr(view, "is_kept", False) else None


def is_kept(path):
    """Whether the view that answers at ``path`` says so."""
    return kept_view(path) is not None
