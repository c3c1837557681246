"""Pages in another language: all that the site says itself is, and nothing that others said."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from prefectures.languages import TRANSLATED
from prefectures.locale.collect import catalogues

from .reading import text, tree
from .test_languages import PAGES

pytestmark = pytest.mark.django_db

BEZIERS = "/departements/34-herault/sous-prefecture-de-beziers/"
LONG_ENOUGH = 16
each_translation = pytest.mark.parametrize("language", TRANSLATED)


@cache
def translated(language):
    """Return {French sentence: its translation} of those without places that no language keeps."""
    [path] = [path for path in catalogues() if path.parts[-3] == language]
    with path.open("rb") as file:
        catalog = read_po(file)
    plain = [
        message
        for message in catalog
        if message.id and isinstance(message.id, str) and not message.context
    ]
    # The name of the association, say, stays beside what it means.
    kept = " ".join(message.string for message in plain)
    return {
        message.id: message.string
        for message in plain
        if "%(" not in message.id and "<" not in message.id and message.id not in kept
    }


def own(page):
    """Return the page without the elements that are French, and without their words."""
    for parent in page.iter():
        for child in list(parent):
            if child.get("lang") == "fr":
                child.text, child.tag = "", "span"
                for each in list(child):
                    child.remove(each)
    return page


def said(client, address):
    return text(own(tree(client.get(address).content.decode())))


@pytest.mark.parametrize("address", PAGES)
@each_translation
def test_no_sentence_of_ours_stays_french(client, language, address):
    words = said(client, f"/{language}{address}")
    sentences = [sentence for sentence in translated(language) if len(sentence) >= LONG_ENOUGH]
    assert [sentence for sentence in sentences if " ".join(sentence.split()) in words] == []


@each_translation
def test_what_the_site_says_of_a_sheet_is_in_the_language(client, language):
    words = said(client, f"/{language}/departements/31-haute-garonne/")
    known = translated(language)
    assert known["Envoyez votre dossier"] in words
    assert known["par la poste"] in words
    assert known["Un refus peut vous obliger à quitter la France."] in words


@each_translation
def test_what_others_said_stays_french_and_says_so(client, language):
    page = tree(client.get(f"/{language}{BEZIERS}").content.decode())
    [quotation] = page.iter("blockquote")
    assert (quotation.get("lang"), quotation.get("dir")) == ("fr", "ltr")
    known = "Les textes de la préfecture et du Gisti restent en français."
    notices = [words for french, words in translated(language).items() if known in french]
    assert notices
    assert notices[0] in text(page)


@each_translation
def test_an_address_of_post_is_read_from_left_to_right(client, language):
    page = tree(client.get(f"/{language}/departements/31-haute-garonne/").content.decode())
    addresses = list(page.iter("address"))
    assert addresses
    assert {(each.get("lang"), each.get("dir")) for each in addresses} == {("fr", "ltr")}


def test_a_page_in_french_marks_nothing_as_french(client):
    html = client.get(BEZIERS).content.decode()
    assert re.findall(r'<(?!html|blockquote)\w+[^>]* lang="fr"', html) == []


@each_translation
def test_a_word_of_the_counter_has_its_translation_beside_it(client, language):
    words = said(client, f"/{language}/departements/31-haute-garonne/")
    assert re.search(r"préfecture \([^)]+\)", words)


@each_translation
def test_the_words_of_the_page_are_translated_under_it_too(client, language):
    page = tree(client.get(f"/{language}{BEZIERS}").content.decode())
    summaries = [text(each) for each in page.iter("summary")]
    assert any(re.match(r"Préfecture.?: ", each) for each in summaries)


def test_the_reason_of_a_request_is_said_in_both_languages(client, publish):
    publish(grounds=("travail",))
    words = text(tree(client.get("/en/departements/69-rhone/").content.decode()))
    assert "Work (in French: Travail)" in words


def test_a_reason_that_the_team_named_itself_stays_french(client, publish):
    from prefectures.models import Ground, changeset

    with changeset("Un motif pour le test"):
        Ground.objects.create(slug="essai", name="Motif d’essai")
    publish(grounds=("essai",))
    assert "Motif d’essai" in text(tree(client.get("/en/departements/69-rhone/").content.decode()))


@each_translation
def test_gisti_s_own_sentence_is_not_what_a_page_answers_in_another_language(
    client, publish, language
):
    publish(headline="On dépose son dossier le lundi.")
    page = own(tree(client.get(f"/{language}/departements/69-rhone/").content.decode()))
    assert "lundi" not in text(page)


@each_translation
def test_rich_text_of_the_team_says_that_it_is_french(client, publish, language):
    publish(conditions="<p>Vivre dans le Rhône.</p>")
    page = tree(client.get(f"/{language}/departements/69-rhone/").content.decode())
    [around] = [each for each in page.iter("div") if "Vivre dans" in text(each)]
    assert (around.get("lang"), around.get("dir")) == ("fr", "ltr")
