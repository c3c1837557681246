"""What a page shows of a sheet, where, and nothing twice."""

import pytest

from prefectures.models import Contact, GeneralText, Link, Procedure, Quotation, Step

from .reading import hrefs, text, tree

pytestmark = pytest.mark.django_db

BOOKING = "https://www.rdv.rhone.gouv.example/aes"


@pytest.fixture
def page_of(client):
    """Return a function that reads the article of a sheet."""

    def page_of(sheet):
        return tree(client.get(sheet.get_absolute_url()).content.decode()).find(".//article")

    return page_of


def in_order(page, *words):
    places = [text(page).index(each) for each in words]
    return places == sorted(places)


# --- Before the steps -------------------------------------------------------------------------


def test_every_sheet_tells_the_danger_once_before_its_first_step(client):
    for sheet in Procedure.objects.select_related("departement"):
        page = tree(client.get(sheet.get_absolute_url()).content.decode()).find(".//article")
        assert text(page).count("Un refus peut vous obliger à quitter la France.") == 1
        first = text(page.find(".//li[@id='etape-1']"))
        assert in_order(page, "Un refus peut vous obliger", first), sheet


def test_an_old_date_is_no_notice(page_of, publish, add):
    sheet = publish(updated_on="2023-02-22")
    add(Step, sheet, kind="post", address="Lyon")
    page = page_of(sheet)
    assert page.find("p[@class='age old']") is not None
    notices = [each for each in page.iter() if "notice" in each.get("class", "")]
    # That of a copy waits in the page, and is shown in none but the copy.
    assert notices == page.findall(".//template//div[@class='notice copied']")


# --- Steps ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said", "address"),
    [
        (
            {"kind": "book_online", "url": BOOKING},
            "Prendre rendez-vous sur rdv.rhone.gouv.example",
            BOOKING,
        ),
        (
            {"kind": "online_form", "url": BOOKING},
            "Remplir le formulaire sur rdv.rhone.gouv.example",
            BOOKING,
        ),
        (
            {"kind": "telephone", "phone": "04 66 49 60 00"},
            "Appeler le 04 66 49 60 00",
            "tel:0466496000",
        ),
        (
            {"kind": "email", "email": "aes@rhone.example"},
            "Écrire à aes@rhone.example",
            "mailto:aes@rhone.example",
        ),
    ],
)
def test_the_act_of_a_step_is_a_button_with_its_words(page_of, publish, add, fields, said, address):
    sheet = publish()
    add(Step, sheet, **fields)
    (button,) = page_of(sheet).findall(".//div[@id='agir']//a[@class='press']")
    assert (text(button), button.get("href")) == (said, address)


@pytest.mark.parametrize(("kind", "count"), [("post", 1), ("counter", 0), ("drop_box", 0)])
def test_only_what_is_written_on_an_envelope_stands_in_one(page_of, publish, add, kind, count):
    sheet = publish()
    add(Step, sheet, kind=kind, address="1 rue de la Paix\n69001 Lyon")
    add(Contact, sheet, kind="address", value="2 rue de la Paix")
    page = page_of(sheet)
    assert len(page.findall(".//address[@class='envelope']")) == count
    assert "1 rue de la Paix 69001 Lyon" in text(page)
    assert "2 rue de la Paix" in text(page)


def test_the_first_thing_to_press_is_that_of_the_first_step_that_has_one(page_of, publish, add):
    sheet = publish()
    add(Step, sheet, kind="other", group=1, instructions="Réunissez vos preuves.")
    add(Step, sheet, kind="book_online", group=2, url=BOOKING)
    page = page_of(sheet)
    assert page.find(".//li[@id='etape-1']//div[@id='agir']") is None
    assert page.find(".//li[@id='etape-2']//div[@id='agir']") is not None


# --- Links ------------------------------------------------------------------------------------


def test_a_link_that_repeats_a_step_is_told_in_the_step_and_nowhere_else(page_of, publish, add):
    sheet = publish()
    add(Step, sheet, kind="book_online", url=BOOKING)
    add(Link, sheet, kind="booking", label="Il faut prendre rendez-vous ici", url=BOOKING)
    page = page_of(sheet)
    assert hrefs(page).count(BOOKING) == 1
    assert "Il faut prendre rendez-vous ici" in text(page.find(".//div[@id='agir']"))


def test_a_source_is_told_where_all_is_written_even_if_a_step_opens_it(page_of, publish, add):
    sheet = publish()
    add(Step, sheet, kind="online_form", url=BOOKING)
    add(Link, sheet, kind="source", label="Les modalités", url=BOOKING)
    assert hrefs(page_of(sheet)).count(BOOKING) == 2


def test_documents_to_fill_in_are_in_the_step_that_obtains_them(page_of, publish, add):
    sheet = publish()
    for _ in range(2):
        add(Step, sheet, kind="other", role="form")
    add(Link, sheet, kind="form", label="Le formulaire", url="https://a.example/form.pdf")
    page = page_of(sheet)
    assert hrefs(page).count("https://a.example/form.pdf") == 1
    assert "Le formulaire PDF, a.example" in text(page.find(".//div[@id='agir']"))


def test_documents_have_a_title_of_their_own_where_no_step_obtains_them(page_of, publish, add):
    sheet = publish()
    add(Link, sheet, kind="notice", label="Notice", url="https://a.example/notice.pdf")
    assert in_order(page_of(sheet), "Documents à télécharger", "Notice")


# --- What to bring ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("document_list", "La liste des pièces est un document à télécharger"),
        ("form", "Nous n’avons pas de liste des pièces. Regardez le formulaire."),
        ("source", "Regardez la page de la préfecture."),
        ("legal", "Demandez-la à la préfecture."),
    ],
)
def test_without_a_list_the_page_says_where_it_may_be(page_of, publish, add, kind, said):
    sheet = publish()
    add(Step, sheet, kind="post", address="Lyon")
    add(Link, sheet, kind=kind, label="Un lien", url="https://a.example/")
    assert said in text(page_of(sheet).find("section[@class='bring']"))


def test_what_it_costs_stands_with_what_to_bring(page_of, publish):
    sheet = publish(supporting_documents="<ul><li>Un passeport</li></ul>", fees="<p>50 euros.</p>")
    bring = page_of(sheet).find("section[@class='bring']")
    assert in_order(bring, "Un passeport", "Ce que cela coûte", "50 euros.")


# --- And then ---------------------------------------------------------------------------------


def test_what_holds_everywhere_comes_after_what_the_sheet_says_of_it(page_of, publish):
    page = page_of(publish(after_filing="<p>On vous écrit.</p>"))
    titles = [text.title for text in GeneralText.objects.all()]
    assert in_order(page, "On vous écrit.", *titles)
    assert "R. 432-1 et R. 432-2 du Ceseda" in text(page)


def test_what_holds_everywhere_is_said_once_for_several_sheets(client):
    page = tree(client.get("/departements/34-herault/").content.decode())
    assert text(page).count("Quatre mois de silence valent un refus.") == 1


def test_quotations_come_before_the_note_of_gisti_and_the_note_before_reporting(
    page_of, publish, add
):
    sheet = publish(editorial_note="<p>Notre note.</p>")
    add(Quotation, sheet, text="<p>Leurs mots.</p>")
    page = page_of(sheet)
    assert in_order(page, "Ce que dit la préfecture", "Leurs mots.", "Notre note.", "Signaler")
