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
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, override, pgettext

from ..languages import address_in, is_french
from ..public_address import whole_address

register = template.Library()

LONGEST_QUERY = 500
# Those between words; a French space before a colon stays.
SPACES = re.compile(r"[ \n]+")
OF_FRENCH = mark_safe(' lang="fr" dir="ltr"')
# A place of a message; a sign of percent, written twice, is in none.
PLACE = re.compile(r"%\((\w+)\)s")


# --- What the site says itself ----------------------------------------------------------------


class Words(TextNode):
    """A message without places, as it is said in the language for which its template is compiled.

    ``msgid`` and ``context`` are what the catalogues know it by.
    """

    def __init__(self, msgid, context):
        super().__init__(_in_this_language(msgid, context))
        self.msgid, self.context = msgid, context


class Sentence(template.Node):
    """A message with places: the same, made of ``nodes``."""

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
    return Words(literal, _context_of(node))


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
    return Sentence(msgid, context, nodes)


def _every_other(pieces):
    return [bool(place % 2) for place in range(len(pieces))]


@register.filter
def one_line(words):
    """Return what templates say on several lines as an attribute holds it."""
    return SPACES.sub(" ", words).strip()


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


@register.filter
def typed(words):
    """Return what somebody typed, in whatever script, apart from the direction of the sentence."""
    return words if is_french() else format_html("<bdi>{}</bdi>", words)


# --- This page in other languages -------------------------------------------------------------


@register.simple_tag(takes_context=True)
def for_search_engines(context):
    """Name this page, in each language, and the French one for everybody else.

    By its address alone: whatever is asked beside it is no other page that is meant to be found.
    """
    request = context["request"]
    whole = whole_address(request, "/").removesuffix("/")
    by_language = {code: f"{whole}{iri_to_uri(path)}" for code, path in _paths(request)}
    return format_html(
        '<link rel="canonical" href="{}">{}',
        by_language[get_language()],
        format_html_join(
            "",
            '<link rel="alternate" hreflang="{}" href="{}">',
            [*by_language.items(), ("x-default", by_language[settings.LANGUAGE_CODE])],
        ),
    )


@register.simple_tag(takes_context=True)
def in_other_languages(context):
    """Lead to this page in each other language, by its own name; a script proposes one of them."""
    here = get_language()
    return format_html_join(
        "",
        LINK,
        (
            {"address": address, "code": code, **_told(code)}
            for code, address in _addresses(context["request"])
            if code != here
        ),
    )


def _addresses(request):
    """Return (language, address of this page in it, with what was asked), French first."""
    query = request.META.get("QUERY_STRING", "")
    # What is longer than anybody types is not said again in each language.
    asked = f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""
    return [(code, f"{path}{asked}") for code, path in _paths(request)]


def _paths(request):
    return [(code, address_in(code, request.path)) for code, _ in settings.LANGUAGES]


# The short name where there is little room; the whole one is heard all the same.
LINK = (
    '<li><a href="{address}" hreflang="{code}" lang="{code}" dir="{direction}"'
    ' data-proposal="{proposal}"><span>{short}</span> <b class="unseen">{name}</b></a></li>'
)


@cache
def _told(code):
    """Return what is said of a language in that language itself."""
    with override(code):
        return {
            "name": dict(settings.LANGUAGES)[code],
            "short": pgettext("cette langue, en peu de lettres", "FR"),
            "proposal": gettext("Lire cette page en français"),
            "direction": "rtl" if LANG_INFO[code]["bidi"] else "ltr",
        }
