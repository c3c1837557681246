import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring import occurrences
from prefectures.monitoring.comparing import (
    Difference,
    Row,
    comparable,
    difference,
    has_changed,
    lasting,
    side_by_side,
)
from prefectures.text import differences as words

TEXT = """Admission exceptionnelle au séjour
Mis à jour le 12/03/2026
La demande est envoyée par courrier. Aucun dossier n’est reçu au guichet.
Horaires
Lundi : 9h00 - 12h00
Mardi : fermé
Adresse
12 rue des Lilas
99000 X
Formulaire <https://x.fr/a.pdf> (PDF - 1,2 Mo)"""
SENTENCES = st.lists(
    st.sampled_from(
        ["Le dossier est envoyé par courrier.", "Aucun dossier n’est reçu !", "Horaires", "fermé",
         "Lundi : 9h", "12 rue des Lilas", "99000 X", "Notice <https://x.fr/a>", "Mardi",
         "Mis à jour le 12/03/2026", "24 décembre 2026"]
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip


def changed(old, new):
    assert old in TEXT
    return difference(TEXT, TEXT.replace(old, new))


def test_what_changed_is_told_as_the_page_has_it():
    found = changed("par courrier", "en ligne")
    assert found == Difference(
        ["La demande est envoyée par courrier."], ["La demande est envoyée en ligne."]
    )
    assert found.is_real


def test_what_is_new_and_what_is_gone_are_told():
    assert changed("Mardi : fermé\n", "") == Difference(["Mardi : fermé"], [])
    assert changed("99000 X\n", "99000 X\nCedex\n") == Difference([], ["Cedex"])


def test_a_text_of_nothing_differs_by_all_that_it_does_not_say():
    assert difference("", "a\nb") == Difference([], ["a", "b"])
    assert not has_changed("", "Mis à jour le 12/03/2026\n\n")


def test_blocks_that_change_places_change_nothing():
    head, hours, address = (
        TEXT.partition("Horaires")[0],
        *TEXT.split("Horaires\n")[1].split("Adresse"),
    )
    assert not has_changed(TEXT, f"Adresse{address}\n{head}Horaires\n{hours}")


def test_hours_that_change_their_days_are_told_even_in_lines_of_their_own():
    before = "Lundi\nfermé\nMardi\n9h - 12h"
    assert has_changed(before, "Lundi\n9h - 12h\nMardi\nfermé")
    assert not has_changed(before, "Mardi\n9h - 12h\nLundi\nfermé")


def test_addresses_that_change_their_offices_are_told():
    before = "Préfecture\n1 rue A, 99000 X\nSous-préfecture\n2 rue B, 99100 Y"
    assert has_changed(before, "Préfecture\n2 rue B, 99100 Y\nSous-préfecture\n1 rue A, 99000 X")


def test_a_sentence_said_twice_and_then_once_is_told():
    assert difference("a b\nc\na b", "a b\nc") == Difference(["a b"], [])
    assert difference("a b\nc", "a b\nc\na b") == Difference([], ["a b"])


def test_a_sentence_after_others_is_not_below_the_line_above():
    before = "une enveloppe\nUne taxe est due. Aucune relance ne sera traitée."
    assert difference(before, before.replace("sera", "serait")).removed == [
        "Aucune relance ne sera traitée."
    ]


def test_what_could_not_be_sought_for_long_is_rather_told(monkeypatch):
    monkeypatch.setattr(occurrences, "MOST_LOOKS", 0)
    assert difference("a b\nc", "a d\nc") == Difference(["a b"], ["a d"])


def test_words_that_also_stand_elsewhere_are_missed_where_they_are_gone():
    before = "Sur rendez-vous\nLe retrait se fait sur rendez-vous."
    assert difference(before, "Le retrait se fait sur rendez-vous.").removed == ["Sur rendez-vous"]


@given(SENTENCES, st.randoms(use_true_random=False))
def test_a_text_put_in_other_lines_is_the_same(sentences, chance):
    text = "\n".join(sentences)
    flowed = "".join(
        piece if piece != " " else chance.choice([" ", "\n", "\xa0", "  "])
        for piece in words.WORD.findall(
            "\n".join(each for each in sentences if "Mis à" not in each)
        )
    )
    if "24 décembre" not in text:
        assert difference(text, flowed) == Difference([], [])


@given(SENTENCES)
def test_a_text_does_not_differ_from_itself(sentences):
    text = "\n".join(sentences)
    assert not difference(text, text + "\n").is_real


@given(SENTENCES, SENTENCES)
def test_the_way_back_is_the_way_there(before, after):
    there, back = (
        difference("\n".join(a), "\n".join(b)) for a, b in [(before, after), (after, before)]
    )
    assert (there.removed, there.added) == (back.added, back.removed)


@given(SENTENCES | st.lists(st.text(max_size=20), max_size=6))
def test_what_is_compared_is_compared_as_it_is(lines):
    once = comparable("\n".join(lines))
    assert comparable("\n".join(once)) == once


ACCEPTED = "Titre\nCourrier\nActualité : la foire\nHoraires\nFin"


def test_what_changed_for_good_is_what_two_readings_have_in_common():
    seen = ACCEPTED.replace("Courrier", "En ligne")
    assert lasting(ACCEPTED, seen, seen) == Difference(["Courrier"], ["En ligne"])


def test_what_was_put_back_is_no_change():
    assert not lasting(ACCEPTED, ACCEPTED.replace("Courrier", "En ligne"), ACCEPTED).is_real


@pytest.mark.parametrize("again", ["la neige", "la foire", "le bal du 14 juillet"])
def test_what_is_another_each_time_is_no_change(again):
    first = ACCEPTED.replace("la foire", "le marché")
    assert not lasting(ACCEPTED, first, ACCEPTED.replace("la foire", again)).is_real


def test_what_is_drawn_at_random_may_come_back():
    drawn = [["la foire", "le marché"], ["la neige", "le bal"], ["le cirque", "la foire"]]
    assert not lasting(*("\n".join(["Titre", *each, "Fin"]) for each in drawn)).is_real


def test_what_is_another_each_time_hides_no_change_beside_it():
    def seen(news, courier="En ligne uniquement"):
        return ACCEPTED.replace("la foire", news).replace("Courrier", courier)

    found = lasting(ACCEPTED, seen("le marché"), seen("la neige"))
    assert found == Difference(["Courrier"], ["En ligne uniquement"])
    without = lasting(ACCEPTED, seen("le marché", ""), seen("la neige", ""))
    assert without == Difference(["Courrier"], [])


def test_two_texts_stand_beside_each_other_line_by_line():
    after = TEXT.replace("Mardi : fermé", "Mardi : ouvert").replace("Adresse\n", "")
    assert side_by_side(TEXT, after) == [
        Row(unchanged=5),
        Row([("=", "Mardi : "), ("-", "fermé")], [("=", "Mardi : "), ("+", "ouvert")]),
        Row([("-", "Adresse")], []),
        Row(unchanged=3),
    ]


@given(SENTENCES, SENTENCES)
def test_no_word_is_lost_beside_each_other(before, after):
    rows = side_by_side("\n".join(before), "\n".join(after))
    folded = sum(row.unchanged for row in rows)
    for lines, side in [(before, "before"), (after, "after")]:
        shown = ["".join(text for _, text in getattr(row, side)) for row in rows]
        shown = [text for text in shown if text]
        assert len(shown) + folded == len(lines)
        left = iter(lines)
        assert all(text in left for text in shown)


def lines_of(count, seed=1):
    chance = random.Random(seed)
    return [" ".join(f"mot{chance.randrange(3000)}" for _ in range(9)) for _ in range(count)]


LONG = lines_of(2500)
HOSTILE = {
    "all lines the other way round": (LONG, LONG[::-1]),
    "all in one line": (LONG, [" ".join(LONG)]),
    "other words": (LONG, lines_of(2500, 2)),
    "two words again and again": (["a b"] * 20_000, ["b a a"] * 15_000),
    "one word a line": (" ".join(LONG).split(), " ".join(LONG[::-1]).split()),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_the_work_does_not_grow_with_the_square_of_a_text(case, monkeypatch):
    compared = []
    monkeypatch.setattr(
        words._matcher, "diff_main", lambda *spelt: compared.append(spelt) or [(0, spelt[0])]
    )
    before, after = ("\n".join(side) for side in HOSTILE[case])
    difference(before, after)
    side_by_side(before, after)
    assert sum(len(old) * len(new) for old, new, _ in compared) < 3_000_000
