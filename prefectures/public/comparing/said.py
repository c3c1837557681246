"""Each thing that a document says, as words: by its title, what stands there."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db import models
from django.utils.formats import date_format

from ...models import (
    Contact,
    GeneralText,
    Ground,
    HelpPlace,
    Link,
    Procedure,
    Quotation,
    Referral,
    Step,
)
from ...published.document import CURRENT
from ...sheets.words import in_words
from ..wording import CONTACT_LABELS, action, link_text, quotation_title, reason


def said_of_sheet(name, content):
    """Return what ``content`` says of the sheet itself under ``name``, as a text."""
    value = content.get(name)
    if value is None:
        return ""
    if name == "departement":
        region = value.get("region", {}).get("name", "")
        return f"{value['name']} ({value['code']})" + (f", {region}" if region else "")
    if name == "last_verified_on":
        return _day(value)
    return _words(Procedure._meta.get_field(name), value)


def _day(value):
    return date_format(date.fromisoformat(value))


def _words(field, value):
    return _day(value) if isinstance(field, models.DateField) else in_words(field, value)


# Where readers would not say it as editors do.
TITLES = {(Ground, "name"): "nom"}


@dataclass(frozen=True)
class ListKind:
    """How the rows of a list are told apart, named and described.

    ``of`` gives the objects that templates show, ``leading`` what of them leads elsewhere.
    """

    key: str
    of: object
    name: object
    model: type = None
    fields: tuple = ()
    leading: object = None

    @property
    def is_named_only(self):
        """Whether there is nothing to tell of a row but its name."""
        return not self.fields


def said_of_row(kind, row, shown):
    """Return {title: text} of a ``row`` of a document, ``shown`` by templates."""
    if kind.is_named_only:
        return {"": kind.name(shown)}
    found = {}
    for name in kind.fields:
        if name in row:
            field = kind.model._meta.get_field(name)
            title = TITLES.get((kind.model, name)) or str(field.verbose_name)
            found[f"{title[:1].upper()}{title[1:]}"] = _words(field, row[name])
    return found | (kind.leading(shown) if kind.leading else {})


def _by_relation(name):
    return lambda sheet: getattr(sheet, name).all()


# Told by the order of a list, or by the name of what is in it.
TOLD_OTHERWISE = {"number", "group", "slug", "covers_all", "is_neighbour"}
SAID = CURRENT.NAMED | CURRENT.ROWS | CURRENT.AROUND


def _own(model, name):
    """Return the ``model`` of what the list ``name`` holds, and what a document says of it."""
    fields = [field for field in SAID[name] if field not in TOLD_OTHERWISE]
    return {"model": model, "fields": tuple(fields)}


def _of_step(step):
    found = {"À quel guichet": step.office.name} if step.office else {}
    return found | ({"Connue par": link_text(step.source)} if step.source else {})


def _of_quotation(quotation):
    return {"Tirée de": link_text(quotation.link)} if quotation.link else {}


def _of_referral(referral):
    found = {}
    if referral.sheet is not None:
        found["Fiche qui répond"] = str(referral.sheet)
    elif referral.sheet_id:
        found["Fiche qui répond"] = "elle n’est plus en ligne"
    return found | ({"Guichet qui répond": referral.office.name} if referral.office else {})


def _contact_name(contact):
    return f"{CONTACT_LABELS.get(contact.kind, 'Contact')} : {contact.value}"


OFFICES = {"key": "key", "name": lambda office: office.name}
COMMUNES = {"key": "code", "name": lambda commune: commune.name}


def _helping(name):
    return ListKind(
        "slug",
        attrgetter(name),
        lambda place: place.name,
        **_own(HelpPlace, name),
    )


LISTS = {
    "offices": ListKind(of=_by_relation("offices"), **OFFICES),
    "offices_not_receiving": ListKind(of=_by_relation("offices_not_receiving"), **OFFICES),
    "grounds": ListKind(
        "slug",
        _by_relation("grounds"),
        reason,
        **_own(Ground, "grounds"),
    ),
    "arrondissements": ListKind("code", _by_relation("arrondissements"), lambda place: place.name),
    "communes_included": ListKind(of=_by_relation("communes_included"), **COMMUNES),
    "communes_excluded": ListKind(of=_by_relation("communes_excluded"), **COMMUNES),
    "steps": ListKind(
        "number",
        _by_relation("steps"),
        action,
        **_own(Step, "steps"),
        leading=_of_step,
    ),
    "contacts": ListKind(
        "number",
        _by_relation("contacts"),
        _contact_name,
        **_own(Contact, "contacts"),
    ),
    "links": ListKind(
        "number",
        _by_relation("links"),
        link_text,
        **_own(Link, "links"),
    ),
    "quotations": ListKind(
        "number",
        _by_relation("quotations"),
        quotation_title,
        **_own(Quotation, "quotations"),
        leading=_of_quotation,
    ),
    "referrals": ListKind(
        "number",
        _by_relation("referrals"),
        lambda referral: reason(referral.ground),
        **_own(Referral, "referrals"),
        leading=_of_referral,
    ),
    "helping_here": _helping("helping_here"),
    "helping_everywhere": _helping("helping_everywhere"),
    "general_texts": ListKind(
        "slug",
        lambda sheet: sheet.general_texts,
        lambda text: text.title,
        **_own(GeneralText, "general_texts"),
    ),
}
