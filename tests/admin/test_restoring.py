"""Going back to a version by the screen: shown first, then written with its reason, or refused."""

import pytest
from django.db import IntegrityError
from django.test import Client

from prefectures.admin.procedure import restoring as screen
from prefectures.models import Changeset, Contact, Procedure, StaleVersionError, changeset
from prefectures.sheets.reading import state_now

from ..models.making import draft, edited, published
from ..storage.refusing import refusing
from .test_comparing import deleted, reader, sheet, url
from .test_tracked import address

pytestmark = pytest.mark.django_db
__all__ = ["reader", "sheet"]


def sent(page, *, without=(), **fields):
    """Return the data of the preview ``page``, with these parts unticked."""
    plan = page.context["restoring"]
    keys = [part.key for part in plan.parts]
    taken = [part.key for part in plan.parts if part.is_taken and part.key not in without]
    return {
        "shown": keys,
        "take": taken,
        "seen_version": plan.last,
        "reason": "Erreur de saisie",
        "public_reason": "",
        **({"slug": plan.slug} if plan.slug else {}),
        **fields,
    }


def preview(client, pk, version):
    return client.get(url("restore", pk, version))


def restored(client, pk, version, **how):
    page = preview(client, pk, version)
    return client.post(url("restore", pk, version), sent(page, **how), follow=True)


# --- Shown ------------------------------------------------------------------------------------


def test_it_is_shown_first_part_by_part_and_nothing_is_written(admin_client, sheet):
    before = Changeset.objects.count()
    page = preview(admin_client, sheet.pk, 1)
    assert [part.label for part in page.context["restoring"].parts] == [
        "phrase d’annonce",
        "avertissement",
        "contact n° 1 (05)",
    ]
    assert page.content.decode().count("checked") == 3
    assert Changeset.objects.count() == before


def test_that_a_sheet_goes_online_again_is_said_before(admin_client):
    sheet = edited(published(), publication="draft")
    text = preview(admin_client, sheet.pk, 1).page.text
    assert "La fiche sera en ligne dès que vous aurez confirmé." in text


def test_that_a_sheet_goes_offline_is_said_before(admin_client):
    sheet = edited(edited(published(), publication="draft"), publication="published")
    assert "La fiche ne sera plus en ligne." in preview(admin_client, sheet.pk, 2).page.text


def test_where_nothing_differs_there_is_nothing_to_send(admin_client, sheet):
    page = preview(admin_client, sheet.pk, 3).page
    assert "il n’y a rien à reprendre" in page.text
    assert "Pourquoi revenir" not in page.text


# --- Written ----------------------------------------------------------------------------------


def test_the_whole_sheet_goes_back(admin_client, admin_user, sheet):
    answer = restored(admin_client, sheet.pk, 1)
    sheet.refresh_from_db()
    assert (sheet.headline, sheet.warning) == ("", "<p>Envoyez tout par la poste.</p>")
    assert not sheet.contacts.exists()
    record = sheet.revisions.first().changeset
    assert (record.author, record.origin) == (admin_user, Changeset.Origin.RESTORE)
    assert record.reason == "Retour à la version 1\u00a0: Erreur de saisie"
    assert answer.redirect_chain[-1][0] == address(Procedure, "change", sheet.pk)
    assert "est revenue à la version 1" in answer.page.text
    assert url("compare", sheet.pk, 3, 4) in answer.page.links


def test_the_history_says_to_which_version_it_went_back(admin_client, sheet):
    restored(admin_client, sheet.pk, 1)
    assert (
        "retour à la version 1"
        in admin_client.get(address(Procedure, "history", sheet.pk)).page.text
    )


def test_what_was_unticked_stays(admin_client, sheet):
    restored(admin_client, sheet.pk, 1, without=["headline", "contacts-1"])
    sheet.refresh_from_db()
    assert (sheet.headline, sheet.contacts.count()) == ("Écrivez.", 1)
    assert sheet.warning == "<p>Envoyez tout par la poste.</p>"


def test_readers_are_told_what_was_written_for_them(admin_client, sheet):
    restored(admin_client, sheet.pk, 1, public_reason="Une erreur corrigée")
    assert sheet.revisions.first().changeset.public_reason == "Une erreur corrigée"


def test_a_deleted_sheet_comes_back_from_the_list(admin_client, sheet):
    pk, then = sheet.pk, state_now(Procedure, sheet.pk)
    deleted(sheet)
    (link,) = [
        link for link in admin_client.get(url("deleted")).page.links if link.endswith("/revenir/")
    ]
    assert link == url("restore", pk, 3)
    answer = restored(admin_client, pk, 3)
    assert answer.redirect_chain[-1][0] == address(Procedure, "change", pk)
    assert state_now(Procedure, pk) == then
    assert "Aucune fiche n’a été supprimée." in admin_client.get(url("deleted")).page.text


def test_where_its_address_is_taken_another_is_proposed(admin_client):
    pk = deleted(published("Une fiche"))
    taker = published("Une fiche")
    page = preview(admin_client, pk, 1)
    assert "est maintenant celle de «\u00a0Une fiche (09)\u00a0»" in page.content.decode()
    assert address(Procedure, "change", taker.pk) in page.page.links
    restored(admin_client, pk, 1)
    assert Procedure.objects.get(pk=pk).slug == "une-fiche-2"


# --- Refused ----------------------------------------------------------------------------------


def refused(client, pk, version, **how):
    """Return the answer to what is refused; nothing was written."""
    page = preview(client, pk, version)
    return sending(client, pk, version, sent(page, **how))


def sending(client, pk, version, data):
    before = Changeset.objects.count()
    answer = client.post(url("restore", pk, version), data)
    assert Changeset.objects.count() == before
    return answer


@pytest.mark.parametrize("reason", ["", "   ", "\x00", "x" * 30_000])
def test_without_a_reason_that_can_be_kept_nothing_is_written(admin_client, sheet, reason):
    answer = refused(admin_client, sheet.pk, 1, reason=reason)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_what_was_chosen_is_kept_by_the_refusal(admin_client, sheet):
    answer = refused(
        admin_client, sheet.pk, 1, without=["headline"], reason="", public_reason="Oui"
    )
    taken = {part.key: part.is_taken for part in answer.context["restoring"].parts}
    assert taken == {"headline": False, "warning": True, "contacts-1": True}
    assert "Oui" in answer.content.decode()


def test_with_nothing_ticked_it_is_told_that_nothing_changes(admin_client, sheet):
    keys = ["headline", "warning", "contacts-1"]
    answer = refused(admin_client, sheet.pk, 1, without=keys)
    assert "ce que vous avez coché ne change rien" in answer.page.text


def test_a_sheet_that_was_changed_meanwhile_is_shown_again_with_what_changed(admin_client, sheet):
    data = sent(preview(admin_client, sheet.pk, 1), without=["headline"])
    with changeset("Nouveau numéro"):
        Contact.objects.create(procedure=sheet, kind="phone", value="06")
    answer = sending(admin_client, sheet.pk, 1, data)
    assert answer.status_code == 409
    assert "la fiche a changé depuis" in answer.page.text
    assert "Nouveau numéro" in answer.page.text
    assert "Erreur de saisie" in answer.content.decode()
    plan = answer.context["restoring"]
    assert {part.key: part.is_taken for part in plan.parts} == {
        "headline": False,
        "warning": True,
        "contacts-1": True,
        "contacts-2": True,
    }
    again = admin_client.post(url("restore", sheet.pk, 1), sent(answer, without=["headline"]))
    assert again.status_code == 302


def test_a_sheet_that_was_deleted_meanwhile_is_shown_as_such(admin_client, sheet):
    data = sent(preview(admin_client, sheet.pk, 1))
    pk = deleted(sheet)
    answer = sending(admin_client, pk, 1, data)
    assert answer.status_code == 409
    assert "Doublon" in answer.page.text
    assert answer.context["restoring"].is_deleted


@pytest.mark.parametrize("seen", ["", "abc", "99", "0", "9" * 40, None])
def test_a_page_that_does_not_say_what_it_showed_writes_nothing(admin_client, sheet, seen):
    data = sent(preview(admin_client, sheet.pk, 1), seen_version=seen)
    answer = sending(admin_client, sheet.pk, 1, {k: v for k, v in data.items() if v is not None})
    assert answer.status_code == 400
    assert "ne dit pas quelle version" in answer.page.text


def test_whatever_else_is_sent_is_not_an_error(admin_client, sheet):
    data = {"shown": ["x", "steps-9"], "take": ["title", "<b>"], "slug": "x" * 999}
    assert sending(admin_client, sheet.pk, 1, data).status_code == 400


def test_a_published_sheet_that_would_be_empty_is_refused_in_its_sentence(admin_client):
    sheet = draft()
    edited(sheet, publication="published", situation="unknown", warning="<p>Attention</p>")
    answer = refused(admin_client, sheet.pk, 1, without=["publication", "situation"])
    assert "Pour publier la fiche" in answer.page.text


def test_an_address_that_was_taken_since_is_refused_with_whose_it_is(admin_client):
    pk = deleted(published("Une fiche"))
    published("Une fiche")
    answer = refused(admin_client, pk, 1, slug="une-fiche")
    assert "Choisissez-en une autre" in answer.page.text
    assert not Procedure.objects.filter(pk=pk).exists()


@pytest.mark.parametrize("slug", ["", "é è", "historique", "x" * 300, "\x00"])
def test_an_address_that_cannot_be_is_refused(admin_client, slug):
    pk = deleted(published("Une fiche"))
    published("Une fiche")
    answer = refused(admin_client, pk, 1, slug=slug)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_version_that_deleted_it_is_refused_in_a_sentence(admin_client, sheet):
    pk = deleted(sheet)
    answer = preview(admin_client, pk, 4)
    assert answer.status_code == 400
    assert "celle qui a supprimé la fiche" in answer.page.text


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (IntegrityError(), 200, "au même moment"),
        (refusing("SQLITE_BUSY"), 200, "quelqu’un d’autre enregistre"),
        (StaleVersionError(), 400, "Rien n’a été enregistré"),
    ],
)
def test_who_comes_a_moment_late_is_told(admin_client, sheet, monkeypatch, error, status, told):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(screen, "restore", fail)
    answer = refused(admin_client, sheet.pk, 1)
    assert answer.status_code == status
    assert told in answer.page.text


# --- Who may ----------------------------------------------------------------------------------


def test_who_may_only_look_is_refused_and_nothing_is_written(reader, admin_client, sheet):
    data = sent(preview(admin_client, sheet.pk, 1))
    assert preview(reader, sheet.pk, 1).status_code == 403
    assert sending(reader, sheet.pk, 1, data).status_code == 403


def test_who_may_only_look_brings_no_deleted_sheet_back(reader, sheet):
    pk = deleted(sheet)
    assert preview(reader, pk, 1).status_code == 403
    links = reader.get(url("deleted")).page.links
    assert [link for link in links if "revenir" in link] == []


def test_what_is_sent_from_elsewhere_is_refused(admin_user, sheet):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    data = {"reason": "x", "seen_version": "3"}
    assert sending(client, sheet.pk, 1, data).status_code == 403


# --- Deleted sheets ---------------------------------------------------------------------------


def test_deleted_sheets_are_listed_the_last_first_by_the_page(admin_client):
    for number in range(60):
        deleted(draft(f"Fiche {number:02}"))
    first, last = (admin_client.get(url("deleted"), {"page": page}) for page in (1, 2))
    told = [sheet.title for page in (first, last) for _, sheet in page.context["rows"]]
    assert told == [f"Fiche {number:02}" for number in reversed(range(60))]


def test_a_sheet_that_came_back_and_went_again_is_listed_once(admin_client):
    pk = deleted(draft())
    restored(admin_client, pk, 1)
    deleted(Procedure.objects.get(pk=pk))
    page = admin_client.get(url("deleted"))
    assert [revision.number for revision, _ in page.context["rows"]] == [4]


def test_the_list_of_sheets_leads_to_those_that_were_deleted(admin_client):
    assert url("deleted") in admin_client.get(address(Procedure, "changelist")).page.links
