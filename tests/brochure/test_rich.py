"""Rich text on paper keeps its lists, its titles, its links; how deep it may go is bounded."""

import json

from hypothesis import given
from hypothesis import strategies as st

from prefectures.brochure.rich import DEEPEST, rich
from prefectures.text.html_tokens import TEXT, tokens
from prefectures.text.rich_text import clean_rich_text


def said(block):
    return "".join("\n" if "line_end" in run else "".join(run["pieces"]) for run in block["runs"])


def test_paragraphs_are_apart_and_line_ends_stay():
    assert [said(block) for block in rich("<p>Un<br>deux</p><p>Trois</p>", 3)] == [
        "Un\ndeux",
        "Trois",
    ]


def test_bold_and_italic_are_looks_of_words():
    (block,) = rich("<p><strong>Un <em>deux</em></strong> trois</p>", 3)
    looks = [(run["strong"], run["emphasised"]) for run in block["runs"]]
    assert looks == [(True, False), (True, True), (False, False)]


def test_a_link_leads_where_it_says():
    (block,) = rich('<p>Voyez <a href="https://a.fr/b?c=1&amp;d=2">là</a></p>', 3)
    assert [run["url"] for run in block["runs"]] == ["", "https://a.fr/b?c=1&d=2", ""]


def test_an_address_that_the_words_of_a_link_do_not_say_is_printed_after_them():
    (hidden,) = rich('<p><a href="https://a.fr/b">là</a>.</p>', 3)
    assert said(hidden) == "là (a.fr/b)."
    (told,) = rich('<p><a href="http://www.a.fr/">www.a.fr</a></p>', 3)
    assert said(told) == "www.a.fr"
    (mail,) = rich('<p><a href="mailto:a@b.fr">a@b.fr</a></p>', 3)
    assert said(mail) == "a@b.fr"


def test_lists_hold_their_items_and_lists_within():
    (block,) = rich("<ol><li>Un<ul><li>deux</li></ul></li><li>trois</li></ol>", 3)
    assert block["is_numbered"]
    (first, within), (last,) = block["items"]
    assert (said(first), said(last)) == ("Un", "trois")
    assert said(within["items"][0][0]) == "deux"
    assert not within["is_numbered"]


def test_titles_follow_that_of_the_section_and_skip_no_level():
    blocks = rich("<h4>Un</h4><p>a</p><h3>Deux</h3><h4>Trois</h4>", 3)
    assert [block["level"] for block in blocks if block["is"] == "heading"] == [4, 4, 5]


def test_titles_within_a_text_are_not_in_the_contents():
    assert not rich("<h3>Un</h3>", 3)[0]["is_listed"]


def test_a_quotation_holds_its_paragraphs():
    (block,) = rich("<blockquote><p>Un</p><p>deux</p></blockquote>", 3)
    assert [said(each) for each in block["blocks"]] == ["Un", "deux"]


def test_words_without_a_paragraph_are_one():
    assert [said(block) for block in rich("Un<p>deux</p>trois", 3)] == ["Un", "deux", "trois"]


def test_nothing_to_read_is_nothing_to_print():
    assert rich("", 3) == []
    assert rich("<p> </p><ul><li></li></ul>", 3) == []


def test_what_is_too_deep_stands_beside_what_it_would_stand_in():
    html = "<ul><li>" * 40 + "au fond" + "</li></ul>" * 40
    found = json.dumps(rich(html, 3), ensure_ascii=False)
    assert "au fond" in found
    assert found.count('"items"') <= DEEPEST


TAGS = ["p", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote"]
PARTS = st.one_of(
    st.sampled_from([f"<{end}{tag}>" for tag in TAGS for end in ("", "/")]),
    st.text(alphabet="abc é&<", max_size=5),
)


@given(st.lists(PARTS).map("".join).map(clean_rich_text))
def test_every_word_of_a_cleaned_text_is_on_paper(html):
    words = "".join(_texts(rich(html, 3)))
    assert letters(words) == letters(_read(html))


def _texts(blocks):
    for block in blocks:
        if "runs" in block:
            yield said(block)
        yield from _texts(block.get("blocks", []))
        for item in block.get("items", []):
            yield from _texts(item)


def _read(html):
    return "".join(token.name for token in tokens(html) if token.kind == TEXT)


def letters(text):
    return "".join(text.split())
