"""What is written to keep the site busy: the work grows with the text, and no faster.

Each case would take many seconds, some of them minutes, if its work grew with the square.
"""

import sys

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings

from prefectures.models.fields import (
    MOST_IN_LINES,
    MOST_IN_RICH_TEXT,
    MOST_TO_CLEAN,
    LinesField,
    RichTextField,
)
from prefectures.text.pasted import MOST_OF_LINKS, normalise_pasted
from prefectures.text.pasted_tree import DEEPEST, tree_of
from prefectures.text.rich_text import clean_rich_text

from .test_rich_text import PASTED

# (what begins the text, what is written again and again, what ends it)
HOSTILE = {
    "a style that goes on": ('<p style="', "text-decoration", '">texte'),
    "a style of many parts": ('<p style="', "text-decoration;", '">texte'),
    "a style of spaces": ('<p style="mso-list:', " ", '">texte'),
    "a class that goes on": ('<p class="', "mso", '">texte'),
    "lists in lists": ("", "<ul><li>", "texte"),
    "paragraphs that nobody ends": ("", "<p>", "texte"),
    "elements in elements": ("", "<div>", "texte"),
    "quotations in quotations": ("", "<blockquote>", "texte"),
    "tables in tables": ("", "<table><tr><td>", "texte"),
    "bold of its own each time": ("", "<b id=%d><p>", "texte"),
    "fonts before paragraphs": ("<font a=1><font a=2>" * 500, "<p>", "texte"),
    "links in links": ("", '<a href="https://a.fr/">', "texte"),
    "items of Word in items": (
        "",
        '<p class=MsoListParagraph style="mso-list:l0 level6">',
        "texte",
    ),
    "boxes of Word in boxes": ("", '<div style="mso-list:l0 level6 lfo1">', "texte"),
    "empty things in items of Word": ('<div class="MsoListParagraph">' * 99, "<b></b>", "texte"),
    "marks of Word": (
        "<div class=MsoListParagraph>" * 90,
        '<i style="mso-list:Ignore"></i>',
        "texte",
    ),
    "empty cells": ("<table><tr><td>texte<td>", "<td>", "fin"),
    "paragraphs in cells": ("<table><tr><td>" * 30, "<td>x", "texte"),
    "spaces": ("<pre>", " ", "texte"),
    "spaces that do not break": ("<div>", "\xa0", "texte"),
    "spaces in elements": ("<div>", "<span> </span>", "texte"),
    "line breaks": ("<pre>", " \n", "texte"),
    "an address that goes on": ('texte<a href="https://a.fr/', "x", '"></a>'),
    "a link over many paragraphs": (f'texte<a href="https://a.fr/{"x" * 20_000}">', "<p>x", ""),
    "signs before nothing": ("texte", "<", ""),
    "tags that never end": ("texte", "<a", ""),
    "tags that never begin": ("texte", "</p>", ""),
    "attributes": ("<p ", "x ", ">texte"),
    "spaces in a tag": ("<p ", " ", ">texte"),
    "quotes that never end": ("texte", '<a x="', ""),
    "quotes of both kinds": ("texte", "<a x='\"", ""),
    "comments that never end": ("texte", "<!--", ""),
    "declarations that never end": ("texte", "<![CDATA[", ""),
    "styles that never end": ("texte", "<style>", ""),
    "scripts that do not quite end": ("texte", "<script></script", ""),
    "drawings in drawings": ("texte", "<svg>", ""),
    "ends that find nothing": ("texte<div><table>" + "<span>" * 90, "</div>", ""),
    "references": ("texte<div>", "&am", ""),
    "one number": ("texte&#", "9", ";"),
}


def hostile(case, length):
    begin, again, end = HOSTILE[case]
    times = (length - len(begin) - len(end)) // len(again)
    if "%d" in again:
        return begin + "".join(again % number for number in range(times // 2)) + end
    return begin + again * times + end


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_written_to_keep_the_site_busy_is_read_all_the_same(case):
    html = clean_rich_text(hostile(case, MOST_TO_CLEAN // 2))
    assert "texte" in html
    assert len(html) <= 6 * MOST_TO_CLEAN + MOST_OF_LINKS


def steps(function, *args):
    """Return how many calls, of Python's functions and of C's, ``function`` makes."""
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        function(*args)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("case", HOSTILE)
def test_what_comes_late_is_no_more_work_than_what_comes_early(case):
    short, longer, longest = (
        steps(normalise_pasted, hostile(case, length), "https://a.fr/")
        for length in (22_000, 30_000, 38_000)
    )
    assert longest - longer <= 1.2 * (longer - short) + 1000


def depth(node):
    deepest, level = 0, [node]
    while level:
        deepest += 1
        level = [each for one in level for each in one.children if not isinstance(each, str)]
    return deepest


@settings(max_examples=60)
@given(PASTED)
def test_what_is_pasted_again_and_again_is_neither_deep_nor_much_longer(html):
    html *= 300
    # The root, a row and a cell that nobody wrote, a line break.
    assert depth(tree_of(html)) <= DEEPEST + 4
    once = clean_rich_text(html)
    assert len(once) <= 100 + 60 * len(html)
    assert clean_rich_text(once) == once


def test_a_text_is_cleaned_once_however_often_it_is_asked_for(monkeypatch):
    html = "<div>Un texte que personne n’a encore nettoyé</div>"
    first = steps(clean_rich_text, html)
    assert steps(clean_rich_text, html) < 10 < first


# --- Bounds -----------------------------------------------------------------------------------


def refusal(field, text):
    with pytest.raises(ValidationError) as refused:
        field.clean(text, None)
    return refused.value.messages[0]


def test_a_rich_text_of_a_hundred_thousand_characters_is_kept():
    html = f"<p>{'a' * (MOST_IN_RICH_TEXT - 7)}</p>"
    assert RichTextField().clean(html, None) == html


def test_a_longer_one_is_refused_with_a_sentence():
    sentence = refusal(RichTextField(), f"<p>{'a' * (MOST_IN_RICH_TEXT - 6)}</p>")
    assert "100\xa0001 caractères, 100\xa0000 au plus" in sentence


def test_what_only_its_tags_make_long_is_kept():
    html = f'<p style="{"color:red;" * 12_000}">Vu</p>'
    assert RichTextField().clean(html, None) == "<p>Vu</p>"


@pytest.mark.parametrize("clean", [RichTextField().to_python, RichTextField().formfield().clean])
def test_what_is_too_long_to_be_cleaned_is_refused_before(clean):
    with pytest.raises(ValidationError, match="trop long"):
        clean("<p>" + "a" * MOST_TO_CLEAN)


def test_lines_have_a_bound_as_well():
    assert LinesField().clean("a" * MOST_IN_LINES, None)
    assert "20\xa0001 caractères, 20\xa0000 au plus" in refusal(
        LinesField(), "a" * (MOST_IN_LINES + 1)
    )
