"""How a template speaks where its language is another than that of the words it holds."""

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..languages import address_in, is_french
from ..public_address import whole_address

register = template.Library()

OF_FRENCH = mark_safe(' lang="fr" dir="ltr"')


@register.simple_tag
def in_french():
    """Say of the element around that its words are French: texts of the team are not translated."""
    return "" if is_french() else OF_FRENCH


@register.filter
def french(words):
    """Return French ``words`` as they stand amid a sentence of another language."""
    if is_french() or not words:
        return words
    return format_html('<bdi lang="fr" dir="ltr">{}</bdi>', words)


@register.filter
def ltr(words):
    """Return an address, a number or a code as it is read: from left to right."""
    if is_french() or not words:
        return words
    return format_html('<bdi dir="ltr">{}</bdi>', words)


@register.simple_tag(takes_context=True)
def same_page(context):
    """Return (code, own name, direction, address) of this page in each language."""
    request = context["request"]
    query = request.META.get("QUERY_STRING", "")
    asked = f"?{query}" if query else ""
    return [
        (code, name, _direction(code), f"{address_in(code, request.path)}{asked}")
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def whole(context, address):
    return whole_address(context["request"], address)


def _direction(code):
    return "rtl" if LANG_INFO[code]["bidi"] else "ltr"
