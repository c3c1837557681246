"""Which pages are meant to be found, those that bear no noindex and no other; and their dates."""

from datetime import UTC, datetime

import pytest

from prefectures.models import Commune, Departement, Prefecture, changeset
from prefectures.public import urls
from prefectures.public.sitemaps import listed
from prefectures.public.sitemaps.listed import every_departement, files, pages_of, pages_of_site

from ...browser.addresses import ADDRESSES

pytestmark = pytest.mark.django_db

# Pages that no search engine shall show, and files that are no pages.
LEFT_OUT = {
    "search",
    "suggestions",
    "history",
    "as_of",
    "document_as_of",
    "feed",
    "feed_of_region",
    "feed_of_departement",
    "map_file",
    # The same in all languages, and led to by pages that are listed.
    "brochure_of_region",
    "brochure_of_departement",
    "commune_lists",
    "commune_initials",
    "communes_of",
    "data_file",
    "data_file_of_region",
    "data_file_of_departement",
    "health",
    "security_txt",
    "service_worker",
    "robots_txt",
    "sitemap",
    "sitemap_of_site",
    "sitemap_of_departement",
}
RHONE = "/departements/69-rhone/"
SHEET = f"{RHONE}prefecture-de-lyon/"
LYON, VILLEFRANCHE = "/communes/69123-lyon/", "/communes/69264-villefranche-sur-saone/"


@pytest.fixture
def parts_of_lyon(db):
    """Two of its municipal arrondissements, as the territory of the site has them."""
    city = Commune.objects.get(code="69123")
    for number in (4, 5):
        name = f"Lyon {number}e Arrondissement"
        Commune.objects.create(
            code=f"6938{number}",
            name=name,
            search=name.lower(),
            departement_id="69",
            arrondissement=city.arrondissement,
            part_of=city,
        )


def of(code):
    """Return {address: when it changed} of the pages of a département."""
    pages = pages_of(Departement.objects.get(code=code))
    return {page.address: page.changed_at for page in pages}


def of_site():
    return {page.address: page.changed_at for page in pages_of_site(every_departement())}


def everything():
    found = pages_of_site(every_departement())
    for departement in every_departement():
        found += pages_of(departement)
    return {page.address: page for page in found}


def told(response):
    """Whether search engines are told to leave a page."""
    html = response.content.decode()
    return response.get("X-Robots-Tag") == "noindex" or '<meta name="robots"' in html


def test_each_public_view_is_listed_or_left_out():
    listing = {*listed.ALONE, *listed.OF_A_REGION, *listed.OF_A_DEPARTEMENT}
    listing |= {"procedure", "commune"}
    names = {pattern.name for pattern in [*urls.urlpatterns, *urls.speaking_to_programs]}
    assert (listing | LEFT_OUT, listing & LEFT_OUT) == (names, set())


def test_every_page_that_is_listed_may_be_found(client):
    pages = everything()
    assert len(pages) > 1000
    # Of each kind of page, a few of each département.
    some = {}
    for address, page in pages.items():
        some.setdefault((page.name, str(page.parts)[:4]), address)
    for address in some.values():
        response = client.get(address)
        assert (response.status_code, told(response)) == (200, False), address
        assert f'<link rel="canonical" href="http://testserver{address}">' in (
            response.content.decode()
        )


@pytest.mark.parametrize(
    "address", [each for each in ADDRESSES if "COMPARED" not in each and each != "/rien/"]
)
def test_a_page_is_listed_or_bears_noindex_and_has_no_canonical_address(client, address):
    response, is_listed = client.get(address), address in everything()
    assert told(response) is not is_listed
    assert ('rel="canonical"' in response.content.decode()) is is_listed


def test_a_commune_is_listed_where_a_sheet_answers_and_only_there(
    client, publish, place, parts_of_lyon
):
    place(publish(), communes_included=["69384"])
    addresses, communes = of("69"), Commune.objects.filter(departement="69", is_current=True)
    listing = []
    for commune in communes.order_by("code"):
        address = commune.get_absolute_url()
        assert told(client.get(address)) is (address not in addresses)
        listing += [commune.code] if address in addresses else []
    # Lyon asks in which part one lives: for one of them there is an answer.
    assert listing == ["69123", "69384"]


def test_a_sheet_is_listed_while_it_is_published(publish, edit):
    sheet = publish()
    assert SHEET in of("69")
    edit(sheet, publication="draft")
    assert SHEET not in of("69")


def test_a_commune_that_a_new_edition_moved_is_listed_where_it_is_now(publish, place):
    place(publish(), communes_included=["69264"])
    moved = Commune(code="69264", departement_id="01", arrondissement_id="012")
    Commune.objects.bulk_update([moved], ["departement", "arrondissement"])
    assert VILLEFRANCHE not in of("69")
    sheet = of("69")[SHEET]
    assert of("01")[VILLEFRANCHE] == sheet
    [file] = [each for each in files(every_departement()) if each.parts == ("01-ain",)]
    assert file.changed_at == sheet


# --- When they changed ------------------------------------------------------------------------


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def test_a_sheet_its_departement_and_its_communes_changed_when_it_did(clock, publish, edit):
    clock(2027, 1, 10, 9, 0)
    sheet = publish()
    clock(2027, 2, 10, 9, 0)
    edit(sheet, conditions="<p>Autre.</p>", is_minor=True)
    found, minor = of("69"), at(2027, 2, 10, 8)
    assert (found[SHEET], found[RHONE], found[LYON]) == (minor, minor, minor)
    # A minor correction is announced nowhere.
    assert found[f"{RHONE}changements/"] == at(2027, 1, 10, 8)


def test_the_departement_changes_when_a_sheet_goes_and_another_stays(clock, publish, edit):
    clock(2027, 1, 10, 9, 0)
    publish(), publish(title="Une autre")
    gone = publish(title="Retirée")
    clock(2027, 3, 1, 9, 0)
    edit(gone, publication="draft")
    found = of("69")
    assert (found[RHONE], found[SHEET]) == (at(2027, 3, 1, 8), at(2027, 1, 10, 8))


def test_a_commune_changes_when_a_sheet_holds_there_no_more(clock, publish, place):
    clock(2027, 1, 10, 9, 0)
    publish()
    other = place(publish(title="Une autre"), communes_included=["69123"])
    clock(2027, 2, 1, 9, 0)
    place(other, communes_included=["69264"])
    before = of("69")
    clock(2027, 3, 1, 9, 0)
    place(other, communes_included=["69264"], communes_excluded=["69123"])
    found = of("69")
    assert (before[LYON], before[VILLEFRANCHE]) == (at(2027, 2, 1, 8), at(2027, 2, 1, 8))
    assert (found[LYON], found[VILLEFRANCHE]) == (at(2027, 2, 1, 8), at(2027, 3, 1, 8))


def test_an_office_that_changes_changes_the_pages_that_show_it(clock, publish):
    clock(2027, 1, 10, 9, 0)
    publish()
    clock(2027, 4, 1, 9, 0)
    with changeset("Une adresse"):
        office = Prefecture.objects.filter(departement="69").first()
        office.address = "1 rue du Test, 69003 Lyon"
        office.save()
    found = of("69")
    assert (found[RHONE], found[SHEET]) == (at(2027, 4, 1, 7), at(2027, 1, 10, 8))


def test_a_city_that_asks_for_a_part_of_it_has_no_date(publish, place, parts_of_lyon):
    place(publish(), communes_included=["69384"])
    assert of("69")[LYON] is None


def test_a_departement_that_a_sheet_left_changed_when_it_did(clock, publish, edit):
    clock(2027, 1, 10, 9, 0)
    publish(), publish(title="Une autre")
    moving = publish(title="Ailleurs")
    clock(2027, 3, 1, 9, 0)
    edit(moving, departement=Departement.objects.get(code="01"))
    left, [file] = (
        of("69"),
        [each for each in files(every_departement()) if each.parts == ("69-rhone",)],
    )
    assert f"{RHONE}ailleurs/" not in left
    assert left[RHONE] == file.changed_at == at(2027, 3, 1, 8)
    assert of("01")["/departements/01-ain/ailleurs/"] == at(2027, 3, 1, 8)


def test_the_home_page_changes_with_what_is_announced_and_the_map_is_not_known(clock, publish):
    clock(2027, 1, 10, 9, 0)
    publish()
    found = of_site()
    news = at(2027, 1, 10, 8)
    assert (found["/"], found["/changements/"]) == (news, news)
    assert found["/regions/auvergne-rhone-alpes/changements/"] == news
    assert found["/regions/occitanie/changements/"] < news
    assert {found[each] for each in ("/carte/", "/a-propos/", "/regions/occitanie/")} == {None}
