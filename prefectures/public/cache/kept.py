"""Which pages may be kept: those whose view says so, and no other."""

from django.urls import Resolver404, resolve


def kept(view):
    """Mark a view whose page is the same for everybody who asks for its address.

    It may read the address, the host, the database's published content and today's date. When its
    page is made to be kept, the request holds nothing else: no query, cookie or header of a reader.
    """
    view.is_kept = True
    return view


def is_kept(path):
    """Whether the view that answers at ``path`` says so."""
    try:
        return getattr(resolve(path).func, "is_kept", False)
    except Resolver404:
        return False
