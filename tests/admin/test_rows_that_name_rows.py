"""Quotations and steps name links of their sheet: what the form takes, refuses, and loses never."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import Link, Procedure, Quotation, changeset

from ..models.making import draft, edited, written
from .forms import errors, posted
from .test_conflict import resent
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
NOT_IN_THE_LIST = "Ce choix n’est pas, ou plus, dans la liste"


@pytest.fixture
def url(beziers):
    return address(Procedure, "change", beziers.pk)


def new_quotation(**fields):
    """Return the data of a second quotation."""
    own = {"publisher": "press", "text": "<p>D’autres mots</p>", **fields}
    return {"quotations-TOTAL_FORMS": 2, **{f"quotations-1-{k}": v for k, v in own.items()}}


def deleted(response, link):
    """Return the name of the box that takes ``link`` away."""
    [inline] = [
        i.formset for i in response.context["inline_admin_formsets"] if i.formset.prefix == "links"
    ]
    [form] = [form for form in inline.forms if form.instance == link]
    return f"{form.prefix}-DELETE"


def test_a_second_voice_is_added_beside_the_first(admin_client, beziers, url):
    sent = posted(admin_client.get(url), **new_quotation(author="Le Journal"), reason="Lu")
    response = admin_client.post(url, sent)
    assert response.status_code == 302, errors(response)
    assert [str(quotation) for quotation in beziers.quotations.all()] == [
        "une plateforme de l’État",
        "Le Journal",
    ]


def test_a_quotation_without_words_is_refused_beside_them(admin_client, url):
    sent = posted(admin_client.get(url), **new_quotation(text=""), reason="Lu")
    assert "Ce champ est obligatoire" in errors(admin_client.post(url, sent))


@pytest.mark.parametrize("row", ["quotations-0-link", "steps-0-source"])
def test_a_link_of_another_sheet_cannot_be_chosen(admin_client, beziers, url, row):
    other = Link.objects.exclude(procedure=beziers).first()
    page = admin_client.post(url, posted(admin_client.get(url), **{row: other.pk}, reason="Lu"))
    assert NOT_IN_THE_LIST in errors(page)
    assert "Lu" in page.content.decode()


def test_a_link_that_is_quoted_does_not_go_and_nothing_typed_is_lost(admin_client, beziers, url):
    opened = admin_client.get(url)
    box = deleted(opened, beziers.quotations.get().link)
    sent = posted(opened, **{box: "on"}, headline="Ma phrase", reason="Retiré")
    page = admin_client.post(url, sent)
    assert page.status_code == 200
    assert "Citation n° 1, «\xa0tirée du lien\xa0»" in errors(page)
    assert "Ma phrase" in page.content.decode()
    assert beziers.links.count() == 2


def test_a_link_goes_where_the_quotation_lets_go_of_it(admin_client, beziers, url):
    opened = admin_client.get(url)
    box = deleted(opened, beziers.quotations.get().link)
    sent = posted(opened, **{box: "on", "quotations-0-link": ""}, reason="Retiré")
    assert admin_client.post(url, sent).status_code == 302
    assert beziers.links.count() == 1


def test_a_step_whose_source_somebody_took_away_meanwhile_is_asked_for_another(
    admin_client, beziers, url
):
    free = beziers.links.exclude(pk=beziers.quotations.get().link_id).get()
    opened, pk = admin_client.get(url), free.pk
    with changeset("Retiré"):
        free.delete()
    page = admin_client.post(url, posted(opened, **{"steps-0-source": pk}, reason="Lu"))
    assert page.status_code == 409
    again = admin_client.post(url, resent(page))
    assert NOT_IN_THE_LIST in errors(again)
    assert beziers.steps.get().source is None


def test_two_people_who_change_the_same_quotation_choose(admin_client, beziers, url):
    opened = admin_client.get(url)
    edited(beziers.quotations.get(), text="<p>Les siens</p>")
    page = admin_client.post(
        url, posted(opened, **{"quotations-0-text": "<p>Miens</p>"}, reason="Lu")
    )
    (conflict,) = page.context["merge"].conflicts
    assert (conflict.label, conflict.theirs, conflict.mine) == (
        "citation n° 1\u00a0: Texte cité",
        "Les siens",
        "Miens",
    )
    admin_client.post(url, resent(page, **{f"{conflict.name}-choice": "mine"}))
    assert beziers.quotations.get().text == "<p>Miens</p>"


def test_an_office_that_is_none_of_the_sheet_cannot_be_chosen_for_a_step(admin_client, url):
    page = admin_client.post(
        url, posted(admin_client.get(url), **{"steps-0-office": 1}, reason="Lu")
    )
    assert NOT_IN_THE_LIST in errors(page)


def test_an_office_that_a_step_names_stays_on_the_sheet(admin_client, beziers, url):
    edited(beziers.steps.get(), office=beziers.offices.get())
    page = admin_client.post(url, posted(admin_client.get(url), offices=[], reason="Lu"))
    assert "son guichet n’est pas parmi" in errors(page)


def test_a_referral_leads_to_a_sheet_or_an_office(admin_client, beziers, url):
    other = draft("Travail", "34")
    ground = beziers.grounds.get()
    row = {"referrals-0-ground": ground.pk, "referrals-0-sheet": other.pk}
    sent = posted(admin_client.get(url), **row, **{"referrals-TOTAL_FORMS": 1}, reason="Lu")
    assert admin_client.post(url, sent).status_code == 302
    assert beziers.referrals.get().sheet == other


def test_a_sheet_does_not_refer_to_itself(admin_client, beziers, url):
    row = {"referrals-0-ground": beziers.grounds.get().pk, "referrals-0-sheet": beziers.pk}
    sent = posted(admin_client.get(url), **row, **{"referrals-TOTAL_FORMS": 1}, reason="Lu")
    assert "ne renvoie pas à elle-même" in errors(admin_client.post(url, sent))


def test_who_may_only_look_reads_quotations_without_tags(beziers, url):
    written(Quotation, procedure=beziers, publisher="press", text="<p>Mots de presse</p>")
    page = person("view_procedure").get(url).page
    assert "Mots de presse" in page.text
    assert "<p>Mots" not in page.text


def test_the_form_asks_as_much_for_one_row_as_for_ten(admin_client, beziers, url):
    counts = []
    link = beziers.quotations.get().link
    for _ in range(2):
        admin_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url)
        counts.append(len(queries))
        with changeset("Pour le test"):
            for number in range(9):
                beziers.quotations.create(text=f"<p>{number}</p>", link=link)
                beziers.steps.create(kind="other", source=link, office=beziers.offices.get())
    assert counts[0] == counts[1]
