import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.passing import are_only_dates, without_passing

PIECES = st.sampled_from(
    [
        "Mis à jour le", "Publié le", "publié", "12/03/2026", "3 mars 2026", "lundi", "à 12:03",
        "|", "1 234", "visites", "vu", "fois", "12", "(PDF - 1,2 Mo)", "340 ko", "©", "2026",
        "9h00", "h", "30", "<https://x.fr/a/>", "<b>", "nouvelle fenêtre", "une", "05.61.22.33.44",
        "33", ".", "•", " - ", "Il est", "il y a 3 jours", "copyright", "09", "pdf", "mo", ":",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Mis à jour le 12/03/2026",
        "Mise à jour : 12.03.2026",
        "Dernière modification : lundi 3 mars 2026 à 14h05",
        "Page mise à jour le 1er mars 2026",
        "Publié le 3 mars 2026 | Modifié le 4 mars 2026",
        "Publié le 3 mars 2026 - 1 234 vues",
        "Publié il y a 3 jours",
        "Créé le 2026-03-12",
        "Imprimé le 30/11/2026",
        "Page générée le 30/11/2026 à 12:03:11",
        "Nous sommes le lundi 30 novembre 2026",
        "Aujourd’hui, lundi 30 novembre",
        "Il est 12h03",
        "maj : 02/01/2026",
        "4 novembre 2025, par BCI",
        "Publié le 3 mars 2026, mis à jour le 4 mars 2026",
        "Publié le 3 mars 2026 et modifié le 4 mars 2026 par la préfecture de X",
        "Nous sommes le lundi 30 novembre 2026, il est 12h03",
        "1 234 visites",
        "Nombre de visites : 1 234",
        "Vu 56 fois",
        "Cette page a été vue 56 fois",
        "3 commentaires",
        "(PDF - 1,2 Mo)",
        "Format PDF, 340 ko",
        "Temps de lecture : 3 minutes",
        "(nouvelle fenêtre)",
        "…",
    ],
)
def test_what_is_another_each_day_leaves_nothing(line):
    assert without_passing(line) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Séjour Mis à jour le 12/03/2026", "Séjour mis à jour le 13/03/2026"),
        ("© 2025 Préfecture de X", "© 2026 Préfecture de X"),
        ("Copyright 2019-2025", "Copyright 2019-2026"),
        ("Notice <https://x.fr/a.pdf> (PDF - 1,2 Mo)", "Notice <https://x.fr/a.pdf> (PDF, 950 ko)"),
        ("Notice <http://x.fr/a/>", "Notice <https://x.fr/A>"),
        ("a <https://x.fr/index.php/D/E>", "a <https://x.fr/D/E>"),
        ("de 9h à 12h30", "De 09h00 à 12 h 30"),
        ("Tél. : 05 61 22 33 44", "Tél : 05.61.22.33.44"),
        ("+33 5 61 22 33 44", "05 61 22 33 44"),
        ("Lundi : « fermé »", 'lundi - "FERME"'),
        ("La notice (nouvelle fenêtre)", "La notice, ouvre une nouvelle fenêtre"),
    ],
)
def test_what_is_written_otherwise_is_the_same(before, after):
    assert without_passing(before) == without_passing(after) != ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ouvert à compter du 1er mars 2026", "ouvert à compter du 1er avril 2026"),
        ("fermé le 24 décembre", "fermé le 26 décembre"),
        ("L’arrêté publié le 3 mars 2026 s’applique", "L’arrêté publié le 4 mars 2026 s’applique"),
        ("Publication le 3 mars 2026 de la liste", "Publication le 9 mars 2026 de la liste"),
        ("La fiche a été mise à jour le 3 mars 2026", "La fiche a été mise à jour le 9 mars 2026"),
        ("Le plan est mis à jour le 3 mars 2026", "Le plan est mis à jour le 9 mars 2026"),
        ("un PDF de 5 Mo", "un PDF de 2 Mo"),
        ("au format PDF (5 Mo maximum)", "au format PDF (2 Mo maximum)"),
        ("3 photos", "4 photos"),
        ("moins de 5 Mo par fichier", "moins de 2 Mo par fichier"),
        ("225 €", "255 €"),
        ("99 €", "99"),
        ("de 9h à 12h", "de 9h à 12h30"),
        ("a <https://x.fr/1>", "a <https://x.fr/2>"),
        ("a@x.fr", "a@y.fr"),
        ("3 visites médicales", "2 visites médicales"),
        ("CS 20105", "CS 20106"),
    ],
)  # fmt: skip
def test_what_says_something_stays(before, after):
    assert without_passing(before) != without_passing(after)


@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text())
def test_once_more_it_changes_nothing(line):
    once = without_passing(line)
    assert without_passing(once) == once


def printed(*lines):
    lines = [without_passing(line) for line in lines]
    return [line for line, is_date in zip(lines, are_only_dates(lines), strict=True) if is_date]


def test_a_date_by_itself_is_printed_by_a_server():
    assert printed("Titre", "lundi 30 novembre 2026", "Texte") == ["lundi 30 novembre 2026"]
    assert printed("30/11/2026 - 12:03") == ["30 11 2026 12 03"]
    assert printed("Mis à jour le", "30/11/2026") == ["30 11 2026"]


def test_a_date_that_something_announces_or_that_is_in_a_list_is_not():
    assert printed("Fermeture exceptionnelle :", "24 décembre 2026") == []
    assert printed("Calendrier", "24/12/2026", "31/12/2026") == []
    assert printed("Titre", "24/12/2026", "31/12/2026") == []
