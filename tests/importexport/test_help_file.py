"""First content: loaded once, brought up to date where nobody but a load wrote it."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prefectures.importexport.help_file import load_help_places
from prefectures.models import Changeset, HelpPlace, changeset
from prefectures.territories.files import FileFault

from ..models.making import edited

pytestmark = pytest.mark.django_db

FIXTURE = settings.BASE_DIR / "fixtures" / "help_places.csv"
HEADER = FIXTURE.read_text(encoding="utf-8").splitlines()[0]
ROW = (
    "le-point,Le Point,point-justice,On y conseille,,Foix,05 61 00 00 00,,,,,un dépliant,"
    "01/03/2025,9"
)


class HelpFile:
    def __init__(self, path):
        self.path = path
        self.write(ROW)

    def write(self, *rows):
        self.path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")

    def load(self):
        return load_help_places(self.path)


@pytest.fixture
def file(tmp_path):
    return HelpFile(tmp_path / "help_places.csv")


def point():
    return HelpPlace.objects.get(slug="le-point")


def test_a_place_is_loaded_with_its_départements_its_source_and_its_day(file):
    assert file.load() == (1, 0)
    place = point()
    assert (place.kind, place.phone, place.source) == (
        "point_justice", "05 61 00 00 00", "un dépliant",
    )  # fmt: skip
    assert place.verified_on == date(2025, 3, 1)
    assert [item.pk for item in place.departements.all()] == ["09"]


def test_a_load_is_one_changeset_of_a_command_with_the_file_s_fingerprint(file):
    file.load()
    record = point().history.get().changeset
    assert (record.origin, record.author, record.file_name) == ("command", None, "help_places.csv")
    assert len(record.file_digest) == 64


def test_the_same_file_is_not_loaded_twice(file):
    file.load()
    before = Changeset.objects.count()
    assert file.load() is None
    assert Changeset.objects.count() == before


def test_a_new_file_changes_what_the_last_one_wrote(file):
    file.load()
    file.write(ROW.replace("00 00 00", "11 11 11").replace(",9", ",11 | 34"))
    assert file.load() == (1, 0)
    assert point().phone == "05 61 11 11 11"
    assert sorted(item.pk for item in point().departements.all()) == ["11", "34"]


def test_what_a_new_file_says_again_is_not_written(file):
    file.load()
    file.write(ROW, ROW.replace("le-point", "un-autre"))
    assert file.load() == (1, 1)
    assert point().history.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"hours": "le lundi"}, {"slug": "point-de-foix"}, {"verified_on": date(2025, 9, 1)}],
    ids=lambda fields: "".join(fields),
)
def test_a_place_that_the_staff_changed_stays_whole_and_comes_once(file, fields):
    file.load()
    edited(point(), **fields)
    file.write(ROW.replace("00 00 00", "11 11 11"))
    assert file.load() == (0, 1)
    place = HelpPlace.objects.get(name="Le Point")
    assert place.phone == "05 61 00 00 00"


def test_a_place_whose_départements_the_staff_changed_stays_whole(file):
    file.load()
    with changeset("Pour le test"):
        point().departements.add("34")
    file.write(ROW.replace("00 00 00", "11 11 11"))
    assert file.load() == (0, 1)


def test_a_place_that_the_staff_deleted_does_not_come_back(file):
    file.load()
    with changeset("Fermé"):
        point().delete()
    file.write(ROW.replace("00 00 00", "11 11 11"))
    assert file.load() == (0, 1)
    assert not HelpPlace.objects.filter(slug="le-point").exists()


def test_a_place_that_the_staff_made_stays_theirs(file):
    with changeset("Pour le test"):
        HelpPlace.objects.create(
            slug="le-point", name="Le nôtre", kind="bar", source="nous", verified_on="2025-01-01"
        )
    assert file.load() == (0, 1)
    assert point().name == "Le nôtre"


FAULTS = {
    "no source": ("un dépliant", "", "champ « source » : cette cellule est vide."),
    "no day": ("01/03/2025", "", "champ « vérifié le » : cette cellule est vide."),
    "a day to come": ("01/03/2025", "01/03/2999", "champ « vérifié le » : Cette date est dans"),
    "an unknown kind": ("point-justice", "mairie", "champ « type » : « mairie » n’est pas un"),
    "an unknown département": (",9", ",99", "champ « départements » : « 99 » : inconnu."),
    "a code with spaces": ("le-point", "le point", "champ « lieu d’aide » : "),
}


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_file_line_and_field_and_nothing_is_loaded(file, old, new, said):
    file.write(ROW.replace("le-point", "un-autre"), ROW.replace(old, new))
    before = Changeset.objects.count()
    with pytest.raises(FileFault) as caught:
        file.load()
    message = str(caught.value).replace("\u00a0", " ")
    assert message.startswith(f"{file.path}, ligne 3, {said}")
    assert Changeset.objects.count() == before


# --- The command, and what it loads -----------------------------------------------------------


def test_the_command_counts_what_it_loaded(file, capsys):
    call_command("load_help_places", file.path)
    assert capsys.readouterr().out == "Lieux d’aide : 1 chargés, 0 laissés tels quels.\n"


def test_the_command_says_that_there_is_nothing_to_do(capsys):
    call_command("load_help_places")
    assert capsys.readouterr().out == "Lieux d’aide : déjà chargés.\n"


def test_the_command_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="ce fichier manque"):
        call_command("load_help_places", tmp_path / "ailleurs.csv")


def test_every_place_of_the_site_s_own_file_has_a_page_as_its_source():
    for place in HelpPlace.objects.all():
        assert place.source_page
