"""The first words of the site: loaded once, and the staff's from then on."""

import json

import pytest
from django.conf import settings

from prefectures.importexport.words_file import load_words
from prefectures.models import GeneralText, GlossaryTerm, changeset

from ..models.making import edited

pytestmark = pytest.mark.django_db

WORDS = settings.BASE_DIR / "fixtures" / "words.json"


def test_the_words_that_one_meets_at_the_counter_are_there():
    terms = {term.slug for term in GlossaryTerm.objects.all()}
    wanted = {"aes", "oqtf", "recommande", "recepisse", "anef", "timbre-fiscal", "prefecture"}
    assert wanted | {"sous-prefecture"} <= terms
    assert GeneralText.objects.count() == 3


def test_a_rule_of_law_bears_its_article():
    silence = GeneralText.objects.get(slug="si-la-prefecture-ne-repond-pas")
    assert silence.law_article == "R. 432-1 et R. 432-2 du Ceseda"


def test_loaded_again_nothing_is_written():
    assert load_words(WORDS) == 0


def test_what_the_staff_wrote_stays():
    edited(GlossaryTerm.objects.get(slug="oqtf"), explanation="Nos mots.")
    assert load_words(WORDS) == 0
    assert GlossaryTerm.objects.get(slug="oqtf").explanation == "Nos mots."


def test_what_the_staff_deleted_stays_away():
    with changeset("Un mot de moins pour le test"):
        GlossaryTerm.objects.get(slug="sms").delete()
    assert load_words(WORDS) == 0
    assert not GlossaryTerm.objects.filter(slug="sms").exists()


def test_a_word_that_the_staff_wrote_first_at_another_address_stays_theirs(tmp_path):
    with changeset("Un mot pour le test"):
        GlossaryTerm.objects.create(term="Visa", slug="le-visa", explanation="Nos mots.")
    file = tmp_path / "words.json"
    term = {"term": "Visa", "explanation": "Un tampon dans un passeport."}
    file.write_text(json.dumps({"terms": [term], "texts": []}), encoding="utf-8")
    assert load_words(file) == 0
    assert GlossaryTerm.objects.get(term="Visa").explanation == "Nos mots."


def test_a_new_word_of_the_file_is_added(tmp_path):
    file = tmp_path / "words.json"
    term = {"term": "Visa", "explanation": "Un tampon dans un passeport."}
    file.write_text(json.dumps({"terms": [term], "texts": []}), encoding="utf-8")
    assert load_words(file) == 1
    assert GlossaryTerm.objects.get(slug="visa").history.get().changeset.is_minor
