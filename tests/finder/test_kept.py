"""What the finder keeps in memory is that of the database, and is not read again for nothing."""

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.finder import kept
from prefectures.finder.finding import find
from prefectures.models import Departement, Prefecture, Procedure, changeset
from prefectures.territories.load import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_anew():
    kept.forget()
    yield
    kept.forget()


def save(item, **fields):
    with changeset("Une modification pour le test"):
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()


def test_a_search_asks_only_which_content_it_is():
    find("lodeve")
    with CaptureQueriesContext(connection) as questions:
        find("lodeve")
    assert len(questions) == 1


def test_a_change_of_a_sheet_reads_no_commune_again(beziers):
    before = kept.index()
    save(beziers, headline="Une autre phrase.")
    with CaptureQueriesContext(connection) as questions:
        assert kept.index() is before
    assert not [each for each in questions if "commune" in each["sql"]]


def test_another_name_of_a_departement_is_found_at_once():
    assert find("clapas").candidates == []
    save(Departement.objects.get(code="34"), name="Clapas")
    assert find("clapas").only.code == "34"
    assert str(find("lodeve").only.departement) == "Clapas (34)"


def test_a_new_office_is_found_at_once():
    assert find("préfecture de Sète").only.name == "Sète"
    office = Prefecture(departement_id="34", kind="sous_prefecture", city="Sète", article="de")
    save(office)
    assert find("préfecture de Sète").places[0].name == "Sous-préfecture de Sète"


def test_a_new_edition_of_the_territory_is_found_at_once(occitanie_files, tmp_path):
    folder = tmp_path / "territories"
    shutil.copytree(occitanie_files, folder)
    assert find("Trifouillis").candidates == []
    with (folder / "communes.csv").open("a", encoding="utf-8") as file:
        file.write("34999,Trifouillis,de,34,341,,34999,12\n")
    load(folder)
    assert find("Trifouillis").only.code == "34999"
    assert find("34999").only.code == "34999"


def test_a_site_without_a_territory_finds_nothing(empty_site):
    assert Procedure.objects.count() == 0
    assert find("lodeve").candidates == []
    assert find("34700").candidates == []
