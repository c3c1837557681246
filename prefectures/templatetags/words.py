"""The words that are hard to understand, explained on the page that holds them."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ..languages import is_french
from ..public.around import terms_in
from ..public.wording.glossary import beside, translation
from .language import french

register = template.Library()

TAG = re.compile("<[^>]*>")


@register.tag
def explained(parser, token):
    """Show what is inside, then the words of the glossary that it holds, each explained."""
    content = parser.parse(["endexplained"])
    parser.delete_first_token()
    return _Explained(content)


@register.filter
def with_translation(term):
    """Return a word of the glossary, with what it means where another language is spoken."""
    said = "" if is_french() else translation(term)
    if not said:
        return french(term.term)
    words = {"term": french(term.term), "translation": escape(said)}
    return mark_safe(_("%(term)s : %(translation)s") % words)


class _Explained(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        content = self.nodelist.render(context)
        terms = terms_in(TAG.sub(" ", content))
        if not terms:
            return content
        if not is_french():
            content = beside(tuple(terms)).put(content)
        return content + render_to_string("prefectures/_words.html", {"terms": terms})
