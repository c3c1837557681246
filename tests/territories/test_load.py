"""The territory as the site has it once loaded."""

import pytest
from django.conf import settings

from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    FormerCommune,
    Ground,
    PostalCode,
    Prefecture,
    Region,
)
from prefectures.territories.load import load

FIXTURES = settings.BASE_DIR / "fixtures" / "territories"

pytestmark = pytest.mark.django_db


def test_the_whole_of_france_is_loaded(empty_site):
    written = load(FIXTURES)
    counts = {
        Region: 18,
        Departement: 104,
        Arrondissement: 333,
        Commune: 34_924,
        PostalCode: 35_409,
        FormerCommune: 2_576,
        Prefecture: 337,
        Ground: 10,
    }
    assert {model: model.objects.count() for model in counts} == counts
    assert written == {str(m._meta.verbose_name_plural): count for m, count in counts.items()}
    assert Commune.objects.exclude(part_of=None).count() == 45
    assert Prefecture.objects.exclude(seat_of=None).count() == 333


def test_loading_again_writes_nothing(occitanie_files, django_assert_num_queries):
    before = Changeset.objects.count()
    with django_assert_num_queries(1):
        assert load(occitanie_files) == {}
    assert Changeset.objects.count() == before


def test_the_same_files_in_another_folder_write_no_history(occitanie_files, tmp_path):
    moved = tmp_path / "copie"
    moved.mkdir()
    for path in occitanie_files.iterdir():
        (moved / path.name).write_bytes(path.read_bytes())
    rows = Prefecture.history.count()
    load(moved)
    assert Prefecture.history.count() == rows


def test_a_load_is_written_down_with_its_edition_and_as_a_command(edition, empty_site):
    (edition.folder / "EDITION").write_text("@etalab/decoupage-administratif 6.0.0\n")
    load(edition.folder)
    record = Changeset.objects.get()
    assert record.reason == (
        "Chargement du Code officiel géographique (@etalab/decoupage-administratif 6.0.0)"
    )
    assert (record.origin, record.author, record.file_name) == ("command", None, "territories")
    assert record.is_minor
    assert {row.changeset for row in Region.history.all()} == {record}


def test_progress_is_told_up_to_the_last_row_of_each_table(edition, empty_site):
    last = {}
    load(edition.folder, on_progress=lambda label, done, total: last.update({label: (done, total)}))
    assert last == {
        "régions": (3, 3),
        "départements": (4, 4),
        "arrondissements": (3, 3),
        "communes": (7, 7),
        "codes postaux": (8, 8),
        "anciennes communes": (1, 1),
        "guichets": (5, 5),
        "motifs": (2, 2),
    }


# --- Offices ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("09/prefecture-de-foix", "Préfecture de Foix"),
        ("11/prefecture-de-carcassonne", "Préfecture de Carcassonne"),
        ("12/prefecture-de-rodez", "Préfecture de Rodez"),
        ("30/prefecture-de-nimes", "Préfecture de Nîmes"),
        ("30/sous-prefecture-du-vigan", "Sous-préfecture du Vigan"),
        ("31/prefecture-de-toulouse", "Préfecture de Toulouse"),
        ("32/prefecture-d-auch", "Préfecture d'Auch"),
        ("34/prefecture-de-montpellier", "Préfecture de Montpellier"),
        ("34/sous-prefecture-de-beziers", "Sous-préfecture de Béziers"),
        ("34/sous-prefecture-de-lodeve", "Sous-préfecture de Lodève"),
        ("46/prefecture-de-cahors", "Préfecture de Cahors"),
        ("48/prefecture-de-mende", "Préfecture de Mende"),
        ("48/sous-prefecture-de-florac-trois-rivieres", "Sous-préfecture de Florac-Trois-Rivières"),
        ("65/prefecture-de-tarbes", "Préfecture de Tarbes"),
        ("66/prefecture-de-perpignan", "Préfecture de Perpignan"),
        ("81/prefecture-d-albi", "Préfecture d'Albi"),
        ("82/prefecture-de-montauban", "Préfecture de Montauban"),
        # Elsewhere: each way that an article meets a name.
        ("43/prefecture-du-puy-en-velay", "Préfecture du Puy-en-Velay"),
        ("17/prefecture-de-la-rochelle", "Préfecture de La Rochelle"),
        ("27/sous-prefecture-des-andelys", "Sous-préfecture des Andelys"),
        ("94/sous-prefecture-de-l-hay-les-roses", "Sous-préfecture de L'Haÿ-les-Roses"),
        ("75/prefecture-de-police-de-paris", "Préfecture de police de Paris"),
        ("2A/prefecture-d-ajaccio", "Préfecture d'Ajaccio"),
        ("2B/sous-prefecture-de-calvi", "Sous-préfecture de Calvi"),
    ],
)
def test_an_office_is_named_as_french_has_it(key, name):
    departement, slug = key.split("/")
    assert Prefecture.objects.get(departement=departement, slug=slug).name == name


def test_every_arrondissement_has_its_office():
    assert list(Arrondissement.objects.filter(seat=None)) == []


def test_every_departement_has_one_head_and_its_sous_prefectures_depend_on_it():
    heads = Prefecture.objects.exclude(kind="sous_prefecture")
    assert sorted(heads.values_list("departement", flat=True)) == sorted(
        Departement.objects.values_list("pk", flat=True)
    )
    assert not heads.exclude(parent=None).exists()
    for office in Prefecture.objects.filter(kind="sous_prefecture").select_related("parent"):
        assert office.parent.departement_id == office.departement_id


def test_paris_has_the_only_prefecture_de_police():
    assert Prefecture.objects.get(kind="prefecture_de_police").departement_id == "75"


@pytest.mark.parametrize(
    ("departement", "name"),
    [
        ("975", "Préfecture de Saint-Pierre"),
        ("976", "Préfecture de Mamoudzou"),
        ("977", "Préfecture de Saint-Barthélemy"),
        ("978", "Préfecture de Saint-Martin"),
    ],
)
def test_a_departement_without_arrondissement_has_one_office_seat_of_nothing(departement, name):
    office = Prefecture.objects.get(departement=departement)
    assert (office.name, office.kind, office.seat_of) == (name, "prefecture", None)


# --- Places -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "of_name"),
    [
        ("09", "de l'Ariège"),
        ("30", "du Gard"),
        ("31", "de la Haute-Garonne"),
        ("40", "des Landes"),
        ("2A", "de la Corse-du-Sud"),
        ("976", "de Mayotte"),
        ("974", "de La Réunion"),
    ],
)
def test_a_departement_takes_its_article(code, of_name):
    assert Departement.objects.get(code=code).of_name == of_name


@pytest.mark.parametrize(
    ("code", "slug"), [("34", "34-herault"), ("2A", "2a-corse-du-sud"), ("95", "95-val-d-oise")]
)
def test_the_address_of_a_departement_holds_its_code(code, slug):
    assert Departement.objects.get(code=code).slug == slug


def test_a_commune_has_its_arrondissement_and_a_name_to_search():
    commune = Commune.objects.get(code="34032")
    assert (commune.name, commune.search) == ("Béziers", "beziers")
    assert commune.arrondissement.name == "Béziers"
    assert commune.is_current


def test_a_commune_may_have_several_postal_codes():
    codes = Commune.objects.get(name="Montpellier").postal_codes
    assert set(codes.values_list("code", flat=True)) == {"34000", "34070", "34080", "34090"}


def test_an_old_name_leads_to_the_commune_of_today(edition, empty_site):
    load(edition.folder)
    old = FormerCommune.objects.get(search="bompas")
    assert (old.commune.name, old.get_status_display()) == ("Siguer", "commune associée")


def test_a_municipal_arrondissement_is_part_of_its_commune(edition, empty_site):
    load(edition.folder)
    first = Commune.objects.get(code="75101")
    assert (first.part_of.name, first.arrondissement.name) == ("Paris", "Paris")


def test_mayotte_s_communes_have_no_arrondissement(edition, empty_site):
    load(edition.folder)
    assert Commune.objects.get(code="97611").arrondissement is None


def test_one_ground_covers_all_the_others():
    assert Ground.objects.get(covers_all=True).name == "Tous motifs"


# --- How a préfecture is reached --------------------------------------------------------------


def test_the_prefecture_of_each_departement_can_be_reached_and_says_from_whom_and_when(db):
    told = Prefecture.objects.exclude(source="")
    assert told.count() == 101
    assert not told.filter(kind="sous_prefecture").exists()
    assert not told.filter(address="").exists()
    assert not told.filter(phone="").exists()
    assert {office.source_on.isoformat() for office in told} == {"2024-07-24"}
    assert {office.source for office in told} == {
        "annuaire de l’administration (Direction de l’information légale et administrative), "
        "d’après MTES-MCT/camino"
    }


def test_an_address_is_written_as_on_an_envelope_and_the_rest_as_it_was_found(db):
    office = Prefecture.objects.get(departement="01", kind="prefecture")
    assert office.address.splitlines() == [
        "45, avenue d'Alsace-Lorraine",
        "CS 80400",
        "Quartier Bourg centre",
        "01012 Bourg-en-Bresse Cedex",
    ]
    assert office.phone == "04 74 32 30 00"
    assert office.email == "prefecture@ain.gouv.fr"
    assert office.website == "http://www.ain.gouv.fr"


def test_what_the_file_says_of_nobody_stays_empty(edition, empty_site):
    load(edition.folder)
    for office in Prefecture.objects.exclude(departement__in=["09", "75"]):
        assert [getattr(office, name) for name in Prefecture.CONTACTS] == [""] * 5 + [None]
    pamiers = Prefecture.objects.get(slug="sous-prefecture-de-pamiers")
    assert (pamiers.phone, pamiers.source, pamiers.source_on) == ("", "", None)


def test_paris_s_contacts_are_those_of_its_prefecture_de_police(edition, empty_site):
    load(edition.folder)
    assert Prefecture.objects.get(kind="prefecture_de_police").phone == "3430"
