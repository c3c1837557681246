"""What changed in a text, block by block: pure, bounded, and nothing of either text is lost."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.text.blocks import (
    Block,
    Compared,
    Fold,
    block_differences,
    blocks_of,
    folded,
)
from prefectures.text.differences import text_of


def told(before, after, is_rich=False):
    return folded(block_differences(*(blocks_of(text, is_rich) for text in (before, after))))


def texts(html):
    return [(block.shape, block.text) for block in blocks_of(html, is_rich=True)]


# --- Blocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p>Un</p><p>Deux</p>", [("paragraph", "Un"), ("paragraph", "Deux")]),
        ("<h3>Travail</h3><p>Un</p>", [("title", "Travail"), ("paragraph", "Un")]),
        ("<ul><li>Un</li><li><p>Deux</p></li></ul>", [("item", "Un"), ("item", "Deux")]),
        ("<ul><li>Un<ul><li>Deux</li></ul></li></ul>", [("item", "Un"), ("item", "Deux")]),
        ("<blockquote><p>Un</p></blockquote>", [("quote", "Un")]),
        ("<p>Un<br>Deux</p>", [("paragraph", "Un\nDeux")]),
        ("<p>Un <strong>gras</strong> &amp; <em>un</em></p>", [("paragraph", "Un gras & un")]),
        ('<p><a href="https://a.fr/">ici</a></p>', [("paragraph", "ici <https://a.fr/>")]),
        ("Sans balise", [("paragraph", "Sans balise")]),
        ("<p></p><p> </p>", []),
    ],
)  # fmt: skip
def test_rich_text_is_taken_apart_into_what_is_read_as_one(html, blocks):
    assert texts(html) == blocks


def test_a_plain_text_is_its_lines():
    assert blocks_of("Un\n\nDeux\n") == [Block("Un"), Block("Deux")]


# --- Compared ---------------------------------------------------------------------------------


def test_only_the_block_that_changed_is_told_word_by_word():
    before, after = (f"Un\nDeux trois {word} cinq\nSix\nSept" for word in ("quatre", "neuf"))
    assert told(before, after) == [
        Fold(1),
        Compared(
            "~",
            "paragraph",
            [("=", "Deux trois "), ("-", "quatre"), ("+", "neuf"), ("=", " cinq")],
        ),
        Fold(2),
    ]


def test_blocks_that_have_nothing_in_common_go_and_come_whole():
    before, after = "Envoyez tout par la poste.", "Prenez rendez-vous en ligne."
    assert [(block.kind, block.words) for block in told(before, after)] == [
        ("-", [("-", before)]),
        ("+", [("+", after)]),
    ]


def test_an_item_that_is_put_in_between_comes_alone():
    before, after = (
        f"<ul><li>Passeport</li>{more}<li>Photo</li></ul>" for more in ("", "<li>Timbre</li>")
    )
    (_, block, _) = told(before, after, is_rich=True)
    assert (block.kind, block.shape, block.words) == ("+", "item", [("+", "Timbre")])


def test_of_several_the_most_alike_are_one_block_that_changed():
    before = "Le dossier se dépose le lundi matin\nLes photos sont au nombre de trois"
    after = "Une ligne toute neuve\nLes photos sont au nombre de deux"
    assert [block.kind for block in told(before, after)] == ["-", "+", "~"]


def test_a_block_to_which_much_was_added_is_still_the_same():
    before = "Venez avec votre passeport"
    (block,) = told(before, f"{before}, vos photos, vos justificatifs, et trois copies de chacun")
    assert block.kind == "~"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Un</p>", "<p><strong>Un</strong></p>"),
        ("<p>Un</p>", "<ul><li>Un</li></ul>"),
        ("<ul><li>Un</li></ul>", "<ol><li>Un</li></ol>"),
        ("<h3>Un</h3>", "<h4>Un</h4>"),
    ],
)
def test_words_that_only_look_otherwise_are_told_so(before, after):
    (block,) = told(before, after, is_rich=True)
    assert (block.is_form_alone, block.words) == (True, [("=", "Un")])


def test_a_link_that_leads_elsewhere_is_told():
    before, after = (f'<p><a href="https://{site}.fr/">ici</a></p>' for site in "ab")
    (block,) = told(before, after, is_rich=True)
    assert not block.is_form_alone


# --- Whatever is compared ---------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "le"]), min_size=1, max_size=8)
TEXTS = st.lists(WORDS.map(" ".join), max_size=8).map("\n".join)


def side(compared, kinds):
    """Return the blocks of one text, as the comparison holds them."""
    words = ("".join(text for kind, text in block.words if kind in kinds) for block in compared)
    return [text for text in words if text]


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(before, after):
    compared = block_differences(blocks_of(before), blocks_of(after))
    assert side(compared, "=-") == before.splitlines()
    assert side(compared, "=+") == after.splitlines()


@given(TEXTS)
def test_a_text_compared_with_itself_is_one_fold(text):
    assert [type(block) for block in told(text, text)] in ([], [Fold])


MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "un", " deux", "<"]),
    max_size=20,
).map("".join)


@given(MARKUP)
def test_blocks_say_the_words_that_are_read(html):
    read = "".join("".join(block.text for block in blocks_of(html, is_rich=True)).split())
    assert read == "".join(text_of(html).split())


@pytest.mark.parametrize(
    "text",
    ["un\n" * 20_000, "\n".join(map(str, range(15_000))), "mot " * 25_000, "a\nb\n" * 10_000],
)
def test_long_texts_are_compared_while_one_waits(text):
    begun = process_time()
    told(text, text[::-1])
    told(text, text[len(text) // 3 :] + "fin")
    assert process_time() - begun < 5
