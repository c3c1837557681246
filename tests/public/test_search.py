"""The search: whatever somebody types gets a page, and what was typed stays text."""

import re
from urllib.parse import quote

import pytest
from django.conf import settings

from prefectures.finder import kept
from prefectures.models import Commune, PostalCode, Procedure
from prefectures.text.naming import normalised
from prefectures.text.wanted import LONGEST_QUERY

from .reading import tree

pytestmark = pytest.mark.django_db

FINDER = "/static/prefectures/finder.js"
LODEVE = "/communes/34142-lodeve/"


@pytest.fixture(autouse=True)
def _as_the_database_is():
    """Communes that a test writes are past the gate, which would tell of them."""
    kept.forget()
    yield
    kept.forget()


def add_town(code, name, postal_codes=(), **fields):
    town = Commune.objects.create(
        code=code, name=name, search=normalised(name), departement_id=code[:2], **fields
    )
    for postal_code in postal_codes:
        PostalCode.objects.create(commune=town, code=postal_code)
    return town


def results(response):
    """Return [(name, address)] of the places that the page lists."""
    found = tree(response.content.decode()).find(".//ul[@class='results']")
    links = [] if found is None else found.iter("a")
    return [("".join(link.itertext()).strip(), link.get("href")) for link in links]


# --- Led to at once ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("lodeve", LODEVE),
        ("j’habite à Lodève", LODEVE),
        ("Hérault", "/departements/34-herault/"),
        ("34", "/departements/34-herault/"),
        ("2a", "/departements/2a-corse-du-sud/"),
        ("occitanie", "/regions/occitanie/"),
        ("Sévérac-le-Château", "/communes/12270-severac-d-aveyron/"),
    ],
)
def test_what_is_named_is_led_to_at_once(client, ask, query, address):
    response = ask(query)
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get(address).status_code == 200


def test_a_postal_code_of_one_commune_leads_to_it(ask):
    assert ask("34170")["Location"] == "/communes/34057-castelnau-le-lez/"


def test_a_postal_code_whose_communes_have_the_same_answer_leads_to_that(ask):
    sheet = "prefecture-de-montpellier-et-sous-prefecture-de-lodeve"
    assert ask("34700")["Location"] == f"/departements/34-herault/{sheet}/"


def test_a_postal_code_of_two_competences_asks_which_commune(ask):
    response = ask(shared_postal_code())
    assert response.status_code == 200
    assert "Choisissez : chaque lieu a sa réponse" in response.page.text
    titles = set(Procedure.objects.filter(departement="34").values_list("title", flat=True))
    assert all(title in response.page.text for title in titles)


def shared_postal_code():
    """Return a postal code whose communes are in arrondissements that file apart."""
    lodeve = PostalCode.objects.filter(commune__arrondissement__in=["342", "343"])
    beziers = PostalCode.objects.filter(commune__arrondissement="341")
    return min(
        set(lodeve.values_list("code", flat=True)) & set(beziers.values_list("code", flat=True))
    )


def test_a_postal_code_without_any_sheet_leads_to_its_departement(ask):
    add_town("69003", "Les Olmes", ["69999"])
    add_town("69004", "Les Ormes", ["69999"])
    assert ask("69999")["Location"] == "/departements/69-rhone/"


def test_a_code_of_two_departements_without_sheets_asks_which_commune(ask):
    add_town("69003", "Les Olmes", ["69999"])
    add_town("42003", "Les Ormes", ["69999"])
    assert [name for name, _ in results(ask("69999"))] == ["Les Olmes", "Les Ormes"]


# --- Chosen from ------------------------------------------------------------------------------


def test_places_of_one_name_are_told_apart_by_departement_arrondissement_and_postal_code(ask):
    add_town("69003", "Lodève", ["69700"])
    page = ask("lodeve").page
    assert "Hérault (34), arrondissement de Lodève · 34700" in page.text
    assert "Rhône (69) · 69700" in page.text


def test_a_list_says_who_answers_in_each_place_or_that_nobody_knows_yet(ask):
    add_town("69003", "Lodève", ["69700"])
    page = ask("lodeve").page
    assert "Préfecture de Montpellier et sous-préfecture de Lodève" in page.text
    assert "pas encore de fiche" in page.text


def test_what_is_mistyped_is_offered_and_not_taken_for_granted(ask):
    response = ask("lodevve")
    assert response.status_code == 200
    assert "Vouliez-vous dire…" in response.page.text
    assert results(response)[0] == ("Lodève", LODEVE)


def test_an_office_asks_where_one_lives(ask):
    response = ask("préfecture de Montpellier")
    assert results(response) == [
        ("Préfecture de Montpellier", "/departements/34-herault/"),
        ("Montpellier", "/communes/34172-montpellier/"),
    ]


def test_an_old_name_is_shown_with_the_name_of_today(ask):
    response = ask("conques")
    assert results(response)[0] == (
        "Conques (aujourd’hui\xa0: Conques-en-Rouergue)",
        "/communes/12218-conques-en-rouergue/",
    )


def test_at_most_thirty_places_are_shown_and_the_rest_is_said(ask):
    response = ask("saint m")
    assert len(results(response)) == 30
    assert "Il y en a d’autres" in response.page.text


def test_a_commune_that_no_longer_exists_is_not_found(ask):
    Commune.objects.filter(name="Lodève").update(is_current=False)
    assert LODEVE not in [address for _, address in results(ask("lodeve"))]


def test_a_new_sheet_is_told_at_once(ask, publish):
    assert "pas encore de fiche" in ask("lyo").page.text
    publish(title="Préfecture de Lyon", departement="69")
    assert "Préfecture de Lyon" in ask("lyo").page.text


# --- No place ---------------------------------------------------------------------------------


def test_a_word_of_the_guidance_is_no_place(ask):
    page = ask("travail").page
    assert "« travail » n’est pas un lieu" in page.text
    assert "La réponse dépend de là où vous habitez" in page.text


def test_what_is_not_found_says_what_to_do_next(ask):
    page = ask("Trifouillis-les-Oies").page
    assert "Nous n’avons pas trouvé « Trifouillis-les-Oies »" in page.text
    assert "Choisir une région dans la liste" in page.text


def test_what_names_nothing_is_told_as_not_understood(ask):
    for query in ("🙏🏽", "bonjour", "???"):
        assert f"Nous n’avons pas compris « {query} »" in ask(query).page.text


def test_a_postal_code_that_nobody_has_is_told_as_such(ask):
    response = ask("34999")
    assert "Aucune commune n’a le code postal 34999" in response.page.text
    assert results(response) == [("Hérault (34)", "/departements/34-herault/")]


def test_an_empty_search_asks_where_one_lives(ask):
    assert "Où habitez-vous ?" in ask("   ").page.text


def test_words_of_no_place_are_sought_in_the_sheets_and_among_hard_words(ask):
    response = ask("récépissé")
    assert "n’est pas un lieu" in response.page.text
    marks = [mark.text for mark in tree(response.content.decode()).iter("mark")]
    assert {mark.lower() for mark in marks} <= {"récépissé", "récépissés"}
    assert marks
    assert any(link.startswith("/glossaire/#") for link in response.page.links)


def test_words_that_nothing_holds_are_told_once(ask):
    page = ask("introuvable").page
    assert page.text.count("Nous n’avons pas trouvé") == 1
    assert "Aucune fiche trouvée" not in page.text


def test_places_found_offer_to_search_the_sheets_as_well(ask):
    assert "/recherche/?q=saint%20m&dans=fiches" in ask("saint m").page.links


def test_the_sheets_are_searched_on_a_page_of_their_own(client):
    response = client.get("/recherche/", {"q": "toulouse", "dans": "fiches"})
    assert response.status_code == 200
    field = tree(response.content.decode()).find(".//input[@name='dans']")
    assert field.get("value") == "fiches"
    assert response["Cache-Control"] == "no-store"


# --- Kept nowhere -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["lodeve", "lodevve", "travail", ""])
@pytest.mark.parametrize("address", ["/recherche/", "/recherche/propositions/"])
def test_what_is_typed_is_kept_nowhere(client, caplog, query, address):
    response = client.get(address, {"q": query})
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.status_code == 302 or response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}
    assert caplog.records == []


# --- While one types --------------------------------------------------------------------------


def test_what_is_typed_so_far_is_completed_by_the_largest_places(client):
    rows = client.get("/recherche/propositions/", {"q": "mon"}).json()
    assert rows[0] == [
        "Montpellier",
        "Hérault (34) · 34000 34070 34080 …",
        "/communes/34172-montpellier/",
    ]
    assert len(rows) == 7


def test_the_script_that_proposes_is_of_three_kilobytes_at_most():
    script = settings.BASE_DIR / "prefectures/static/prefectures/finder.js"
    assert script.stat().st_size <= 3 * 1024


@pytest.mark.parametrize("query", ["", " ", "?", "🙏🏽"])
def test_nothing_is_proposed_for_nothing(client, query):
    assert client.get("/recherche/propositions/", {"q": query}).json() == []


# --- Whatever is typed ------------------------------------------------------------------------

NASTY = {
    "one letter": "a",
    "nothing": "",
    "spaces": " \t\n\u00a0\u3000 ",
    "a full stop": ".",
    "an emoji": "🙏🏽",
    "a flag": "🇫🇷 Toulouse",
    "ten thousand letters": "a" * 10_000,
    "ten thousand digits": "3" * 10_000,
    "ten thousand spaces": " " * 10_000,
    "a percent sign": "%",
    "percent signs": "lod%ve",
    "an underscore": "_",
    "underscores": "lod_ve",
    "a quote": "l'",
    "double quotes": '"lodève"',
    "a backslash": "\\",
    "SQL": "'; DROP TABLE prefectures_commune; --",
    "more SQL": "1 OR 1=1",
    "a script": "<script>alert(1)</script>",
    "an attribute": '"><img src=x onerror=alert(1)>',
    "an attribute without quotes": "' autofocus onfocus='alert(1)",
    "an entity": "&lt;b&gt;&amp;",
    "a template": "{{ settings.SECRET_KEY }}{% debug %}",
    "a nul": "lod\x00eve",
    "only a nul": "\x00",
    "control characters": "\x01\x02\x1b[31m\x7f\x85",
    "a right-to-left mark": "\u202elodeve\u200f",
    "an invisible space": "\u200b",
    "a lone surrogate, encoded": "%ED%A0%80",
    "arabic": "تولوز",
    "chinese": "图卢兹",
    "an accent alone": "\u0301",
    "a huge number": "９" * 50,
}


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_whatever_is_typed_gets_a_page(ask, query):
    response = ask(query)
    assert len(response.content) < 30_000
    if response.status_code == 302:
        # Nothing of what was typed is in the address that it leads to.
        assert re.fullmatch(r"/communes/[0-9]{5}-[a-z-]+/", response["Location"])
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_whatever_is_typed_is_never_more_than_text(ask, query):
    response = ask(query)
    if response.status_code == 302:
        return
    html = response.content.decode()
    page = tree(html)
    assert "<script>alert" not in html
    assert list(page.iter("img")) == []
    assert [script.get("src") for script in page.iter("script")] == [FINDER]
    (field,) = [field for field in page.iter("input") if field.get("name") == "q"]
    assert set(field.attrib) <= {
        "type",
        "id",
        "name",
        "value",
        "maxlength",
        "data-places",
        "data-count",
        "autocomplete",
        "enterkeyhint",
        "dir",
        "aria-describedby",
    }


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_whatever_is_sought_in_the_sheets_is_only_text(client, query):
    response = client.get("/recherche/", {"q": query, "dans": "fiches", "page": query})
    assert response.status_code == 200
    html = response.content.decode()
    assert "<script>alert" not in html
    assert list(tree(html).iter("img")) == []


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_no_control_character_comes_back(ask, query):
    html = ask(query).content.decode()
    assert [sign for sign in html if ord(sign) < 32 and sign not in "\n\t\r"] == []
    assert "\x7f" not in html


def test_an_unreadable_address_gets_a_page(client):
    for raw in ("%FF%FE", "%ED%A0%80", "%00", "%", "%C3"):
        assert client.get(f"/recherche/?q={raw}").status_code == 200
        assert client.get(f"/recherche/propositions/?q={raw}").json() == []


def test_words_typed_twice_in_the_address_get_a_page(client):
    assert client.get("/recherche/?q=lodeve&q=introuvable&x=1").status_code == 200


def test_the_search_is_not_for_search_engines(ask):
    for query in ("", "lodevve", "introuvable"):
        robots = tree(ask(query).content.decode()).find(".//meta[@name='robots']")
        assert robots.get("content") == "noindex"


def test_the_words_stay_in_the_field(ask):
    page = tree(ask("Lodève & co").content.decode())
    assert page.find(".//input[@name='q']").get("value") == "Lodève & co"


def test_a_long_query_is_cut(ask):
    page = tree(ask("a" * 10_000).content.decode())
    assert page.find(".//input[@name='q']").get("value") == "a" * LONGEST_QUERY


def test_the_form_asks_by_the_address_so_that_nothing_is_sent(ask):
    form = tree(ask("").content.decode()).find(".//form")
    assert form.get("method", "get").lower() == "get"
    assert quote(form.get("action")) == "/recherche/"
