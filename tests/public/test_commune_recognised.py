"""A commune is recognised: by its parts, its postal codes, the communes that it took in."""

import re

import pytest

from prefectures.models import Commune, FormerCommune, PostalCode

from .reading import hrefs

pytestmark = pytest.mark.django_db

LODEVE, LYON = "/communes/34142-lodeve/", "/communes/69123-lyon/"


@pytest.fixture
def lyon_in_parts():
    """Lyon with two of its arrondissements, which the tests' database leaves out."""
    city = Commune.objects.get(code="69123")
    made = [
        Commune(
            code=f"6938{number}",
            name=f"Lyon {number}e Arrondissement",
            departement_id="69",
            arrondissement_id=city.arrondissement_id,
            part_of=city,
            search=f"lyon {number}e arrondissement",
        )
        for number in (3, 8)
    ]
    Commune.objects.bulk_create(made)
    PostalCode.objects.bulk_create(
        PostalCode(commune=each, code=f"6900{each.code[-1]}") for each in made
    )
    return made


# --- Cities in parts -----------------------------------------------------------------------------


def test_a_city_has_the_answer_that_all_its_parts_have(read, lyon_in_parts, publish):
    publish()
    assert "Cette fiche vaut pour tout le département." in read(LYON)
    page = read(lyon_in_parts[0].get_absolute_url())
    assert "C’est une partie de la ville : Lyon." in page


def test_a_city_whose_parts_differ_asks_which_one(main, read, lyon_in_parts, publish, place):
    place(publish(), communes_included=["69383"])
    assert "Lyon : cela dépend de votre arrondissement" in read(LYON)
    links = hrefs(main(LYON).find(".//ul[@class='tiles']"))
    assert links == [part.get_absolute_url() for part in lyon_in_parts]
    assert "Cette fiche nomme Lyon 3e." in read(links[0])
    assert "Lyon 8e : nous ne connaissons pas encore la procédure" in read(links[1])


def test_a_city_all_of_whose_parts_are_listed_has_their_answer(read, lyon_in_parts, publish, place):
    place(publish(), communes_included=["69383", "69388"])
    assert "Cette fiche nomme les arrondissements de Lyon." in read(LYON)


def test_what_lists_a_city_lists_its_parts(read, lyon_in_parts, publish, place):
    place(publish(), communes_included=["69123"])
    assert "Cette fiche nomme Lyon." in read(lyon_in_parts[0].get_absolute_url())


# --- By what one recognises it -------------------------------------------------------------------


def test_a_commune_is_recognised_by_its_codes_and_by_what_it_took_in(read):
    former = FormerCommune.objects.filter(is_current=True).select_related("commune")
    old = next(each for each in former if each.name != each.commune.name)
    page = read(old.commune.get_absolute_url())
    codes = old.commune.postal_codes.values_list("code", flat=True)
    assert f"Code postal : {', '.join(sorted(codes))}." in page
    assert old.name in re.search(r"Comprend : (.*?)\.", page)[1].split(", ")


def test_a_postal_code_that_another_answer_shares_is_said_so(read, main):
    shared = Commune.objects.get(code="34142").postal_codes.get().code
    assert f"Le code {shared} sert aussi" not in read(LODEVE)
    PostalCode.objects.bulk_create(
        PostalCode(commune=each, code=shared)
        for each in Commune.objects.filter(arrondissement="341").order_by("code")[:7]
    )
    assert f"Le code {shared} sert aussi là où la réponse est autre :" in read(LODEVE)
    assert "et 2 autres" in read(LODEVE)
    assert f"Le code {shared} sert aussi là où la réponse est autre :" in read(
        Commune.objects.filter(arrondissement="341").order_by("code")[0].get_absolute_url()
    )


def test_the_postal_code_of_fos_serves_fontes_too_which_is_in_another_arrondissement(read):
    shared = "Le code 34320 sert aussi là où la réponse est autre : "
    assert f"{shared}Fontès (34)" in read("/communes/34104-fos/")


def test_a_postal_code_of_two_departements_is_said_so(read):
    PostalCode.objects.create(commune_id="11262", code="34700")
    page = read(LODEVE)
    assert "Le code 34700 sert aussi dans un autre département : Narbonne (11)" in page
