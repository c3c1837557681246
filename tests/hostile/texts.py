"""Where a text goes: every field, of a sheet and of what stands around it, that is typed into."""

from html import escape
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models

from prefectures.models import Contact, Link, Procedure, Quotation, Step
from prefectures.models.fields import ChoiceSetField, RichTextField, WebAddressField
from prefectures.sheets.kinds import ROWS

from .executed import MARK

OFFICE = "34/sous-prefecture-de-beziers"
# The address of a page is made of its title; a colleague's password is nobody's text.
NO_TEXT = {"slug", "code", "password", "username", "search"}
# Rows enough that each kind is shown in its own way.
KINDS = {
    Step: [{"kind": kind, "role": role} for kind, role in zip(
        Step.Kind.values, Step.Role.values * 3, strict=False)],
    Contact: [{"kind": kind} for kind in Contact.Kind.values if kind != "email"],
    Link: [{"kind": kind, "publisher": publisher} for kind, publisher in zip(
        Link.Kind.values, Link.Publisher.values * 2, strict=False)],
    Quotation: [{"publisher": publisher} for publisher in Link.Publisher.values],
}  # fmt: skip


def text_fields(model):
    """Return {name: field} of what is typed freely into a ``model``."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, ChoiceSetField)
        and field.editable
        and field.name not in NO_TEXT
    }


def printable(payload):
    """Return ``payload`` without the signs that neither XML nor a line of text can hold."""
    return "".join(sign for sign in payload if sign >= " ")


def candidates(field, payload):
    """Yield ``payload``, then as much of it as a field of that type may take."""
    seen = printable(payload)
    if isinstance(field, WebAddressField):
        yield from (payload, f"https://{MARK}.example/{payload}", f"https://{MARK}.example/{seen}")
        yield f"https://{MARK}.example/?{quote(payload)}"
    elif isinstance(field, models.EmailField):
        yield from (payload, f'"{seen}"@{MARK}.example', f"{MARK}@{MARK}.example")
    else:
        yield from (payload, seen, seen[: field.max_length])
        if isinstance(field, RichTextField):
            yield f"<p>{escape(seen)}</p>"


def accepted(field, payload):
    """Return what ``field`` takes of ``payload``."""
    for text in candidates(field, payload):
        try:
            field.clean(text, None)
        except ValidationError:
            continue
        return text
    raise AssertionError(f"{field} takes nothing of {payload!r}")


def texts(model, payload):
    """Return {name: text} for every text field of ``model``."""
    return {name: accepted(field, payload) for name, field in text_fields(model).items()}


def sheet_of(payload, number):
    """Return a published sheet whose every text is ``payload``, as a file of sheets has it."""
    rows = {
        kind.part: [{**texts(kind.model, payload), **said} for said in KINDS.get(kind.model, [{}])]
        for kind in ROWS
    }
    for referral in rows["referrals"]:
        referral |= {"ground": "travail", "office": OFFICE}
    return {
        "departement": "34",
        "slug": f"un-essai-{number}",
        "publication": "published",
        "grounds": ["travail"],
        "offices": [OFFICE],
        "updated_on": "2026-03-03",
        **texts(Procedure, payload),
        **rows,
    }


def with_texts(data, payload):
    """Return the ``data`` of the form of a sheet, its rows included, with ``payload`` all over."""
    models_by_part = {kind.part: kind.model for kind in ROWS}
    changed = {}
    for name in data:
        part, _, rest = name.partition("-")
        number, _, own = rest.partition("-")
        model = models_by_part.get(part) if number.isdigit() else Procedure
        field = model and text_fields(model).get(own if number.isdigit() else name)
        is_email = data.get(f"{part}-{number}-kind") == "email" and own == "value"
        if field is not None and not is_email:
            changed[name] = accepted(field, payload)
    return data | changed
