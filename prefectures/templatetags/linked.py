"""What a page says to programs: JSON-LD, in a page for readers and in no preview."""

from django import template

from ..public.data import linked
from ..public_address import whole_address

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_sheet(context, procedure):
    if context.get("is_preview"):
        return ""
    address = whole_address(context["request"], procedure.get_absolute_url())
    return linked.script(linked.of_sheet(procedure, address))


@register.simple_tag
def linked_offices(offices):
    return linked.script(linked.of_offices(offices))
