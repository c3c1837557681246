"""prepare_site: one command from nothing to a site; once more, and nothing changes."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from prefectures.management.commands import load_territories
from prefectures.models import Procedure, User
from prefectures.storage.gone import place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def marker(monkeypatch, tmp_path):
    """What this site remembers of its database: nothing yet."""
    monkeypatch.setattr(settings, "DATABASE_MARKER", tmp_path / "data" / "known_database")
    settings.DATABASE_MARKER.parent.mkdir()
    return settings.DATABASE_MARKER


@pytest.fixture
def prepare(monkeypatch, marker, occitanie_files, capsys):
    """Run it with the cut-down territory, whose folder has the same name."""
    assert occitanie_files.name.startswith("territories")
    whole = load_territories.Command.add_arguments

    def add_arguments(self, parser):
        whole(self, parser)
        parser.set_defaults(folder=occitanie_files)

    monkeypatch.setattr(load_territories.Command, "add_arguments", add_arguments)

    def run():
        call_command("prepare_site")
        return capsys.readouterr().out

    return run


def counts():
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("prefectures").get_models()
        if hasattr(model, "objects")
    }


def test_a_bare_database_becomes_a_site_with_its_sheets_and_an_account(prepare, empty_site):
    said = prepare()
    assert "14 chargées" in said
    assert "mot de passe" in said
    assert Procedure.objects.published().count() == 14
    assert User.objects.get().is_superuser


def test_the_second_time_nothing_changes_and_no_password_is_shown(prepare, empty_site):
    prepare()
    before = counts()
    assert prepare() == (
        "Territoire : déjà chargé.\nFiches de occitanie.json : 0 chargées, 14 déjà connues.\n"
        "Lieux d’aide : déjà chargés.\nMots du site : déjà chargés.\n"
    )
    assert counts() == before


def test_once_prepared_the_site_remembers_where_its_database_is(prepare, marker, empty_site):
    prepare()
    assert marker.read_text().splitlines()[-1] == place_of(connection.settings_dict)


def test_a_site_that_cannot_remember_it_says_so(prepare, marker):
    marker.parent.rmdir()
    with pytest.raises(CommandError, match="Donnez le droit d’écrire dans ce dossier"):
        prepare()
