""" "Partir de la page": what is pasted becomes the rows of a form; nothing is saved by itself."""

import pytest
from django.urls import reverse

from prefectures.models import Procedure, Step

from ..proposing.scoring import made_up
from .pasting_pages import ADD, GERS, NEW, POST_IN_GERS, filled_form, pasted, review, saved, taken

pytestmark = pytest.mark.django_db


# --- Reading ----------------------------------------------------------------------------------


def test_what_is_found_is_shown_with_its_words_marked(admin_client):
    page = review(admin_client).content.decode()
    assert "Envoyer par la poste" in page
    assert "Préfecture du Gers, 3 place du Préfet, 32000 Auch" in page
    assert page.count("<mark ") >= 4
    assert Procedure.objects.filter(departement="32").count() == 1


def test_the_departement_is_that_of_the_site(admin_client):
    assert review(admin_client).context["review"].departement.code == "32"


def test_a_platform_of_the_state_does_not_say_which_departement(admin_client):
    page = review(admin_client, pasted(address="https://www.demarches-simplifiees.fr/x"))
    assert "choisissez le département" in str(page.context["form"].errors)


def test_plain_text_is_read_as_well(admin_client):
    text = (
        "Envoyez votre dossier par courrier à :\nPréfecture du Gers\n3 place du Préfet\n32000 Auch"
    )
    shown = review(admin_client, pasted("", text=text)).context["review"]
    assert [form.title for form in shown.forms] == ["envoyer par la poste"]


# --- Into the form ----------------------------------------------------------------------------


def test_a_sheet_is_made_of_the_page_in_one_go(admin_client):
    sheet = saved(admin_client, filled_form(admin_client), title="Préfecture d’Auch : AES")
    assert [step.kind for step in sheet.steps.all()] == ["other", "post"]
    assert sheet.steps.last().registered == Step.Registered.REQUIRED
    assert [link.kind for link in sheet.links.all()] == ["source", "form"]
    assert sheet.links.last().url == "https://www.gers.gouv.fr/f.pdf"
    assert [contact.value for contact in sheet.contacts.all()] == ["aes@gers.gouv.fr"]
    assert "3 place du Préfet" in sheet.quotations.get().text
    assert [office.city for office in sheet.offices.all()] == ["Auch"]
    assert [ground.slug for ground in sheet.grounds.all()] == ["tous-motifs"]
    assert sheet.publication == "draft"


def test_its_words_come_from_the_link_of_the_page(admin_client):
    sheet = saved(admin_client, filled_form(admin_client), title="Préfecture d’Auch : AES")
    assert sheet.quotations.get().link.url == GERS


def test_nothing_is_saved_before_one_saves(admin_client):
    before = Procedure.objects.count()
    filled_form(admin_client)
    assert Procedure.objects.count() == before


def test_what_is_left_does_not_come_along(admin_client):
    response = review(admin_client)
    dropped = {form["take"].html_name: None for form in response.context["review"].forms}
    form = admin_client.post(NEW, taken(response, **dropped))
    assert all(
        len(inline.formset.forms) == (inline.formset.prefix in ("links", "quotations"))
        for inline in form.context["inline_admin_formsets"]
    )


def test_the_offices_that_addresses_name_are_chosen(admin_client):
    html = POST_IN_GERS.replace("Préfecture du Gers", "Sous-préfecture de Condom")
    form = admin_client.post(NEW, taken(review(admin_client, pasted(html))))
    sheet = saved(admin_client, form, title="Sous-préfecture de Condom")
    assert [office.city for office in sheet.offices.all()] == ["Condom"]


def test_what_is_changed_comes_as_it_was_changed(admin_client):
    response = review(admin_client)
    [step] = [f for f in response.context["review"].forms if f.title == "envoyer par la poste"]
    changes = {
        step["address"].html_name: "Ailleurs\n32000 Auch",
        step["kind"].html_name: "drop_box",
    }
    form = admin_client.post(NEW, taken(response, **changes))
    sheet = saved(admin_client, form, title="Préfecture d’Auch : AES")
    assert (sheet.steps.last().kind, sheet.steps.last().address) == (
        "drop_box",
        "Ailleurs\n32000 Auch",
    )


def test_steps_at_choice_are_put_at_choice(admin_client):
    source, facts = made_up("word_paste_post_or_letter_box")
    response = review(admin_client, pasted(source, "https://www.nievre.gouv.fr/aes"))
    form = admin_client.post(NEW, taken(response))
    sheet = saved(admin_client, form, title="Préfecture de Nevers : AES")
    assert [[step.kind for step in group] for group in sheet.step_groups][-1] == facts["right"][
        "steps"
    ]


def test_what_the_page_refuses_and_costs_is_told(admin_client):
    html = POST_IN_GERS + "<p>Aucun dossier n’est reçu au guichet.</p><p>Le visa coûte 50 €.</p>"
    form = admin_client.post(NEW, taken(review(admin_client, pasted(html))))
    sheet = saved(admin_client, form, title="Préfecture d’Auch : AES")
    assert sheet.refused_channels == ["on_site"]
    assert sheet.fees == "<p>Le visa coûte 50 €.</p>"


# --- Bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pasted(""), "il n’y a rien à lire"),
        (pasted("<p> </p>"), "il n’y a rien à lire"),
        (pasted("", text="a" * 500_001), "trop longue"),
        (pasted("<p>" + "a b " * 30_000 + "</p>"), "trop longue"),
        (pasted(address="javascript:alert(1)"), "commence par https"),
    ],
)
def test_what_cannot_be_read_is_told_and_comes_back(admin_client, data, sentence):
    page = review(admin_client, data)
    assert sentence in str(page.context["form"].errors)
    assert data["text"][:20] in page.content.decode()


def test_a_page_of_scripts_runs_none(admin_client):
    html = '<script>alert(1)</script><p onclick="x()">Envoyez <img src=x onerror="y()"></p>'
    page = review(admin_client, pasted(html)).content.decode()
    assert "alert(1)" not in page
    assert "onerror" not in page


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>Please send your file to the office by post, with your passport.</p>" * 6, "français"),
        ("<p>Envoyez votre dossier.</p>" * 20, "ne parle ni d’admission"),
        ("<p>Rien à voir ici.</p>", "n’a rien reconnu"),
        (
            "<p>Admission exceptionnelle : envoyez votre dossier à :<br>Préfecture<br>1 rue A<br>"
            "81000 Albi</p>",
            "dans un autre département",
        ),
        (
            "".join(f'<p><a href="https://x.fr/rdv{n}">rendez-vous</a></p>' for n in range(250)),
            "en propose 200",
        ),
    ],
)
def test_what_is_odd_of_a_page_is_told(admin_client, html, sentence):
    assert any(
        sentence in each for each in review(admin_client, pasted(html)).context["review"].remarks
    )


def test_a_page_that_names_another_prefecture_is_told(admin_client):
    html = "<p>La préfecture du Tarn reçoit les demandes d’admission exceptionnelle.</p>"
    remarks = list(review(admin_client, pasted(html)).context["review"].remarks)
    assert any("nomme la préfecture d’un autre département" in each for each in remarks)


# --- Patterns ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("poste", ["other", "post"]),
        ("rendez-vous", ["book_online", "counter"]),
        ("en-ligne", ["online_form"]),
        ("rien", []),
    ],
)
def test_a_new_sheet_begins_from_a_pattern(admin_client, name, steps):
    response = admin_client.get(reverse("admin:prefectures_procedure_pattern", args=[name]))
    [formset] = [
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.prefix == "steps"
    ]
    assert [form["kind"].value() for form in formset.forms] == steps


def test_a_pattern_that_is_none_leads_to_the_empty_form(admin_client):
    response = admin_client.get(reverse("admin:prefectures_procedure_pattern", args=["autre"]))
    assert response.url == ADD


def test_another_sheet_is_chosen_to_begin_from(admin_client, beziers):
    url = reverse("admin:prefectures_procedure_from_sheet")
    response = admin_client.post(url, {"sheet": beziers.pk})
    assert response.url == reverse("admin:prefectures_procedure_duplicate", args=[beziers.pk])


def test_a_sheet_that_is_none_is_refused(admin_client):
    url = reverse("admin:prefectures_procedure_from_sheet")
    assert admin_client.post(url, {"sheet": "x"}).context["form"].errors


def test_a_page_with_links_comes_back_with_them(admin_client):
    page = review(admin_client, pasted(address="https://www.demarches-simplifiees.fr/x"))
    assert page.context["form"]["html"].value() == POST_IN_GERS


def test_what_is_too_long_to_be_received_is_told(admin_client):
    response = admin_client.post(NEW, pasted("", text="a" * 900_000))
    assert response.status_code == 400
    assert "trop long" in response.page.text
    assert "votre texte y est encore" in response.page.text
