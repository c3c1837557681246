import pytest
from django.urls import reverse
from django.utils import timezone

from prefectures.models import Changeset, Procedure, User, Verification, changeset
from tests.conftest import ReadingClient
from tests.page import read_public_page

from .forms import deletion, errors, posted
from .test_tracked import person

LIST = "/admin/prefectures/procedure/"


@pytest.fixture
def colleague(db):
    with changeset("Un compte pour le test"):
        return User.objects.create_user("samir", first_name="Samir", is_staff=True)


def form_of(procedure):
    return reverse("admin:prefectures_procedure_change", args=[procedure.pk])


def titles(response):
    return [sheet.title for sheet in response.context["cl"].result_list]


# --- Finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        {"q": "béziers"},
        {"q": "Hérault"},
        {"q": "34"},
        {"departement__region__code__exact": "76", "q": "béziers"},
        {"departement__code__exact": "34"},
        {"situation__exact": "open", "q": "béziers"},
        {"publication__exact": "published", "q": "béziers"},
        {"age": "ancienne", "q": "béziers"},
    ],
    ids=str,
)
def test_beziers_is_found_by(admin_client, query):
    assert "Sous-préfecture de Béziers" in titles(admin_client.get(LIST, query))


@pytest.mark.parametrize(
    "query",
    [
        {"q": "carcassonne"},
        {"situation__exact": "not_stated"},
        {"publication__exact": "draft"},
        {"age": "recente"},
        {"age": "inconnue"},
        {"departement__code__exact": "11"},
    ],
    ids=str,
)
def test_beziers_is_left_out_by(admin_client, query):
    assert "Sous-préfecture de Béziers" not in titles(admin_client.get(LIST, query))


def test_a_sheet_is_found_by_its_office(admin_client, beziers):
    office = beziers.offices.get()
    response = admin_client.get(LIST, {"offices__id__exact": office.pk})
    assert titles(response) == ["Sous-préfecture de Béziers"]


def test_a_verification_makes_a_sheet_recent(admin_client, beziers):
    with changeset("Vérifiée"):
        Verification.objects.create(procedure=beziers, verified_on=timezone.localdate())
    assert titles(admin_client.get(LIST, {"age": "recente"})) == ["Sous-préfecture de Béziers"]


def test_the_list_asks_as_many_questions_for_fourteen_sheets_as_for_one(
    admin_client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        admin_client.get(LIST)


# --- Editing ----------------------------------------------------------------------------------


def test_a_step_edited_in_the_form_is_on_the_public_page(admin_client, client, beziers):
    data = posted(admin_client.get(form_of(beziers)), reason="Lu ce matin")
    data["steps-0-instructions"] = "Choisissez « première demande »."
    response = admin_client.post(form_of(beziers), data)
    assert response.status_code == 302, errors(response)
    assert "Choisissez « première demande »." in client.get(beziers.get_absolute_url()).page.text


def test_sheet_step_and_link_edited_together_are_one_version(admin_client, beziers):
    data = posted(admin_client.get(form_of(beziers)), reason="Lu ce matin", headline="Autre.")
    data["steps-0-instructions"] = "Autre consigne"
    data["links-0-label"] = "Autre lien"
    admin_client.post(form_of(beziers), data)
    beziers.refresh_from_db()
    assert beziers.version == 2
    assert Changeset.objects.filter(reason="Lu ce matin").count() == 1


def test_an_edit_of_an_older_version_is_refused_and_names_who_came_first(
    admin_client, colleague, beziers
):
    data = posted(admin_client.get(form_of(beziers)), reason="La mienne", headline="Ma phrase.")
    with changeset("Entre-temps", author=colleague):
        beziers.headline = "Sa phrase."
        beziers.save()
    response = admin_client.post(form_of(beziers), data)
    assert "Samir, le" in response.page.text
    assert "« Entre-temps »" in response.page.text
    assert "Ma phrase." in response.content.decode()
    beziers.refresh_from_db()
    assert beziers.headline == "Sa phrase."


def test_a_published_sheet_left_without_ground_is_refused_with_a_sentence(admin_client, beziers):
    data = posted(admin_client.get(form_of(beziers)), reason="x", headline="Ma phrase.")
    del data["grounds"]
    response = admin_client.post(form_of(beziers), data)
    assert "choisissez au moins un motif" in errors(response)
    assert "Ma phrase." in response.content.decode()
    assert "succès" not in response.page.text
    assert beziers.history.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("steps-0-url", "herault.gouv.fr/rdv", "l’adresse complète de la page"),
        ("steps-0-url", "javascript:alert(1)", "l’adresse complète de la page"),
        ("links-0-url", "https://moi:secret@herault.gouv.fr/", "nom d’utilisateur"),
        ("quotations-0-text", '<p><a href="/contenu/f.pdf">Formulaire</a></p>', "est incomplet"),
        ("slug", "historique", "réservée au site"),
        ("title", "", "obligatoire"),
        ("updated_on", "le 3 mars", "Ce n’est pas une date"),
        ("updated_on", "01/01/2090", "dans l’avenir"),
        ("quotations-0-text", '<p><a href="https:f.pdf">Formulaire</a></p>', "est incomplet"),
        ("links-0-url", "https://exa\\mple.fr/", "caractère trompeur"),
        ("steps-0-order", "premier", "nombre entier"),
        ("steps-0-email", "pref(at)herault", "Ce n’est pas une adresse de courriel"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_saved(
    admin_client, beziers, field, typed, sentence
):
    data = posted(admin_client.get(form_of(beziers)), reason="x")
    data[field] = typed
    response = admin_client.post(form_of(beziers), data)
    assert response.status_code == 200
    assert sentence in response.page.text
    assert beziers.history.count() == 1


def test_what_is_wrong_with_the_sheet_and_with_its_rows_is_told_at_once(admin_client, beziers):
    data = posted(admin_client.get(form_of(beziers)), reason="x", updated_on="le 3 mars")
    response = admin_client.post(form_of(beziers), data | {"steps-0-url": "herault.gouv.fr/rdv"})
    assert "Ce n’est pas une date" in errors(response)
    assert "l’adresse complète de la page" in errors(response)


def test_pasted_html_keeps_only_what_is_allowed(admin_client, beziers):
    pasted = '<p style="color:red" onclick="x()">Un <b>mot</b><script>alert(1)</script></p>'
    data = posted(admin_client.get(form_of(beziers)), reason="x", editorial_note=pasted)
    admin_client.post(form_of(beziers), data)
    beziers.refresh_from_db()
    assert beziers.editorial_note == "<p>Un <strong>mot</strong></p>"


def test_the_quotation_is_sourced_only_from_the_sheets_own_links(admin_client, beziers):
    inlines = admin_client.get(form_of(beziers)).context["inline_admin_formsets"]
    [form] = [i.formset.forms[0] for i in inlines if i.formset.prefix == "quotations"]
    offered = [key for key, _ in form.fields["link"].choices if key]
    assert {key.value for key in offered} == {link.pk for link in beziers.links.all()}


def test_a_form_that_does_not_say_its_version_is_refused(admin_client, beziers):
    data = posted(admin_client.get(form_of(beziers)), reason="x", seen_version=None)
    response = admin_client.post(form_of(beziers), data)
    assert "Rien n’a été enregistré" in response.page.text
    assert beziers.history.count() == 1


@pytest.mark.parametrize("title", ["؟؟؟", "???"])
def test_a_title_that_leaves_no_address_is_given_one(admin_client, title):
    data = posted(admin_client.get(LIST + "add/"), departement="75", title=title, reason="x")
    response = admin_client.post(LIST + "add/", data)
    assert response.status_code == 302, errors(response)
    assert Procedure.objects.get(departement="75").slug == "fiche"


def test_an_empty_title_gets_one_sentence(admin_client):
    data = posted(admin_client.get(LIST + "add/"), departement="75", title="", reason="x")
    response = admin_client.post(LIST + "add/", data)
    assert "réservée au site" not in response.page.text


def test_a_sheet_takes_the_address_of_one_that_was_deleted(admin_client, beziers):
    url = reverse("admin:prefectures_procedure_delete", args=[beziers.pk])
    data = posted(admin_client.get(form_of(beziers)))
    admin_client.post(url, deletion(admin_client.get(url), "Refaite"))
    new = posted(
        admin_client.get(LIST + "add/"), departement="34", title=data["title"], grounds=["1"]
    )
    new |= {"grounds": data["grounds"], "editorial_note": "<p>Note</p>", "reason": "Refaite"}
    new["publication"] = "published"
    response = admin_client.post(LIST + "add/", new)
    assert response.status_code == 302, errors(response)


# --- Looking ----------------------------------------------------------------------------------


def test_a_preview_shows_what_was_typed_and_keeps_nothing(admin_client, client, beziers):
    data = posted(admin_client.get(form_of(beziers)), headline="Une phrase.", _preview="1")
    data["steps-0-instructions"] = "Une consigne."
    response = admin_client.post(form_of(beziers), data)
    text = read_public_page(response.content.decode()).text
    assert "Une phrase." in text
    assert "Une consigne." in text
    assert "Rien n’est enregistré" in text
    assert "Une phrase." not in client.get(beziers.get_absolute_url()).page.text
    assert beziers.history.count() == 1


def test_a_preview_of_a_new_sheet_makes_none(admin_client):
    data = posted(admin_client.get(LIST + "add/"), departement="34", title="Essai", _preview="1")
    response = admin_client.post(LIST + "add/", data)
    assert "Essai" in read_public_page(response.content.decode()).text
    assert not Procedure.objects.filter(title="Essai").exists()


def test_a_draft_is_previewed_by_staff_and_unknown_to_readers(admin_client, client, beziers):
    with changeset("Retour en brouillon"):
        beziers.publication = Procedure.Publication.DRAFT
        beziers.save()
    preview = reverse("admin:prefectures_procedure_preview", args=[beziers.pk])
    assert "pas encore publié" in admin_client.get(preview).page.text
    assert client.get(beziers.get_absolute_url()).status_code == 404


def test_a_preview_is_for_those_who_may_see_sheets(beziers):
    preview = reverse("admin:prefectures_procedure_preview", args=[beziers.pk])
    assert person().get(preview).status_code == 403
    assert ReadingClient().get(preview).status_code == 302


def test_a_preview_of_no_sheet_is_not_found(admin_client):
    preview = reverse("admin:prefectures_procedure_preview", args=[999999])
    assert admin_client.get(preview).status_code == 404


def test_only_a_published_sheet_is_seen_on_the_site(admin_client, beziers):
    assert "Voir sur le site" in admin_client.get(form_of(beziers)).page.text
    with changeset("Retirée"):
        beziers.publication = Procedure.Publication.ARCHIVED
        beziers.save()
    assert "Voir sur le site" not in admin_client.get(form_of(beziers)).page.text


def test_the_history_of_a_sheet_tells_what_changed_in_its_steps(admin_client, beziers):
    data = posted(admin_client.get(form_of(beziers)), reason="Lu ce matin")
    data["steps-0-instructions"] = "Nouvelle consigne"
    admin_client.post(form_of(beziers), data)
    text = admin_client.get(
        reverse("admin:prefectures_procedure_history", args=[beziers.pk])
    ).page.text
    assert "par le formulaire Lu ce matin Étape n° 1 (remplir un formulaire en ligne)" in text
    assert "Nouvelle consigne" in text
    assert "Reprise du document GISTI du 22/02/2023" in text


def test_a_viewer_reads_the_texts_and_not_their_tags(beziers):
    page = person("view_procedure").get(form_of(beziers)).page
    assert "Formulaire à remplir sur démarches simplifiées" in page.text
    assert "<p>" not in page.text
    assert "Seen version" not in page.text


def test_the_history_of_a_deleted_sheet_stays_readable(admin_client, beziers):
    pk = beziers.pk
    url = reverse("admin:prefectures_procedure_delete", args=[pk])
    admin_client.post(url, deletion(admin_client.get(url), "Doublon"))
    history = reverse("admin:prefectures_procedure_history", args=[pk])
    text = admin_client.get(history).page.text
    assert "Doublon" in text
    assert "Reprise du document GISTI du 22/02/2023" in text


def test_a_deletion_page_counts_the_parts_in_plain_words(admin_client, beziers):
    url = reverse("admin:prefectures_procedure_delete", args=[beziers.pk])
    text = admin_client.get(url).page.text
    assert "Étapes : 1" in text
    assert "Liens : 2" in text
    assert "object (" not in text


def test_a_deleted_sheet_leaves_its_history_and_a_410(admin_client, client, beziers):
    url = reverse("admin:prefectures_procedure_delete", args=[beziers.pk])
    page = beziers.get_absolute_url()
    response = admin_client.post(url, deletion(admin_client.get(url), "Doublon"))
    assert response.status_code == 302
    assert client.get(page).status_code == 410
    row = Procedure.history.filter(id=beziers.pk).first()
    assert (row.history_type, row.changeset.reason) == ("-", "Doublon")


def test_who_may_only_look_is_given_no_advice_on_writing(beziers):
    page = person("view_procedure").get(form_of(beziers)).page
    for advice in ("Laissez", "Exemple", "Copiée du navigateur", "Recopié tel quel"):
        assert advice not in page.text


def test_a_list_is_named_by_what_it_lists(admin_client):
    page = admin_client.get(LIST)
    assert "<h1>Fiches</h1>" in page.content.decode()
    assert "Choisir une ligne" not in page.page.text


@pytest.mark.parametrize("place", ["departement=34", "departement=x"])
def test_an_office_begins_with_the_departement_it_is_asked_for(admin_client, place):
    page = admin_client.get(f"/admin/prefectures/prefecture/add/?_popup=1&{place}")
    assert ('value="34" selected' in page.content.decode()) == (place == "departement=34")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "Fiche \u202efdp.exe", "sens de lecture : effacez-le"),
        ("warning", f"<p>{'a' * 100_000}</p>", "Ce texte est trop long (100\u00a0007 caract"),
        ("situation_note", "a" * 20_001, "20\u00a0000 au plus"),
    ],
    ids=["title", "rich text", "lines"],
)
def test_a_text_that_cannot_be_kept_is_named_and_stays_in_the_form(
    admin_client, beziers, field, typed, said
):
    sent = posted(admin_client.get(form_of(beziers)), reason="Vu", **{field: typed})
    page = admin_client.post(form_of(beziers), sent)
    assert said in page.context["adminform"].form.errors[field][0]
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in page.content.decode()
