"""The session has ended, or the database is busy: what was typed goes on."""

from functools import lru_cache

import pytest
from django.test import Client
from django.urls import reverse

from prefectures.admin import submission
from prefectures.admin.sent_rows import MOST_ROWS_SENT
from prefectures.gate.unit_of_work import current_changeset
from prefectures.models import Changeset
from prefectures.text import rich_text
from tests.conftest import ReadingClient

from ..gate.holding import held
from ..models.making import draft
from ..storage.refusing import refusing
from .forms import posted

pytestmark = pytest.mark.django_db
PASSWORD = "mot-de-passe-de-test"
SIGN_IN = {"sign_in-username": "claire", "sign_in-password": PASSWORD}


def form_of(sheet):
    return reverse("admin:prefectures_procedure_change", args=[sheet.pk])


def typed(client, sheet, **fields):
    """Return what a browser would send of the form of ``sheet``, changed by ``fields``."""
    shown = client.get(form_of(sheet))
    return posted(shown, **{"title": "Un titre neuf", "reason": "Lu ce matin", **fields})


def hidden(response):
    """Return what the page holds, to be sent again."""
    return dict(response.context["fields"])


# --- The session has ended ----------------------------------------------------------------------


@pytest.fixture
def sheet(db):
    return draft()


def test_who_sends_a_form_without_a_session_signs_in_and_has_it_saved(admin_client, sheet):
    data = typed(admin_client, sheet)
    stranger = ReadingClient()
    asked = stranger.post(form_of(sheet), data)
    assert asked.status_code == 403
    assert "rien de ce que vous avez écrit n’est perdu" in asked.page.text
    saved = stranger.post(form_of(sheet), {**hidden(asked), **SIGN_IN})
    assert saved.status_code == 302
    sheet.refresh_from_db()
    assert sheet.title == "Un titre neuf"


def test_a_wrong_password_loses_nothing_and_saves_nothing(admin_client, sheet):
    asked = ReadingClient().post(
        form_of(sheet), {**typed(admin_client, sheet), **SIGN_IN, "sign_in-password": "non"}
    )
    assert asked.status_code == 403
    assert hidden(asked)["title"] == "Un titre neuf"
    sheet.refresh_from_db()
    assert sheet.title == "Une fiche"


def test_no_password_is_in_the_page_that_asks_again(admin_client, sheet):
    asked = ReadingClient().post(form_of(sheet), {**SIGN_IN, "password1": "secret"})
    assert PASSWORD not in asked.content.decode()
    assert "secret" not in asked.content.decode()


def test_who_has_signed_in_elsewhere_may_send_the_same_form(admin_client, admin_user, sheet):
    """The token in the form is that of the session before."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    shown = client.get(form_of(sheet))
    data = posted(shown, title="Un titre neuf", reason="Lu ce matin")
    old = {"csrfmiddlewaretoken": str(shown.context["csrf_token"])}
    client.cookies.pop("csrftoken", None)
    client.get(reverse("admin:login"))
    client.get(form_of(sheet))
    origin = {"HTTP_ORIGIN": "http://testserver"}
    asked = client.post(form_of(sheet), {**data, **old}, **origin)
    assert asked.status_code == 403
    new = {"csrfmiddlewaretoken": str(asked.context["csrf_token"])}
    assert client.post(form_of(sheet), {**hidden(asked), **new}, **origin).status_code == 302
    sheet.refresh_from_db()
    assert sheet.title == "Un titre neuf"


def test_who_has_lost_every_cookie_is_asked_for_the_password_at_once(admin_client, sheet):
    data = {**typed(admin_client, sheet), "csrfmiddlewaretoken": "x" * 64}
    stranger = Client(enforce_csrf_checks=True)
    origin = {"HTTP_ORIGIN": "http://testserver"}
    asked = stranger.post(form_of(sheet), data, **origin)
    assert "Votre session est finie" in asked.content.decode()
    new = {"csrfmiddlewaretoken": str(asked.context["csrf_token"])}
    saved = stranger.post(form_of(sheet), {**hidden(asked), **SIGN_IN, **new}, **origin)
    assert saved.status_code == 302
    sheet.refresh_from_db()
    assert sheet.title == "Un titre neuf"


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", ""])
def test_what_comes_from_another_site_is_not_offered_to_be_sent_again(admin_user, sheet, origin):
    client = ReadingClient(enforce_csrf_checks=True)
    client.force_login(admin_user)
    headers = {"HTTP_ORIGIN": origin} if origin else {}
    refused = client.post(form_of(sheet), {"title": "Un titre neuf"}, **headers)
    assert refused.status_code == 403
    assert "Un titre neuf" not in refused.content.decode()


# --- The database is busy -----------------------------------------------------------------------


def is_busy(*args, **kwargs):
    raise refusing("SQLITE_BUSY")


def test_a_form_that_meets_a_busy_database_comes_back_as_it_was_typed(
    admin_client, sheet, monkeypatch
):
    data = typed(admin_client, sheet, editorial_note="<p>Une note neuve</p>")
    monkeypatch.setattr(submission, "changeset", is_busy)
    shown = admin_client.post(form_of(sheet), data)
    assert "enregistrez à nouveau dans quelques secondes" in shown.page.text
    assert "Une note neuve" in shown.content.decode()
    monkeypatch.undo()
    assert admin_client.post(form_of(sheet), posted(shown)).status_code == 302
    sheet.refresh_from_db()
    assert sheet.title == "Un titre neuf"


def test_any_other_screen_answers_503_and_offers_to_send_the_same_again(
    admin_client, sheet, monkeypatch
):
    admin_client.raise_request_exception = False
    monkeypatch.setattr("prefectures.admin.procedure.listing.changeset", is_busy)
    data = {
        "action": "archive",
        "_selected_action": sheet.pk,
        "confirmed": "yes",
        f"version-{sheet.pk}": 1,
        "reason": "Elle est dépassée",
    }
    shown = admin_client.post(reverse("admin:prefectures_procedure_changelist"), data)
    assert (shown.status_code, shown["Retry-After"]) == (503, "5")
    assert hidden(shown)["reason"] == "Elle est dépassée"
    assert "Envoyer à nouveau" in shown.page.text


def test_a_page_that_cannot_be_read_asks_for_patience(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("prefectures.public.views.regions_and_outside", is_busy)
    shown = client.get("/")
    assert (shown.status_code, shown["Retry-After"]) == (503, "5")


def test_another_error_stays_one(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("prefectures.public.views.regions_and_outside", lambda: 1 / 0)
    assert client.get("/").status_code == 500


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_a_colleague_gets_the_form_back(admin_client):
    sheet = draft()
    data = typed(admin_client, sheet)
    with held(sheet):
        shown = admin_client.post(form_of(sheet), data)
    assert "enregistrez à nouveau" in shown.page.text
    assert not Changeset.objects.filter(reason="Lu ce matin").exists()
    assert admin_client.post(form_of(sheet), posted(shown)).status_code == 302


def test_what_is_refused_waits_for_no_lock(admin_client, sheet, monkeypatch):
    monkeypatch.setattr(submission, "changeset", is_busy)
    shown = admin_client.post(form_of(sheet), typed(admin_client, sheet, title=""))
    assert "enregistrez à nouveau" not in shown.page.text
    assert "title" in shown.context["adminform"].form.errors


# --- What is slow or long waits for nobody, and keeps nobody waiting ------------------------------


def test_a_text_is_not_cleaned_while_anything_is_locked(admin_client, sheet, monkeypatch):
    cleaned = []

    def counted(html):
        cleaned.append(current_changeset() is not None)
        return html

    rich_text._clean_short.cache_clear()
    monkeypatch.setattr(rich_text, "_clean_short", lru_cache(counted))
    data = typed(admin_client, sheet, editorial_note="<p>Une note neuve</p>")
    assert admin_client.post(form_of(sheet), data).status_code == 302
    assert cleaned
    assert not any(cleaned)


def test_a_form_of_two_thousand_links_is_refused_before_anything_is_locked(
    admin_client, sheet, monkeypatch
):
    links = {f"links-{number}-label": "Lien" for number in range(2000)}
    data = typed(admin_client, sheet, **links, **{"links-TOTAL_FORMS": 2000})
    monkeypatch.setattr(submission, "changeset", is_busy)
    shown = admin_client.post(form_of(sheet), data)
    [links] = [
        inline.formset
        for inline in shown.context["inline_admin_formsets"]
        if inline.formset.prefix == "links"
    ]
    assert links.non_form_errors()
    assert len(links.forms) == MOST_ROWS_SENT
