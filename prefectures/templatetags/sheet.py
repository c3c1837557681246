"""The filters with which a template speaks of a sheet."""

import re
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import urlize
from django.utils.safestring import mark_safe

from ..models.fields import host, is_web_address, safe_rich_text
from ..public import wording

register = template.Library()

TITLE = re.compile(r"<(?P<closes>/?)h(?P<level>[34])>")
LINK_ELSEWHERE = re.compile('<a (?=href="https?:)', re.IGNORECASE)

register.filter("action", wording.action)
register.filter("step_notes", wording.step_notes)
register.filter("step_source", wording.step_source)
register.filter("referral_answer", wording.referral_answer)
register.filter("situation", wording.situation)
register.filter("texts", wording.texts)
register.filter("unusable", wording.unusable)
register.filter("duration", wording.duration)
register.filter("dial", wording.dial)
register.filter("refusal", wording.refusal)
register.filter("quotation_title", wording.quotation_title)
register.filter("quotation_intro", wording.quotation_intro)
register.filter("host", host)


@register.filter
def contact_label(contact):
    return wording.CONTACT_LABELS[contact.kind]


@register.filter
def web_address(url):
    """Return ``url`` where it may be made a link, "" where a stored row holds something else."""
    return url if url and is_web_address(url) else ""


@register.filter
@lru_cache(maxsize=500)
def day(date):
    """Show ``date`` in French: a few hundred days are on all the pages."""
    return date_format(date)


@register.filter
def below(level):
    """Return the level of titles below ``level``; a text, as numbers are slow to show."""
    return str(int(level) + 1)


@register.filter
def rich(html, level):
    """Show rich text in a section whose title is h``level``.

    Its own titles are h3 and h4: they follow that of the section, and skip no level.
    """
    section_level, depth = int(level), 0

    def follow(match):
        nonlocal depth
        if not match["closes"]:
            depth = min(int(match["level"]) - 2, depth + 1)
        return f"<{match['closes']}h{section_level + depth}>"

    return mark_safe(_without_referrer(TITLE.sub(follow, safe_rich_text(html))))


@register.filter
@lru_cache(maxsize=500)
def with_links(text):
    """Make the addresses inside plain ``text`` links, and change no word of it."""
    return mark_safe(_without_referrer(urlize(text, autoescape=True)))


def _without_referrer(html):
    """For old browsers, which know nothing of the page's own policy."""
    return LINK_ELSEWHERE.sub('<a rel="noreferrer" ', html)


@register.simple_tag(takes_context=True)
def report_change_link(context, procedure):
    address = context["request"].build_absolute_uri(procedure.get_absolute_url())
    return wording.report_change(procedure, address)


@register.simple_tag(takes_context=True)
def report_missing_link(context, departement):
    address = context["request"].build_absolute_uri(departement.get_absolute_url())
    return wording.report_missing(departement, address)
