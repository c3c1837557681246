"""The page of the map: what is drawn is what the table says, and what the file says."""

import csv
import io
import re
from collections import Counter

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from prefectures.models import Departement, Ground, Procedure, Step, changeset
from prefectures.public.map.outlines import SMALL, outlines
from prefectures.public.map.places import places_and_grounds
from prefectures.public.map.sorting import KEYS
from prefectures.public.wording.ways import AGE_SIGNS, AGES, WAY_SIGNS, WAYS

from ...page import read_public_page
from ..reading import text, tree

pytestmark = pytest.mark.django_db

MAP = "/carte/"
OVERSEAS = {"971", "972", "973", "974", "975", "976", "977", "978"}


@pytest.fixture
def main(client):
    def main(query=""):
        response = client.get(f"{MAP}{query}")
        assert response.status_code == 200
        read_public_page(response.content.decode())
        return tree(response.content.decode()).find(".//main")

    return main


def classed(element, name):
    return next(each for each in element.iter() if name in each.get("class", "").split())


def named_links(main):
    """Return {address: name} of the places of the map that one reaches by the keyboard."""
    spots = [each for each in main.iter("a") if each.get("aria-label")]
    assert len({each.get("href") for each in spots}) == len(spots)
    return {each.get("href"): each.get("aria-label") for each in spots}


def rows(main):
    body = classed(main, "places").find("tbody")
    return [[text(cell) for cell in row] for row in body]


def publish(code, *, kind="post", **fields):
    with changeset("Une fiche pour le test"):
        sheet = Procedure.objects.create(
            departement=Departement.objects.get(code=code),
            title=f"Fiche {fields.get('position', 0)}",
            publication="published",
            **fields,
        )
        sheet.grounds.set(Ground.objects.filter(covers_all=True))
        Step.objects.create(procedure=sheet, kind=kind, role="files")
    return sheet


def test_every_departement_is_on_the_map_once_and_leads_to_its_page(main):
    found = named_links(main())
    assert found.keys() == {each.get_absolute_url() for each in Departement.objects.all()}
    assert len(found) == 104
    assert found["/departements/34-herault/"] == (
        "Hérault (34)\xa0: sur rendez-vous, non précisé par la préfecture"
    )


def test_what_is_drawn_and_what_has_a_tile_are_all_there_is():
    codes = set(Departement.objects.values_list("code", flat=True))
    assert outlines().keys() | OVERSEAS == codes
    assert not outlines().keys() & OVERSEAS
    assert set(SMALL) < outlines().keys()


def test_the_small_ones_are_on_the_map_for_a_mouse_only(main):
    hidden = [each for each in main().iter("a") if each.get("aria-hidden")]
    assert len(hidden) == len(SMALL)
    assert {each.get("tabindex") for each in hidden} == {"-1"}


def test_the_table_says_what_the_map_says(main):
    page = main()
    said = {
        re.search(r"\((\w+)\)", name)[1]: name.partition("\xa0: ")[2]
        for name in named_links(page).values()
    }
    assert {row[0]: row[2] for row in rows(page)} == said


def test_the_legend_counts_the_departements_of_the_table(main):
    page = main()
    legend = {
        text(each.find("span")): int(text(each.find("strong"))) for each in classed(page, "legend")
    }
    assert legend["par la poste"] == 4
    assert legend["pas encore de fiche"] == 91
    assert sum(legend.values()) == len(rows(page)) == 104
    alone = Counter(row[2] for row in rows(page))
    several = "plusieurs façons, selon le cas"
    assert {name: count for name, count in legend.items() if count and name != several} == {
        name: count for name, count in alone.items() if name in legend
    }


def test_each_colour_has_a_sign_or_is_that_of_no_sheet(main):
    for query in ("", "?couleur=age"):
        signs = [text(each.find("svg")) for each in classed(main(query), "legend")]
        assert signs.count("") == 1
        assert len(set(signs)) == len(signs)


def test_coloured_by_age_each_place_says_how_old_it_is(main):
    page = main("?couleur=age")
    found = named_links(page)
    assert found["/departements/34-herault/"] == "Hérault (34)\xa0: 2 ans ou plus"
    assert found["/departements/75-paris/"] == "Paris (75)\xa0: pas encore de fiche"
    current = [
        text(each) for each in classed(page, "colours").iter("a") if each.get("aria-current")
    ]
    assert current == ["L’âge de l’information"]


@pytest.mark.parametrize("key", KEYS)
def test_the_table_is_sorted_by_each_title_and_back(main, key):
    publish("69", updated_on="2026-01-31")
    titles = [*KEYS]
    there, back = main(f"?tri={key}"), main(f"?tri=-{key}")
    sorted_by = [
        each.get("aria-sort") for each in classed(there, "places").find("thead").iter("th")
    ]
    assert [name for name, how in zip(titles, sorted_by, strict=False) if how] == [key]
    assert "ascending" in sorted_by
    column = titles.index(key)
    cells = [[row[column] for row in rows(page)] for page in (there, back)]
    assert Counter(cells[0]) == Counter(cells[1])
    assert cells[0] != cells[1]


def test_by_date_what_has_none_comes_last_both_ways(main):
    publish("69", updated_on="2026-01-31")
    for query in ("?tri=date", "?tri=-date"):
        dates = [row[4] for row in rows(main(query))]
        assert dates == sorted(dates, key=lambda day: not day)


def test_names_are_sorted_as_people_read_them(main):
    names = [row[1] for row in rows(main("?tri=nom"))]
    assert names.index("Hérault") < names.index("Ille-et-Vilaine") < names.index("Indre")


def test_sorting_keeps_the_colour_and_colouring_the_order(client):
    page = client.get(f"{MAP}?couleur=age&tri=date").page
    assert f"{MAP}?couleur=age&tri=-date#tableau" in page.links
    assert f"{MAP}?tri=date" in page.links


@pytest.mark.parametrize(
    "query", ["tri=rien", "tri=--date", "tri=%00", "couleur=rien", "tri=-", "a=b"]
)
def test_what_makes_no_sense_gives_the_usual_page(client, query):
    usual, asked = client.get(MAP), client.get(f"{MAP}?{query}")
    assert asked.status_code == 200
    links, usual_links = (
        tree(each.content.decode()).findall(".//main//a") for each in (asked, usual)
    )
    assert [link.get("href") for link in links] == [link.get("href") for link in usual_links]
    assert asked["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in usual


def test_each_figure_says_of_how_many_and_of_when(main):
    said = text(classed(main(), "beside"))
    for expected in ("0 sur 13", "1 sur 13", "8 %", "âge médian de 14 fiches", "22/02/2023"):
        assert expected in said
    assert "Au moins une fiche est en ligne pour 13 départements sur 104" in said


def test_each_ground_is_counted_by_itself(main):
    said = text(classed(main(), "beside"))
    assert "Travail 11 sur 104" in said
    assert "Vie privée et familiale 12 sur 104" in said
    assert "Parents d’un enfant malade 0 sur 104" in said.partition("Demandes voisines")[2]


def test_a_first_visit_weighs_30_kib_at_most(client):
    page = client.get(MAP)
    # Nothing else is asked for: style and outlines are in the page.
    assert 'rel="stylesheet"' not in page.content.decode()
    # As it is packed in haste, for whoever asks first.
    assert len(brotli.compress(page.content, quality=1)) <= 30 * 1024


def test_no_other_page_carries_the_style_of_the_map(client):
    assert ".w-post" in client.get(MAP).content.decode()
    assert ".w-post" not in client.get("/").content.decode()


def test_on_paper_it_says_of_which_day_it_is_and_where_today_s_is(client, settings):
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    said = client.get(MAP).page.text
    assert (
        f"Carte du {localdate():%d/%m/%Y}. La version à jour : https://guide.example.org/carte/"
        in said
    )


def test_who_drew_the_map_is_credited(main):
    said = text(main())
    assert "Victor Cazanave" in said
    assert "CC BY 4.0" in said
    assert "simplifié par nous" in said


def test_a_suspension_shows_as_soon_as_it_is_published(main, beziers):
    with changeset("La préfecture suspend"):
        beziers.situation = "suspended"
        beziers.save()
    row = next(row for row in rows(main()) if row[0] == "34")
    assert row[2] == "sur rendez-vous, suspendu ou sans objet"
    assert row[3] == "ouverte, suspendue"


def test_an_end_that_has_come_closes_and_needs_no_change(main):
    publish("69", valid_until=localdate().replace(year=localdate().year - 1))
    row = next(row for row in rows(main()) if row[0] == "69")
    assert row[2:4] == ["suspendu ou sans objet", "hors de ses dates"]


def test_a_site_without_anything_shows_its_map(client, empty_site):
    response = client.get(MAP)
    assert response.status_code == 200
    assert "0 sur 0" in response.page.text
    assert client.get("/carte.csv").status_code == 200


def test_one_sheet_or_many_are_as_many_questions(client):
    client.get(MAP)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(MAP)
        return len(queries)

    before = asked()
    for position in range(20):
        publish("69", position=position)
    # Once, those that are new are read.
    assert asked() == before + 1
    assert asked() == before <= 4


# --- The file ---------------------------------------------------------------------------------


@pytest.fixture
def exported(client, settings):
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    response = client.get("/carte.csv", HTTP_HOST="autre.example")
    reader = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    return response, {row["département"]: row for row in reader}


def test_the_file_says_what_the_table_says(exported):
    _, found = exported
    places, _ = places_and_grounds()
    assert {name: row["comment déposer"] for name, row in found.items()} == {
        place.departement.name: place.way_words for place in places
    }
    assert found["Hérault"]["nombre de fiches"] == "2"
    assert found["Hérault"]["raisons"] == "toutes"


def test_each_line_of_the_file_says_its_day_and_where_today_s_is(exported):
    response, found = exported
    assert f'filename="carte-{localdate()}.csv"' in response["Content-Disposition"]
    for row in found.values():
        assert row["état au"].strip("'") == str(localdate())
        assert row["version à jour"] == "https://guide.example.org/carte.csv"
        assert row["page"].startswith("https://guide.example.org/departements/")


def test_the_file_runs_nothing_in_a_spreadsheet(client):
    with changeset("Un nom pour le test"):
        rhone = Departement.objects.get(code="69")
        rhone.name = "=1+1"
        rhone.save()
    assert "'=1+1" in client.get("/carte.csv").content.decode()


@pytest.mark.parametrize(("signs", "words"), [(WAY_SIGNS, WAYS), (AGE_SIGNS, AGES)])
def test_the_sign_that_is_seen_is_in_the_name_that_is_spoken(signs, words):
    """Signs that are no letter nor figure are not spoken."""
    spoken = {name: sign for name, sign in signs.items() if sign.isalnum()}
    assert len(spoken) >= 4
    assert {name for name, sign in spoken.items() if sign.lower() not in words[name]} == set()
