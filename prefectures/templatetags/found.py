"""How a template shows what was found by its words."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.filter
def with_found(pieces):
    """Return [(text, whether it is marked)] with what was sought in <mark>."""
    tags = {True: "<mark>{}</mark>", False: "{}"}
    shown = ((format_html(tags[is_marked], text),) for text, is_marked in pieces)
    return format_html_join("", "{}", shown)


@register.filter
def excerpt(found):
    """Return an ``Excerpt`` with what was sought in <mark>, and "…" where its text goes on."""
    begins, ends = ("" if whole else "…" for whole in (found.is_beginning, found.is_end))
    return format_html("{}{}{}", begins, with_found(found.pieces), ends)
