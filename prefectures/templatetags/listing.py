"""How a list of the admin's is read by who hears it."""

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

# As the stock list writes them: what its columns name bears "scope", what its lines name does not.
BARE, NAMED = '<th class="field-', '<th scope="row" class="field-'


@register.filter
def with_named_lines(table):
    """Return the stock ``table`` with the first cell of each line as the header of that line."""
    return mark_safe(table.replace(BARE, NAMED))
