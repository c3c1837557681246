"""What leads from a page to people: who helps, whom to write to, a message, a sheet of paper."""

from django import template
from django.utils.translation import gettext as _

from .. import public_address
from ..public import wording
from ..public.pages import with_query
from ..text.qr_code import qr_code

register = template.Library()

# Of an address, without that of the site.
LONGEST_ON_PAPER = 200


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


@register.simple_tag(takes_context=True)
def address_on_paper(context):
    """Return the whole address of this page; without what was asked of it where that is long.

    Each sign makes the code harder to read, and beyond some number there is none.
    """
    request = context["request"]
    asked = with_query(request, request.path)
    return whole_address(context, asked if len(asked) <= LONGEST_ON_PAPER else request.path)


def _whole(context, item):
    return whole_address(context, item.get_absolute_url())


@register.simple_tag
def text_message(procedure, address):
    place = procedure.departement.name
    said = _("%(place)s : %(answer)s. %(address)s")
    return wording.text_message(
        said % {"place": place, "answer": wording.answer(procedure), "address": address}
    )


register.simple_tag(qr_code)
