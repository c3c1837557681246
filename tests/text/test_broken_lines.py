"""The text of a PDF: lines that end where the paper did."""

import pytest

from prefectures.text.broken_lines import rejoined

LONG = "Les ressortissants étrangers qui souhaitent déposer"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (f"{LONG}\nune demande.", f"{LONG} une demande."),
        ("en lettre recom-\nmandée", "en lettre recommandée"),
        ("prenez rendez-\nvous", "prenez rendez-vous"),
        ("ADMISSION EXCEPTION-\nNELLE", "ADMISSION EXCEPTIONNELLE"),
        ("https://www.jura.gouv.fr/contenu/\n21903/aes.pdf", "https://www.jura.gouv.fr/contenu/21903/aes.pdf"),
        ("appelez le 03 53 01 39\n62, le matin", "appelez le 03 53 01 39 62, le matin"),
    ],
)  # fmt: skip
def test_a_line_that_goes_on_is_joined_to_the_next(broken, whole):
    assert rejoined(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Préfecture du Jura\nBureau des migrations\n39000 Lons",
        f"{LONG} :\nune demande",
        f"{LONG}\n- une pièce",
        "Bureau\ndes étrangers",
        f"{LONG}\n\nune autre chose",
    ],
)
def test_addresses_lists_and_paragraphs_keep_their_lines(text):
    assert rejoined(text) == text
