"""What pages say in the words of schema.org: valid, whole addresses, no more than is known."""

import json
import re

import pytest

from prefectures.models import Prefecture, Procedure, changeset
from prefectures.public.data.files import Files

from ..test_own_sentences import PAGES

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BEZIERS = "/departements/34-herault/sous-prefecture-de-beziers/"
HERAULT = "/departements/34-herault/"
# What schema.org's types have of what is said here (schema.org/GovernmentOffice, and so on).
PROPERTIES = {
    "GovernmentOffice": {"name", "address", "telephone", "email", "url"},
    "GovernmentService": {"name", "serviceType", "url", "areaServed", "provider"},
    "AdministrativeArea": {"name"},
    "Dataset": {
        *("name", "description", "url", "inLanguage", "isAccessibleForFree", "creator"),
        *("license", "distribution", "dateModified"),
    },
    "DataDownload": {"name", "contentUrl", "encodingFormat"},
    "NGO": {"name", "url"},
}


@pytest.fixture
def said(client, settings):
    """Return a function that gives what a page says to programs, None where it says nothing."""
    settings.PUBLIC_ADDRESS = "https://guide.example.org"

    def said(address):
        found = SCRIPT.findall(client.get(address).content.decode())
        assert len(found) <= 1
        return json.loads(found[0]) if found else None

    return said


def things(value):
    """Yield each object that is said of, within others too."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things(inner)


@pytest.mark.parametrize(
    "address", [BEZIERS, HERAULT, "/donnees/", "/ar/donnees/", f"/en{BEZIERS}"]
)
def test_all_that_is_said_is_in_the_words_of_schema_org(said, address):
    told = said(address)
    assert told["@context"] == "https://schema.org"
    for thing in things(told):
        assert thing.keys() - {"@type", "@context"} <= PROPERTIES[thing["@type"]]
        assert thing["name"]
        assert "" not in thing.values()
        for name in ("url", "contentUrl"):
            assert re.match("https?://", thing.get(name, "https://"))


def test_a_sheet_says_what_it_is_for_where_and_with_whom(said):
    told = said(BEZIERS)
    assert told["@type"] == "GovernmentService"
    assert told["url"] == f"https://guide.example.org{BEZIERS}"
    assert told["serviceType"] == "Admission exceptionnelle au séjour"
    assert told["areaServed"]["name"] == "Hérault"
    assert [each["name"] for each in told["provider"]] == ["Sous-préfecture de Béziers"]


def test_a_departement_tells_its_offices_as_they_are_known(said):
    offices = {office["name"]: office for office in said(HERAULT)["@graph"]}
    assert offices.keys() == {office.name for office in Prefecture.objects.filter(departement="34")}
    assert "address" in offices["Préfecture de Montpellier"]
    assert "address" not in offices["Sous-préfecture de Béziers"]


def test_an_office_without_an_address_has_none_and_no_hours_are_made_up(said):
    for office in said(HERAULT)["@graph"]:
        assert office.keys() <= {"@type", *PROPERTIES["GovernmentOffice"]}


@pytest.mark.parametrize("situation", ["suspended", "not_offered", "not_stated", "unknown"])
def test_a_sheet_that_leads_nowhere_is_no_service(said, edit, beziers, situation):
    edit(beziers, situation=situation)
    assert said(BEZIERS) is None


def test_the_data_tell_each_of_their_files(said):
    told = said("/donnees/")
    assert told["@type"] == "Dataset"
    assert [each["contentUrl"] for each in told["distribution"]] == [
        f"https://guide.example.org/donnees/{name}" for name in Files(str).names
    ]
    assert {each["encodingFormat"] for each in told["distribution"]} == {
        "text/csv",
        "application/json",
    }


def test_other_pages_say_nothing(client):
    for address in PAGES:
        parts = address.strip("/").split("/")
        if parts[0] in ("departements", "donnees") and "historique" not in parts:
            continue
        assert not SCRIPT.search(client.get(address).content.decode()), address


def test_what_would_end_the_script_is_told_otherwise(client, said, edit, beziers):
    hostile = "</script><!--<script>&\u2028"
    with changeset("Un titre pour le test"):
        beziers.title = hostile
        beziers.save()
    page = client.get(BEZIERS).content.decode()
    (script,) = SCRIPT.findall(page)
    assert not re.search("[<>&\u2028]", script)
    assert said(BEZIERS)["name"] == Procedure.objects.get(pk=beziers.pk).title


def test_a_preview_says_nothing(admin_client, beziers):
    pages = admin_client.get(f"/admin/prefectures/procedure/{beziers.pk}/apercu/")
    assert not SCRIPT.search(pages.content.decode())
