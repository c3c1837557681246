"""A wrong file: the file, line and field are named, and nothing is loaded."""

import pytest

from prefectures.models import Changeset, Commune, Region
from prefectures.territories.files import FileFault
from prefectures.territories.load import load

pytestmark = pytest.mark.django_db

# file, what stands there, what is put in its place → line, field, what is said
FAULTS = {
    "unknown article of a région": (
        ("regions", "76,Occitanie,d'", "76,Occitanie,dé"),
        "regions.csv, ligne 4, champ « article »",
    ),
    "unknown article of a commune": (
        ("communes", "Pamiers,de,", "Pamiers,à,"),
        "communes.csv, ligne 3, champ « article » : « à » n’est pas un article connu.",
    ),
    "unknown article of a printed name": (
        ("printed_names", "ville,article\n", "ville,article\n092,Pamiers,à\n"),
        "printed_names.csv, ligne 2, champ « article » : « à » n’est pas un article connu.",
    ),
    "printed name of an unknown arrondissement": (
        ("printed_names", "ville,article\n", "ville,article\n999,Nulle-Part,de\n"),
        "printed_names.csv, ligne 2, champ « arrondissement » : « 999 » est inconnu.",
    ),
    "wrong code of a région": (
        ("regions", "76,Occitanie", "7A,Occitanie"),
        "regions.csv, ligne 4, champ « code » : Un code de région a deux chiffres",
    ),
    "wrong code of a département": (
        ("departements", "09,Ariège", "9,Ariège"),
        "departements.csv, ligne 2, champ « code » : Un code de département s’écrit",
    ),
    "wrong code of an arrondissement": (
        ("arrondissements", "092,Pamiers", "09200,Pamiers"),
        "arrondissements.csv, ligne 3, champ « code » : « 09200 » n’est pas un code INSEE.",
    ),
    "wrong code of a commune": (
        ("communes", "09225,Pamiers", "092250,Pamiers"),
        "communes.csv, ligne 3, champ « code » : « 092250 » n’est pas un code INSEE.",
    ),
    "wrong code of an old commune": (
        ("former_communes", "09057,", "9057,"),
        "former_communes.csv, ligne 2, champ « code » : « 9057 » n’est pas un code INSEE.",
    ),
    "name too long": (
        ("communes", ",Pamiers,", f",{'Pamiers' * 30},"),
        "communes.csv, ligne 3, champ « nom » : ce nom dépasse 200 caractères.",
    ),
    "name of a région too long": (
        ("regions", ",Occitanie,", f",{'Occitanie' * 30},"),
        "regions.csv, ligne 4, champ « nom »",
    ),
    "unknown région": (
        ("departements", "de l',76,", "de l',99,"),
        "departements.csv, ligne 2, champ « region » : « 99 » est inconnu.",
    ),
    "unknown département of an arrondissement": (
        ("arrondissements", "Pamiers,de,09,", "Pamiers,de,10,"),
        "arrondissements.csv, ligne 3, champ « departement » : « 10 » est inconnu.",
    ),
    "unknown département of a commune": (
        ("communes", "Pamiers,de,09,", "Pamiers,de,10,"),
        "communes.csv, ligne 3, champ « departement » : « 10 » est inconnu.",
    ),
    "unknown arrondissement": (
        ("communes", "Pamiers,de,09,092", "Pamiers,de,09,099"),
        "communes.csv, ligne 3, champ « arrondissement » : « 099 » est inconnu.",
    ),
    "part of an unknown commune": (
        ("communes", "751,75056,75001", "751,75999,75001"),
        "communes.csv, ligne 8, champ « partie_de » : « 75999 » est inconnu.",
    ),
    "unknown seat of a département": (
        ("departements", "76,09122", "76,09999"),
        "departements.csv, ligne 2, champ « chef_lieu » : « 09999 » est inconnu.",
    ),
    "unknown seat of an arrondissement": (
        ("arrondissements", "09,09225", "09,09999"),
        "arrondissements.csv, ligne 3, champ « chef_lieu » : « 09999 » est inconnu.",
    ),
    "seat in another département": (
        ("arrondissements", "Foix,de,09,09122", "Foix,de,75,09122"),
        "departements.csv, ligne 2, champ « chef_lieu » : Cet arrondissement est d’un autre",
    ),
    "postal code of four digits": (
        ("communes", "092,,09100", "092,,9100"),
        "communes.csv, ligne 3, champ « codes_postaux » : « 9100 » n’est pas un code postal.",
    ),
    "postal code in other digits": (
        ("communes", "092,,09100", "092,,٠٩١٠٠"),
        "communes.csv, ligne 3, champ « codes_postaux » : « ٠٩١٠٠ » n’est pas un code postal.",
    ),
    "population in words": (
        ("communes", "09100,16205", "09100,beaucoup"),
        "communes.csv, ligne 3, champ « population » : « beaucoup » n’est pas un nombre",
    ),
    "population below nothing": (
        ("communes", "09100,16205", "09100,-1"),
        "communes.csv, ligne 3, champ « population » : « -1 » n’est pas un nombre",
    ),
    "no population": (
        ("communes", "09100,16205", "09100,"),
        "communes.csv, ligne 3, champ « population » : cette cellule est vide.",
    ),
    "postal code twice": (
        ("communes", "092,,09100", "092,,09100 09100"),
        "communes.csv, ligne 3, champ « codes_postaux » : « 09100 » y est deux fois.",
    ),
    "unknown status of an old name": (
        ("former_communes", "commune-associee", "hameau"),
        "former_communes.csv, ligne 2, champ « statut » : « hameau » n’est pas un statut connu.",
    ),
    "old name of an unknown commune": (
        ("former_communes", "Bompas,09296", "Bompas,09999"),
        "former_communes.csv, ligne 2, champ « commune » : « 09999 » est inconnu.",
    ),
    "contacts of an unknown département": (
        ("offices", "75,1 bis", "10,1 bis"),
        "offices.csv, ligne 3, champ « departement » : « 10 » est inconnu.",
    ),
    "contacts of one département twice": (
        ("offices", "75,1 bis", "09,1 bis"),
        "offices.csv, ligne 3, champ « departement » : « 09 » est déjà plus haut.",
    ),
    "wrong e-mail of an office": (
        ("offices", "foix@ariege.example", "foix chez ariege"),
        "offices.csv, ligne 2, champ « courriel » : ",
    ),
    "website of an office without its beginning": (
        ("offices", "http://police.example", "police.example"),
        "offices.csv, ligne 3, champ « site » : Donnez l’adresse complète de la page",
    ),
    "telephone of an office too long": (
        ("offices", "3430", "3430 " * 20),
        "offices.csv, ligne 3, champ « telephone » : ",
    ),
    "day of a source that is none": (
        ("offices", "police.example,annuaire,2024-07-24", "police.example,annuaire,24 juillet"),
        "offices.csv, ligne 3, champ « relevees_le » : ",
    ),
    "day of a source to come": (
        ("offices", "police.example,annuaire,2024-07-24", "police.example,annuaire,2999-01-01"),
        "offices.csv, ligne 3, champ « relevees_le » : Cette date est dans l’avenir.",
    ),
    "contacts without source": (
        ("offices", "police.example,annuaire,", "police.example,,"),
        "offices.csv, ligne 3, champ « source » : cette cellule est vide.",
    ),
    "neither yes nor no": (
        ("grounds", "Vous travaillez.,non,non", "Vous travaillez.,peut-être,non"),
        "grounds.csv, ligne 3, champ « vaut_pour_tous » : écrivez oui ou non.",
    ),
    "two grounds that cover all": (
        ("grounds", "Vous travaillez.,non,non", "Vous travaillez.,oui,non"),
        "grounds.csv, ligne 3 : Un seul motif peut valoir pour tous les autres.",
    ),
    "wrong code of a ground": (
        ("grounds", "travail,Travail", "au travail,Travail"),
        "grounds.csv, ligne 3, champ « code »",
    ),
    "same name for two régions' pages": (
        ("regions", "11,Île-de-France", "11,Occitanie"),
        "regions.csv, ligne 4, champ « code »",
    ),
}


@pytest.mark.parametrize(("change", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_nothing_is_loaded(empty_site, edition, change, said):
    edition.change(*change)
    with pytest.raises(FileFault) as caught:
        load(edition.folder)
    assert f"{edition.folder}/{said}" in str(caught.value)
    assert not Changeset.objects.exists()
    assert not Region.objects.exists()
    assert not Commune.objects.exists()


def test_a_fault_in_next_year_s_files_leaves_this_year_s_as_they_are(empty_site, edition):
    load(edition.folder)
    edition.change("communes", "Pamiers,de,", "Pamiers-la-Neuve,de,")
    edition.change("grounds", "Vous travaillez.,non,non", "Vous travaillez.,peut-être,non")
    with pytest.raises(FileFault):
        load(edition.folder)
    assert Commune.objects.filter(name="Pamiers", is_current=True).exists()
    assert Changeset.objects.count() == 1


def test_after_the_fault_is_mended_the_files_load(empty_site, edition):
    edition.change("communes", "Pamiers,de,", "Pamiers,à,")
    with pytest.raises(FileFault):
        load(edition.folder)
    edition.change("communes", "Pamiers,à,", "Pamiers,de,")
    assert load(edition.folder)["communes"] == 7
