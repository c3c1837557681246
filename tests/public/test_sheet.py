"""What a sheet tells its reader: how old it is, whether it holds, who is speaking."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from prefectures.models import (
    Contact,
    Link,
    Prefecture,
    Quotation,
    Step,
    Verification,
    changeset,
)
from prefectures.public.wording.voices import QUOTATION_TITLES

from .reading import text, tree

WARNING = "vérifiez auprès de la préfecture"

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    """Return a function that reads what the page of a sheet shows of it."""

    def shown(sheet):
        return text(article(client, sheet))

    return shown


def article(client, sheet):
    return tree(client.get(sheet.get_absolute_url()).content.decode()).find(".//article")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Préfecture de Montpellier et sous-préfecture de Lodève", ""),
        ("PREFECTURE DE MONTPELLIER, SOUS-PRÉFECTURE DE LODEVE", ""),
        (
            "Préfecture de Montpellier, salariés",
            "Guichets : Préfecture de Montpellier, Sous-préfecture de Lodève",
        ),
    ],
)
def test_the_offices_are_all_said_unless_the_title_names_them_all(shown, publish, title, said):
    sheet = publish(title=title)
    with changeset("Deux guichets"):
        sheet.offices.set(Prefecture.objects.filter(city__in=["Montpellier", "Lodève"]))
    words = shown(sheet)
    assert said in words if said else "Guichet" not in words


# --- Age --------------------------------------------------------------------------------------


def test_dates_are_written_as_gisti_writes_them(shown, beziers):
    assert "Dernière mise à jour : 22/02/2023" in shown(beziers)


def test_a_date_is_also_there_for_machines(client, beziers):
    assert article(client, beziers).find(".//time").get("datetime") == "2023-02-22"


def test_the_day_before_six_months_there_is_no_warning(shown, beziers, today):
    today(date(2023, 8, 21))
    assert "Information de février 2023" in shown(beziers)
    assert WARNING not in shown(beziers)


def test_after_six_months_a_sheet_warns_that_it_is_old(shown, beziers, today):
    today(date(2023, 8, 22))
    assert f"Information de février 2023 : {WARNING}" in shown(beziers)


def test_an_age_is_told_by_its_month_which_stays_true_on_paper(shown, beziers, today):
    today(date(2026, 11, 23))
    assert f"Information de février 2023 : {WARNING}" in shown(beziers)
    assert "3 ans" not in shown(beziers)


def test_the_page_of_a_departement_warns_once_for_all_its_sheets(client, beziers, today):
    today(date(2023, 8, 22))
    page = client.get(beziers.departement.get_absolute_url()).page
    assert page.text.count(WARNING) == 1


def test_a_verification_makes_an_old_sheet_fresh(shown, beziers, today, add):
    today(date(2024, 1, 15))
    assert WARNING in shown(beziers)
    add(Verification, beziers, verified_on=date(2024, 1, 10))
    assert WARNING not in shown(beziers)
    assert "Information vérifiée en janvier 2024" in shown(beziers)
    assert "vérifiée le 10/01/2024" in shown(beziers)
    assert "Dernière mise à jour : 22/02/2023" in shown(beziers)


def test_a_verification_grows_old_in_its_turn(shown, beziers, today, add):
    add(Verification, beziers, verified_on=date(2024, 1, 10))
    today(date(2024, 7, 10))
    assert f"Information vérifiée en janvier 2024 : {WARNING}" in shown(beziers)


def test_the_latest_of_several_verifications_counts(shown, beziers, today, add):
    for day in (date(2024, 1, 10), date(2024, 3, 1), date(2023, 12, 1)):
        add(Verification, beziers, verified_on=day)
    today(date(2024, 8, 31))
    assert WARNING not in shown(beziers)
    assert "vérifiée le 01/03/2024" in shown(beziers)


def test_a_verification_older_than_the_update_does_not_age_the_sheet(shown, beziers, today, add):
    add(Verification, beziers, verified_on=date(2020, 1, 1))
    today(date(2023, 3, 1))
    assert WARNING not in shown(beziers)


def test_a_sheet_without_date_says_that_its_age_is_unknown(shown, publish):
    page = shown(publish(updated_on=None))
    assert "Dernière mise à jour : date inconnue" in page
    assert f"Information sans date : {WARNING}" in page


def test_a_sheet_without_date_that_was_verified_today_does_not_warn(shown, publish, today, add):
    today(date(2024, 1, 10))
    sheet = publish(updated_on=None)
    add(Verification, sheet, verified_on=date(2024, 1, 10))
    assert WARNING not in shown(sheet)


def test_a_minor_edit_does_not_make_a_sheet_fresh(shown, beziers, edit, today):
    today(date(2024, 1, 15))
    edit(beziers, headline="Une faute de moins.", is_minor=True)
    assert WARNING in shown(beziers)


@pytest.mark.parametrize("month", ["avril", "août", "octobre"])
def test_a_month_that_begins_with_a_vowel_is_elided(shown, publish, month):
    number = {"avril": 4, "août": 8, "octobre": 10}[month]
    assert f"Information d’{month} 2023" in shown(publish(updated_on=date(2023, number, 1)))


# --- For whom ---------------------------------------------------------------------------------


def test_grounds_and_territory_are_words_apart(shown, publish):
    """Without their style too: for who listens, copies or prints."""
    sheet = publish(grounds=("travail", "metiers-en-tension"))
    assert "Travail Métiers en tension Où vous habitez : Tout le département" in shown(sheet)


def test_a_sheet_that_only_leaves_communes_out_is_for_the_rest_of_the_departement(shown, publish):
    sheet = publish()
    with changeset("Une commune de moins pour le test"):
        sheet.communes_excluded.set([sheet.departement.communes.get(name="Lyon")])
    assert "Tout le département Sauf : Lyon" in shown(sheet)


def test_communes_left_out_of_an_arrondissement_are_not_of_the_whole_departement(shown, publish):
    sheet = publish()
    with changeset("Un arrondissement pour le test"):
        sheet.arrondissements.set(sheet.departement.arrondissements.all())
        sheet.communes_excluded.set([sheet.departement.communes.get(name="Lyon")])
    assert "Sauf : Lyon" in shown(sheet)
    assert "Tout le département" not in shown(sheet)


# --- Who is speaking --------------------------------------------------------------------------


@pytest.mark.parametrize("publisher", Link.Publisher.values)
def test_a_quotation_bears_the_name_of_its_author(client, publish, add, publisher):
    sheet = publish()
    link = add(Link, sheet, url="https://source.example/page", publisher=publisher)
    add(Quotation, sheet, publisher=publisher, link=link, text="<p>Des mots cités.</p>")
    section = article(client, sheet).find(".//section[@class='official']")
    assert text(section.find("h2")) == QUOTATION_TITLES[publisher]
    assert text(section.find("blockquote")) == "Des mots cités."
    assert section.find("p[@class='cite']/a").get("href") == "https://source.example/page"


@pytest.mark.parametrize("publisher", ["court", "association", "lawyer", "press", "other"])
def test_words_that_are_not_the_state_s_are_never_the_prefecture_s(shown, publish, add, publisher):
    sheet = publish()
    add(Quotation, sheet, publisher=publisher, text="<p>Des mots cités.</p>")
    assert "Ce que dit la préfecture" not in shown(sheet)


@pytest.mark.parametrize("publisher", Link.Publisher)
def test_a_link_is_introduced_by_its_author_unless_it_is_the_state(shown, publish, add, publisher):
    sheet = publish()
    add(Link, sheet, label="Lire la page", url="https://a.example/", publisher=publisher)
    is_introduced = f"{publisher.label} : Lire la page" in shown(sheet)
    assert is_introduced is (publisher not in ("prefecture", "state_platform"))


def test_several_voices_are_each_introduced_by_their_author(client, publish, add):
    sheet = publish()
    add(Quotation, sheet, publisher="lawyer", author="Cabinet A", text="<p>Un.</p>")
    add(Quotation, sheet, publisher="press", author="Le Journal", text="<p>Deux.</p>")
    sections = article(client, sheet).findall(".//section[@class='official']")
    assert [(text(s.find("h2")), text(s.find("blockquote"))) for s in sections] == [
        ("Ce que dit un cabinet d’avocat·es : Cabinet A", "Un."),
        ("Ce que dit la presse : Le Journal", "Deux."),
    ]
    assert "modalités sont reproduites" not in text(article(client, sheet))


def test_a_quotation_says_the_date_that_it_bears_and_when_it_was_read(shown, publish, add):
    sheet = publish()
    day = date(2026, 4, 2)
    add(Quotation, sheet, text="<p>Un.</p>", printed_date="mars 2026", consulted_on=day)
    assert "texte daté : mars 2026" in shown(sheet)
    assert "lu le 02/04/2026" in shown(sheet)


def test_an_excerpt_is_said_to_be_one(shown, publish, add):
    sheet = publish()
    add(Quotation, sheet, text="<p>Des mots.</p>", is_excerpt=True)
    assert "Les modalités sont reproduites ici, en partie :" in shown(sheet)


def test_a_document_announced_without_address_is_said_and_is_no_link(client, publish, add):
    sheet = publish()
    add(Link, sheet, kind="document_list", label="Liste des pièces", url="")
    page = article(client, sheet)
    assert "Liste des pièces (annoncé, sans adresse)" in text(page)
    assert "Liste des pièces" not in [text(link) for link in page.iter("a")]
    assert "((" not in text(page)


def test_a_link_says_its_site_its_kind_its_date_and_its_language(shown, publish, add):
    sheet = publish()
    add(
        Link,
        sheet,
        kind="notice",
        label="Notice",
        url="https://www.gard.gouv.example/a/Notice.PDF?v=2",
        printed_date="mars 2024",
        consulted_on=date(2024, 4, 2),
        language="anglais",
    )
    page = shown(sheet)
    for said in ("PDF, gard.gouv.example", "mars 2024", "consulté le 02/04/2024", "en anglais"):
        assert said in page


def test_a_link_without_words_is_named_by_its_kind(shown, publish, add):
    sheet = publish()
    add(Link, sheet, kind="commune_list", url="https://a.example/communes")
    assert "Liste des communes" in shown(sheet)


# --- Acting -----------------------------------------------------------------------------------


def test_a_telephone_number_dials_and_an_address_writes(client, publish, add):
    sheet = publish()
    add(Step, sheet, kind="telephone", phone="04 66 49 60 00")
    add(Contact, sheet, kind="email", value="pref-esi@herault.gouv.fr")
    links = [link.get("href") for link in article(client, sheet).iter("a")]
    assert "tel:0466496000" in links
    assert "mailto:pref-esi@herault.gouv.fr" in links


def test_a_contact_without_purpose_is_said_to_have_none(shown, publish, add):
    sheet = publish()
    add(Contact, sheet, kind="phone", value="04 94 00 83 83")
    assert "La préfecture ne dit pas à quoi sert ce contact." in shown(sheet)


def test_what_another_source_leaves_unsaid_is_not_laid_to_the_prefecture(shown, publish, add):
    sheet = publish()
    add(Quotation, sheet, publisher="lawyer", text="<p>Des mots cités.</p>")
    add(Contact, sheet, kind="phone", value="04 94 00 83 83")
    assert "04 94 00 83 83" in shown(sheet)
    assert "à quoi sert" not in shown(sheet)


def test_an_address_inside_instructions_is_a_link_and_the_words_stay(client, publish, add):
    sheet = publish()
    words = "Lisez\u00a0: https://a.example/é(2)?b=1&c=<2> ;\nou écrivez à aes@a.example (vite)."
    add(Step, sheet, kind="other", instructions=words)
    page = article(client, sheet)
    assert " ".join(words.split()) in text(page)
    (web,) = [link for link in page.iter("a") if link.get("href").startswith("https:")]
    assert web.get("rel") == "noreferrer"
    assert "mailto:aes@a.example" in [link.get("href") for link in page.iter("a")]
    assert page.find(".//ol[@class='steps']//p/br") is not None


def test_links_to_other_sites_tell_them_nothing_even_in_old_browsers(client, publish, add):
    sheet = publish(
        conditions='<p><a href="HTTP://b.example/">Lire</a> <a href="tel:0400">appeler</a></p>',
    )
    words = '<p><a href="https://a.example/">Lire</a></p>'
    add(Quotation, sheet, text=words, link=add(Link, sheet, url="https://c.example/"))
    add(Step, sheet, kind="book_online", url="https://d.example/")
    with changeset("Un site pour le test"):
        office = sheet.departement.prefectures.first()
        office.website = "https://e.example/"
        office.save()
    links = []
    for place in (sheet, sheet.departement):
        links += tree(client.get(place.get_absolute_url()).content.decode()).iter("a")
    away = {link.get("href"): link.get("rel") for link in links if "example/" in link.get("href")}
    assert {address.lower()[:13].partition("//")[2][0] for address in away} >= set("abcde")
    assert set(away.values()) == {"noreferrer"}
    sheet.refresh_from_db()
    assert "noreferrer" not in sheet.conditions + sheet.quotations.get().text


def test_a_change_is_reported_by_a_mail_that_names_the_page(client, beziers, settings):
    links = [link for link in article(client, beziers).iter("a") if "Signaler" in text(link)]
    (mail,) = [urlsplit(link.get("href")) for link in links]
    fields = parse_qs(mail.query)
    assert (mail.scheme, mail.path) == ("mailto", settings.CONTACT_EMAIL)
    assert fields["subject"] == ["Changement : Sous-préfecture de Béziers (34)"]
    assert f"http://testserver{beziers.get_absolute_url()}" in fields["body"][0]


def test_each_sheet_of_a_departement_is_reported_under_its_own_address(client, beziers):
    page = client.get(beziers.departement.get_absolute_url()).page
    bodies = [
        parse_qs(urlsplit(link).query)["body"][0]
        for link in page.links
        if link.startswith("mailto:") and "subject=Changement" in link
    ]
    assert len(bodies) == 2
    assert f"http://testserver{beziers.get_absolute_url()}\n" in bodies[1]


def test_the_site_itself_has_no_form_but_the_search(client, beziers):
    for address in ("/", beziers.get_absolute_url(), beziers.departement.get_absolute_url()):
        page = tree(client.get(address).content.decode())
        forms = [(form.get("action"), form.get("method")) for form in page.iter("form")]
        assert forms in ([], [("/recherche/", None)])


def test_what_an_editor_typed_is_shown_as_typed_and_never_run(client, publish, add):
    sheet = publish(
        title="<script>alert(1)</script>",
        headline="a < b & c",
        territory_note='"><img src=x onerror=alert(1)>',
        slug="scripts",
    )
    add(Step, sheet, kind="post", address="<b>gras</b>\nligne 2", instructions="{{ 7|add:7 }}")
    page = client.get(sheet.get_absolute_url())
    assert "<script>alert" not in page.content.decode()
    for typed in ("<script>alert(1)</script>", "a < b & c", "<b>gras</b>", "{{ 7|add:7 }}"):
        assert typed in page.page.text
