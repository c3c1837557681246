"""How a template speaks in each language, and how it holds words that are of another one.

``translate`` and ``blocktranslate`` are Django's, worked out when the template is compiled. That is
done once for each language (``aes_cms/template_loader.py``): in a page, a sentence of ours costs no
more than a text.
"""

import re
from functools import cache

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.template.base import TextNode, VariableNode
from django.templatetags import i18n
from django.utils.html import format_html
from django.utils.translation import gettext, override, pgettext

from ..languages import address_in, is_french
from ..public_address import whole_address

register = template.Library()

OF_FRENCH = ' lang="fr" dir="ltr"'
# A place of a message; a sign of percent, written twice, is in none.
PLACE = re.compile(r"%\((\w+)\)s")


# --- What the site says itself ----------------------------------------------------------------


class Said(template.Node):
    """A message as it is said in the language for which its template is compiled.

    ``msgid`` and ``context`` are what the catalogues know it by.
    """

    child_nodelists = ("nodelist",)

    def __init__(self, msgid, context, nodes):
        self.msgid, self.context = msgid, context
        self.nodelist = template.NodeList(nodes)

    def render(self, context):
        return self.nodelist.render(context)


def _in_this_language(msgid, context):
    return pgettext(context, msgid) if context else gettext(msgid)


def _context_of(node):
    return node.message_context.resolve({}) if node.message_context else None


@register.tag
def translate(parser, token):
    """As Django's ``translate``; of a value, it is asked each time."""
    node = i18n.do_translate(parser, token)
    literal = node.filter_expression.var.literal
    if node.asvar or node.noop or not isinstance(literal, str) or node.filter_expression.filters:
        return node
    context = _context_of(node)
    return Said(literal, context, [TextNode(_in_this_language(literal, context))])


@register.tag
def blocktranslate(parser, token):
    """As Django's ``blocktranslate``; what agrees with a number is chosen each time."""
    node = i18n.do_block_translate(parser, token)
    if node.countervar or node.asvar:
        return node
    msgid, _names = node.render_token_list(node.singular)
    context = _context_of(node)
    pieces = PLACE.split(_in_this_language(msgid, context))
    nodes = [
        VariableNode(node.extra_context.get(piece) or parser.compile_filter(piece))
        if is_name
        else TextNode(piece.replace("%%", "%"))
        for piece, is_name in zip(pieces, _every_other(pieces), strict=True)
        if piece
    ]
    for each in nodes:
        # By which an error says where it is.
        each.token, each.origin = token, parser.origin
    return Said(msgid, context, nodes)


def _every_other(pieces):
    return [bool(place % 2) for place in range(len(pieces))]


# --- Words of another language ----------------------------------------------------------------


@register.tag
def in_french(parser, token):
    """Say of the element around that its words are French: texts of the team are not translated."""
    return TextNode("" if is_french() else OF_FRENCH)


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


# --- This page in other languages -------------------------------------------------------------


@register.simple_tag(takes_context=True)
def same_page(context):
    """Return this page in each language: its code, own name, direction, address, proposal."""
    request = context["request"]
    query = request.META.get("QUERY_STRING", "")
    asked = f"?{query}" if query else ""
    return [
        {
            "code": code,
            "name": name,
            "direction": "rtl" if LANG_INFO[code]["bidi"] else "ltr",
            "address": f"{address_in(code, request.path)}{asked}",
            "proposal": _proposal(code),
        }
        for code, name in settings.LANGUAGES
    ]


@cache
def _proposal(code):
    """Return what proposes a page to whoever reads that language, in that language."""
    with override(code):
        return gettext("Lire cette page en français")


@register.simple_tag(takes_context=True)
def whole(context, address):
    return whole_address(context["request"], address)
