"""A contradiction that is meant is told no more, until what it compares changes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from prefectures.contradictions import contradictions_of
from prefectures.models import (
    Acknowledgement,
    Arrondissement,
    Ground,
    Procedure,
    Revision,
    Step,
    changeset,
)

from ..models.making import draft, edited, published, rows_of
from .telling import forget, told_of

pytestmark = pytest.mark.django_db


def acknowledge(sheet, kind=None):
    """Say of the contradictions of ``sheet`` (of this kind) that they are meant."""
    with changeset("C’est voulu"):
        for item in contradictions_of([sheet])[sheet.pk]:
            if kind in (None, item.kind):
                Acknowledgement.objects.create(
                    procedure=sheet, kind=item.kind, fingerprint=item.fingerprint, reason="Voulu"
                )


def told(sheet):
    again = Procedure.objects.get(pk=sheet.pk)
    return [item.kind for item in told_of([again]).get(sheet.pk, [])]


def twins(**fields):
    """Return two published sheets for the same communes of Ariège and the same ground."""
    found = [published(title, conditions=f"<p>{title}</p>") for title in ("Mineurs", "Adultes")]
    with changeset("Pour le test"):
        for sheet in found:
            sheet.grounds.set([Ground.objects.get(slug="travail")])
            Step.objects.filter(procedure=sheet).first().delete()
            Step.objects.create(procedure=sheet, kind="post", address="Foix")
    return found


def test_it_is_told_no_more_and_still_known():
    minors, adults = twins()
    acknowledge(minors)
    assert (told(minors), told(adults)) == ([], ["overlap"])
    again = Procedure.objects.get(pk=minors.pk)
    (known,) = contradictions_of([again])[minors.pk]
    assert known.acknowledged.reason == "Voulu"


def an_unrelated_field(minors, adults):
    edited(minors, conditions="<p>Avoir moins de dix-huit ans.</p>", title="Mineur·es")


def a_field_of_the_other_sheet(minors, adults):
    edited(adults, title="Majeurs", headline="Par voie postale.", position=3)


def another_sheet_elsewhere(minors, adults):
    published("Ailleurs", departement="11")


def a_step_s_instructions(minors, adults):
    with changeset("Pour le test"):
        step = minors.steps.get()
        step.instructions = "<p>Sans agrafe.</p>"
        step.save()


@pytest.mark.parametrize(
    "edit",
    [
        an_unrelated_field,
        a_field_of_the_other_sheet,
        another_sheet_elsewhere,
        a_step_s_instructions,
    ],
)
def test_an_edit_of_something_else_does_not_bring_it_back(edit):
    minors, adults = twins()
    acknowledge(minors)
    edit(minors, adults)
    assert told(minors) == []


def fewer_communes(minors, adults):
    with changeset("Pour le test"):
        adults.arrondissements.set(Arrondissement.objects.filter(departement="09")[:1])


def another_ground(minors, adults):
    with changeset("Pour le test"):
        for sheet in (minors, adults):
            sheet.grounds.add(Ground.objects.get(slug="vie-privee-et-familiale"))


def a_third_sheet(minors, adults):
    third = published("Tout le monde")
    with changeset("Pour le test"):
        third.grounds.set([Ground.objects.get(slug="travail")])


def another_validity(minors, adults):
    edited(adults, valid_from="2020-01-01")


@pytest.mark.parametrize("edit", [fewer_communes, another_ground, a_third_sheet, another_validity])
def test_an_edit_of_what_it_compares_brings_it_back(edit):
    minors, adults = twins()
    acknowledge(minors)
    edit(minors, adults)
    assert "overlap" in told(minors)


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"headline": "En ligne."}, {"headline": "Par courriel."}),
        (
            {"headline": "Par voie postale.", "refused_channels": ["postal"]},
            {"headline": "Par la poste seulement."},
        ),
        (
            {"headline": "Par voie postale.", "refused_channels": ["postal"]},
            {"refused_channels": ["postal", "online"]},
        ),
        ({"publication": "published", "valid_until": "2024-01-01"}, {"valid_until": "2024-06-01"}),
        (
            {"editorial_note": '<p><a href="https://www.ariège.fr/">x</a></p>'},
            {"editorial_note": '<p><a href="https://www.ariège.com/">x</a></p>'},
        ),
    ],
)
def test_each_text_that_is_compared_counts(fields, change):
    sheet = published()
    with changeset("Pour le test"):
        step = sheet.steps.get()
        step.address = "Foix"
        step.save()
    sheet = edited(sheet, **{"publication": "draft", **fields})
    assert told(sheet) != []
    acknowledge(sheet)
    assert told(sheet) == []
    edited(sheet, updated_on="2020-01-01", conditions="<p>Rien à voir.</p>")
    assert told(sheet) == []
    edited(sheet, **change)
    assert told(sheet) != []


def test_a_step_that_is_changed_for_another_one_is_told_again():
    sheet = published()
    acknowledge(sheet)
    assert told(sheet) == []
    with changeset("Pour le test"):
        step = sheet.steps.get()
        step.kind = "drop_box"
        step.save()
    assert told(sheet) == ["missing"]


def test_it_is_no_version_of_the_sheet():
    sheet = published()
    before = (Procedure.objects.get(pk=sheet.pk).version, Revision.objects.count())
    acknowledge(sheet)
    assert (Procedure.objects.get(pk=sheet.pk).version, Revision.objects.count()) == before


def test_it_has_a_history_and_goes_with_its_sheet():
    sheet = published()
    acknowledge(sheet, "missing")
    said = sheet.acknowledgements.get()
    with changeset("Doublon"):
        sheet.delete()
    assert [(row.history_type, row.changeset.reason) for row in rows_of(said)] == [
        ("+", "C’est voulu"),
        ("-", "Doublon"),
    ]


def test_it_is_said_once_and_with_a_reason():
    sheet = published()
    acknowledge(sheet)
    with pytest.raises(IntegrityError):
        acknowledge(sheet)


def test_a_reason_of_blanks_is_none():
    sheet = published()
    with pytest.raises(ValidationError), changeset("Pour le test"):
        Acknowledgement.objects.create(
            procedure=sheet, kind="ended", fingerprint="0" * 64, reason=" "
        )


def test_as_much_is_asked_of_the_database_for_many_sheets():
    counts = []
    for number in (1, 20):
        for index in range(number):
            acknowledge(draft(f"Fiche {number} {index}"))
        sheets = list(Procedure.objects.all())
        forget()
        with CaptureQueriesContext(connection) as queries:
            told_of(sheets)
        counts.append(len(queries))
    assert counts[0] == counts[1]
