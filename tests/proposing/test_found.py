"""What has a form of its own: e-mails, telephones, codes, hours, dates, sums."""

import pytest

from prefectures.proposing import found, read_page


def values(finder, text):
    return [each.value for each in finder(read_page(text))]


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Écrivez à pref-aes@gard.gouv.fr.", "pref-aes@gard.gouv.fr"),
        ("pref-aes [at] gard.gouv.fr", "pref-aes@gard.gouv.fr"),
        ("pref-aes(at)gard.gouv.fr", "pref-aes@gard.gouv.fr"),
        ("pref.aes [arobase] gard [point] gouv [point] fr", "pref.aes@gard.gouv.fr"),
        ("Pref-AES@Gard.gouv.fr", "Pref-AES@Gard.gouv.fr"),
        ('<p><a href="mailto:a@gard.gouv.fr?subject=AES">écrivez</a></p>', "a@gard.gouv.fr"),
    ],
)  # fmt: skip
def test_an_email_is_read_however_it_is_written(text, email):
    assert values(found.emails, text) == [email]


@pytest.mark.parametrize("text", ["à l’adresse@", "@gard", "prix: 3@4", "a@b"])
def test_what_is_no_email_is_none(text):
    assert values(found.emails, text) == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("04 66 49 60 00", "04 66 49 60 00"),
        ("Tél. : 04.66.49.60.00", "04 66 49 60 00"),
        ("tél:0466496000", "04 66 49 60 00"),
        ("+33 (0)4 66 49 60 00", "04 66 49 60 00"),
        ("0033 4 66 49 60 00", "04 66 49 60 00"),
        ("04-66-49-60-00", "04 66 49 60 00"),
        ("+262 262 40 77 77", "02 62 40 77 77"),
        ("Appelez le 34 00", "34 00"),
        ("téléphone : 3939", "3939"),
    ],
)
def test_a_telephone_is_read_however_it_is_written(text, phone):
    assert values(found.phones, text) == [phone]


@pytest.mark.parametrize(
    "text", ["en 2023", "12/03/2026", "34000 Montpellier", "n° 01234567890123", "3939 dossiers"]
)
def test_what_is_no_telephone_is_none(text):
    assert values(found.phones, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("avec le code réservation AES", "AES"),
        ("code de réservation : AES-LHR.", "AES-LHR"),
        ("Code d’accès : « RDV12 »", "RDV12"),
        ("code du rendez-vous: 95-AES", "95-AES"),
    ],
)
def test_the_code_of_a_booking_is_read(text, code):
    assert values(found.codes, text) == [code]


@pytest.mark.parametrize("text", ["le code postal", "code de l’entrée et du séjour", "code 34000"])
def test_another_code_is_none(text):
    assert values(found.codes, text) == []


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (
            "Les guichets sont ouverts les lundi, mercredi et jeudi de 08h30 à 11h30.",
            ["les lundi, mercredi et jeudi de 08h30 à 11h30"],
        ),
        (
            "Les créneaux sont compris entre 14h00 et 15h15 les lundi, mardi et jeudi.",
            ["entre 14h00 et 15h15 les lundi, mardi et jeudi"],
        ),
        ("du lundi au vendredi, de 10h à midi", ["du lundi au vendredi, de 10h à midi"]),
        ("(lundi, jeudi 14h-16h30)", ["lundi, jeudi 14h-16h30"]),
        ("le matin de 9 h à 11 h", ["le matin de 9 h à 11 h"]),
        ("chaque dimanche soir à minuit", []),
        ("dans les 2 mois", []),
    ],
)
def test_hours_are_read_as_they_are_printed(text, hours):
    assert values(found.hours, text) == hours


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mise à jour le 12/03/2026", "12/03/2026"),
        ("Dernière modification : 27.02.2026", "27.02.2026"),
        ("à compléter (version MAJ en juillet 2020)", "juillet 2020"),
        ("Nevers, le 19 janvier 2026", "19 janvier 2026"),
        ("Publié le 15/10/2024 – modifié le 21/01/2026", "21/01/2026"),
    ],
)
def test_the_date_that_a_page_says_of_itself_is_read(text, date):
    assert values(found.printed_dates, text)[0] == date


def test_a_date_of_something_else_is_none():
    assert (
        values(found.printed_dates, "Depuis le 1er mars 2025, les dossiers sont reçus ici.") == []
    )


def test_a_sum_comes_with_its_sentence():
    assert values(found.amounts, "Apportez tout. Le visa coûte 50 €. Merci.") == [
        "Le visa coûte 50 €."
    ]
