"""What GISTI itself says in fixtures/occitanie.json: true to the préfecture, and well typeset."""

import json
import re

from django.conf import settings

SHEETS = json.loads((settings.BASE_DIR / "fixtures" / "occitanie.json").read_text("utf-8"))[
    "sheets"
]


def sheet(title):
    (found,) = [sheet for sheet in SHEETS if sheet["title"] == title]
    return found


def own_words():
    for each in SHEETS:
        yield from (step.get("instructions", "") for step in each["steps"])
        yield from (contact.get("purpose", "") for contact in each["contacts"])


def test_a_no_break_space_keeps_signs_with_their_words():
    alone = re.compile(r"« |[^\u00a0]»|«[^\u00a0]| [:;?!»]")
    assert [words for words in own_words() if alone.search(words)] == []


def test_apostrophes_are_french():
    assert [words for words in own_words() if "'" in words] == []


def test_perpignan_does_not_say_whether_its_form_files_the_request():
    (step,) = sheet("Préfecture de Perpignan")["steps"]
    assert (step["kind"], step["role"]) == ("online_form", "not_stated")


def test_montpellier_says_where_one_comes_and_where_the_form_is():
    step = sheet("Préfecture de Montpellier et sous-préfecture de Lodève")["steps"][1]
    assert "à votre rendez-vous en préfecture" in step["instructions"]
    assert "formulaire de situation, qui figure dans la notice" in step["instructions"]
