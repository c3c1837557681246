"""What leads from a page to people: who helps, whom to write to, a message, a sheet of paper."""

from functools import lru_cache

import segno
from django import template
from django.utils.safestring import mark_safe

from .. import public_address
from ..public import wording

register = template.Library()


@register.simple_tag(takes_context=True)
def report_change_link(context, procedure):
    return wording.report_change(procedure, _whole(context, procedure))


@register.simple_tag(takes_context=True)
def report_missing_link(context, departement):
    return wording.report_missing(departement, _whole(context, departement))


@register.simple_tag(takes_context=True)
def page_address(context, item):
    """Return the whole address of the page of a sheet or département, to be copied from paper."""
    return _whole(context, item)


@register.simple_tag(takes_context=True)
def whole_address(context, address):
    return public_address.whole_address(context["request"], address)


def _whole(context, item):
    return whole_address(context, item.get_absolute_url())


@register.simple_tag
def text_message(procedure, address):
    place = procedure.departement.name
    return wording.text_message(f"{place} : {wording.answer(procedure)}. {address}")


@register.simple_tag
@lru_cache(maxsize=500)
def qr_code(address):
    """Return the QR code of ``address`` as an image inside the page, one sign a dot."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True))
