"""Each thing that a document says, as words: by its title, what stands there."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...models import (
    Channel,
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
from ...models.fields import ChoiceSetField
from ...published.document import CURRENT
from ...sheets.words import in_words
from ..wording import CONTACT_LABELS, action, link_text, quotation_title, reason


class Said(NamedTuple):
    """A text, and whether somebody wrote it: what the site says itself is in the page's language.

    Nothing counts as written by somebody: it is for the other side of a change to say.
    """

    text: str = ""
    is_free: bool = True


def said_of_sheet(name, content):
    """Return what ``content`` says of the sheet itself under ``name``, as ``Said``."""
    value = content.get(name)
    if value is None:
        return Said()
    if name == "departement":
        region = value.get("region", {}).get("name", "")
        return Said(f"{value['name']} ({value['code']})" + (f", {region}" if region else ""))
    if name == "last_verified_on":
        return _day(value)
    return _words(Procedure._meta.get_field(name), value)


def _day(value):
    return Said(date_format(date.fromisoformat(value)), is_free=False)


def _words(field, value):
    if isinstance(field, models.DateField):
        return _day(value)
    if isinstance(field, ChoiceSetField):
        return Said(", ".join(_(in_words(field, [each])) for each in value), is_free=False)
    if field.choices or isinstance(field, models.BooleanField):
        return Said(_(in_words(field, value)), is_free=False)
    return Said(in_words(field, value))


# Where readers would not say it as editors do.
TITLES = {(Ground, "name"): noop("nom")}


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
    """Return {title: ``Said``} of a ``row`` of a document, ``shown`` by templates."""
    if kind.is_named_only:
        return {"": Said(kind.name(shown))}
    found = {}
    for name in kind.fields:
        if name in row:
            field = kind.model._meta.get_field(name)
            title = _(TITLES.get((kind.model, name)) or str(field.verbose_name))
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
    found = {_("À quel guichet"): Said(step.office.name)} if step.office else {}
    return found | ({_("Connue par"): _of_link(step.source)} if step.source else {})


def _of_link(link):
    return Said(link_text(link), is_free=bool(link.label))


def _of_quotation(quotation):
    return {_("Tirée de"): _of_link(quotation.link)} if quotation.link else {}


def _of_referral(referral):
    found = {}
    if referral.sheet is not None:
        found[_("Fiche qui répond")] = Said(str(referral.sheet))
    elif referral.sheet_id:
        found[_("Fiche qui répond")] = Said(_("elle n’est plus en ligne"), is_free=False)
    office = referral.office
    return found | ({_("Guichet qui répond"): Said(office.name)} if office else {})


def _contact_name(contact):
    label = _(CONTACT_LABELS.get(contact.kind, noop("Contact")))
    return _("%(label)s : %(value)s") % {"label": label, "value": contact.value}


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


def words_of_models():
    """Yield all that is said here as the models say it: titles of fields, and what is chosen."""
    fields = [Procedure._meta.get_field(name) for name in CHOSEN]
    for kind in LISTS.values():
        own = [kind.model._meta.get_field(name) for name in kind.fields if kind.model]
        yield from (str(field.verbose_name) for field in own)
        fields += own
    for field in fields:
        yield from (str(label) for _value, label in field.flatchoices)
    yield from Channel.labels
    yield from (in_words(models.BooleanField(), is_so) for is_so in (True, False))


# What is chosen for a sheet itself.
CHOSEN = ("situation",)
