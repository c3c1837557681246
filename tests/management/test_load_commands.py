"""load_territories and load_sheets: what the terminal says."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prefectures.models import Changeset, Procedure, Region

OCCITANIE = settings.BASE_DIR / "fixtures" / "occitanie.json"

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(capsys):
    def run(*arguments):
        call_command(*arguments)
        return capsys.readouterr().out

    return run


def test_load_territories_counts_what_it_wrote(said, empty_site, edition):
    lines = said("load_territories", edition.folder).splitlines()
    assert "régions : 3" in lines
    assert "communes : 7" in lines
    assert Region.objects.count() == 3


def test_load_territories_says_that_there_is_nothing_to_do(said, occitanie_files):
    assert said("load_territories", occitanie_files) == "Territoire : déjà chargé.\n"


def test_load_territories_names_a_fault_and_loads_nothing(said, empty_site, edition):
    edition.change("regions", "76,Occitanie,d'", "76,Occitanie,dé")
    with pytest.raises(CommandError) as caught:
        said("load_territories", edition.folder)
    assert f"{edition.path('regions')}, ligne 4, champ « article »" in str(caught.value)
    assert "Rien n’a été chargé." in str(caught.value)
    assert not Region.objects.exists()


def test_load_territories_names_a_folder_that_is_not_there(said, tmp_path):
    with pytest.raises(CommandError, match=r"regions\.csv, ligne 1 : ce fichier manque"):
        said("load_territories", tmp_path / "ailleurs")


def test_load_sheets_says_that_all_are_known(said):
    assert said("load_sheets", OCCITANIE) == (
        "Fiches de occitanie.json : 0 chargées, 14 déjà connues.\n"
    )


def test_load_sheets_counts_what_it_loaded(said, empty_site, occitanie_files):
    said("load_territories", occitanie_files)
    assert said("load_sheets", OCCITANIE) == (
        "Fiches de occitanie.json : 14 chargées, 0 déjà connues.\n"
    )
    assert Procedure.objects.count() == 14


def test_load_sheets_names_a_fault_and_loads_nothing(said, tmp_path):
    before = Changeset.objects.count()
    path = tmp_path / "fiches.json"
    path.write_text('{\n"reason": "x",\n"sheets": [{}]}')
    with pytest.raises(CommandError) as caught:
        said("load_sheets", path)
    assert str(caught.value) == (
        f"{path}, ligne 3, champ « departement » : un texte est attendu ici.\nRien n’a été chargé."
    )
    assert Changeset.objects.count() == before
