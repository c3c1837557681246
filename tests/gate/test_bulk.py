import pytest
from django.core.exceptions import ValidationError

from prefectures.gate.bulk import add_all
from prefectures.models import Ground, Procedure, Step, changeset

from ..models.making import all_grounds

pytestmark = pytest.mark.django_db


def sheets(*titles, **fields):
    return [Procedure(title=title, departement_id="09", **fields) for title in titles]


def test_many_objects_are_saved_with_their_history_and_version():
    made = sheets("Un", "Deux")
    with changeset("Beaucoup"):
        add_all(made, {"grounds": [[all_grounds().pk], []]})
    for sheet in made:
        sheet.refresh_from_db()
        assert (sheet.version, sheet.history.count()) == (1, 1)
    assert [sheet.slug for sheet in made] == ["un", "deux"]
    assert [list(sheet.grounds.all()) for sheet in made] == [[all_grounds()], []]


def test_the_history_knows_what_they_are_linked_to():
    (made,) = sheets("Un")
    with changeset("Beaucoup"):
        add_all([made], {"grounds": [[ground.pk for ground in Ground.objects.all()]]})
    assert made.history.get().grounds.count() == Ground.objects.count()


def test_each_is_cleaned_as_by_save():
    (made,) = sheets(" Un  titre ", editorial_note="<p onclick=x>a</p>")
    with changeset("Beaucoup"):
        add_all([made])
    made.refresh_from_db()
    assert (made.title, made.editorial_note) == ("Un titre", "<p>a</p>")


def test_what_cannot_be_saved_saves_nothing():
    with pytest.raises(ValidationError), changeset("Beaucoup"):
        add_all(sheets("Un", "x" * 201))
    assert not Procedure.objects.filter(title="Un").exists()


def test_a_sheet_that_could_not_be_published_is_named():
    with pytest.raises(ValidationError) as refused, changeset("Beaucoup"):
        add_all(sheets("Un", "Deux", publication="published"))
    assert "09/un : Pour publier la fiche, choisissez au moins un motif." in refused.value.messages


def test_parts_follow_their_sheet():
    (made,) = sheets("Un")
    with changeset("Beaucoup"):
        add_all([made])
        add_all([Step(procedure=made, number=number, kind="post") for number in (1, 2)])
    assert [step.role for step in made.steps.all()] == ["files", "files"]


def test_nothing_to_add_is_no_fault():
    with changeset("Rien"):
        add_all([])
