"""What search engines read: whole addresses, true dates, few questions."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.languages import address_in
from prefectures.models import Departement

from ..test_queries import publish_sheets

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HERAULT = "/sitemap-34-herault.xml"
FILES = ["/sitemap.xml", "/sitemap-pages.xml", HERAULT, "/sitemap-69-rhone.xml"]
SITE = "https://guide.example.org"
# Of sitemaps.org: addresses of a file, and its bytes.
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 2**20

each_file = pytest.mark.parametrize("address", FILES)


@pytest.fixture
def entries(client, settings):
    """Return a function that reads a file: {path: moment, or None}."""
    settings.PUBLIC_ADDRESS = SITE

    def entries(address):
        found = {}
        for element in ElementTree.fromstring(client.get(address).content):
            path = element.findtext(f"{NAMESPACE}loc").removeprefix(SITE)
            moment = element.findtext(f"{NAMESPACE}lastmod")
            assert path.startswith("/")
            assert path not in found
            found[path] = moment and datetime.fromisoformat(moment)
        return found

    return entries


@each_file
def test_a_sitemap_is_as_the_protocol_says(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    index = address == "/sitemap.xml"
    assert root.tag == f"{NAMESPACE}{'sitemapindex' if index else 'urlset'}"
    assert {each.tag for each in root} == {f"{NAMESPACE}{'sitemap' if index else 'url'}"}
    assert len(root) <= MOST_ADDRESSES
    assert len(response.content) <= MOST_BYTES


def test_the_index_names_a_sitemap_of_the_site_and_one_a_departement(entries):
    slugs = Departement.objects.order_by("code").values_list("slug", flat=True)
    expected = ["/sitemap-pages.xml", *(f"/sitemap-{slug}.xml" for slug in slugs)]
    assert [*entries("/sitemap.xml")] == expected


def test_a_page_stands_in_its_sitemap_once_in_each_language(entries):
    found = entries(HERAULT)
    french = [path for path in found if not path.startswith(("/ar/", "/en/", "/es/"))]
    languages = [code for code, _ in django_settings.LANGUAGES]
    assert [*found] == [address_in(code, path) for path in french for code in languages]


def test_a_moment_is_the_same_in_the_index_and_in_the_file_whose_newest_it_is(entries, publish):
    publish()
    index = entries("/sitemap.xml")
    for path in (HERAULT, "/sitemap-69-rhone.xml"):
        assert index[path] == max(filter(None, entries(path).values()))


def test_a_departement_without_sheets_has_no_date(entries):
    assert {*entries("/sitemap-69-rhone.xml").values()} == {None}
    assert entries("/sitemap.xml")["/sitemap-69-rhone.xml"] is None


@each_file
def test_a_sitemap_asks_as_much_for_one_sheet_as_for_fifty(client, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    publish_sheets(1, 1)
    for_one = queries()
    publish_sheets(2, 50)
    assert queries() == for_one <= 4


@pytest.mark.parametrize("code", ["34", "34-autre", "2a"])
def test_the_number_of_a_departement_leads_to_its_sitemap(client, code):
    response = client.get(f"/sitemap-{code}.xml")
    slug = "2a-corse-du-sud" if code == "2a" else "34-herault"
    assert (response.status_code, response["Location"]) == (301, f"/sitemap-{slug}.xml")


@pytest.mark.parametrize("address", ["/sitemap-99.xml", "/sitemap-.xml", "/en/sitemap.xml"])
def test_a_sitemap_of_no_place_is_unknown(client, address):
    assert client.get(address).status_code == 404


# --- robots.txt -------------------------------------------------------------------------------


@pytest.fixture
def robots(client, settings):
    settings.PUBLIC_ADDRESS = SITE
    return client.get("/robots.txt").content.decode().splitlines()


def test_robots_are_told_where_the_sitemap_is(robots):
    assert robots[-1] == f"Sitemap: {SITE}/sitemap.xml"


def test_robots_are_kept_from_the_team_s_screens_and_from_searches_and_from_nothing_else(robots):
    languages = ("", "/ar", "/en", "/es")
    refused = [line.removeprefix("Disallow: ") for line in robots if line.startswith("Disallow")]
    assert refused == ["/admin/", *(f"{prefix}/recherche/" for prefix in languages)]
    assert robots[0] == "User-agent: *"


def test_robots_txt_is_plain_text(client):
    assert client.get("/robots.txt")["Content-Type"] == "text/plain; charset=utf-8"
