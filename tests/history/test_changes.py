"""Whatever is written is in the journal, in words, with what it was before and after."""

import pytest
from django.contrib.auth.models import Group, Permission

from prefectures.history.journal import Asked
from prefectures.history.records import records
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
    Snooze,
    Step,
    User,
    Verification,
    changeset,
)

from ..models.making import draft, edited, office, written
from .reading_journal import newest, told

pytestmark = pytest.mark.django_db


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
    Snooze: (part(Snooze, until="2099-01-01", reason="x"), "reason", None, "Avant", "Après"),
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
DELETED += [Snooze]
DELETED += [HelpPlace, GlossaryTerm, GeneralText, Group]


@pytest.mark.parametrize("model", DELETED, ids=lambda model: model.__name__)
def test_what_is_deleted_is_told_with_what_it_was(model):
    make, name, label, _, last = CHANGED[model]
    item = edited(make(), **{name: last})
    with changeset("Pour le test"):
        item.delete()
    label = label or str(model._meta.get_field(name).verbose_name)
    assert (last, "") in [fields.get(label) for fields in told(newest()).values()]


# --- In words --------------------------------------------------------------------------------


def test_the_rights_of_a_group_are_told_in_french():
    group = written(Group, name="Accueil")
    with changeset("Pour le test"):
        group.permissions.set(Permission.objects.filter(codename="change_procedure"))
    assert told(newest()) == {
        "groupe « Accueil »": {"permissions": ("", "Fiches\xa0: modifier")},
    }


def test_the_groups_of_an_account_are_told_by_their_names():
    lea = User.objects.create_user("lea")
    with changeset("Pour le test"):
        lea.groups.set(Group.objects.filter(name__in=["Lecture", "Responsable"]))
    assert told(newest()) == {"compte « lea »": {"groupes": ("", "Lecture, Responsable")}}


def test_emphasis_alone_is_told_as_it_is_kept():
    sheet = edited(draft(), warning="<p>Un mot</p>")
    edited(sheet, warning="<p><strong>Un</strong> mot</p>")
    ((_, fields),) = told(newest()).items()
    assert fields == {"avertissement": ("<p>Un mot</p>", "<p><strong>Un</strong> mot</p>")}


def test_what_comes_back_to_a_removed_object_is_told_whole():
    sheet = draft(headline="Écrivez.")
    pk = sheet.pk
    for write in (sheet.delete, lambda: sheet.save(force_insert=True)):
        with changeset("Pour le test"):
            sheet.pk = pk
            write()
    ((_, fields),) = told(newest()).items()
    assert fields["phrase d’annonce"] == ("", "Écrivez.")


def test_the_part_of_a_sheet_is_called_by_its_sheet_and_its_number():
    sheet = draft()
    written(Step, procedure=sheet, kind="post")
    assert list(told(newest())) == [f"fiche {sheet.key} : étape n° 1"]


def test_a_sheet_that_is_gone_keeps_its_name():
    sheet = draft("Une fiche")
    with changeset("Pour le test"):
        sheet.delete()
    touched = touched_by([newest().record.pk])[newest().record.pk]
    assert [(named.name, named.title) for named in touched.named] == [
        ("fiche 09/une-fiche", "supprimée")
    ]


def test_many_objects_are_counted_and_the_first_named():
    with changeset("Pour le test"):
        for number in range(7):
            Procedure.objects.create(title=f"Fiche {number}", departement_id="09")
            Ground.objects.create(name=f"Motif {number}", slug=f"motif-{number}")
    touched = touched_by([newest().record.pk])[newest().record.pk]
    assert [named.title for named in touched.named] == ["Fiche 0", "Fiche 1", "Fiche 2"]
    assert touched.others == 11


def test_a_password_is_nowhere_in_the_journal():
    lea = User.objects.create_user("lea", password="un-secret-de-lea")
    lea.set_password("un-autre-secret")
    lea.save()
    whole = str(list(records(Asked())))
    assert "compte" in whole
    for secret in ("un-secret-de-lea", "un-autre-secret", lea.password, "md5$"):
        assert secret not in whole
