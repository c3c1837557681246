"""The files of the open data: what is in them, for whom, and what is said where there is none."""

import csv
import io
import json
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from prefectures.importexport.files.formulas import as_it_was
from prefectures.importexport.open_data.tables import tables
from prefectures.models import Departement, Prefecture, Procedure, Region, Step
from prefectures.public.data.files import FORMATS, Files, addresses

from ..cache.asking import Site
from ..made_up import FILES, load_made_up
from ..test_queries import MOST, publish_sheets

pytestmark = pytest.mark.django_db

HERAULT = "/donnees/departements/34-herault/"
OCCITANIE = "/donnees/regions/occitanie/"
RHONE = "/donnees/departements/69-rhone/"
PLACES = ["/donnees/", OCCITANIE, HERAULT]
# Each table at each place that has it.
EVERY = [f"/donnees/{name}" for name in tables()] + [
    f"{place}{name}"
    for place in (OCCITANIE, HERAULT)
    for name, table in tables().items()
    if table.has_departement
]


@pytest.fixture
def read(client):
    """Return a function that reads a JSON file of the data."""
    return lambda address: json.loads(client.get(f"{address}.json").content)


@pytest.fixture
def read_csv(client):
    """Return a function that reads a CSV file of the data as a spreadsheet does."""

    def read_csv(address):
        text = client.get(f"{address}.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))

    return read_csv


@pytest.fixture
def draft_and_secret(publish):
    publish(title="Pas encore", publication="draft", departement="34")


# --- What is in them --------------------------------------------------------------------------


def test_the_fourteen_sheets_are_there_whole(read):
    assert len(read("/donnees/fiches")["rows"]) == 14
    assert len(read("/donnees/departements")["rows"]) == Departement.objects.count()
    assert len(read("/donnees/regions")["rows"]) == Region.objects.count()
    assert len(read("/donnees/guichets")["rows"]) == Prefecture.objects.count()


def test_every_step_of_the_document_is_there_under_its_sheet(read):
    rows = read("/donnees/etapes")["rows"]
    assert len(rows) == Step.objects.count()
    assert {row["sheet_key"] for row in rows} <= {each.key for each in Procedure.objects.all()}


def test_files_of_a_place_hold_what_is_there_and_nothing_else(read):
    assert {row["departement"] for row in read(f"{HERAULT}fiches")["rows"]} == {"34"}
    rows = read(f"{OCCITANIE}departements")["rows"]
    assert {row["region"] for row in rows} == {"76"}
    assert len(rows) == 13
    assert {row["sheet_key"][:3] for row in read(f"{HERAULT}liens")["rows"]} == {"34/"}


def test_places_that_help_everywhere_are_in_the_files_of_each_place(read):
    everywhere = [
        row["slug"] for row in read("/donnees/lieux-d-aide")["rows"] if "departements" not in row
    ]
    assert everywhere
    assert {*everywhere} <= {row["slug"] for row in read(f"{HERAULT}lieux-d-aide")["rows"]}


@pytest.mark.usefixtures("draft_and_secret")
def test_a_draft_is_in_no_file(client):
    assert b"Pas encore" not in client.get(f"{HERAULT}fiches.json").content


def test_a_sheet_that_is_withdrawn_leaves_and_is_told_among_the_changes(read, edit, beziers):
    edit(beziers, publication="archived", public_reason="Guichet fermé")
    assert beziers.key not in {row["key"] for row in read(f"{HERAULT}fiches")["rows"]}
    last = read(f"{HERAULT}changements")["rows"][-1]
    assert (last["kind"], last["public_reason"]) == ("withdrawn", "Guichet fermé")


def test_a_minor_change_is_not_announced(read, edit, beziers):
    before = read("/donnees/changements")["rows"]
    edit(beziers, is_minor=True, headline="La demande se fait au guichet.")
    assert read("/donnees/changements")["rows"] == before


def test_a_row_says_only_what_its_table_has(read):
    for name in FILES:
        load_made_up(name)
    for address in EVERY:
        table = tables()[address.rpartition("/")[2]]
        said = {name for row in read(address)["rows"] for name in row}
        assert said <= {column.name for column in table.columns}, address


@pytest.mark.parametrize("name", tables())
def test_a_table_says_the_same_in_both_formats(read, read_csv, name):
    load_made_up("seven_sheets_by_ground")
    columns = tables()[name].columns
    as_json, as_csv = read(f"/donnees/{name}")["rows"], read_csv(f"/donnees/{name}")
    assert len(as_json) == len(as_csv)
    for row, cells in zip(as_json, as_csv, strict=True):
        told = {each: as_it_was(cells[each]) for each in row}
        assert told == {each: in_a_cell(value) for each, value in row.items()}
        assert [c.name for c in columns if cells[c.name] and c.name not in row] == []


def in_a_cell(value):
    if isinstance(value, list):
        return " | ".join(value)
    return {True: "oui"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def test_a_spreadsheet_runs_nothing_of_what_was_typed(client, edit, beziers):
    edit(beziers, situation_note="=HYPERLINK(1)")
    assert b";'=HYPERLINK(1);" in client.get(f"{HERAULT}fiches.csv").content


# --- Of when they are -------------------------------------------------------------------------


@pytest.mark.parametrize("address", EVERY)
def test_a_file_says_of_when_it_is_and_where_the_current_one_is(read, read_csv, settings, address):
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    told = read(address)
    assert told["current"] == f"https://guide.example.org{address}.json"
    day = told["as_of"]
    for row in read_csv(address):
        assert row["as_of"] == day
        assert row["current"] == f"https://guide.example.org{address}.csv"


def test_a_spreadsheet_bears_its_place_and_its_day_in_its_name(client, read):
    day = read(f"{HERAULT}fiches")["as_of"]
    told = client.get(f"{HERAULT}fiches.csv")["Content-Disposition"]
    assert told == f'attachment; filename="fiches-34-herault-{day}.csv"'


def test_the_day_is_that_of_the_last_change_there(read, edit, clock, beziers):
    before = read("/donnees/departements/46-lot/fiches")["as_of"]
    clock(2027, 3, 9, 12, 0)
    edit(beziers, headline="La demande se fait au guichet.")
    assert read(f"{HERAULT}fiches")["as_of"] == "2027-03-09"
    assert read("/donnees/departements/46-lot/fiches")["as_of"] == before


def test_the_sums_are_those_of_the_files(client):
    for place in PLACES:
        lines = client.get(f"{place}sommes.txt").content.decode().splitlines()
        told = dict(reversed(line.split("  ")) for line in lines)
        files = {name: client.get(f"{place}{name}").content for name in told}
        assert told == {name: sha256(body).hexdigest() for name, body in files.items()}
        assert len(told) > 15


# --- For whom ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fiches.json", "fiches.csv", "schema.json", "sommes.txt", "rien"])
def test_any_site_may_read_a_file_and_why_there_is_none(client, name):
    assert client.get(f"/donnees/{name}")["Access-Control-Allow-Origin"] == "*"


@pytest.fixture
def site(transactional_db):
    """One process of the server."""
    site = Site()
    yield site
    site.close()


def test_another_site_may_read_that_a_file_is_the_same(site):
    first = site.get("/donnees/fiches.json")
    again = site.get("/donnees/fiches.json", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_head_says_what_a_file_weighs(site):
    whole = site.get("/donnees/fiches.csv")
    head = site.get("/donnees/fiches.csv", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))


# --- Where there is none ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/donnees/rien.csv", "Ce fichier n’existe pas"),
        ("/donnees/fiches.xlsx", "Ce fichier n’existe pas"),
        ("/donnees/fiches", "Ce fichier n’existe pas"),
        ("/donnees/fiches.csv.json", "Ce fichier n’existe pas"),
        (f"{HERAULT}glossaire.csv", "Ce fichier n’existe pas"),
        (f"{HERAULT}schema.json", "Ce fichier n’existe pas"),
        ("/donnees/regions/gaule/fiches.csv", "Ce lieu n’existe pas"),
        ("/donnees/departements/99-rien/fiches.csv", "Ce lieu n’existe pas"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(client, address, said):
    answer = client.get(address)
    assert (answer.status_code, answer["X-Robots-Tag"]) == (404, "noindex")
    assert said in answer.page.text
    assert "/donnees/" in answer.page.links


@pytest.mark.parametrize("method", ["options", "post", "put", "delete", "patch"])
def test_a_wrong_method_is_told_in_a_sentence(client, method):
    answer = getattr(client, method)(f"{HERAULT}fiches.json")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "ne reçoit rien" in answer.page.text
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_code_alone_leads_to_the_address_that_stays(client):
    answer = client.get("/donnees/departements/34/fiches.json")
    assert (answer.status_code, answer["Location"]) == (301, f"{HERAULT}fiches.json")
    assert answer["Access-Control-Allow-Origin"] == "*"


# --- All of them ------------------------------------------------------------------------------


def test_every_address_is_told_once_and_answered(client):
    told = list(addresses())
    assert len(told) == len({*told})
    names = {resolve(address).url_name for address in told}
    assert names == {"data_file", "data_file_of_region", "data_file_of_departement"}
    for address in (*told[:31], *told[-3:]):
        assert client.get(address).status_code == 200


def test_a_file_asks_as_much_for_one_sheet_as_for_twenty(client):
    places = ["/donnees/", "/donnees/regions/auvergne-rhone-alpes/", RHONE]
    files = [
        f"{place}{name}.{ending}"
        for place in places
        for name, table in tables().items()
        if place == "/donnees/" or table.has_departement
        for ending in FORMATS
    ]
    publish_sheets(1, 1)
    for_one = {address: queries(client, address) for address in files}
    publish_sheets(2, 20)
    assert {address: queries(client, address) for address in files} == for_one
    assert max(for_one.values()) <= MOST


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_files_of_a_place_are_those_of_tables_with_a_departement():
    own = [name for name, table in tables().items() if table.has_departement]
    place = Departement.objects.get(code="34")
    assert Files(str, place, ["34"]).names == [f"{name}.{end}" for name in own for end in FORMATS]


def test_a_sheet_that_moved_is_in_the_files_of_where_it_is(read, publish, edit):
    sheet = publish(departement="69")
    edit(sheet, departement=Departement.objects.get(code="38"))
    rows = {code: read(f"/donnees/departements/{code}/fiches")["rows"] for code in PLACES_MOVED}
    assert [row["key"] for row in rows["38-isere"]] == [f"38/{sheet.slug}"]
    assert rows["69-rhone"] == []


PLACES_MOVED = ("69-rhone", "38-isere")
