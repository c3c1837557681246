"""What a spreadsheet has probably rewritten is pointed out, and can still be imported."""

import pytest

from .planning import BEZIERS, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"fiche;numéro;action;téléphone\n{BEZIERS};;téléphoner;467367070\n", "neuf chiffres"),
        (f"fiche;numéro;action;téléphone\n{BEZIERS};;téléphoner;4 67 36 70 70\n", "neuf chiffres"),
        (f"fiche;numéro;type;contact\n{BEZIERS};;téléphone;467367070\n", "neuf chiffres"),
        ("guichet;téléphone\n09/prefecture-de-foix;561021010\n", "neuf chiffres"),
        (f"fiche;numéro;texte du lien;date imprimée\n{BEZIERS};1;;2021-04-01\n", "une date"),
        (f"fiche;numéro;texte du lien;date imprimée\n{BEZIERS};1;;avr-21\n", "une date"),
        (f"fiche;numéro;texte du lien;date imprimée\n{BEZIERS};1;;08-déc\n", "une date"),
        (f"fiche;numéro;texte du lien;date imprimée\n{BEZIERS};1;;4,67E+08\n", "abrégé"),
    ],
)
def test_a_text_that_looks_altered_is_pointed_out(admin_user, text, words):
    (row,) = plan(text, admin_user).to_write
    assert [notice for notice in row.notices if words in notice]


@pytest.mark.parametrize(
    "value", ["avril 2021", "8/12", "version MAJ en juillet 2020", "22/02/2023"]
)
def test_a_text_as_people_write_it_is_not(admin_user, value):
    text = f"fiche;numéro;texte du lien;date imprimée\n{BEZIERS};1;;{value}\n"
    (row,) = plan(text, admin_user).to_write
    assert row.notices == []


def test_a_telephone_of_ten_digits_is_not(admin_user):
    text = f"fiche;numéro;action;téléphone\n{BEZIERS};;téléphoner;04 67 36 70 70\n"
    (row,) = plan(text, admin_user).to_write
    assert row.notices == []
