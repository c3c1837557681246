"""The columns of offices: those of the form, and files from before some of them still come in."""

import pytest

from prefectures.importexport.files import read_file, write_table
from prefectures.importexport.resources import export
from prefectures.models import Prefecture
from prefectures.sheets.kinds import OFFICES

from .planning import faults, imported, plan

pytestmark = pytest.mark.django_db

FOIX = "09/prefecture-de-foix"


def foix():
    return Prefecture.objects.get(departement="09", slug="prefecture-de-foix")


def exported():
    return write_table("csv", export(OFFICES, Prefecture.objects.filter(pk=foix().pk)))


def test_how_an_office_is_reached_leaves_in_columns_of_its_own():
    (table,) = read_file("guichets.csv", exported())
    [row] = table.rows
    assert row.cells["téléphone"] == "05 61 02 10 00"
    assert row.cells["courriel"] == "prefecture@ariege.gouv.fr"
    assert row.cells["relevées le"] == "24/07/2024"
    assert row.cells["source de ces coordonnées"].startswith("annuaire de l’administration")


def test_what_left_comes_back_without_a_change(admin_user):
    assert plan(exported(), admin_user).in_words == "1 ligne inchangée"


def test_they_come_in(admin_user):
    text = (
        "guichet;téléphone;courriel;source de ces coordonnées;relevées le\n"
        f"{FOIX};05 61 00 00 00;a@ariege.example;site de la préfecture;01/09/2025\n"
    )
    imported(text, admin_user)
    office = foix()
    assert (office.phone, office.email) == ("05 61 00 00 00", "a@ariege.example")
    assert (office.source, office.source_on.isoformat()) == ("site de la préfecture", "2025-09-01")


def test_a_file_from_before_these_columns_changes_none_of_them(admin_user):
    imported(f"guichet;ville;adresse postale;site internet\n{FOIX};Foix;Ici;\n", admin_user)
    office = foix()
    assert (office.address, office.phone) == ("Ici", "05 61 02 10 00")
    assert office.source.startswith("annuaire")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("courriel", "foix chez ariege", "adresse"),
        ("relevées le", "hier", "n’est pas une date"),
        ("relevées le", "01/01/2999", "Cette date est dans l’avenir."),
    ],
)
def test_a_wrong_cell_is_refused_with_its_column(admin_user, column, cell, said):
    [(line, named, sentence)] = faults(f"guichet;{column}\n{FOIX};{cell}\n", admin_user)
    assert (line, named) == (2, column)
    assert said in sentence
