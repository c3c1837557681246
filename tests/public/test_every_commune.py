"""Every commune of the tests' database: its offices are those of the sheets that hold there.

What holds is worked out a second time, from the tables themselves, by no code that pages use.
"""

import csv
from collections import defaultdict

import pytest
from django.conf import settings

from prefectures.models import Commune, Departement, Prefecture, Procedure, changeset
from prefectures.public.offices import who_receives
from prefectures.published.current import departement_with_sheets
from prefectures.published.holding import Holding

from .reading import text, tree

pytestmark = pytest.mark.django_db

UNSAID = ("not_stated", "unknown")


def holding_by_the_tables():
    """Return {code of a commune: slugs of the sheets that hold there}."""
    found = defaultdict(set)
    for sheet in Procedure.objects.filter(publication="published"):
        arrondissements = sheet.arrondissements.values("code")
        included = set(sheet.communes_included.values_list("code", flat=True))
        there = set(included)
        there |= codes(part_of__in=included) | codes(arrondissement__in=arrondissements)
        if not arrondissements and not included:
            there |= codes(departement=sheet.departement_id)
        excluded = set(sheet.communes_excluded.values_list("code", flat=True))
        there -= excluded | codes(part_of__in=excluded)
        for code in there:
            found[code].add(sheet.slug)
    return found


def codes(**where):
    return set(Commune.objects.filter(**where).values_list("code", flat=True))


def receiving_by_the_tables(slugs):
    sheets = Procedure.objects.filter(slug__in=slugs).exclude(situation__in=UNSAID)
    offices = Prefecture.objects.filter(procedures__in=sheets)
    return {office.key for office in offices}


@pytest.fixture
def rearranged(db):
    """Sheets with every kind of territory: listed, taken out, of two kinds at once."""
    lodeve, beziers = Procedure.objects.filter(departement="34").order_by("slug")
    with changeset("Des territoires pour le test"):
        some = list(Commune.objects.filter(arrondissement="341").order_by("code")[:20])
        lodeve.communes_included.set(some)
        beziers.communes_excluded.set(some[5:])
        foix = Procedure.objects.get(departement="09")
        foix.communes_excluded.set(Commune.objects.filter(departement="09", name__startswith="S"))
        rodez = Procedure.objects.get(departement="12")
        rodez.communes_included.set(Commune.objects.filter(departement="12", name__startswith="V"))


def every_answer():
    """Return {code: (slugs of sheets, keys of offices that receive)} as pages have them."""
    found = {}
    for departement in Departement.objects.filter(communes__isnull=False).distinct():
        _, sheets = departement_with_sheets(departement.code)
        holding = Holding(sheets)
        for commune in Commune.objects.filter(departement=departement, is_current=True):
            shown = [held.sheet for held in holding.there(commune)]
            receiving, _ = who_receives(shown)
            found[commune.code] = {sheet.slug for sheet in shown}, receiving
    return found


@pytest.mark.parametrize("world", ["as the document has it", "rearranged"])
def test_the_offices_of_every_commune_are_those_of_the_sheets_that_hold_there(request, world):
    if world == "rearranged":
        request.getfixturevalue("rearranged")
    by_the_tables = holding_by_the_tables()
    answers = every_answer()
    assert len(answers) > 4400
    assert {code: sheets for code, (sheets, _) in answers.items() if sheets} == by_the_tables
    answered = {frozenset(slugs) for slugs in by_the_tables.values()}
    offices = {slugs: receiving_by_the_tables(slugs) for slugs in answered}
    wrong = {
        code: receiving
        for code, (sheets, receiving) in answers.items()
        if receiving != offices.get(frozenset(sheets), set())
    }
    assert wrong == {}


def seats():
    """Return the seats of the arrondissements of Occitanie: pages of these are read."""
    path = settings.BASE_DIR / "fixtures" / "territories" / "arrondissements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["departement"], row["chef_lieu"]) for row in csv.DictReader(file)]
    there = set(Procedure.objects.values_list("departement", flat=True))
    return sorted(seat for departement, seat in rows if departement in there)


ONLY_TO = "À notre connaissance, ces demandes vont seulement à :"
NOBODY_KNOWS = "Nous ne savons pas quel guichet reçoit ces demandes."


def test_the_pages_of_all_seats_name_these_offices_and_send_nobody_elsewhere(client):
    by_the_tables = holding_by_the_tables()
    read = seats()
    assert len(read) >= 35
    for commune in Commune.objects.filter(code__in=read):
        main = tree(client.get(commune.get_absolute_url()).content.decode()).find(".//main")
        section = main.find(".//section[@class='offices']")
        expected = receiving_by_the_tables(by_the_tables[commune.code])
        said = text(section.find("p"))
        others = {
            item.text.strip() for item in section.find("ul") if item.find("strong") is not None
        }
        names = {
            office.name: office.key
            for office in Prefecture.objects.filter(departement=commune.departement_id)
        }
        if expected:
            receiving = {name for name, key in names.items() if key in expected}
            named = said.partition(ONLY_TO)[2].partition(".")[0]
            assert {name.strip() for name in named.split(",")} == receiving
            assert others == names.keys() - receiving
        else:
            assert NOBODY_KNOWS in said
            assert others == set()


@pytest.mark.parametrize(
    ("code", "sheets"),
    [
        ("11262", {"prefecture-de-carcassonne"}),
        ("34142", {"prefecture-de-montpellier-et-sous-prefecture-de-lodeve"}),
        ("34172", {"prefecture-de-montpellier-et-sous-prefecture-de-lodeve"}),
        ("34032", {"sous-prefecture-de-beziers"}),
    ],
    ids=["Narbonne", "Lodève", "Montpellier", "Béziers"],
)
def test_known_communes_have_the_answer_of_the_document(code, sheets):
    assert every_answer()[code][0] == sheets
