"""The Atom feeds: as RFC 4287 says, the same until something is published, and nothing internal."""

import re
from datetime import datetime
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import PublishedDocument
from prefectures.public import feeds

from .cache.conftest import site  # noqa: F401
from .reading import tree

ALL = "/changements.atom"
FEEDS = [
    ALL,
    "/regions/occitanie/changements.atom",
    "/departements/34-herault/changements.atom",
    "/departements/69-rhone/changements.atom",
    "/departements/975-saint-pierre-et-miquelon/changements.atom",
]
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:[a-z.-]+,\d{4}:\S+")
OF_A_FEED = {"title", "link", "id", "updated", "subtitle", "author"}
OF_AN_ENTRY = {"title", "link", "id", "updated", "published", "summary"}
ONCE = ("title", "id", "updated")

each_feed = pytest.mark.parametrize("address", FEEDS)


def read(client, address=ALL):
    return ElementTree.fromstring(client.get(address).content)


def entries(client, address=ALL):
    return read(client, address).findall(f"{ATOM}entry")


def said(element, name):
    return element.findtext(f"{ATOM}{name}")


def faults(feed):
    """Return what RFC 4287 would not let pass, as sentences."""
    found = []
    if feed.tag != f"{ATOM}feed":
        found.append(f"the root is {feed.tag}")
    if feed.findtext(f"{ATOM}author/{ATOM}name", "") == "":
        found.append("nobody wrote it (4.1.1)")
    ids = [said(feed, "id")]
    for element, allowed in [
        (feed, OF_A_FEED | {"entry"}),
        *((entry, OF_AN_ENTRY) for entry in feed.findall(f"{ATOM}entry")),
    ]:
        names = [child.tag.removeprefix(ATOM) for child in element]
        found += [f"{name} is not expected" for name in names if name not in allowed]
        found += [
            f"{name} is there {names.count(name)} times" for name in ONCE if names.count(name) != 1
        ]
        found += [
            f"{moment} is no moment" for moment in _moments(element) if not _is_moment(moment)
        ]
        links = element.findall(f"{ATOM}link")
        if not any(link.get("rel") == "alternate" for link in links):
            found.append("it leads to no page (4.1.1, 4.1.2)")
        found += [
            f"{link.get('href')} is no whole address"
            for link in links
            if not link.get("href", "").startswith("http")
        ]
        found += [f"{name} is empty" for name in ("title", "id") if not said(element, name)]
        if element is not feed:
            ids.append(said(element, "id"))
    found += [f"{each} is no tag" for each in ids if not TAG.fullmatch(each)]
    if len(ids) != len(set(ids)):
        found.append("an identifier is there twice (4.2.6)")
    return found


def _moments(element):
    return [child.text for child in element if child.tag in (f"{ATOM}updated", f"{ATOM}published")]


def _is_moment(text):
    return bool(MOMENT.fullmatch(text) and datetime.fromisoformat(text))


@each_feed
def test_a_feed_is_as_the_standard_says(client, address):
    assert faults(read(client, address)) == []


def test_a_fault_would_be_seen():
    assert faults(ElementTree.fromstring(f'<feed xmlns="{ATOM[1:-1]}"><id>1</id></feed>'))


@each_feed
def test_a_feed_says_what_it_is_in_french_and_leads_to_itself_and_to_its_page(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.get(LANGUAGE) == "fr"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{address}"
    page = links["alternate"].removeprefix("http://testserver")
    assert page == address.replace("changements.atom", "changements/")
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/changements/",
        "/regions/occitanie/",
        "/regions/occitanie/changements/",
        "/departements/34-herault/",
        "/departements/34-herault/changements/",
    ],
)
def test_a_page_names_its_feed(client, page):
    root = tree(client.get(page).content.decode())
    [link] = root.findall(".//link[@type='application/atom+xml']")
    assert link.get("rel") == "alternate"
    own = (
        "/changements.atom"
        if page == "/"
        else f"{page.removesuffix('changements/')}changements.atom"
    )
    assert link.get("href") == own
    assert client.get(own).status_code == 200


def test_an_entry_says_what_changed_and_why(client, publish, edit):
    edit(publish(), conditions="<p>Autre.</p>", public_reason="La préfecture a changé ses règles.")
    newest = entries(client)[0]
    assert (
        said(newest, "title").replace("\u00a0", " ") == "Préfecture de Lyon (69) : fiche modifiée"
    )
    assert said(newest, "summary").replace("\u00a0", " ") == (
        "La préfecture a changé ses règles.\n"
        "Préfecture de Lyon (69) : fiche modifiée (Avant de commencer)."
    )


def test_an_entry_of_many_sheets_names_a_few_and_counts_the_others(client):
    oldest = entries(client)[-1]
    assert said(oldest, "title").endswith(" et 11 autres")
    assert said(oldest, "summary").endswith("Et 11 autres.")


def test_every_entry_leads_to_a_page(client):
    for entry in entries(client):
        address = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
        assert client.get(address).status_code == 200


def test_an_entry_keeps_its_identifier_and_its_moment(client, publish, edit):
    sheet = publish()
    before = ElementTree.tostring(entries(client)[0])
    edit(sheet, conditions="<p>Autre.</p>")
    assert ElementTree.tostring(entries(client)[1]) == before


def test_an_entry_is_dated_when_readers_saw_it(client, clock, publish):
    clock(2026, 3, 3, 10, 12)
    publish()
    [row] = PublishedDocument.objects.filter(slug="prefecture-de-lyon")
    newest = entries(client, "/departements/69-rhone/changements.atom")[0]
    assert datetime.fromisoformat(said(newest, "updated")) == row.at


def test_a_feed_has_fifty_entries_at_most(client, publish, edit, monkeypatch):
    assert feeds.MOST_ENTRIES == 50
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 3)
    sheet = publish()
    for number in range(5):
        edit(sheet, conditions=f"<p>{number}</p>")
    assert len(entries(client)) == 3


def test_a_minor_change_is_no_entry(client, publish, edit):
    sheet = publish()
    before = client.get(ALL).content
    edit(sheet, conditions="<p>Autre.</p>", is_minor=True)
    assert client.get(ALL).content == before


def test_what_xml_has_no_sign_for_breaks_no_feed(client, publish, unguarded):
    sheet = publish(public_reason="<b>&amp;</b> ]]>")
    PublishedDocument.objects.filter(procedure=sheet.pk).update(title="Lyon\x0b\x1f &")
    assert faults(read(client)) == []
    assert "<b>&amp;</b> ]]>" in unescape(said(entries(client)[0], "summary"))


def test_a_reason_is_text_to_a_reader_of_html(client, publish):
    publish(public_reason="Moins de <b>cinq</b> ans")
    summary = entries(client)[0].find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert summary.text.startswith("Moins de &lt;b&gt;cinq&lt;/b&gt; ans")


def test_a_feed_of_a_place_that_does_not_exist_is_unknown(client):
    for address in ("/regions/nulle-part/changements.atom", "/departements/99/changements.atom"):
        assert client.get(address).status_code == 404


def test_the_number_of_a_departement_leads_to_its_feed(client):
    response = client.get("/departements/34/changements.atom")
    assert (response.status_code, response["Location"]) == (301, FEEDS[2])


def test_a_feed_asks_as_much_for_one_change_as_for_many(client, publish, edit):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(ALL)
        return len(captured)

    sheet = publish()
    for_one = queries()
    for number in range(20):
        edit(sheet, conditions=f"<p>{number}</p>")
    assert queries() == for_one <= 4


# --- As it is kept ----------------------------------------------------------------------------


@each_feed
def test_a_feed_that_has_not_changed_is_not_sent_again(site, address):  # noqa: F811
    first = site.get(address)
    again = site.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert len(site.asked) == 1


def test_a_feed_is_the_same_whoever_makes_it(site):  # noqa: F811
    assert site.get(ALL).body == site.made_anew(ALL).body
    empty = "/departements/69-rhone/changements.atom"
    assert site.get(empty).body == site.made_anew(empty).body


@pytest.mark.django_db
@each_feed
def test_a_feed_of_another_language_is_known_by_other_identifiers(client, address):
    feed, french = read(client, f"/en{address}"), read(client, address)
    assert (feed.get(LANGUAGE), french.get(LANGUAGE)) == ("en", "fr")
    assert said(feed, "id") == f"{said(french, 'id')}/en"
    own = [said(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
    assert own == [f"{said(entry, 'id')}/en" for entry in french.findall(f"{ATOM}entry")]


@pytest.mark.django_db
def test_a_feed_of_another_language_leads_to_pages_of_that_language(client):
    links = [link.get("href") for link in read(client, f"/en{ALL}").iter(f"{ATOM}link")]
    assert links
    assert [link for link in links if not link.startswith("http://testserver/en/")] == []
