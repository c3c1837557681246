"""How a template shows what changed in a text."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from ..models.fields import safe_rich_text
from ..text.differences import ADDED, REMOVED

register = template.Library()


@register.filter
def marked(differences):
    """Return [(kind, text)] with what was added in <ins> and what was removed in <del>."""
    tags = {ADDED: "<ins>{}</ins>", REMOVED: "<del>{}</del>"}
    return format_html_join(
        "", "{}", ((format_html(tags.get(kind, "{}"), text),) for kind, text in differences)
    )


@register.filter
def as_read(html):
    """Return stored rich text as its readers see it."""
    return mark_safe(safe_rich_text(html))


@register.filter
def with_marks(line):
    """Return a ``MarkedLine``, its words in ``<mark data-for="1 2">``, each place named once."""
    return format_html_join("", "{}{}", ((_places(piece), _words(piece)) for piece in line.pieces))


def _places(piece):
    return format_html_join("", '<a id="mot-{}"></a>', ((number,) for number in piece.begins))


def _words(piece):
    if not piece.marks:
        return piece.text
    return format_html('<mark data-for="{}">{}</mark>', " ".join(map(str, piece.marks)), piece.text)
