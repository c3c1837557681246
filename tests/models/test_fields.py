"""Lines, web addresses and sets of choices; rich text is next door, in test_rich_text.py."""

import pytest
from django.core.exceptions import ValidationError

from prefectures.models import Link, Procedure
from prefectures.models.fields import ChoiceSetField, LineField, LinesField, WebAddressField, host

from .making import draft, edited, written

CHANNELS = [("postal", "par la poste"), ("online", "en ligne"), ("phone", "par téléphone")]


def cleaned(field, value):
    field.set_attributes_from_name("field")
    return field.clean(value, None)


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        cleaned(field, value)
    return refused.value.messages[0]


# --- Lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Foix ", "Foix"),
        ("Préfecture\nde\r\nFoix", "Préfecture de Foix"),
        ("Préfecture\t de   Foix", "Préfecture de Foix"),
    ],
)
def test_a_line_loses_its_breaks_and_superfluous_spaces(typed, kept):
    assert cleaned(LineField(), typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "52 rue Jean Bringer  \r\n11000 Carcassonne\r\n",
            "52 rue Jean Bringer\n11000 Carcassonne",
        ),
        ("a\rb", "a\nb"),
        ("\n\n  retrait gardé\n\nparagraphe", "  retrait gardé\n\nparagraphe"),
    ],
)
def test_lines_keep_their_breaks_and_lose_what_trails(typed, kept):
    assert cleaned(LinesField(), typed) == kept


@pytest.mark.parametrize("field", [LineField, LinesField, WebAddressField])
@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f"])
def test_an_invisible_character_is_refused_in_french(field, character):
    assert "caractère invisible" in refusal(field(), f"https://a.fr/{character}b")


@pytest.mark.parametrize("field", [LineField, LinesField, WebAddressField])
def test_half_of_a_character_is_refused_rather_than_sent_to_the_database(field):
    assert "caractère invisible" in refusal(field(), "https://a.fr/\ud83d")


DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("mark", DIRECTIONS, ids=ascii)
def test_a_sign_that_turns_a_line_round_is_refused_with_what_to_do(mark):
    assert "sens de lecture : effacez-le" in refusal(LineField(), f"Fiche {mark}fdp.exe")


@pytest.mark.parametrize("mark", "\u202d\u202e")
def test_a_sign_that_forces_the_order_of_letters_is_refused_in_lines_too(mark):
    assert "sens de lecture" in refusal(LinesField(), f"Ouvrez\n{mark}fdp.exe")


@pytest.mark.parametrize(
    "text", ["تصريح\u200f (1)", "Foix\u200e", "می\u200cخواهم", "👩\u200d⚖️"], ids=ascii
)
def test_what_a_language_needs_stays_in_a_line(text):
    assert cleaned(LineField(), text) == text


def test_the_words_of_a_quotation_may_keep_their_direction_in_lines():
    assert cleaned(LinesField(), "« \u2067تصريح\u2069 »") == "« \u2067تصريح\u2069 »"


@pytest.mark.parametrize("mark", "\u200b\u2060\ufeff", ids=ascii)
def test_a_sign_without_width_is_dropped_from_a_line(mark):
    assert cleaned(LineField(), f"{mark}Préfec{mark}ture {mark}") == "Préfecture"


def test_a_title_that_reads_otherwise_than_it_is_stored_is_saved_by_nobody(db):
    with pytest.raises(ValidationError, match="sens de lecture"):
        draft("Formulaire \u202efdp.exe")


def test_a_save_cleans_the_lines_whoever_saves(db):
    assert draft("  Guichet \n de  Foix ").title == "Guichet de Foix"


# --- Web addresses ----------------------------------------------------------------------------

PRINTED = [
    "https://www.ariège.gouv.fr/contenu/telechargement/24058/146010/file/0_AES_liste_formulaire.pdf",
    "https://www.rdv.aveyron.gouv.fr/content/download/931/8233/file/Fiche%20de%20situation%20(2).pdf",
    "https://www.gard.gouv.fr/content/download/38988/268602/file/2-Formulaire%20Admission%20Exceptionnelle%20au%20S%C3%A9jour.pdf",
    "https://sgmap.sphinxdeclic.com/surveyserver/s/ap4523#2",
    "https://www.haute-garonne.gouv.fr/contenu/telechargement/45631/291030/file/AncienneteTravail+et+demande+AT.pdf",
    "https://www.lozere.gouv.fr/Demarches-administratives/Ressortissants-etranagers",
    "HTTPS://WWW.GARD.gouv.fr/",
    "http://www.gard.gouv.fr",
    "https://www.gard.gouv.fr:8443/a?b=c&d=%C3%A9#",
]


@pytest.mark.parametrize("url", PRINTED)
def test_an_address_is_stored_to_the_letter(db, url):
    link = written(Link, procedure=draft(), url=url)
    assert Link.objects.get(pk=link.pk).url == url


def test_spaces_around_an_address_are_dropped():
    assert (
        cleaned(WebAddressField(), " https://www.gard.gouv.fr/ \n") == "https://www.gard.gouv.fr/"
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.gard.gouv.fr/Titre de séjour", "ne contient pas d’espace"),
        ("https://www.gard.gouv.fr/a\tb", "ne contient pas d’espace"),
        ("https://www.gard.gouv.fr/a\u00a0b", "ne contient pas d’espace"),
        ("ftp://www.gard.gouv.fr/", "adresse complète"),
        ("javascript:alert(1)", "adresse complète"),
        ("data:text/html,x", "adresse complète"),
        ("www.gard.gouv.fr", "adresse complète"),
        ("//www.gard.gouv.fr/", "adresse complète"),
        ("/Demarches", "adresse complète"),
        ("https:///Demarches", "adresse complète"),
        ("https://", "adresse complète"),
        ("https://www.gard.gouv.fr:99999/", "adresse complète"),
        ("https://www.gard.gouv.fr:0/", "adresse complète"),
        ("https://www.gard.gouv.fr:web/", "adresse complète"),
        ("https://[bad/", "adresse complète"),
        ("https://user:pw@www.gard.gouv.fr/", "nom d’utilisateur"),
        ("https://www.gard.gouv.fr@evil.example/", "nom d’utilisateur"),
    ],
)
def test_an_address_that_no_browser_should_open_is_refused_in_french(url, reason):
    assert reason in refusal(WebAddressField(), url)


def test_an_address_longer_than_its_column_is_refused():
    assert "2000" in refusal(WebAddressField(), "https://a.fr/" + "a" * 2000)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.ariège.gouv.fr/Demarches", "www.ariège.gouv.fr"),
        ("https://www.gard.gouv.fr", "www.gard.gouv.fr"),
        ("https://www.gard.gouv.fr?q=/", "www.gard.gouv.fr"),
        ("https://www.gard.gouv.fr#haut", "www.gard.gouv.fr"),
        ("", ""),
    ],
)
def test_the_host_of_an_address_is_read_as_written(url, expected):
    assert host(url) == expected


def test_the_form_of_an_address_leaves_accented_hosts_to_us():
    assert WebAddressField().formfield().widget.input_type == "text"


# --- Several choices --------------------------------------------------------------------------


def test_choices_come_back_in_their_own_order():
    assert cleaned(ChoiceSetField(choices=CHANNELS), ["phone", "postal"]) == ["postal", "phone"]


def test_a_choice_given_twice_counts_once():
    assert cleaned(ChoiceSetField(choices=CHANNELS), ["postal", "postal"]) == ["postal"]


def test_an_unknown_choice_is_refused_and_named():
    assert "« pigeon »" in refusal(ChoiceSetField(choices=CHANNELS), ["postal", "pigeon"])


@pytest.mark.parametrize("value", [None, "", []])
def test_no_choice_is_an_empty_list(value):
    assert ChoiceSetField(choices=CHANNELS).to_python(value) == []


def test_choices_are_read_from_a_file_as_they_are_stored():
    field = ChoiceSetField(choices=CHANNELS)
    assert field.to_python(field.get_prep_value(["online", "postal"])) == ["postal", "online"]


def test_the_refused_channels_of_a_sheet_are_a_list_in_python(db):
    sheet = edited(draft(), refused_channels=["email", "postal"])
    assert Procedure.objects.get(pk=sheet.pk).refused_channels == ["postal", "email"]


def test_a_sheet_can_be_found_by_its_refused_channels(db):
    sheet = draft(refused_channels=["postal"])
    assert Procedure.objects.get(refused_channels=["postal"], departement="09") == sheet


def test_the_form_offers_every_choice():
    field = ChoiceSetField(choices=CHANNELS).formfield()
    assert field.clean(["online"]) == ["online"]
