"""Lists of items: what is typed as lines becomes one, and leaves as lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.text.item_lists import as_item_list, as_lines
from prefectures.text.plain_text import as_rich_text
from prefectures.text.rich_text import clean_rich_text


def kept(html):
    """Return ``html`` as the field keeps it."""
    return as_item_list(clean_rich_text(html))


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<p>un</p><p>deux</p>", "<ul><li>un</li><li>deux</li></ul>"),
        ("<p>un<br>deux</p>", "<ul><li>un</li><li>deux</li></ul>"),
        (
            "<p>- un</p><p>– deux</p><p>• trois</p>",
            "<ul><li>un</li><li>deux</li><li>trois</li></ul>",
        ),
        ("sans balise", "<ul><li>sans balise</li></ul>"),
        ("<ul><li>un</li></ul><p>deux</p>", "<ul><li>un</li><li>deux</li></ul>"),
        ("<p>un</p><ul><li>deux</li></ul>", "<ul><li>un</li><li>deux</li></ul>"),
        ("<p>Il faut :</p><p>un</p>", "<p>Il faut :</p><ul><li>un</li></ul>"),
        (
            "<p><strong>Il faut :</strong></p><p>un</p>",
            "<p><strong>Il faut :</strong></p><ul><li>un</li></ul>",
        ),
        ("<h4>Travail</h4><p>un</p>", "<h4>Travail</h4><ul><li>un</li></ul>"),
        ("<ol><li>un</li></ol>", "<ol><li>un</li></ol>"),
        ("<blockquote><p>un</p></blockquote>", "<blockquote><p>un</p></blockquote>"),
        (
            "<p>un <strong>mot<br>deux</strong></p>",
            "<ul><li>un <strong>mot<br>deux</strong></li></ul>",
        ),
        (
            "<ul><li>un<ul><li>dedans</li></ul></li></ul>",
            "<ul><li>un<ul><li>dedans</li></ul></li></ul>",
        ),
        ("", ""),
    ],
)
def test_lines_become_items_and_the_rest_stays(html, items):
    assert kept(html) == items


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ul><li>un</li><li>deux (copie)</li></ul>", "- un\n- deux (copie)"),
        ("<p>Il faut :</p><ul><li>un</li></ul>", "Il faut :\n- un"),
        ("<ul><li>A &amp; B</li></ul>", "- A & B"),
        ("", ""),
    ],
)
def test_a_plain_list_leaves_as_lines(html, lines):
    assert as_lines(html) == lines


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>un <strong>mot</strong></li></ul>",
        "<h4>Travail</h4><ul><li>un</li></ul>",
        '<ul><li><a href="https://a.fr/">ici</a></li></ul>',
        "<ul><li>&lt;p&gt;</li></ul>",
    ],
)
def test_what_lines_could_not_say_leaves_as_it_is(html):
    assert as_lines(html) == html


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<strong>",
        "</strong>",
        "<h4>",
        "</h4>",
        "<ol>",
        "</ol>",
        "un",
        "deux :",
        "- trois",
        " ",
        "&amp;",
        "&lt;p&gt;",
        "\n",
        "1. quatre",
        "(copie)",
    ]
)


@settings(max_examples=300)
@given(st.lists(TAGS, max_size=12).map("".join))
def test_a_list_is_kept_the_same_when_it_is_cleaned_again(html):
    once = kept(html)
    assert kept(once) == once


@settings(max_examples=300)
@given(st.lists(TAGS, max_size=12).map("".join))
def test_what_left_as_lines_comes_back_the_same(html):
    once = kept(html)
    assert kept(as_rich_text(as_lines(once))) == once


@settings(max_examples=200)
@given(st.lists(TAGS, max_size=12).map("".join))
def test_no_word_is_lost(html):
    before = [w for w in ("un", "deux", "trois", "quatre") if w in clean_rich_text(html)]
    assert [w for w in before if w not in kept(html)] == []
