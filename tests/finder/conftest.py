"""All of France to look in, as the files of the territory have it: the tests' database has not."""

from pathlib import Path

import pytest
from django.conf import settings

from prefectures.finder.finding import find_in
from prefectures.finder.index import index_of
from prefectures.models import Prefecture
from prefectures.territories.files import read_rows
from prefectures.territories.spellings import spellings
from prefectures.text.naming import address_of, normalised

FOLDER = Path(settings.BASE_DIR / "fixtures" / "territories")
PARIS = "75"


def index_of_files(folder=FOLDER):
    """Return the ``Index`` that a site has when these files are loaded."""
    rows = {
        name: read_rows(folder, name)
        for name in ("regions", "departements", "arrondissements", "communes", "former_communes")
    }
    communes = {row["code"]: row for row in rows["communes"]}
    arrondissements = {row["code"]: row for row in rows["arrondissements"]}
    regions = [(row["code"], row["nom"], address_of(row["nom"])) for row in rows["regions"]]
    departements = [
        (
            row["code"],
            row["nom"],
            f"{row['code'].lower()}-{address_of(row['nom'])}",
            row["region"] or None,
        )
        for row in rows["departements"]
    ]
    heads = {row["chef_lieu"]: row["code"] for row in rows["departements"]}
    seats = {row["chef_lieu"]: row["departement"] for row in rows["arrondissements"]} | heads
    offices = [_office(communes[seat], code, seat in heads) for seat, code in seats.items()]
    former = [
        (normalised(row["nom"]), row["nom"], row["commune"]) for row in rows["former_communes"]
    ]
    return index_of(
        regions,
        departements,
        offices,
        [_commune(row, arrondissements) for row in communes.values()],
        former,
        spellings(),
    )


def _office(town, departement, is_head):
    kind = Prefecture.Kind.PREFECTURE if is_head else Prefecture.Kind.SOUS_PREFECTURE
    if departement == PARIS:
        kind = Prefecture.Kind.PREFECTURE_DE_POLICE
    return departement, kind, town["nom"], town["article"], ""


def _commune(row, arrondissements):
    around = arrondissements.get(row["arrondissement"], {})
    return {
        "code": row["code"],
        "name": row["nom"],
        "population": int(row["population"]),
        "departement_id": row["departement"],
        "part_of_id": row["partie_de"] or None,
        "arrondissement_id": row["arrondissement"] or None,
        "arrondissement__name": around.get("nom"),
        "arrondissement__article": around.get("article"),
        "postal_codes": tuple(row["codes_postaux"].split()),
    }


@pytest.fixture(scope="session")
def france():
    return index_of_files()


@pytest.fixture(scope="session")
def find(france):
    """Return a function that looks for what somebody typed in all of France."""
    return lambda text, **how: find_in(france, text, **how)
