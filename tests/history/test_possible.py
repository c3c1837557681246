"""What no longer fits when an import is undone stays as it is, and is told before."""

import pytest

from prefectures.history.undo import UndoIncompleteError, undo
from prefectures.models import (
    Arrondissement,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Step,
    changeset,
)

from ..models.making import draft, edited, office, published, written
from .imports import delete, fresh, imported, kept, new_office, save

pytestmark = pytest.mark.django_db


def test_a_sheet_whose_address_is_taken_stays_away_with_its_parts(admin_user, beziers):
    other = draft()

    def change():
        beziers.delete()
        save(other, title="Autre")

    record = imported(change)
    taker = draft("Nouvelle", "34", slug="sous-prefecture-de-beziers")
    reasons = dict(kept(record))
    assert "a déjà cette adresse" in reasons["fiche 34/sous-prefecture-de-beziers"]
    assert "sa fiche n’est plus là : ne revient pas" in reasons.values()
    undo(record, admin_user, leaving_later_changes=True)
    assert fresh(other).title == "Une fiche"
    assert Procedure.objects.get(slug="sous-prefecture-de-beziers") == taker
    assert not Step.objects.filter(procedure_id=beziers.pk).exists()


def test_of_two_that_would_come_back_to_one_address_neither_does(admin_user):
    one, other = draft("Une fiche", "09"), draft("Une fiche", "11")
    record = imported(lambda: (save(one, slug="b"), save(other, slug="c")))
    edited(one, departement_id="11")
    reasons = dict(kept(record))
    assert set(reasons) == {"fiche 09/b", "fiche 11/c"}
    assert all("a déjà cette adresse" in why for why in reasons.values())
    assert undo(record, admin_user, leaving_later_changes=True).changeset.pk is None


def test_a_step_whose_sheet_was_deleted_since_stays_away(admin_user):
    sheet = draft()
    step = written(Step, procedure=sheet, kind="post")
    record = imported(step.delete)
    delete(sheet)
    assert kept(record) == [("étape n° 1", "sa fiche n’est plus là : ne revient pas")]
    assert undo(record, admin_user, leaving_later_changes=True).changeset.pk is None


def test_a_quoted_link_that_was_deleted_since_stays_away(admin_user):
    sheet = draft()
    old, new = (written(Link, procedure=sheet, label=label) for label in ("vieux", "neuf"))
    words = written(Quotation, procedure=sheet, text="<p>Avant</p>", link=old)
    record = imported(lambda: save(words, link=new, text="<p>Après</p>"))
    delete(old)
    assert kept(record) == [
        ("09/une-fiche citation n° 1", "tirée du lien : ce qui y était n’est plus là")
    ]
    undo(record, admin_user, leaving_later_changes=True)
    assert (fresh(words).text, fresh(words).link) == ("<p>Avant</p>", new)


def test_a_link_that_is_quoted_since_stays(admin_user):
    sheet = draft()
    links = []
    record = imported(lambda: links.append(Link.objects.create(procedure=sheet, label="neuf")))
    written(Quotation, procedure=sheet, text="<p>Des mots</p>", link=links[0])
    undone = undo(record, admin_user, leaving_later_changes=True)
    assert sheet.links.get() == links[0]
    [told] = undone.kept
    assert "ce lien n’est pas, ou plus" in told.kept


def test_an_office_of_a_sheet_that_was_deleted_since_stays_away(admin_user):
    with changeset("Pour le test"):
        centre = new_office()
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.set([centre, office()])
    record = imported(lambda: sheet.offices.clear())
    delete(centre)
    assert kept(record) == [
        ("fiche 09/une-fiche", "guichets où l’on dépose : une partie n’est plus là")
    ]
    undo(record, admin_user, leaving_later_changes=True)
    assert list(sheet.offices.all()) == [office()]


def test_an_office_whose_address_is_taken_comes_back_to_no_sheet(admin_user):
    with changeset("Pour le test"):
        centre = new_office()
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.set([centre, office()])

    def change():
        sheet.offices.clear()
        centre.delete()

    record = imported(change)
    with changeset("Pour le test"):
        taker = new_office()
    assert dict(kept(record))["fiche 09/une-fiche"] == (
        "guichets où l’on dépose : une partie n’est plus là"
    )
    undo(record, admin_user, leaving_later_changes=True)
    assert list(sheet.offices.all()) == [office()]
    assert Prefecture.objects.get(city="Ici") == taker


def test_all_that_a_sheet_does_not_get_back_is_told():
    sheet = draft()
    with changeset("Pour le test"):
        centre, other = new_office(), new_office("Là")
    with changeset("Pour le test"):
        sheet.offices.add(centre)
        sheet.offices_not_receiving.add(other)

    def change():
        sheet.offices.clear()
        sheet.offices_not_receiving.clear()

    record = imported(change)
    delete(centre)
    delete(other)
    [(_, why)] = kept(record)
    assert "guichets qui ne la reçoivent pas" in why
    assert "guichets où l’on dépose" in why


def test_a_new_office_that_a_sheet_names_since_stays(admin_user):
    record = imported(new_office)
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(Prefecture.objects.get(city="Ici"))
    assert kept(record) == [("guichet 09/bureau-de-ici", "des fiches le nomment depuis : reste")]
    assert undo(record, admin_user, leaving_later_changes=True).changeset.pk is None


def test_a_new_office_on_which_another_depends_since_stays(admin_user):
    record = imported(new_office)
    with changeset("Pour le test"):
        new_office("Là", parent=Prefecture.objects.get(city="Ici"))
    assert kept(record) == [
        ("guichet 09/bureau-de-ici", "un autre guichet en dépend depuis : reste")
    ]


def test_a_seat_that_another_office_has_taken_since_is_not_taken_back(admin_user):
    pamiers = office("sous-prefecture-de-pamiers")
    seat = pamiers.seat_of
    record = imported(lambda: save(pamiers, seat_of=None))
    with changeset("Pour le test"):
        new_office(seat_of=seat)
    [(_, why)] = kept(record)
    assert "siège de l’arrondissement" in why
    undo(record, admin_user, leaving_later_changes=True)
    assert Arrondissement.objects.get(pk=seat.pk).seat.city == "Ici"


def test_a_second_prefecture_of_a_departement_stays_away(admin_user):
    foix = office()
    record = imported(lambda: save(foix, kind="other", printed_name="Ancienne préfecture"))
    with changeset("Pour le test"):
        Prefecture.objects.create(departement_id="09", kind="prefecture", city="Pamiers")
    [(_, why)] = kept(record)
    assert "déjà sa préfecture" in why


def test_a_published_sheet_that_would_be_left_empty_stays(admin_user):
    sheet = published()
    other = draft("Autre fiche")
    first = sheet.steps.get()

    def change():
        Step.objects.create(procedure=sheet, kind="email")
        save(other, headline="Une phrase")

    record = imported(change)
    delete(first)
    with pytest.raises(UndoIncompleteError) as refused:
        undo(record, admin_user)
    [item] = refused.value.undoing.kept
    assert "donnez au moins une étape" in item.kept
    undo(record, admin_user, leaving_later_changes=True)
    assert sheet.steps.count() == 1
    assert fresh(other).headline == ""
