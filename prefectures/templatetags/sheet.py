"""The filters with which a template speaks of a sheet."""

from django import template
from django.utils.safestring import mark_safe

from ..models.fields import host
from ..public import wording

register = template.Library()

register.filter("action", wording.action)
register.filter("step_note", wording.step_note)
register.filter("situation", wording.situation)
register.filter("duration", wording.duration)
register.filter("dial", wording.dial)
register.filter("refusal", wording.refusal)
register.filter("quotation_title", wording.quotation_title)
register.filter("host", host)


@register.filter
def contact_label(contact):
    return wording.CONTACT_LABELS[contact.kind]


@register.filter
def lower_first(text):
    """ "Préfecture de Foix" → "préfecture de Foix"."""
    return text[:1].lower() + text[1:]


@register.filter
def rich(html, section_level):
    """Show rich text, which its field has cleaned, in a section whose title is h``section_level``.

    Its own titles are h3 and h4: they follow that of the section.
    """
    shift = section_level - 2
    if shift:
        for level in (4, 3):
            for tag in ("<h", "</h"):
                html = html.replace(f"{tag}{level}>", f"{tag}{level + shift}>")
    return mark_safe(html)


@register.simple_tag(takes_context=True)
def report_change_link(context, procedure):
    address = context["request"].build_absolute_uri(procedure.get_absolute_url())
    return wording.report_change(procedure, address)


@register.simple_tag(takes_context=True)
def report_missing_link(context, departement):
    address = context["request"].build_absolute_uri(departement.get_absolute_url())
    return wording.report_missing(departement, address)
