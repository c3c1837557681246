"""Sending an admin form back as a browser would: everything as it stands, but for some changes."""

from django.forms import MultiWidget


def posted(response, **changes):
    """Return the data of the form that ``response`` shows, with ``changes``; None takes one out."""
    data = {}
    for form in _forms(response):
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            if isinstance(field.field.widget, MultiWidget):
                parts = field.field.widget.decompress(value)
                names = field.field.widget.widgets_names
                data |= {
                    field.html_name + name: part for name, part in zip(names, parts, strict=True)
                }
                continue
            if value is True:
                value = "on"
            elif not isinstance(value, str) and hasattr(value, "__iter__"):
                value = [getattr(item, "pk", item) for item in value]
            data[field.html_name] = value
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def deletion(response, reason):
    """Return the data of the page that asks before a deletion."""
    return {"post": "yes", "reason": reason, "seen_version": response.context["version"]}


def _forms(response):
    yield response.context["adminform"].form
    for inline in response.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def errors(response):
    """Return what the form that came back complains of, as text."""
    return str(response.context["errors"])
