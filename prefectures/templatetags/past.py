"""How templates speak of what was, and of what changed."""

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ..languages import is_french
from ..models.addresses import address
from ..public import wording
from ..text.differences import ADDED, REMOVED

register = template.Library()

register.filter("long_day", wording.long_day)
register.filter("long_moment", wording.long_moment)

# Aloud too: colours and lines are not read.
TOLD = {ADDED: ("ins", noop("ajouté :")), REMOVED: ("del", noop("retiré :"))}


@register.filter
def told_aloud(pieces):
    """Return [(kind, text)] with what was added in <ins>, what was removed in <del>."""
    return format_html_join("", "{}", ((_told(kind, text),) for kind, text in pieces))


def _told(kind, text):
    if kind not in TOLD:
        return text
    tag, words = TOLD[kind]
    # Amid French words, they are those of the page.
    language = "" if is_french() else format_html(' lang="{}"', get_language())
    return format_html(
        '<{}><span class="unseen"{}>[{} </span>{}<span class="unseen">]</span></{}>',
        tag,
        language,
        _(words),
        text,
        tag,
    )


@register.simple_tag
def state_address(row, departement):
    """Return the address of what a row of ``PublishedDocument`` says, on its first day."""
    code = row.departement_id
    # What moved to another département is led there.
    place = departement.slug if departement.code == code else code.lower()
    day = timezone.localdate(row.at).isoformat()
    return f"{address('as_of', place, row.slug, day)}?v={row.changeset_id}"


@register.filter
def kind_of_change(kind):
    return _(wording.KINDS[kind])
