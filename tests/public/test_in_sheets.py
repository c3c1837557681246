"""Words are found in what published sheets say, and in the glossary, and shown where they stand."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefectures.models import Contact, GlossaryTerm, Link, Quotation, Step, changeset
from prefectures.public.in_sheets import HITS_A_PAGE, in_sheets
from prefectures.text.wanted import LONGEST_QUERY

from ..hostile.payloads import BETWEEN_TAGS
from .reading import text, tree
from .test_queries import publish_sheets

pytestmark = pytest.mark.django_db

RODEZ = "/departements/12-aveyron/prefecture-de-rodez/"
FOIX = "/departements/09-ariege/prefecture-de-foix/"
TOULOUSE = "/departements/31-haute-garonne/prefecture-de-toulouse/"
AUCH = "/departements/32-gers/prefecture-d-auch/"
CARCASSONNE = "/departements/11-aude/prefecture-de-carcassonne/"
BEZIERS = "/departements/34-herault/sous-prefecture-de-beziers/"
LODEVE = "/departements/34-herault/prefecture-de-montpellier-et-sous-prefecture-de-lodeve/"
LYON = "/departements/69-rhone/prefecture-de-lyon/"


def addresses(query):
    return [hit.address for hit in in_sheets(query).hits]


def in_brackets(pieces):
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in pieces)


def parts(query, number=0):
    """Return {title of the part: its excerpt} of a hit."""
    hit = in_sheets(query).hits[number]
    return {title: in_brackets(found.pieces) for title, found in hit.excerpts}


def shown(query, page=1):
    """Return the partial as a tree."""
    answer = in_sheets(query, page)
    html = render_to_string("prefectures/_in_sheets.html", {"found": answer})
    return tree(f"<div>{html}</div>")


# --- What is found, and where -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("récépissé", [RODEZ]),
        ("recepiss", [RODEZ]),
        ("RECEPISSÉ", [RODEZ]),
        ("recommandé", [FOIX, TOULOUSE, AUCH]),
        ("jean bringer", [CARCASSONNE]),
        ("52, rue Jean-Bringer", [CARCASSONNE]),
        ("herault.gouv.fr/booking", [LODEVE]),
        ("https://www.herault.gouv.fr/booking/create/15259", [LODEVE]),
        ("sp-beziers-herault", [BEZIERS]),
        ("pref-sejour-etrangers@gers.gouv.fr", [AUCH]),
        ("32000", [AUCH]),
        ('"accusé de réception" Erignac Gers', [AUCH]),
        ("gers recommande", [AUCH]),
        ("recommandé jean bringer", []),
        ("éléphant", []),
    ],
)
def test_gisti_s_sheets_are_found_by_their_words(query, found):
    assert addresses(query) == found


@pytest.mark.parametrize(
    ("query", "part", "excerpt"),
    [
        ("annonce dématérialisée", "Note du Gisti", "Le Gisti [annonce] une voie [dématérialisée]"),
        ("récépissé", "Ce que dit la préfecture", "étranger mineur, un [récépissé], un visa"),
        ("envoyez recommandé Auch", "Étape", "[Envoyez] votre dossier en [recommandé]"),
        ("booking/create/15259", "Lien", "https://www.herault.gouv.fr/[booking/create/15259]"),
    ],
)
def test_a_sheet_is_shown_with_the_words_where_they_were_found(query, part, excerpt):
    assert excerpt in parts(query)[part]


def test_every_part_of_a_sheet_is_searched(publish, add):
    sheet = publish(
        headline="annonçons",
        situation_note="situons",
        territory_note="territorions",
        conditions="<p>conditionnons</p>",
        exclusions="<p>excluons</p>",
        supporting_documents="<ul><li>fournissons</li></ul>",
        appointment_rules="<p>rencontrons</p>",
        after_filing="<p>suivons</p>",
        transition_note="<p>transitons</p>",
        fees="<p>payons</p>",
        warning="<p>avertissons</p>",
        help_places="<p>aidons</p>",
        editorial_note='<p><a href="https://notons.example/">Note</a></p>',
    )
    add(Link, sheet, label="lions", url="https://menons.example/")
    add(Quotation, sheet, text="<p>citons</p>", author="nommons", publisher="press")
    add(Step, sheet, kind="other", instructions="instruisons", address="logeons", hours="ouvrons")
    add(Contact, sheet, kind="email", value="joignons@a.example", purpose="demandons")
    sought = (
        "annoncons situons territorions conditionnons excluons fournissons rencontrons suivons "
        "transitons payons avertissons aidons notons.example lions menons.example citons nommons "
        "instruisons logeons ouvrons joignons@a demandons"
    )
    assert [word for word in sought.split() if addresses(word) != [LYON]] == []


def test_the_words_may_stand_in_several_parts(publish):
    publish(conditions="<p>Vivre ici.</p>", fees="<p>Deux timbres.</p>", headline="Bonjour.")
    assert parts("vivre timbres bonjour") == {
        "Note du Gisti": "[Bonjour].",
        "Avant de commencer": "[Vivre] ici.",
    }


def test_where_to_a_link_leads_is_told_once(publish):
    publish(editorial_note='<p><a href="mailto:a@b.example">a@b.example</a> répond.</p>')
    assert parts("b.example") == {"Note du Gisti": "a@[b.example] répond."}


def test_a_name_that_holds_the_words_is_marked(publish):
    publish(title="Préfecture de Lyon, étudiantes")
    hit = in_sheets("etudiant 69").hits[0]
    assert in_brackets(hit.title) == "Préfecture de Lyon, [étudiantes]"
    assert in_brackets(hit.departement) == "Rhône ([69])"
    assert hit.excerpts == []


def test_a_hit_says_of_when_the_sheet_is_and_whether_one_can_file(publish, edit, today):
    today(date(2026, 4, 1))
    sheet = publish(updated_on=date(2026, 3, 2), valid_until=date(2026, 5, 1))
    assert in_sheets("vivre rhone").hits[0].age == "Information de mars 2026"
    assert in_sheets("vivre rhone").hits[0].closing == ""
    today(date(2027, 1, 1))
    hit = in_sheets("vivre rhone").hits[0]
    assert hit.age == "Information de mars 2026\u00a0: vérifiez auprès de la préfecture"
    assert hit.closing == "cette façon de faire n’est plus valable"
    edit(sheet, valid_until=None, situation="suspended")
    assert in_sheets("vivre rhone").hits[0].closing == "la préfecture a suspendu les demandes"


# --- In which order ---------------------------------------------------------------------------


def test_those_that_are_called_so_come_first_then_those_who_say_so_then_the_rest(publish):
    publish(departement="01", title="Un", fees="<p>Le girofle.</p>")
    publish(departement="02", title="Deux", editorial_note="<p>Le girofle.</p>")
    publish(departement="03", title="Girofle")
    publish(departement="04", title="Quatre", fees="<p>Le girofle.</p>")
    found = [address.split("/")[2][:2] for address in addresses("girofle")]
    assert found == ["03", "02", "01", "04"]


def test_words_that_stand_together_come_before_those_that_stand_apart(publish):
    publish(departement="01", title="Un", fees="<p>Le girofle.</p>", warning="<p>La cannelle.</p>")
    publish(departement="02", title="Deux", fees="<p>Le girofle et la cannelle.</p>")
    found = [address.split("/")[2][:2] for address in addresses("cannelle girofle")]
    assert found == ["02", "01"]


def test_sheets_that_are_alike_come_in_an_order_that_no_database_decides(publish):
    for title in ("Été", "Zèle", "été bis", "Eta", "Étang"):
        publish(title=title, fees="<p>Le girofle.</p>")
    titles = ["".join(text for text, _ in hit.title) for hit in in_sheets("girofle").hits]
    assert titles == ["Eta", "Étang", "Été", "été bis", "Zèle"]


# --- Published, and as it is now --------------------------------------------------------------


@pytest.mark.parametrize("publication", ["draft", "archived"])
def test_what_is_not_published_is_not_found(publish, publication):
    publish(publication=publication, fees="<p>Le girofle.</p>")
    assert addresses("girofle") == []


def test_an_edit_is_found_at_once(publish, edit, add):
    sheet = publish()
    assert addresses("girofle") == []
    edit(sheet, fees="<p>Le girofle.</p>")
    assert addresses("girofle") == [LYON]
    edit(sheet, fees="<p>La cannelle.</p>")
    assert addresses("girofle") == []
    add(Link, sheet, url="https://girofle.example/")
    assert addresses("girofle") == [LYON]


def test_what_is_withdrawn_is_gone(publish, edit, delete):
    sheet = publish(fees="<p>Le girofle.</p>")
    edit(sheet, publication="archived")
    assert addresses("girofle") == []
    edit(sheet, publication="published")
    assert addresses("girofle") == [LYON]
    delete(sheet)
    assert addresses("girofle") == []


# --- The glossary -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["recepisses", "oqtf", "obligation quitter territoire"])
def test_the_glossary_is_searched_with_other_spellings(query):
    slug = "recepisse" if query == "recepisses" else "oqtf"
    assert in_sheets(query).words[0].address == f"/glossaire/#mot-{slug}"


def test_a_word_is_shown_with_what_was_found_in_its_explanation():
    word = in_sheets("papier complet").words[0]
    assert in_brackets(word.term) == "Récépissé"
    assert "Un [papier] que la préfecture remet" in in_brackets(word.explanation.pieces)


def test_words_that_are_called_so_come_before_those_that_are_explained_so():
    with changeset("Des mots pour le test"):
        GlossaryTerm.objects.create(term="Aa", explanation="Le girofle.")
        GlossaryTerm.objects.create(term="Girofle", explanation="Une épice.")
    assert [in_brackets(word.term) for word in in_sheets("girofle").words] == ["[Girofle]", "Aa"]


# --- Pages ------------------------------------------------------------------------------------


def test_many_sheets_are_shown_page_by_page():
    publish_sheets(1, HITS_A_PAGE + 2, parts=1)
    first, second = in_sheets("fiche lyon"), in_sheets("fiche lyon", 2)
    assert (first.count, first.has_more, first.next_page) == (HITS_A_PAGE + 2, True, 2)
    assert (len(first.hits), len(second.hits)) == (HITS_A_PAGE, 2)
    assert (second.has_more, second.next_page) == (False, None)
    assert len({hit.address for hit in first.hits + second.hits}) == HITS_A_PAGE + 2
    *_, link = shown("fiche lyon").iter("a")
    assert link.text == "Fiches suivantes"
    assert link.get("href") == "/recherche/?q=fiche%20lyon&dans=fiches&page=2"


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "1e3", "9" * 5000, "1.5", None, "\x00"])
def test_what_is_no_page_is_the_first(page):
    assert in_sheets("prefecture", page).page == 1


def test_a_page_too_far_is_the_last():
    assert in_sheets("prefecture", "99999").page == 1
    assert in_sheets("prefecture", "99999").hits


# --- What is shown ----------------------------------------------------------------------------


def test_the_partial_lists_the_sheets_with_the_words_marked():
    page = shown("récépissé")
    assert [text(title) for title in page.iter("h2")] == ["Dans les mots difficiles", "1 fiche"]
    assert [link.get("href") for link in page.iter("a")] == ["/glossaire/#mot-recepisse", RODEZ]
    assert {mark.text for mark in page.iter("mark")} == {"Récépissé", "récépissé"}
    words = " ".join("".join(page.itertext()).split())
    assert "Aveyron (12) · Information de février 2023" in words
    assert "Ce que dit la préfecture : …document de circulation" in words


def test_the_partial_says_where_nothing_is_found():
    words = " ".join("".join(shown("éléphant").itertext()).split())
    assert "Aucune fiche trouvée Aucune ne contient tous ces mots." in words


@pytest.mark.parametrize("text", BETWEEN_TAGS)
def test_what_is_written_in_a_sheet_is_only_text(publish, text):
    text = text.replace("\x0c", " ")
    publish(title="Fiche", headline=f"girofle {text}", situation_note=text)
    page = shown("girofle")
    assert {element.tag for element in page.iter()} <= {
        *("div", "section", "h2", "ol", "li", "a", "span", "strong", "mark"),
    }


# --- Whatever is asked ------------------------------------------------------------------------

NASTY = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u3000 ",
    "a letter": "a",
    "another letter": "x",
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "a b " * 5_000,
    "ten thousand quotes": '"' * 10_000,
    "a percent sign": "%",
    "an underscore": "_",
    "an apostrophe": "l'",
    "an open quote": '"préfecture',
    "a backslash": "\\",
    "SQL": "'; DROP TABLE prefectures_procedure; --",
    "a script": "<script>alert(1)</script>",
    "an attribute": '"><img src=x onerror=alert(1)>',
    "signs of expressions": "(a+)+$ [^z]* préfecture.*",
    "a template": "{{ settings.SECRET_KEY }}{% debug %}",
    "an emoji": "🙏🏽 préfecture",
    "control characters": "\x00\x01\x1b[31m\x7f",
    "half a character": "\ud83d",
    "a right-to-left mark": "\u202epréfecture\u200f",
    "arabic": "تولوز",
    "an accent alone": "\u0301",
}


@pytest.mark.parametrize("query", NASTY.values(), ids=NASTY)
def test_whatever_is_asked_gets_an_answer(query):
    answer = in_sheets(query)
    assert len(answer.query) <= LONGEST_QUERY
    assert answer.query.isprintable() or "\u200f" in answer.query
    page = shown(query)
    assert list(page.iter("script")) + list(page.iter("img")) == []


@pytest.mark.parametrize("query", ["", "%", "_", "\\", "!?", "🙏🏽", "تولوز"])
def test_signs_alone_find_nothing(query):
    answer = in_sheets(query)
    assert (answer.has_terms, answer.is_empty) == (False, True)
    assert "Écrivez un ou plusieurs mots." in "".join(shown(query).itertext())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30) | st.text(alphabet="prefdlaé '\"«.,", max_size=30))
def test_each_hit_shows_words_that_were_sought(query):
    for hit in in_sheets(query).hits:
        pieces = [*hit.title, *hit.departement]
        pieces += [piece for _, found in hit.excerpts for piece in found.pieces]
        assert any(is_marked for _, is_marked in pieces)


def asked(query):
    in_sheets(query)
    with CaptureQueriesContext(connection) as questions:
        in_sheets(query)
    return len(questions)


def test_two_hundred_sheets_ask_as_much_as_one():
    publish_sheets(1, 1, parts=1)
    for_one = asked("fiche lyon")
    publish_sheets(2, 200, parts=1)
    assert asked("fiche lyon") == for_one == 2


def test_what_was_first_sought_in_french_leads_to_pages_of_another_language():
    french = addresses("dossier")
    with translation.override("ar"):
        assert addresses("dossier") == [f"/ar{address}" for address in french]
    assert french
