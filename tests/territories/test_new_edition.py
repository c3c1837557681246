"""Next year's files: INSEE's news come in, and nothing that the staff did is undone."""

import pytest

from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    FormerCommune,
    Ground,
    PostalCode,
    Prefecture,
    Procedure,
    Region,
    changeset,
)
from prefectures.territories.load import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(empty_site, edition):
    """This year's files, which the site has."""
    load(edition.folder)
    return edition


def staff_saves(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    with changeset("L’équipe le sait mieux", origin=Changeset.Origin.FORM):
        item.save()


def staff_deletes(item):
    with changeset("Ce guichet a fermé", origin=Changeset.Origin.FORM):
        item.delete()


# --- Reference data ---------------------------------------------------------------------------


def test_a_new_commune_is_added(loaded):
    loaded.add("communes", "09001,Aigues-Juntes,d',09,091,,09240,67")
    load(loaded.folder)
    assert Commune.objects.get(code="09001").postal_codes.get().code == "09240"


def test_a_commune_takes_its_new_name(loaded):
    loaded.change("communes", "Siguer,de", "Siguer-les-Étangs,de")
    load(loaded.folder)
    commune = Commune.objects.get(code="09296")
    assert (commune.name, commune.search) == ("Siguer-les-Étangs", "siguer les etangs")


def test_a_commune_that_changes_arrondissement_moves(loaded):
    loaded.change("communes", "Siguer,de,09,091", "Siguer,de,09,092")
    load(loaded.folder)
    assert Commune.objects.get(code="09296").arrondissement_id == "092"


def test_a_commune_that_is_no_more_stays_but_is_not_current(loaded):
    loaded.drop("former_communes", "09057,commune-associee,Bompas,09296")
    loaded.drop("communes", "09296,Siguer,de,09,091,,09220,88")
    load(loaded.folder)
    assert not Commune.objects.get(code="09296").is_current
    assert not FormerCommune.objects.get(code="09057").is_current
    assert not PostalCode.objects.get(code="09220").is_current
    assert Commune.objects.filter(is_current=True).count() == 6


def test_a_commune_that_is_back_is_current_again(loaded):
    loaded.drop("former_communes", "09057,commune-associee,Bompas,09296")
    loaded.drop("communes", "09296,Siguer,de,09,091,,09220,88")
    load(loaded.folder)
    loaded.add("communes", "09296,Siguer,de,09,091,,09220,88")
    load(loaded.folder)
    assert Commune.objects.get(code="09296").is_current
    assert PostalCode.objects.get(code="09220").is_current


def test_going_back_to_last_year_s_files_loads_them(loaded):
    loaded.change("communes", "Siguer,de", "Siguer-les-Étangs,de")
    load(loaded.folder)
    loaded.change("communes", "Siguer-les-Étangs,de", "Siguer,de")
    load(loaded.folder)
    assert Commune.objects.get(code="09296").name == "Siguer"


def test_an_arrondissement_that_is_no_more_stays_with_its_office(loaded):
    loaded.change("communes", "Pamiers,de,09,092", "Pamiers,de,09,091")
    loaded.drop("arrondissements", "092,Pamiers,de,09,09225")
    load(loaded.folder)
    assert not Arrondissement.objects.get(code="092").is_current
    assert Prefecture.objects.get(slug="sous-prefecture-de-pamiers").seat_of_id == "092"


def test_a_sheet_keeps_a_commune_that_is_no_more(loaded):
    with changeset("Une fiche"):
        sheet = Procedure.objects.create(departement_id="09", title="Foix")
        sheet.communes_included.add("09296")
    loaded.drop("former_communes", "09057,commune-associee,Bompas,09296")
    loaded.drop("communes", "09296,Siguer,de,09,091,,09220,88")
    load(loaded.folder)
    assert sheet.communes_included.get().name == "Siguer"


def test_an_edition_is_written_down_even_when_only_communes_changed(loaded):
    loaded.add("communes", "09001,Aigues-Juntes,d',09,091,,09240,67")
    load(loaded.folder)
    assert Changeset.objects.count() == 2
    assert Region.history.count() == 3
    assert load(loaded.folder) == {}


# --- Three ways: INSEE before, INSEE now, the staff -------------------------------------------


def test_a_departement_takes_its_new_name_and_its_history_says_from_which_load(loaded):
    loaded.change("departements", "09,Ariège,de l'", "09,Ariège-Pyrénées,de l'")
    load(loaded.folder)
    departement = Departement.objects.get(code="09")
    assert departement.name == "Ariège-Pyrénées"
    newest = departement.history.first()
    assert (newest.history_type, newest.changeset.origin) == ("~", "command")
    assert Departement.history.count() == 5


def test_what_the_staff_renamed_keeps_its_name(loaded):
    staff_saves(Region.objects.get(code="76"), name="Occitanie / Pyrénées-Méditerranée")
    loaded.change("regions", "76,Occitanie,d'", "76,Languedoc,d'")
    load(loaded.folder)
    assert Region.objects.get(code="76").name == "Occitanie / Pyrénées-Méditerranée"


def test_only_the_fields_that_the_staff_changed_are_kept(loaded):
    staff_saves(Region.objects.get(code="76"), slug="midi")
    loaded.change("regions", "76,Occitanie,d'", "76,Languedoc,du")
    load(loaded.folder)
    region = Region.objects.get(code="76")
    assert (region.slug, region.name, region.article) == ("midi", "Languedoc", "du")


def test_what_the_staff_changed_is_kept_edition_after_edition(loaded):
    staff_saves(Region.objects.get(code="76"), name="Midi")
    loaded.change("regions", "76,Occitanie,d'", "76,Occitanie,du")
    load(loaded.folder)
    loaded.change("regions", "76,Occitanie,du", "76,Languedoc,du")
    load(loaded.folder)
    assert Region.objects.get(code="76").name == "Midi"


def test_what_the_staff_changed_back_follows_insee_again(loaded):
    region = Region.objects.get(code="76")
    staff_saves(region, name="Midi")
    staff_saves(region, name="Occitanie")
    loaded.change("regions", "76,Occitanie,d'", "76,Languedoc,d'")
    load(loaded.folder)
    assert Region.objects.get(code="76").name == "Languedoc"


def test_a_ground_that_the_staff_reworded_keeps_its_words(loaded):
    staff_saves(Ground.objects.get(slug="travail"), description="Avec ou sans contrat.")
    loaded.change("grounds", "Vous travaillez.", "Vous avez un emploi.")
    load(loaded.folder)
    assert Ground.objects.get(slug="travail").description == "Avec ou sans contrat."


def test_a_ground_that_the_staff_made_stays_theirs(loaded):
    with changeset("Un motif de plus", origin=Changeset.Origin.FORM):
        Ground.objects.create(slug="talents", name="Passeport talent", description="La nôtre.")
    loaded.add("grounds", "talents,Talents,L. 421-9 du Ceseda,La leur.,non,non")
    load(loaded.folder)
    ground = Ground.objects.get(slug="talents")
    assert (ground.name, ground.description) == ("Passeport talent", "La nôtre.")


def test_a_ground_that_the_staff_deleted_does_not_come_back(loaded):
    staff_deletes(Ground.objects.get(slug="travail"))
    loaded.change("grounds", "Vous travaillez.", "Vous avez un emploi.")
    load(loaded.folder)
    assert not Ground.objects.filter(slug="travail").exists()
    assert "motifs" not in load(loaded.folder)


# --- Offices ----------------------------------------------------------------------------------


@pytest.fixture
def pamiers(loaded):
    return Prefecture.objects.get(slug="sous-prefecture-de-pamiers")


def offices_of_ariege():
    return sorted(Prefecture.objects.filter(departement="09").values_list("slug", flat=True))


def next_edition(edition):
    """A new edition in which both towns of Ariège have another name."""
    edition.change("communes", "Foix,de,", "Foix-la-Neuve,de,")
    edition.change("communes", "Pamiers,de,", "Pamiers-la-Neuve,de,")
    load(edition.folder)


def test_an_office_keeps_its_address_when_its_town_takes_another_name(loaded):
    next_edition(loaded)
    assert Prefecture.objects.get(slug="prefecture-de-foix").city == "Foix-la-Neuve"
    assert offices_of_ariege() == ["prefecture-de-foix", "sous-prefecture-de-pamiers"]


def test_what_the_staff_wrote_about_an_office_stays(loaded, pamiers):
    staff_saves(pamiers, address="1 place du Mercadal", website="https://www.ariege.gouv.fr/")
    next_edition(loaded)
    pamiers.refresh_from_db()
    assert pamiers.address == "1 place du Mercadal"
    assert pamiers.website == "https://www.ariege.gouv.fr/"
    assert pamiers.city == "Pamiers-la-Neuve"


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "antenne-de-pamiers"},
        {"city": "Mirepoix"},
        {"city": "Mirepoix", "slug": "sous-prefecture-de-mirepoix"},
        {"kind": "other", "printed_name": "Maison de l’État", "slug": "maison-de-l-etat"},
        {"seat_of": None},
        {"seat_of": None, "slug": "antenne-de-pamiers"},
        {"parent": None},
    ],
    ids=lambda fields: " and ".join(fields),
)
def test_an_office_that_the_staff_changed_is_neither_reset_nor_made_twice(loaded, pamiers, fields):
    staff_saves(pamiers, **fields)
    next_edition(loaded)
    assert Prefecture.objects.filter(departement="09").count() == 2
    pamiers.refresh_from_db()
    assert {name: getattr(pamiers, name) for name in fields} == fields


@pytest.mark.parametrize("departement", ["09", "75", "976"])
def test_a_prefecture_that_the_staff_moved_stays_the_only_one(loaded, departement):
    office = Prefecture.objects.get(departement=departement, parent=None)
    staff_saves(office, city="Ailleurs", slug="ailleurs", seat_of=None)
    next_edition(loaded)
    assert Prefecture.objects.get(departement=departement, parent=None).city == "Ailleurs"


def test_a_seat_that_the_staff_gave_to_another_office_stays_there(loaded, pamiers):
    staff_saves(pamiers, seat_of=None)
    with changeset("Elle a déménagé", origin=Changeset.Origin.FORM):
        other = Prefecture.objects.create(
            departement_id="09", kind="sous_prefecture", city="Mirepoix", seat_of_id="092"
        )
    next_edition(loaded)
    other.refresh_from_db()
    assert (other.city, other.seat_of_id) == ("Mirepoix", "092")
    assert Prefecture.objects.filter(departement="09").count() == 3


def test_an_office_that_the_staff_deleted_does_not_come_back(loaded, pamiers):
    staff_deletes(pamiers)
    next_edition(loaded)
    assert offices_of_ariege() == ["prefecture-de-foix"]


def test_a_prefecture_that_the_staff_deleted_does_not_come_back(loaded, pamiers):
    staff_saves(pamiers, parent=None)
    staff_deletes(Prefecture.objects.get(slug="prefecture-de-foix"))
    next_edition(loaded)
    assert offices_of_ariege() == ["sous-prefecture-de-pamiers"]


def test_an_office_of_the_staff_is_untouched(loaded):
    with changeset("Un guichet de plus", origin=Changeset.Origin.FORM):
        office = Prefecture.objects.create(
            departement_id="09", kind="other", city="Foix", printed_name="Centre de réception"
        )
    next_edition(loaded)
    assert office.history.count() == 1


def test_the_staff_may_have_made_the_office_of_next_year_s_arrondissement(loaded):
    with changeset("Elle ouvre en janvier", origin=Changeset.Origin.FORM):
        office = Prefecture.objects.create(
            departement_id="09", kind="sous_prefecture", city="Siguer", address="1 rue du Pont"
        )
    loaded.add("arrondissements", "093,Siguer,de,09,09296")
    load(loaded.folder)
    office.refresh_from_db()
    assert office.address == "1 rue du Pont"
    assert Prefecture.objects.filter(departement="09").count() == 3


def test_a_printed_name_of_next_year_reaches_the_office(loaded, pamiers):
    loaded.add("printed_names", "092,Pamiers-sur-Ariège,de")
    load(loaded.folder)
    pamiers.refresh_from_db()
    assert pamiers.name == "Sous-préfecture de Pamiers-sur-Ariège"


def test_a_new_arrondissement_gets_its_office(loaded):
    loaded.add("arrondissements", "093,Siguer,de,09,09296")
    load(loaded.folder)
    office = Prefecture.objects.get(seat_of="093")
    assert (office.name, office.parent.slug) == ("Sous-préfecture de Siguer", "prefecture-de-foix")
