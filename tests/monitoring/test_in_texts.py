import pytest

from prefectures.monitoring.in_texts import in_links, in_rich_words, in_words

OLD, NEW = "https://www.herault.gouv.fr/guide", "https://www.herault.gouv.fr/guide/2026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Voir {OLD}.", f"Voir {NEW}."),
        (f"(voir {OLD})", f"(voir {NEW})"),
        (f"«\xa0{OLD}\xa0» et {OLD}, puis", f"«\xa0{NEW}\xa0» et {NEW}, puis"),
        (f"{OLD}\n", f"{NEW}\n"),
    ],
)
def test_an_address_among_words_is_replaced_and_what_ends_the_sentence_stays(text, expected):
    assert in_words(text, OLD, NEW) == expected


@pytest.mark.parametrize("more", ["s", "/suite", "#2", "?page=2", "(2)", ".pdf"])
def test_an_address_that_only_begins_alike_is_another_one(more):
    longer = OLD + more
    assert in_words(f"Voir {longer} ici", OLD, NEW) == f"Voir {longer} ici"
    link = f'<p><a href="{longer}">{longer}</a></p>'
    assert in_links(link, OLD, NEW) == in_rich_words(link, OLD, NEW) == link


def test_a_link_is_replaced_without_a_word_of_what_is_read():
    link = f'<p><a href="{OLD}">{OLD}</a></p>'
    assert in_links(link, OLD, NEW) == f'<p><a href="{NEW}">{OLD}</a></p>'


def test_what_is_read_is_replaced_without_its_link():
    link = f'<p>Là : {OLD}, <a href="{OLD}">{OLD}</a></p>'
    assert in_rich_words(link, OLD, NEW) == f'<p>Là : {NEW}, <a href="{OLD}">{NEW}</a></p>'


def test_rich_text_has_the_signs_of_an_address_in_its_own_spelling():
    old, new = "https://a.example/?a=1&b=2", "https://a.example/?c=3&d=4"
    html = '<p>https://a.example/?a=1&amp;b=2 <a href="https://a.example/?a=1&amp;b=2">Ici</a></p>'
    done = in_rich_words(in_links(html, old, new), old, new)
    assert done == html.replace("a=1&amp;b=2", "c=3&amp;d=4")
