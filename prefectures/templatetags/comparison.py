"""How a template shows what changed in a text."""

from django import template
from django.utils.html import format_html, format_html_join

from ..text.differences import ADDED, REMOVED

register = template.Library()


@register.filter
def marked(differences):
    """Return [(kind, text)] with what was added in <ins> and what was removed in <del>."""
    tags = {ADDED: "<ins>{}</ins>", REMOVED: "<del>{}</del>"}
    return format_html_join(
        "", "{}", ((format_html(tags.get(kind, "{}"), text),) for kind, text in differences)
    )
