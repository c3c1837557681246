"""The journal as a list: whatever is written is in it, with what it was before and after."""


import pytest
from django.contrib.auth.models import Group

from prefectures.history.changes import ChangesOf
from prefectures.history.journal import Asked, lines
from prefectures.history.subjects import tracked
from prefectures.history.touching import touched_by
from prefectures.models import (
    Acknowledgement,
    Contact,
    Departement,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Region,
    Step,
    User,
    Verification,
    changeset,
)

from ..models.making import draft, edited, office, written

pytestmark = pytest.mark.django_db


def all_lines(**asked):
    return lines(Asked(**asked), 10_000)[0]


def newest():
    return lines(Asked(), 1)[0][0]


def told(line):
    """Return {object: {field: (before, after)}} of a changeset."""
    found = ChangesOf(line.record.pk)
    return {
        change.full_name.replace("\xa0", " "): {
            item.label: (item.before, item.after) for item in change.fields
        }
        for change in found[0 : len(found)]
    }


# --- Every model ------------------------------------------------------------------------------


def part(model, **fields):
    return lambda: written(model, procedure=draft(), **fields)


# model: (makes one, the field that is changed, its label, before, after)
CHANGED = {
    Procedure: (draft, "headline", "phrase d’annonce", "Avant", "Après"),
    Step: (part(Step, kind="post"), "instructions", "consignes", "Avant", "Après"),
    Contact: (part(Contact, kind="email", value="a@a.fr"), "value", None, "a@b.fr", "a@c.fr"),
    Link: (part(Link, label="x"), "label", None, "Avant", "Après"),
    Quotation: (part(Quotation, text="<p>x</p>"), "text", None, "Avant", "Après"),
    Referral: (
        lambda: written(Referral, procedure=draft(), ground=Ground.objects.first()),
        "note",
        None,
        "Avant",
        "Après",
    ),
    Verification: (part(Verification), "note", "note", "Avant", "Après"),
    Acknowledgement: (
        part(Acknowledgement, kind="ended", fingerprint="0" * 64, reason="x"),
        "reason",
        None,
        "Avant",
        "Après",
    ),
    Region: (lambda: Region.objects.get(pk="76"), "name", None, "Avant", "Après"),
    Departement: (lambda: Departement.objects.get(pk="34"), "name", None, "Avant", "Après"),
    Prefecture: (office, "printed_name", None, "Avant", "Après"),
    Ground: (lambda: Ground.objects.get(slug="travail"), "name", None, "Avant", "Après"),
    HelpPlace: (HelpPlace.objects.get, "name", None, "Avant", "Après"),
    GlossaryTerm: (
        lambda: GlossaryTerm.objects.get(slug="oqtf"),
        "explanation",
        None,
        "Avant",
        "Après",
    ),
    GeneralText: (GeneralText.objects.first, "title", None, "Avant", "Après"),
    User: (lambda: User.objects.create_user("lea"), "first_name", "prénom", "Léa", "Rim"),
    Group: (lambda: written(Group, name="x"), "name", "nom", "Avant", "Après"),
}


def test_every_model_with_history_is_tried_here():
    assert set(tracked()) == set(CHANGED)


@pytest.mark.parametrize("model", CHANGED, ids=lambda model: model.__name__)
def test_a_change_of_any_model_is_in_the_journal_with_its_values(model):
    make, name, label, before, after = CHANGED[model]
    item = edited(make(), **{name: before})
    edited(item, **{name: after})
    line = newest()
    ((_, fields),) = told(line).items()
    label = label or str(model._meta.get_field(name).verbose_name)
    assert fields == {label: (before, after)}
    assert len(touched_by([line.record.pk])[line.record.pk].named) == 1


DELETED = [Procedure, Step, Contact, Link, Quotation, Referral, Verification, Acknowledgement]
DELETED += [HelpPlace, GlossaryTerm, GeneralText, Group]


@pytest.mark.parametrize("model", DELETED, ids=lambda model: model.__name__)
def test_what_is_deleted_is_told_with_what_it_was(model):
    make, name, label, _, last = CHANGED[model]
    item = edited(make(), **{name: last})
    with changeset("Pour le test"):
        item.delete()
    label = label or str(model._meta.get_field(name).verbose_name)
    assert (last, "") in [fields.get(label) for fields in told(newest()).values()]
