"""What happened to an object, one entry a changeset, in words."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.history.timeline import timeline
from prefectures.models import (
    Contact,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Region,
    Step,
    Verification,
    changeset,
)

from ..models.making import draft, edited, office, published, written

pytestmark = pytest.mark.django_db


def newest(item):
    return timeline(type(item), item.pk)[0]


def said(touched):
    return {change.label: (change.before, change.after) for change in touched.changes}


def last_said(item):
    """Return {field: (before, after)} of what the last changeset did to ``item`` itself."""
    (touched,) = newest(item).touched
    return said(touched)


# --- Entries ----------------------------------------------------------------------------------


def test_there_is_an_entry_for_each_changeset_newest_first():
    sheet = edited(edited(draft(), headline="un"), headline="deux")
    after = [said(entry.touched[0])["phrase d’annonce"][1] for entry in timeline_of(sheet)[:2]]
    assert after == ["deux", "un"]


def timeline_of(sheet):
    return timeline(Procedure, sheet.pk)


def test_an_entry_bears_its_changeset():
    sheet = draft()
    with changeset("Nouvelle adresse") as writing:
        sheet.headline = "Changée"
        sheet.save()
    assert newest(sheet).changeset == writing.record


def test_an_entry_tells_what_happened_to_every_part_of_the_sheet():
    sheet = draft()
    with changeset("Pour le test"):
        Step.objects.create(procedure=sheet, kind="post")
        Contact.objects.create(procedure=sheet, kind="phone", value="05")
        Link.objects.create(procedure=sheet, label="Notice")
        Verification.objects.create(procedure=sheet)
    names = [touched.name for touched in newest(sheet).touched]
    assert names == ["étape n° 1", "contact n° 1", "lien n° 1", "vérification"]


def test_what_happened_to_another_sheet_is_not_told():
    sheet = draft("Une")
    written(Step, procedure=draft("Autre"), kind="post")
    assert len(timeline_of(sheet)) == 1


def test_an_addition_tells_what_was_given_and_not_what_was_left_out():
    sheet = draft()
    written(Step, procedure=sheet, kind="post", address="2 rue de la préfecture")
    assert last_said(sheet) == {
        "étape n°": ("", "1"),
        "action": ("", "envoyer par la poste"),
        "ce qu’elle obtient": ("", "dépose la demande"),
        "adresse": ("", "2 rue de la préfecture"),
    }


def test_a_change_tells_only_what_changed():
    sheet = edited(draft(), headline="Écrivez.")
    assert last_said(sheet) == {"phrase d’annonce": ("", "Écrivez.")}


def test_what_is_emptied_is_told():
    sheet = edited(draft(headline="Écrivez."), headline="")
    assert last_said(sheet) == {"phrase d’annonce": ("Écrivez.", "")}


@pytest.mark.parametrize(
    ("part", "fields", "name"),
    [
        (Step, {"kind": "post"}, "étape n° 1"),
        (Contact, {"kind": "phone", "value": "05"}, "contact n° 1"),
        (Link, {"label": "Notice"}, "lien n° 1"),
    ],
)
def test_a_removal_is_told_by_the_number_of_the_part_and_by_what_was_in_it(part, fields, name):
    sheet = draft()
    item = written(part, procedure=sheet, **fields)
    (come,) = newest(sheet).touched
    with changeset("Pour le test"):
        item.delete()
    (touched,) = newest(sheet).touched
    assert (touched.name, touched.kind) == (name, "-")
    assert said(touched) == {label: (after, "") for label, (_, after) in said(come).items()}


def test_a_row_is_told_by_what_it_is():
    sheet = draft()
    step = written(Step, procedure=sheet, kind="post")
    assert newest(sheet).touched[0].title == "étape n° 1 (envoyer par la poste)"
    edited(step, kind="email")
    assert newest(sheet).touched[0].title == "étape n° 1 (envoyer un courriel)"


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ("draft", "published", "Fiche publiée."),
        ("published", "draft", "Retirée du site\u00a0: remise en brouillon."),
        ("published", "archived", "Retirée du site\u00a0: archivée."),
        ("draft", "archived", "Fiche archivée."),
        ("archived", "draft", "Fiche remise en brouillon."),
    ],
)
def test_what_readers_see_of_it_is_said_plainly(before, after, turn):
    sheet = edited(edited(published(), publication=before), publication=after)
    assert newest(sheet).turns == [turn]


def test_what_comes_and_goes_as_a_whole_is_said_plainly():
    sheet = published()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    gone, come = timeline(Procedure, pk)
    assert (come.turns, gone.turns) == (["Fiche créée et publiée."], ["Fiche supprimée."])


def test_a_deletion_tells_what_the_sheet_was_linked_to(beziers):
    pk = beziers.pk
    with changeset("Pour le test"):
        beziers.delete()
    told = said(timeline(Procedure, pk)[0].touched[0])
    assert told["guichets où l’on dépose"] == ("Sous-préfecture de Béziers", "")


@pytest.mark.parametrize(
    ("origin", "how"),
    [
        ({"origin": "form"}, "par le formulaire"),
        (
            {"origin": "import", "file_name": "maj.xlsx"},
            "par import du fichier «\u00a0maj.xlsx\u00a0»",
        ),
        ({"origin": "import"}, "par import"),
        ({"origin": "command"}, "par une commande"),
        ({"origin": "restore"}, "par annulation d’un import"),
    ],
)
def test_an_entry_says_how_it_was_written(origin, how):
    sheet = draft()
    with changeset("Pour le test", **origin):
        sheet.headline = "Écrivez."
        sheet.save()
    assert newest(sheet).how == how


def test_a_text_is_told_by_the_blocks_that_changed():
    sheet = draft(warning="<p>Un</p><p>Deux trois quatre</p><p>Cinq</p>")
    edited(sheet, warning="<p>Un</p><p>Deux trois six</p><p>Cinq</p>")
    (change,) = newest(sheet).touched[0].changes
    before, block, after = change.blocks
    assert (before.count, after.count) == (1, 1)
    assert block.words == [("=", "Deux trois "), ("-", "quatre"), ("+", "six")]


def test_words_that_only_became_bold_are_told():
    sheet = edited(draft(warning="<p>Un</p>"), warning="<p><strong>Un</strong></p>")
    (change,) = newest(sheet).touched[0].changes
    assert [block.is_form_alone for block in change.blocks] == [True]


def test_of_several_things_those_that_went_and_came_are_told_apart():
    sheet = draft(refused_channels=["postal", "email"])
    edited(sheet, refused_channels=["email", "phone"])
    (change,) = newest(sheet).touched[0].changes
    assert (change.gone, change.come) == (["voie postale"], ["téléphone"])


def test_the_history_of_a_deleted_sheet_is_still_told():
    sheet = published()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    entry = timeline(Procedure, pk)[0]
    assert [(touched.name, touched.kind) for touched in entry.touched] == [
        ("fiche", "-"),
        ("étape n° 1", "-"),
    ]


def test_a_sheet_that_is_put_back_is_told_as_new():
    sheet = draft(headline="Écrivez.")
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    with changeset("Pour le test"):
        sheet.pk = pk
        sheet.save(force_insert=True)
    (touched,) = timeline(Procedure, pk)[0].touched
    assert touched.kind == "+"
    assert said(touched)["phrase d’annonce"] == ("", "Écrivez.")


@pytest.mark.parametrize("model", [Prefecture, Ground])
def test_an_office_and_a_ground_have_their_history_too(model):
    item = model.objects.first()
    assert len(timeline(model, item.pk)) == 1


def test_a_region_has_its_history_under_its_code():
    (entry,) = timeline(Region, "76")
    assert entry.touched[0].kind == "+"


# --- Cost -------------------------------------------------------------------------------------


def queries_to_tell(model, pk):
    with CaptureQueriesContext(connection) as queries:
        timeline(model, pk)
    return len(queries)


def test_thirty_entries_take_as_many_queries_as_one():
    sheet = published()
    link = written(Link, procedure=sheet, label="Notice")
    with changeset("Pour le test"):
        sheet.offices.add(office())
        Quotation.objects.create(procedure=sheet, text="<p>Des mots</p>", link=link)
    before = queries_to_tell(Procedure, sheet.pk)
    for number in range(30):
        edited(sheet, position=number + 1)
        written(Step, procedure=sheet, kind="post")
    assert queries_to_tell(Procedure, sheet.pk) == before


def test_thirty_permissions_of_a_group_take_as_many_queries_as_one():
    group = written(Group, name="Accueil")
    counts = []
    for count in (1, 30):
        with changeset("Pour le test"):
            group.permissions.set(Permission.objects.all()[:count])
        counts.append(queries_to_tell(Group, group.pk))
    assert counts[0] == counts[1]
