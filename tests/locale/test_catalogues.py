"""The translations: whole, up to date, true to their French; what is wrong with one is told."""

import re
from gettext import c2py

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override

from aes_cms import starting
from prefectures.languages import TRANSLATED
from prefectures.locale.collect import catalogues, collected, stale, updated
from prefectures.locale.faults import faults
from prefectures.public.wording.ways import AGE_SIGNS, AGES, WAY_SIGNS, WAYS, signs

HEAD = r"""msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
each_catalogue = pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-3])


def test_each_language_of_the_site_has_a_catalogue():
    assert sorted(TRANSLATED) == sorted(path.parts[-3] for path in catalogues())
    assert sorted(dict(settings.LANGUAGES)) == sorted(["fr", *TRANSLATED])


@each_catalogue
def test_a_catalogue_is_whole_and_true_to_its_french(path):
    assert list(faults(path)) == []


def test_the_catalogues_are_those_of_what_the_pages_say():
    assert [path.parts[-3] for path, _text in stale()] == []


def sentences(path):
    """Return the whole sentences of a catalogue, as lists of words."""
    with path.open("rb") as file:
        said = [message.string for message in read_po(file) if message.id]
    texts = [text for text in said if isinstance(text, str)]
    plain = [re.sub(r"<[^>]*>", "", text) for text in texts]
    pieces = [piece.split() for text in plain for piece in re.split(r"(?<=[.!?؟:])\s", text)]
    return [words for words in pieces if len(words) > 3]


@each_catalogue
def test_a_language_is_as_plain_as_the_french(path):
    lengths = [len(words) for words in sentences(path)]
    assert [words for words in sentences(path) if len(words) > 25] == []
    assert sum(lengths) / len(lengths) <= 12


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_signs_of_the_map_differ_and_stand_in_their_words(language):
    with override(language):
        for known, words in ((WAY_SIGNS, WAYS), (AGE_SIGNS, AGES)):
            own = {name: sign for name, sign in signs(known).items() if sign.isalnum()}
            assert len({*own.values()}) == len(own)
            said = {name: gettext(words[name]).casefold() for name in own}
            assert {
                name for name, sign in own.items() if sign.casefold() not in said[name]
            } == set()


@each_catalogue
def test_the_forms_of_a_number_are_those_of_the_language(path):
    """By Unicode's rules: whole numbers that are of one kind there have one form here."""
    language = path.parts[-3]
    with path.open("rb") as file:
        expression = read_po(file).plural_expr
    form, kind = c2py(expression), Locale(language).plural_form
    forms = {number: form(number) for number in range(1000)}
    assert {(kind(number), chosen) for number, chosen in forms.items()} >= {("one", forms[1])}
    # Spanish has a form for millions, which nothing here counts.
    by_kind = {
        kind(number): {forms[n] for n in forms if kind(n) == kind(number)} for number in forms
    }
    assert {name: len(chosen) for name, chosen in by_kind.items() if len(chosen) > 1} == {}
    assert len({*forms.values()}) == len(by_kind)


def test_a_language_is_added_by_its_catalogue_alone(tmp_path, monkeypatch):
    folder = tmp_path / "bn/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    monkeypatch.setattr(starting, "LOCALE", tmp_path)
    assert starting.languages("fr") == [("fr", "Français"), ("bn", "বাংলা")]


# --- What is wrong with one ---------------------------------------------------------------------

FAULTY = {
    "not translated": ("Bonjour", ""),
    "places": ("Le %(day)s", "On %(date)s"),
    "places of none": ("Bonjour", "Hello %(name)s"),
    "tags": ("<strong>Non</strong>", "No"),
    "addresses": ('<a href="%(a)s">Ici</a>', '<a href="%(a)s?">Here</a>'),
    "a sign of percent": ("%(n)s %%", "%(n)s %"),
    "space at its ends": (" ou ", "or"),
    "straight quotes": ("Dire oui", 'Say \\"yes\\"'),
    "French signs": ("Non\u00a0!", "No\u00a0!"),
    "is not kept": ("Un récépissé", "A receipt"),
}


@pytest.mark.parametrize(("fault", "entry"), FAULTY.items(), ids=FAULTY)
def test_a_fault_is_told_with_its_sentence(tmp_path, fault, entry):
    source, words = (text.replace('"', r"\"").replace(r"\\", "\\") for text in entry)
    path = tmp_path / "django.po"
    path.write_text(f'{HEAD}msgid "{source}"\nmsgstr "{words}"\n', encoding="utf-8")
    told = list(faults(path))
    assert len(told) == 1
    assert fault.removesuffix(" of none") in told[0]


def test_a_doubtful_entry_and_one_of_too_few_numbers_are_told(tmp_path):
    path = tmp_path / "django.po"
    doubtful = '#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    path.write_text(f"{HEAD}{doubtful}", encoding="utf-8")
    assert list(faults(path)) == ["a : doubtful"]
    plural = 'msgid "%(n)s lieu"\nmsgid_plural "%(n)s lieux"\nmsgstr[0] "%(n)s place"\n'
    path.write_text(f"{HEAD}{plural}", encoding="utf-8")
    assert list(faults(path)) == ["%(n)s lieu : not translated"]


def test_a_number_may_leave_its_figure_out(tmp_path):
    path = tmp_path / "django.po"
    plural = (
        'msgid "%(n)s lieu"\nmsgid_plural "%(n)s lieux"\nmsgstr[0] "one place"\n'
        'msgstr[1] "%(n)s places"\n'
    )
    path.write_text(f"{HEAD}{plural}", encoding="utf-8")
    assert list(faults(path)) == []


# --- Bringing one up to date --------------------------------------------------------------------


def test_a_new_sentence_waits_and_one_no_longer_said_goes():
    text = f'{HEAD}msgid "Chercher"\nmsgstr "Search"\n\nmsgid "Disparue"\nmsgstr "Gone"\n'
    new = updated(text, collected())
    assert 'msgid "Chercher"\nmsgstr "Search"' in new
    assert "Disparue" not in new
    assert 'msgid "Accueil"\nmsgstr ""' in new
    assert updated(new, collected()) == new
