import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prefectures.models.fields import RichTextField
from prefectures.text.rich_text import RICH_TEXT_TAGS, clean_rich_text

from ..models.making import draft
from ..page import Page

TAGS = [
    *sorted(RICH_TEXT_TAGS), "script", "style", "img", "svg", "table", "tr", "td", "div", "span",
    "button", "object", "template", "select", "h1", "pre", "math", "iframe", "textarea",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            '<a href="https://a.fr/?b=c&amp;d=%20(2)">', "<a href='javascript:alert(1)'>",
            '<p style="x" onclick="y">', "<!--", "-->", "&nbsp;", "&amp;", "&lt;", "&#13;", "\r\n",
            "\r", " ", "<", ">", '"', "é", "texte",
        ]
    ),
    st.text(max_size=4),
)  # fmt: skip
PASTED = st.lists(PIECES, max_size=14).map("".join)


def refusal(html):
    with pytest.raises(ValidationError) as refused:
        RichTextField().clean(html, None)
    return refused.value.messages[0]


@settings(max_examples=300)
@given(PASTED)
@example("<p><button><p>x")
@example("<a href=x><table><tr><td><a href=y>z")
@example("a&#13;b")
def test_cleaning_twice_changes_nothing(html):
    once = clean_rich_text(html)
    assert clean_rich_text(once) == once


@settings(max_examples=300)
@given(PASTED)
def test_nothing_but_the_closed_set_comes_out(html):
    page = Page()
    opened = []
    page.handle_starttag = lambda tag, attrs: opened.append((tag, [name for name, _ in attrs]))
    page.feed(clean_rich_text(html))
    page.close()
    assert {tag for tag, _ in opened} <= RICH_TEXT_TAGS
    assert all(names == [] or (tag, names) == ("a", ["href"]) for tag, names in opened)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>Bonjour <strong>à</strong> <em>tous</em><br>!</p>",) * 2,
        ("<ul><li><p>un</p></li></ul><ol><li><p>deux</p></li></ol>",) * 2,
        ("<h3>Pièces</h3><h4>Photos</h4><blockquote><p>cité</p></blockquote>",) * 2,
        ('<p><a href="https://a.fr/b%20(2).pdf">pdf</a></p>',) * 2,
        ('<p><a href="mailto:pref@gard.gouv.fr">écrire</a></p>',) * 2,
        ('<p><a href="tel:+33466496000">appeler</a></p>',) * 2,
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<style>p{color:red}</style><p>a</p>", "<p>a</p>"),
        ('<p>a<img src="x" onerror="alert(1)"></p>', "<p>a</p>"),
        ("<p>a<svg><circle/></svg></p>", "<p>a</p>"),
        ('<p class="x" style="y" onclick="z">a</p>', "<p>a</p>"),
        ('<a href="https://a.fr" target="_blank">a</a>', '<a href="https://a.fr">a</a>'),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ("<h1>Titre</h1>", "<h3>Titre</h3>"),
        ("<p>a</p>\r\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("Sylvie & Rim < 3", "Sylvie &amp; Rim &lt; 3"),
    ],
)
def test_rich_text_is_cleaned_to_the_closed_set(pasted, kept):
    assert clean_rich_text(pasted) == kept


@pytest.mark.parametrize(
    "html",
    ["", "<p></p>", "<p> </p>\n<p><br></p>", "<p>&nbsp;</p>", "<ul><li><p></p></li></ul>",
     '<a href="https://a.fr/"></a>', "<script>alert(1)</script>", '<img src="x">'],
)  # fmt: skip
def test_where_there_is_nothing_to_read_there_is_no_text(html):
    assert clean_rich_text(html) == ""


def test_a_single_character_is_something_to_read():
    assert clean_rich_text("<p>1</p>") == "<p>1</p>"


@pytest.mark.parametrize("href", ["/contenu/form.pdf", "form.pdf", "//evil.example/", "#haut", ""])
def test_a_link_that_leads_nowhere_by_itself_is_refused_and_named(href):
    assert f"Le lien « {href} » est incomplet" in refusal(f'<p><a href="{href}">ici</a></p>')


def test_the_second_link_is_read_as_well_as_the_first():
    html = '<p><a href="https://a.fr/">un</a> <a href="/deux">deux</a></p>'
    assert "« /deux »" in refusal(html)


@pytest.mark.parametrize("scheme", ["https://a.fr", "HTTP://a.fr", "mailto:a@b.fr", "tel:+336"])
def test_a_link_that_leads_somewhere_is_accepted(scheme):
    html = f'<p><a href="{scheme}">ici</a></p>'
    assert RichTextField().clean(html, None) == html


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1f", "\ud83d"])
def test_an_invisible_character_is_refused_in_rich_text_too(character):
    assert "caractère invisible" in refusal(f"<p>a{character}b</p>")


def test_a_save_cleans_rich_text_whoever_saves(db):
    assert draft(warning="<p>Vu</p><script>alert(1)</script>").warning == "<p>Vu</p>"


def test_the_form_cleans_what_the_editor_sends():
    assert RichTextField(blank=True).formfield().clean("<p>a</p><script>b</script>") == "<p>a</p>"
