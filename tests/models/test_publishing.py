"""What a sheet has to be as a whole, checked when its changeset closes."""

import pytest
from django.core.exceptions import ValidationError

from prefectures.models import (
    Arrondissement,
    Commune,
    Contact,
    Departement,
    Link,
    Procedure,
    Step,
    changeset,
)
from prefectures.models.numbering import MOST_ROWS_OF_A_SHEET

from .making import all_grounds, draft, office, published, written

pytestmark = pytest.mark.django_db

NO_GROUND = "Pour publier la fiche, choisissez au moins un motif."
NOTHING = "Pour publier la fiche, donnez au moins une étape, un contact, un lien ou un texte."


def create(**fields):
    return Procedure.objects.create(**{"departement_id": "09", "title": "Une fiche", **fields})


def faults(write):
    """Return what is said when ``write`` is refused, in a changeset of its own."""
    with pytest.raises(ValidationError) as refusal, changeset("Pour le test"):
        write()
    return refusal.value.messages


def test_a_draft_may_be_empty():
    assert not draft().is_published


def test_a_sheet_is_not_published_without_ground_or_anything_to_read():
    assert faults(lambda: create(publication="published")) == [NO_GROUND, NOTHING]


def test_a_sheet_is_not_published_without_ground():
    def publish():
        Step.objects.create(procedure=create(publication="published"), kind="post")

    assert faults(publish) == [NO_GROUND]


def test_a_sheet_is_not_published_without_anything_to_read():
    assert faults(lambda: create(publication="published").grounds.add(all_grounds())) == [NOTHING]


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        (Step, {"kind": "post"}),
        (Contact, {"kind": "phone", "value": "05 61 02 10 00"}),
        (Link, {"label": "Notice"}),
    ],
)
def test_a_ground_and_one_part_are_enough_to_publish(part, fields):
    with changeset("Pour le test"):
        sheet = create(publication="published")
        sheet.grounds.add(all_grounds())
        part.objects.create(procedure=sheet, **fields)
    assert sheet in Procedure.objects.published()


@pytest.mark.parametrize("name", [field.name for field in Procedure.rich_text_fields()])
def test_a_ground_and_any_one_text_are_enough_to_publish(name):
    with changeset("Pour le test"):
        sheet = create(publication="published", **{name: "<p>À lire</p>"})
        sheet.grounds.add(all_grounds())
    assert sheet in Procedure.objects.published()


def test_a_published_sheet_cannot_lose_its_last_step():
    sheet = published()
    assert faults(lambda: sheet.steps.get().delete()) == [NOTHING]


def test_an_archived_sheet_may_be_empty():
    assert draft(publication="archived") not in Procedure.objects.published()


def test_words_are_quoted_from_a_link_of_the_same_sheet():
    other = written(Link, procedure=draft("Autre"), url="https://www.gard.gouv.fr/")
    sheet = draft()
    [told] = faults(lambda: sheet.quotations.create(text="<p>Des mots</p>", link=other))
    assert "ce lien n’est pas, ou plus, dans la fiche" in told


@pytest.mark.parametrize(
    ("name", "model", "code", "sentence"),
    [
        ("arrondissements", Arrondissement, "341", "Béziers (34) n’est pas dans ce département."),
        ("communes_included", Commune, "34032", "Béziers (34) n’est pas dans ce département."),
        ("communes_excluded", Commune, "34032", "Béziers (34) n’est pas dans ce département."),
    ],
)
def test_the_territory_of_a_sheet_is_in_its_departement(name, model, code, sentence):
    sheet = draft()
    place = model.objects.get(code=code)
    assert faults(lambda: getattr(sheet, name).add(place)) == [sentence]


def test_a_sheet_that_moves_to_another_departement_leaves_no_arrondissement_behind():
    sheet = draft(departement="34")
    with changeset("Pour le test"):
        sheet.arrondissements.add(Arrondissement.objects.get(code="341"))
    sheet.departement = Departement.objects.get(code="09")
    assert faults(sheet.save) == ["Béziers (34) n’est pas dans ce département."]


def test_an_office_of_another_departement_is_accepted():
    sheet = draft(departement="11")
    with changeset("Pour le test"):
        sheet.offices.add(office())
    assert sheet.offices.get() == office()


def test_a_sheet_holds_a_bounded_number_of_links():
    sheet = draft()

    def add(count):
        for number in range(count):
            Link.objects.create(procedure=sheet, label=f"Lien {number}")

    with changeset("Pour le test"):
        add(MOST_ROWS_OF_A_SHEET)
    [sentence] = faults(lambda: add(1))
    assert sentence.startswith("Une fiche a au plus 100 liens")
    assert sheet.links.count() == MOST_ROWS_OF_A_SHEET
