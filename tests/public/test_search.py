"""The simple search: whatever somebody types gets a page, and what was typed stays text."""

from urllib.parse import quote

import pytest

from prefectures.models import Commune, FormerCommune
from prefectures.public.search import LONGEST_QUERY, MOST_TOWNS, search
from prefectures.text.naming import normalised

from .reading import tree

pytestmark = pytest.mark.django_db


def departements(query):
    return [departement.code for departement in search(query).departements]


def towns(query):
    return [old_name or commune.name for commune, old_name in search(query).towns]


# --- Départements -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Hérault", "34"),
        ("hérault", "34"),
        ("HERAULT", "34"),
        ("heraul", "34"),
        ("  hérault  ", "34"),
        ("34", "34"),
        ("2A", "2A"),
        ("2a", "2A"),
        ("09", "09"),
        ("971", "971"),
        ("haute garonne", "31"),
        ("Haute-Garonne", "31"),
        ("haute  garonne", "31"),
        ("Seine-Saint-Denis", "93"),
        ("seine st denis", "93"),
        ("he\u0301rault", "34"),
    ],
)
def test_a_departement_is_found_by_name_or_number(query, code):
    assert departements(query) == [code]


def test_a_beginning_shared_by_several_departements_finds_them_all():
    assert departements("haute") == ["05", "2B", "31", "43", "52", "65", "70", "74", "87"]


@pytest.mark.parametrize("query", ["99", "340", "3", "garonne haute"])
def test_what_is_no_departement_finds_none(query):
    assert departements(query) == []


# --- Towns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["Lodève", "lodeve", "LODÈVE", "lodev", " lodève ", "lodève!", "« Lodève »"]
)
def test_a_town_is_found_whatever_its_accents_and_case(query):
    assert towns(query) == ["Lodève"]


@pytest.mark.parametrize(
    ("query", "town"),
    [
        ("st gaudens", "Saint-Gaudens"),
        ("St-Gaudens", "Saint-Gaudens"),
        ("saint gaudens", "Saint-Gaudens"),
        ("ste croix vallee francaise", "Sainte-Croix-Vallée-Française"),
        ("escorneboeuf", "Escornebœuf"),
        ("escornebœuf", "Escornebœuf"),
        ("l'escalette", "Pégairolles-de-l'Escalette"),
        ("l’escalette", "Pégairolles-de-l'Escalette"),
        ("vigan", "Le Vigan"),
    ],
)
def test_a_town_is_found_by_a_usual_spelling(query, town):
    assert town in towns(query)


def test_the_town_that_bears_the_very_name_comes_first():
    assert towns("castres")[0] == "Castres"


def test_a_postal_code_finds_all_its_communes():
    expected = Commune.objects.filter(postal_codes__code="34700", is_current=True)
    assert len(expected) > 10
    assert set(towns("34700")) == {commune.name for commune in expected}
    assert "Lodève" in towns("34700")


def test_a_postal_code_may_be_typed_in_two_parts():
    assert towns("34 700") == towns("34700")


@pytest.mark.parametrize("query", ["345", "3470", "347000", "99999", "00000", "٣٤٧٠٠", "²³⁴⁵⁶"])
def test_a_number_that_is_no_postal_code_finds_no_town(query):
    assert towns(query) == []


@pytest.mark.parametrize("query", ["a", "é", " x "])
def test_one_letter_finds_no_town(query):
    assert towns(query) == []


def test_at_most_thirty_towns_are_shown_and_the_rest_is_said(ask):
    answer = search("saint")
    assert len(answer.towns) == MOST_TOWNS
    assert answer.has_more_towns
    assert "Il y en a d’autres" in ask("saint").page.text


@pytest.mark.parametrize(
    ("old_name", "today"),
    [
        ("Conques", "Conques-en-Rouergue"),
        ("Le Pont-de-Montvert", "Pont de Montvert - Sud Mont Lozère"),
        ("Sévérac-le-Château", "Sévérac d'Aveyron"),
        ("Dio-et-Valquières", "Lunas-les-Châteaux"),
    ],
)
def test_an_old_commune_leads_to_the_one_it_is_part_of_today(old_name, today):
    assert FormerCommune.objects.filter(name=old_name, commune__name=today).exists()
    assert today in [commune.name for commune, _ in search(old_name).towns]


def test_an_old_name_is_shown_with_the_name_of_today(ask):
    assert (
        "Sévérac-le-Château (aujourd’hui Sévérac d'Aveyron)" in ask("severac le chateau").page.text
    )


def test_a_commune_that_no_longer_exists_is_not_found():
    Commune.objects.filter(name="Lodève").update(is_current=False)
    assert "Lodève" not in towns("lodeve")


def test_an_arrondissement_of_a_city_is_not_found_by_its_postal_code():
    """Marseille, Lyon and Paris answer themselves."""
    assert not [commune for commune, _ in search("13001").towns if commune.part_of_id]


def test_a_town_leads_to_the_page_of_its_departement_and_says_where_it_is(ask):
    page = ask("lodeve").page
    assert "/departements/34-herault/" in page.links
    assert "Hérault (34), arrondissement de Lodève · 34700" in page.text


def add_town(code, name):
    return Commune.objects.create(
        code=code, name=name, search=normalised(name), departement_id=code[:2]
    )


@pytest.mark.parametrize("name", ["Mer", "Pont", "Ville", "Saint"])
def test_the_very_name_comes_first_however_many_towns_bear_a_part_of_it(name):
    for number in range(100, 100 + MOST_TOWNS + 1):
        add_town(f"41{number}", f"Ablon-sur-{name} {number}")
    add_town("41999", name)
    assert towns(name.lower())[0] == name
    assert search(name).has_more_towns


def test_an_old_name_comes_before_a_part_of_a_name():
    for number in range(100, 100 + MOST_TOWNS + 1):
        add_town(f"41{number}", f"Ablon-Conques {number}")
    assert towns("conques")[0] == "Conques"


def test_a_name_of_one_letter_is_found():
    add_town("80829", "Y")
    assert towns("Y") == ["Y"]


# --- Whatever is typed ------------------------------------------------------------------------

NASTY = {
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
    assert response.status_code == 200
    assert len(response.content) < 25_000


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_whatever_is_typed_is_never_more_than_text(ask, query):
    html = ask(query).content.decode()
    page = tree(html)
    assert "<script>alert" not in html
    assert list(page.iter("img")) == []
    assert list(page.iter("script")) == []
    (field,) = [field for field in page.iter("input") if field.get("name") == "q"]
    assert set(field.attrib) <= {
        "type",
        "id",
        "name",
        "value",
        "maxlength",
        "autocomplete",
        "enterkeyhint",
        "aria-describedby",
    }


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_no_control_character_comes_back(ask, query):
    html = ask(query).content.decode()
    assert [sign for sign in html if ord(sign) < 32 and sign not in "\n\t\r"] == []
    assert "\x7f" not in html


@pytest.mark.parametrize("query", ["%", "_", "\\", "lod%ve", "lod_ve", "%%%%%", "_____"])
def test_signs_of_sql_patterns_are_only_signs(query):
    assert "Lodève" not in towns(query)


def test_an_unreadable_address_gets_a_page(client):
    for raw in ("%FF%FE", "%ED%A0%80", "%00", "%", "%C3"):
        assert client.get(f"/recherche/?q={raw}").status_code == 200


def test_words_typed_twice_in_the_address_get_a_page(client):
    assert client.get("/recherche/?q=lodeve&q=nimes&x=1").status_code == 200


def test_the_search_is_not_for_search_engines(ask):
    for query in ("", "lodeve", "introuvable"):
        robots = tree(ask(query).content.decode()).find(".//meta[@name='robots']")
        assert robots.get("content") == "noindex"


def test_the_words_stay_in_the_field(ask):
    page = tree(ask("Lodève & co").content.decode())
    assert page.find(".//input[@name='q']").get("value") == "Lodève & co"


def test_a_long_query_is_cut(ask):
    page = tree(ask("a" * 10_000).content.decode())
    assert page.find(".//input[@name='q']").get("value") == "a" * LONGEST_QUERY


def test_what_is_not_found_says_what_to_do_next(ask):
    page = ask("Trifouillis-les-Oies").page
    assert "Nous n’avons pas trouvé « Trifouillis-les-Oies »" in page.text
    assert "Choisir une région dans la liste" in page.text


def test_signs_alone_are_answered_as_not_found(ask):
    """Not an empty page: somebody typed something."""
    assert "Nous n’avons pas trouvé" in ask("🙏🏽").page.text


def test_an_empty_search_says_what_to_type(ask):
    assert "Écrivez le nom de votre ville" in ask("   ").page.text


def test_the_form_asks_by_the_address_so_that_nothing_is_sent(ask):
    form = tree(ask("").content.decode()).find(".//form")
    assert form.get("method", "get").lower() == "get"
    assert quote(form.get("action")) == "/recherche/"
