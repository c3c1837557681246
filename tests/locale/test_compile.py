"""The catalogues: compiled as they stand, believed before Django's, true to what Django asks."""

import re
from gettext import GNUTranslations, find
from io import BytesIO
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.utils.translation import gettext, ngettext, pgettext

from prefectures.locale.compile import HERE, compiled, entries, stale, strings_of

PLACE = re.compile(r"%(?:\(\w+\))?[sdr]|\{\w*\}")
# Neither has a name: they are filled in their order.
UNNAMED = {"%s", "%d", "{}"}


def written(domain):
    """Return the entries of our French catalogue, its header left out."""
    text = (HERE / f"fr/LC_MESSAGES/{domain}.po").read_text(encoding="utf-8")
    return [entry for entry in entries(text) if entry["msgid"]]


def theirs(domain, names=None):
    """Return {key: French} of all that the installed packages, or those of ``names``, may say."""
    folders = [Path(django.__file__).parent / "conf/locale"]
    folders += [
        Path(app.path) / "locale"
        # Django believes the first of them that has a word.
        for app in reversed(list(apps.get_app_configs()))
        if names is None or app.name in names
    ]
    found = {}
    for folder in folders:
        path = folder != HERE and find(domain, folder, ["fr"])
        if path:
            with open(path, "rb") as file:
                found |= GNUTranslations(file)._catalog
    return found


OURS = [(domain, entry) for domain in ("django", "djangojs") for entry in written(domain)]


@pytest.fixture(scope="module")
def of_packages():
    return {domain: theirs(domain) for domain in ("django", "djangojs")}


def key(entry):
    name = "\4".join(filter(None, [entry.get("msgctxt"), entry["msgid"]]))
    return (name, 0) if "msgid_plural" in entry else name


def heard(entry):
    """Return what a page says in the place of ``entry``."""
    if "msgid_plural" in entry:
        return [ngettext(entry["msgid"], entry["msgid_plural"], count) for count in (1, 2)]
    if "msgctxt" in entry:
        return [pgettext(entry["msgctxt"], entry["msgid"])]
    return [gettext(entry["msgid"])]


def test_what_django_reads_is_what_is_written():
    assert [path.name for path, _ in stale()] == []


def test_each_sentence_is_one_that_a_package_asks_for(of_packages):
    assert [e["msgid"] for domain, e in OURS if key(e) not in of_packages[domain]] == []


def test_django_calls_nothing_an_object_even_where_no_test_goes():
    said = theirs("django", ["django.contrib.admin", "django.contrib.auth"])
    ours = {entry["msgid"] for domain, entry in OURS if domain == "django"}
    # What agrees with a number stands there once for each of its forms.
    called = {(name[0] if isinstance(name, tuple) else name): words for name, words in said.items()}
    left = [words for name, words in called.items() if name not in ours]
    assert [words for words in left if re.search(r"\bobjets?\b", words, re.IGNORECASE)] == []


def test_each_sentence_says_otherwise_than_the_package(of_packages):
    same = [e["msgid"] for domain, e in OURS if of_packages[domain].get(key(e)) == strings_of(e)[0]]
    assert same == []


def test_each_sentence_of_ours_is_believed_before_that_of_a_package():
    of_pages = [entry for domain, entry in OURS if domain == "django"]
    assert [heard(entry) for entry in of_pages] == [strings_of(entry) for entry in of_pages]


def test_no_sentence_is_written_twice():
    names = [(domain, key(entry)) for domain, entry in OURS]
    assert [name for name in names if names.count(name) > 1] == []


def test_no_sentence_fills_a_place_that_the_package_leaves_empty():
    for _, entry in OURS:
        asked = PLACE.findall(entry["msgid"])
        for words in strings_of(entry):
            places = PLACE.findall(words)
            # What has a name may be left out; what has none is filled in its order.
            assert set(places) <= set(asked), words
            assert [p for p in places if p in UNNAMED] == [p for p in asked if p in UNNAMED], words


def test_each_sentence_is_in_french_typography():
    for _, entry in OURS:
        for words in strings_of(entry):
            assert "'" not in words, words
            assert not re.search(r"(?<!\xa0)[:;?!»](?!//)|«(?!\xa0)", words), words


# --- Compiling --------------------------------------------------------------------------------

HEADER = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"""


def read(text):
    return GNUTranslations(BytesIO(compiled(HEADER + text)))


def test_a_sentence_on_several_lines_is_one():
    made = read('\nmsgid "a"\nmsgstr ""\n"Première, "\n"\\"seconde\\"."\n')
    assert made.gettext("a") == 'Première, "seconde".'


def test_a_word_is_said_by_its_context():
    made = read('\nmsgctxt "month"\nmsgid "May"\nmsgstr "mai"\n')
    assert (made.pgettext("month", "May"), made.gettext("May")) == ("mai", "May")


def test_a_number_chooses_its_words():
    made = read('\nmsgid "row"\nmsgid_plural "rows"\nmsgstr[0] "ligne"\nmsgstr[1] "lignes"\n')
    assert [made.ngettext("row", "rows", count) for count in (0, 1, 2)] == [
        "ligne",
        "ligne",
        "lignes",
    ]


def test_what_is_doubtful_or_not_translated_is_left_out():
    made = read('\n#, fuzzy\nmsgid "a"\nmsgstr "à"\n\nmsgid "b"\nmsgstr ""\n')
    assert (made.gettext("a"), made.gettext("b")) == ("a", "b")


def test_the_order_of_sentences_changes_nothing():
    one, two = '\nmsgid "a"\nmsgstr "à"\n', '\nmsgid "b"\nmsgstr "bé"\n'
    assert compiled(HEADER + one + two) == compiled(HEADER + two + one)


def test_what_is_no_line_of_a_catalogue_is_refused_by_its_number():
    with pytest.raises(ValueError, match=r"^2 : msgstr à$"):
        list(entries('msgid "a"\nmsgstr à\n'))
