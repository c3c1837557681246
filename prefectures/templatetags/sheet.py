"""The filters with which a template speaks of a sheet."""

import re
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..languages import is_french
from ..models.fields import host, is_web_address, safe_rich_text
from ..public import wording
from ..public.arranged import Arranged
from .language import OF_FRENCH, french

register = template.Library()

TITLE = re.compile(r"<(?P<closes>/?)h(?P<level>[34])>")
LINK_ELSEWHERE = re.compile('<a (?=href="https?:)', re.IGNORECASE)

for said in (
    wording.action,
    wording.age,
    wording.alerts,
    wording.applied_title,
    wording.dial,
    wording.link_dates,
    wording.link_opens,
    wording.link_text,
    wording.meanwhile,
    wording.no_list,
    wording.opening,
    wording.quotation_intro,
    wording.quotation_title,
    wording.reason,
    wording.referral_answer,
    wording.refusals,
    wording.sentence,
    wording.situation,
    wording.step_notes,
    wording.step_source,
    wording.territory,
    wording.texts,
    wording.unusable,
    wording.validity,
    wording.whole_reason,
):
    register.filter(said.__name__, said)
register.filter("host", host)


@register.filter
def arranged(procedure):
    return Arranged(procedure)


register.simple_tag(wording.said, name="say")


@register.filter
def ground_description(ground):
    said = wording.said_of_ground(ground.description)
    return french(said) if said == ground.description else said


@register.filter
def contact_label(contact):
    return _(wording.CONTACT_LABELS[contact.kind])


@register.filter
def web_address(url):
    """Return ``url`` where it may be made a link, "" where a stored row holds something else."""
    return url if url and is_web_address(url) else ""


@register.filter
def day(date):
    """Show ``date``: a few hundred days are on all the pages."""
    return _day(date, get_language())


@lru_cache(maxsize=2000)
def _day(date, language):
    return date_format(date)


@register.filter
def below(level):
    """Return the level of titles below ``level``; a text, as numbers are slow to show."""
    return str(int(level) + 1)


@register.filter
def rich(html, level):
    """Show rich text in a section whose title is h``level``.

    Its own titles are h3 and h4: they follow that of the section, and skip no level. It is French:
    outside French pages an element around it says so.
    """
    section_level, depth = int(level), 0

    def follow(match):
        nonlocal depth
        if not match["closes"]:
            depth = min(int(match["level"]) - 2, depth + 1)
        return f"<{match['closes']}h{section_level + depth}>"

    shown = mark_safe(_without_referrer(TITLE.sub(follow, safe_rich_text(html))))
    return shown if is_french() or not shown else format_html("<div{}>{}</div>", OF_FRENCH, shown)


@register.filter
@lru_cache(maxsize=500)
def with_links(text):
    """Make the addresses inside plain ``text`` links, and change no word of it."""
    return mark_safe(_without_referrer(urlize(text, autoescape=True)))


def _without_referrer(html):
    """For old browsers, which know nothing of the page's own policy."""
    return LINK_ELSEWHERE.sub('<a rel="noreferrer" ', html)
