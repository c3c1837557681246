"""Each page in each language, at an address of its own, whoever asks for it."""

import json
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils.timezone import localdate

from prefectures.languages import TRANSLATED, address_in, language_of
from prefectures.public import urls

from .reading import text, tree
from .test_public_address import ALL, CAHORS

# What is there on the day on which the tests' own site was made.
SPOKEN_OF = ALL | {"as_of": f"{CAHORS}au/{localdate()}/"}

pytestmark = pytest.mark.django_db

# Those that speak: not what only programs read.
SPEAKING = {name: SPOKEN_OF[name] for name in (route.name for route in urls.urlpatterns)}
PAGES = [
    address
    for name, address in SPEAKING.items()
    if name not in ("suggestions", "map_file") and not name.startswith("feed")
]
TO_BE_FOUND = [address for address in PAGES if "?" not in address and "/historique/" not in address]
TO_BE_FOUND = [address for address in TO_BE_FOUND if "/au/" not in address]
# The lists of communes: each commune is found by itself.
LISTS = ("/communes/", "/communes/34-herault/", "/communes/34-herault/l/")
TO_BE_FOUND = [address for address in TO_BE_FOUND if address not in LISTS]

each_page = pytest.mark.parametrize("address", PAGES)
each_translation = pytest.mark.parametrize("language", TRANSLATED)


def links(response, **about):
    page = tree(response.content.decode())
    return [
        element
        for element in page.iter(about.pop("tag", "a"))
        if all(element.get(name) == value for name, value in about.items())
    ]


def test_the_site_speaks_french_and_three_languages_more():
    assert dict(settings.LANGUAGES) == {
        "fr": "Français",
        "ar": "العربيّة",
        "en": "English",
        "es": "Español",
    }


# --- Addresses --------------------------------------------------------------------------------


@each_page
@each_translation
def test_a_page_speaks_the_language_of_its_address(client, address, language):
    response = client.get(f"/{language}{address}")
    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert response.page.attributes["lang"] == language


@pytest.mark.parametrize("name", [name for name in SPEAKING if name.startswith("feed")])
@each_translation
def test_a_feed_speaks_the_language_of_its_address_and_is_one_of_its_own(client, name, language):
    french, other = (client.get(f"{start}{SPEAKING[name]}") for start in ("", f"/{language}"))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    found = [ElementTree.fromstring(each.content) for each in (french, other)]
    assert [each.get(lang) for each in found] == ["fr", language]
    identifiers = [{each.text for each in feed.iter("{*}id")} for feed in found]
    assert identifiers[0].isdisjoint(identifiers[1])


@pytest.mark.parametrize(
    "prefix", ["de", "fr", "xx", "ar-dz", "AR", "en_GB", "e%6e%6e", "..", "ع", "a" * 300]
)
def test_an_unknown_language_is_not_found_and_told_so_in_french(client, prefix):
    for address in (f"/{prefix}/", f"/{prefix}/carte/"):
        response = client.get(address)
        assert response.status_code == 404
        assert response.page.attributes["lang"] == "fr"


def test_what_is_not_found_in_a_language_is_told_in_it(client):
    response = client.get("/en/nulle-part/")
    assert response.status_code == 404
    assert response.page.attributes["lang"] == "en"


@pytest.mark.parametrize("address", ["/admin/", "/sante/", "/.well-known/security.txt"])
@each_translation
def test_what_no_reader_reads_has_no_address_in_a_language(client, language, address):
    assert client.get(f"/{language}{address}").status_code == 404


@each_translation
def test_a_language_without_its_last_slash_is_led_to_its_home(client, language):
    assert client.get(f"/{language}").headers["Location"] == f"/{language}/"


@each_translation
def test_an_old_address_leads_on_in_its_language(client, language):
    response = client.get(f"/{language}/departements/34/")
    assert response.headers["Location"] == f"/{language}/departements/34-herault/"


def test_the_next_page_is_french_again(client):
    client.get("/ar/carte/")
    assert client.get("/carte/").page.attributes["lang"] == "fr"


# --- Who asks changes nothing -----------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted", ["ar", "en-GB,en;q=0.9", "*", "xx;q=nan", "é" * 200, ",;=q", "fr;q=0,ar;q=1"]
)
def test_the_browser_s_language_changes_no_page(client, wanted):
    for address in ("/", "/es/carte/"):
        as_usual, asked = client.get(address), client.get(address, HTTP_ACCEPT_LANGUAGE=wanted)
        assert asked.content == as_usual.content
        assert "Accept-Language" not in asked.get("Vary", "")


# --- From one to the other --------------------------------------------------------------------


@each_page
def test_a_page_leads_to_itself_in_each_other_language(client, address):
    for here in ("fr", "ar"):
        response = client.get(address_in(here, address))
        leading = {link.get("hreflang"): link.get("href") for link in links(response)}
        leading.pop(None)
        assert leading == {
            code: address_in(code, address) for code, _ in settings.LANGUAGES if code != here
        }


def test_a_language_is_called_by_its_own_name_and_proposed_in_its_own_words(client):
    [link] = links(client.get("/carte/"), hreflang="ar")
    assert (link.get("lang"), link.get("dir")) == ("ar", "rtl")
    assert text(link) == "عربي العربيّة"
    assert link.get("data-proposal").startswith("اقرأ")


@pytest.mark.parametrize("address", TO_BE_FOUND)
def test_search_engines_are_told_of_a_page_in_each_language(client, settings, address):
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    named = []
    for code, _ in settings.LANGUAGES:
        found = links(client.get(address_in(code, address)), tag="link", rel="alternate")
        named.append([(link.get("hreflang"), link.get("href")) for link in found])
        named[-1] = [each for each in named[-1] if each[0]]
    whole = {code: address_in(code, address) for code, _ in settings.LANGUAGES}
    expected = [*whole.items(), ("x-default", address)]
    assert named == [[(code, f"https://guide.example.org{path}") for code, path in expected]] * 4


@pytest.mark.parametrize("address", ["/recherche/?q=lodevve", f"{CAHORS}historique/", "/rien/"])
def test_search_engines_are_told_of_no_page_that_they_shall_leave(client, address):
    named = links(client.get(address), tag="link", rel="alternate")
    assert [link for link in named if link.get("hreflang")] == []


@each_translation
def test_an_address_in_a_language_is_that_of_the_page_and_back(language):
    for address in PAGES:
        path = address_in(language, address)
        assert language_of(path) == language
        assert address_in("fr", path) == address
        assert address_in(language, path) == path


# --- The finder -------------------------------------------------------------------------------


@each_translation
def test_what_is_sure_leads_to_its_page_in_the_language(client, language):
    response = client.get(f"/{language}/recherche/", {"q": "Lodève"})
    assert response.headers["Location"].startswith(f"/{language}/communes/34142-lodeve/")


@each_translation
def test_places_are_proposed_in_the_language(client, language):
    rows = json.loads(client.get(f"/{language}/recherche/propositions/", {"q": "lod"}).content)
    assert rows
    assert all(address.startswith(f"/{language}/") for _name, _where, address in rows)


@each_translation
def test_sheets_that_hold_words_are_led_to_in_the_language_whoever_sought_first(client, language):
    for code in (language, "fr", language):
        address = address_in(code, "/recherche/")
        response = client.get(address, {"q": "demarches simplifiees", "dans": "fiches"})
        led = [link for link in response.page.links if "prefecture-de-beziers" in link]
        assert led
        assert all(language_of(link) == code for link in led)
