"""A page held against the sheet that was made of it: what is new, what changed, what is gone."""

import pytest
from django.urls import reverse

from prefectures.models import Link, Procedure

from ..models.making import edited
from .forms import errors, posted
from .pasting_pages import NEW, pasted, review, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def auch(db):
    return Procedure.objects.get(slug="prefecture-d-auch")


@pytest.fixture
def compare(auch):
    return reverse("admin:prefectures_procedure_compare_page", args=[auch.pk])


def as_it_is(sheet, *more):
    links = "".join(f'<p><a href="{link.url}">{link.label}</a></p>' for link in sheet.links.all())
    return sheet.quotations.get().text + links + "".join(more)


def source_of(sheet):
    return sheet.links.filter(kind=Link.Kind.SOURCE).first().url


def test_a_page_that_has_not_changed_has_nothing_new(admin_client, auch, compare):
    data = pasted(auch.quotations.get().text, source_of(auch))
    shown = review(admin_client, data, compare).context["review"]
    assert [form.title for form in shown.forms if form.proposal.is_sure and form.summary] == []
    assert shown.gone == []
    assert shown.changed_words == []


def test_what_is_new_on_the_page_is_offered_and_not_taken(admin_client, auch, compare):
    data = pasted(as_it_is(auch, "<p>Téléphone : 05 62 61 44 00</p>"), source_of(auch))
    response = review(admin_client, data, compare)
    [new] = [form for form in response.context["review"].forms if form.title == "téléphone"]
    assert not new["take"].value()
    assert "nouveau sur la page" in response.content.decode()


def test_what_is_taken_is_added_to_the_sheet(admin_client, auch, compare):
    data = pasted(as_it_is(auch, "<p>Téléphone : 05 62 61 44 00</p>"), source_of(auch))
    response = review(admin_client, data, compare)
    [new] = [form for form in response.context["review"].forms if form.title == "téléphone"]
    form = admin_client.post(compare, taken(response, **{new["take"].html_name: "on"}))
    saved_again(admin_client, auch, form)
    assert [contact.value for contact in auch.contacts.all()] == [
        "pref-sejour-etrangers@gers.gouv.fr",
        "05 62 61 44 00",
    ]


def box(response, title):
    """Return the name of the box of what is no longer on the page and is called ``title``."""
    named = response.context["review"].gone_named
    return next(name for name, what, _, _ in named if what == title)


def saved_again(client, sheet, form):
    change = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    answer = client.post(change, posted(form))
    assert answer.status_code == 302, errors(answer)
    return Procedure.objects.get(pk=sheet.pk)


def test_what_is_no_longer_on_the_page_may_go(admin_client, auch, compare):
    html = auch.quotations.get().text.replace("pref-sejour-etrangers@gers.gouv.fr", "")
    response = review(admin_client, pasted(html, source_of(auch)), compare)
    assert [title for _, title, _, _ in response.context["review"].gone_named] == ["courriel"]
    form = admin_client.post(compare, taken(response, **{box(response, "courriel"): "on"}))
    assert not saved_again(admin_client, auch, form).contacts.exists()


def test_an_address_that_changed_is_changed_where_it_stands(admin_client, auch, compare):
    html = as_it_is(auch).replace("3 Place du Préfet Claude Erignac", "12 rue des Lilas")
    response = review(admin_client, pasted(html, source_of(auch)), compare)
    [step] = [form for form in response.context["review"].forms if form.was]
    assert "3 Place du Préfet" in step.was
    form = admin_client.post(compare, taken(response, **{step["take"].html_name: "on"}))
    before = [(each.number, each.kind, each.registered) for each in auch.steps.all()]
    steps = saved_again(admin_client, auch, form).steps.all()
    assert [(each.number, each.kind, each.registered) for each in steps] == before
    assert "12 rue des Lilas" in steps[1].address


@pytest.mark.parametrize(
    ("slug", "words", "now", "what", "field"),
    [
        (
            "prefecture-de-toulouse",
            "sont fermés",
            "sont ouverts",
            "voie refusée",
            "refused_channels",
        ),
        (
            "prefecture-de-montpellier-et-sous-prefecture-de-lodeve",
            "50 euros",
            "un timbre",
            "frais",
            "fees",
        ),
    ],
)
def test_what_the_page_no_longer_says_may_go(admin_client, slug, words, now, what, field):
    sheet = Procedure.objects.get(slug=slug)
    url = reverse("admin:prefectures_procedure_compare_page", args=[sheet.pk])
    html = as_it_is(sheet).replace(words, now)
    response = review(admin_client, pasted(html, source_of(sheet)), url)
    form = admin_client.post(url, taken(response, **{box(response, what): "on"}))
    assert getattr(sheet, field)
    assert not getattr(saved_again(admin_client, sheet, form), field)


def test_rows_go_on_naming_what_they_name(admin_client, auch, compare):
    edited(auch.quotations.get(), link=auch.links.first())
    edited(auch.steps.last(), office=auch.offices.first())
    data = pasted(as_it_is(auch, "<p>Une ligne de plus</p>"), source_of(auch))
    response = review(admin_client, data, compare)
    form = admin_client.post(compare, taken(response, replace_quotation="on"))
    sheet = saved_again(admin_client, auch, form)
    assert sheet.quotations.get().link == auch.links.first()
    assert sheet.steps.last().office == auch.offices.first()


def test_one_goes_back_to_what_goes_and_is_replaced(admin_client, auch, compare):
    html = auch.quotations.get().text.replace("pref-sejour-etrangers@gers.gouv.fr", "")
    response = review(admin_client, pasted(html, source_of(auch)), compare)
    ticked = {box(response, "courriel"): "on", "replace_quotation": "on"}
    form = admin_client.post(compare, taken(response, **ticked))
    again = admin_client.post(compare, {**dict(form.context["sent"]), "_back": "1"})
    for name in ticked:
        assert f'name="{name}" checked' in again.content.decode()


def test_what_is_left_aside_replaces_nothing(admin_client, auch, compare):
    html = as_it_is(auch).replace(
        "pref-sejour-etrangers@gers.gouv.fr", "Naturalisations : nat@gers.gouv.fr"
    )
    response = review(admin_client, pasted(html, source_of(auch)), compare)
    assert not any(form.was for form in response.context["review"].forms)
    assert box(response, "courriel")


def test_one_goes_back_to_what_was_ticked(admin_client):
    response = review(admin_client)
    [step] = [f for f in response.context["review"].forms if f.title == "envoyer par la poste"]
    form = admin_client.post(NEW, taken(response, **{step["take"].html_name: None}))
    again = admin_client.post(NEW, {**dict(form.context["sent"]), "_back": "1"})
    boxes = {f.title: bool(f["take"].value()) for f in again.context["review"].forms}
    assert boxes["envoyer par la poste"] is False
    assert boxes["formulaire"] is True


def test_the_quotation_becomes_the_words_of_the_page(admin_client, auch, compare):
    data = pasted(as_it_is(auch, "<p>Une ligne de plus</p>"), source_of(auch))
    response = review(admin_client, data, compare)
    assert "Une ligne de plus</ins>" in response.content.decode()
    form = admin_client.post(compare, taken(response, replace_quotation="on"))
    assert "Une ligne de plus" in saved_again(admin_client, auch, form).quotations.get().text


def test_the_form_refuses_what_others_wrote_meanwhile(admin_client, auch, compare):
    data = pasted(as_it_is(auch, "<p>Une ligne de plus</p>"), source_of(auch))
    form = admin_client.post(
        compare, taken(review(admin_client, data, compare), replace_quotation="on")
    )
    edited(auch, title="Entre-temps")
    change = reverse("admin:prefectures_procedure_change", args=[auch.pk])
    assert admin_client.post(change, posted(form, title="Le mien")).status_code == 409


def test_the_page_of_another_departement_is_told(admin_client, auch, compare):
    response = review(admin_client, pasted(address="https://www.tarn.gouv.fr/x"), compare)
    assert "celle d’un autre département" in response.content.decode()


def test_a_sheet_of_that_name_is_told_of_and_compared_with_the_same_page(admin_client, compare):
    page = review(admin_client).content.decode()
    assert "comparer plutôt" in page
    assert f'formaction="{compare}"' in page
