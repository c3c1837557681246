"""What who edits sees of the watch: the queue, what changed on a page, and how it is answered."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prefectures.models import (
    Changeset,
    GivenAddress,
    Procedure,
    Quotation,
    SheetAlert,
    Snooze,
    Verdict,
    Verification,
    WatchedAddress,
    changeset,
)
from prefectures.monitoring import alerts
from prefectures.monitoring.given import bring_up_to_date

from ..models.making import edited, published
from ..monitoring.watching import page_changed, read_on, sheet_giving
from .forms import posted
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:prefectures_procedure_queue")
URL = "https://www.ariege.gouv.fr/aes"
BEFORE = "La demande se fait par courrier.\nLe bureau ouvre à 9 h."
AFTER = "La demande se fait en ligne.\nLe bureau ouvre à 9 h."


@pytest.fixture
def sheet(db):
    """A fresh sheet of one source, whose page changed three days ago."""
    sheet = sheet_giving(URL, title="Par courrier")
    edited(sheet, updated_on=timezone.localdate())
    page_changed(sheet, URL, BEFORE, AFTER)
    alerts.renew()
    return sheet


@pytest.fixture
def given(sheet):
    return GivenAddress.objects.get(procedure=sheet)


def page_of(given):
    return reverse("admin:prefectures_procedure_source", args=[given.procedure_id, given.pk])


def answer(client, given, **said):
    sent = {"seen": given.changed_id, "note": "Seul le mot change", **said}
    return client.post(page_of(given), sent, follow=True)


def titles(page):
    return re.findall(r"<h3>\s*<a [^>]*>([^<]+)</a>", page.content.decode())


# --- The queue --------------------------------------------------------------------------------


def test_the_queue_begins_with_what_misleads_most(admin_client, sheet):
    page = admin_client.get(QUEUE)
    assert titles(page)[0] == "Par courrier"
    assert f"La page {URL} a changé depuis le" in page.page.text


def test_a_fresh_sheet_that_nothing_speaks_against_is_not_in_the_queue(admin_client):
    published("Toute fraîche", updated_on=timezone.localdate())
    assert "Toute fraîche" not in titles(admin_client.get(QUEUE))


def test_the_queue_keeps_one_kind_on_demand(admin_client, sheet):
    assert titles(admin_client.get(QUEUE, {"motif": "source"})) == ["Par courrier"]


def test_the_queue_asks_as_much_for_many_sheets_and_addresses(
    admin_client, sheet, django_assert_max_num_queries
):
    for number in range(5):
        published(f"Encore une {number}", departement="31")
    with django_assert_max_num_queries(12):
        admin_client.get(QUEUE)


def test_a_sheet_that_is_put_off_leaves_the_queue_and_says_why_and_until_when(
    admin_client, admin_user, beziers
):
    until = timezone.localdate() + timedelta(days=20)
    url = reverse("admin:prefectures_procedure_snooze", args=[beziers.pk])
    assert beziers.title in titles(admin_client.get(QUEUE))
    sent = {"until": f"{until:%d/%m/%Y}", "reason": "Elle répond en janvier"}
    page = admin_client.post(url, sent, follow=True)
    assert beziers.title not in titles(page)
    assert "« Elle répond en janvier »" in page.page.text
    snooze = Snooze.objects.get()
    assert (snooze.until, snooze.snoozed_by) == (until, admin_user)
    assert "Elle répond en janvier" in Changeset.objects.first().reason


def test_it_is_taken_up_again_by_hand_and_by_the_day(admin_client, beziers):
    until = timezone.localdate() + timedelta(days=1)
    url = reverse("admin:prefectures_procedure_snooze", args=[beziers.pk])
    admin_client.post(url, {"until": f"{until:%d/%m/%Y}", "reason": "Demain"})
    again = reverse("admin:prefectures_procedure_take_up", args=[beziers.pk])
    assert beziers.title in titles(admin_client.post(again, follow=True))
    admin_client.post(url, {"until": f"{until:%d/%m/%Y}", "reason": "Demain"})
    edited(
        Snooze.objects.get(),
        until=timezone.localdate(),
        snoozed_on=timezone.localdate() - timedelta(days=1),
    )
    assert beziers.title in titles(admin_client.get(QUEUE))


def test_a_page_that_changes_wakes_a_sheet_that_was_put_off(admin_client, sheet):
    url = reverse("admin:prefectures_procedure_snooze", args=[sheet.pk])
    until = timezone.localdate() + timedelta(days=20)
    admin_client.post(url, {"until": f"{until:%d/%m/%Y}", "reason": "Plus tard"})
    assert "Par courrier" not in titles(admin_client.get(QUEUE))
    GivenAddress.objects.update(changed_on=timezone.localdate() + timedelta(days=1))
    assert "Par courrier" in titles(admin_client.get(QUEUE))


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [
        (0, "Pourquoi pas", "Choisissez un jour à venir."),
        (400, "Pourquoi pas", "C’est trop loin"),
        (20, " ", "Dites en quelques mots pourquoi c’est remis."),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    admin_client, beziers, days, reason, sentence
):
    until = timezone.localdate() + timedelta(days=days)
    url = reverse("admin:prefectures_procedure_snooze", args=[beziers.pk])
    page = admin_client.post(url, {"until": f"{until:%d/%m/%Y}", "reason": reason})
    assert sentence in page.page.text
    assert f"{until:%d/%m/%Y}" in page.content.decode()
    assert not Snooze.objects.exists()


# --- A page that changed ----------------------------------------------------------------------


def test_both_texts_are_side_by_side_and_what_of_the_quotation_is_left(admin_client, sheet, given):
    with changeset("Une citation"):
        Quotation.objects.create(
            procedure=sheet,
            link=sheet.links.get(),
            text="<p>La demande se fait par courrier. Le bureau ouvre à 9 h.</p>",
        )
    page = admin_client.get(page_of(given))
    html = page.content.decode()
    assert re.search(r"<del>[^<]*par courrier", html)
    assert re.search(r"<ins>[^<]*en ligne", html)
    assert "50 % des mots de la citation" in page.page.text
    assert re.search(r"<del>La demande se fait par courrier", html)


def test_without_effect_is_a_verification_and_ends_it(admin_client, admin_user, sheet, given):
    page = answer(admin_client, given)
    assert "sans effet, et la fiche est vérifiée aujourd’hui" in page.page.text
    said = Verification.objects.get(procedure=sheet)
    assert (said.verified_by, said.source_url, said.has_changed) == (admin_user, URL, True)
    assert said.note == "Seul le mot change"
    given.refresh_from_db()
    assert given.changed is None
    assert given.accepted.words == AFTER
    assert not SheetAlert.objects.exists()


def test_without_a_reason_nothing_is_noted(admin_client, given):
    page = answer(admin_client, given, note=" ")
    assert "Dites en quelques mots pourquoi" in page.page.text
    assert not Verification.objects.filter(procedure=given.procedure).exists()


def test_an_answer_to_a_text_that_is_no_more_there_is_refused(admin_client, given):
    newer = read_on(given.address, "Encore autre chose.", 0)
    answered, given.changed = given.changed_id, newer
    given.save()
    page = answer(admin_client, given, seen=answered)
    assert "La page a encore changé" in page.page.text
    assert not Verification.objects.filter(procedure=given.procedure).exists()


def test_the_form_of_the_sheet_says_that_its_page_changed(admin_client, sheet, given):
    page = admin_client.get(address(Procedure, "change", sheet.pk))
    assert "Une page dont vient cette fiche a changé" in page.page.text
    assert page_of(given) in page.page.links


def test_an_edit_that_answers_the_change_ends_it(admin_client, sheet, given):
    url = f"{address(Procedure, 'change', sheet.pk)}?source={given.pk}"
    page = admin_client.get(url)
    assert "Vous répondez au changement d’une page" in page.page.text
    sent = posted(page) | {"headline": "En ligne.", "reason": "La page a changé"}
    done = admin_client.post(url, sent, follow=True)
    assert "Le changement de la page est pris en compte." in done.page.text
    given.refresh_from_db()
    assert given.changed is None


def test_an_edit_that_takes_a_dead_link_away_takes_away_what_readers_are_told(
    admin_client, sheet, given
):
    dead = sheet_giving("https://www.ariege.gouv.fr/morte", title="Morte")
    bring_up_to_date()
    WatchedAddress.objects.filter(url__endswith="morte").update(
        verdict=Verdict.GONE, seen=Verdict.GONE, since="2026-11-01"
    )
    alerts.renew()
    assert SheetAlert.objects.filter(procedure=dead).exists()
    with changeset("Sans lien"):
        dead.links.all().delete()
    bring_up_to_date([dead.departement_id])
    alerts.renew([dead.pk])
    assert not SheetAlert.objects.filter(procedure=dead).exists()


def test_another_edit_leaves_the_change_to_be_answered(admin_client, sheet, given):
    url = address(Procedure, "change", sheet.pk)
    sent = posted(admin_client.get(url)) | {"headline": "Autre.", "reason": "Une faute"}
    admin_client.post(url, sent)
    given.refresh_from_db()
    assert given.changed is not None


def test_who_may_only_look_sees_the_change_and_cannot_answer(given):
    client = person("view_procedure")
    page = client.get(page_of(given))
    assert "Votre réponse" not in page.page.text
    client.post(page_of(given), {"seen": given.changed_id, "note": "Rien"})
    given.refresh_from_db()
    assert given.changed is not None


# --- What was kept ----------------------------------------------------------------------------


def test_what_is_kept_as_evidence_says_its_days_and_digests(admin_client, given):
    url = reverse("admin:prefectures_procedure_reading", args=[given.accepted_id])
    page = admin_client.get(url)
    assert given.accepted.original.sha256 in page.page.text
    assert "La demande se fait par courrier." in page.page.text


def test_the_file_is_sent_as_it_came_and_opens_in_no_browser(admin_client, given):
    url = reverse("admin:prefectures_procedure_reading_file", args=[given.accepted_id])
    sent = admin_client.get(url)
    assert sent.content == f"<p>{BEFORE}</p>".encode()
    assert sent["Content-Type"] == "application/octet-stream"
    assert sent["Content-Disposition"].startswith("attachment;")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent["Content-Security-Policy"]


def test_a_version_leads_to_what_its_sources_said_then(admin_client, sheet, given):
    url = reverse("admin:prefectures_procedure_version", args=[sheet.pk, sheet.version])
    links = admin_client.get(url).page.links
    assert reverse("admin:prefectures_procedure_reading", args=[given.changed_id]) in links


def test_each_address_of_a_sheet_says_what_is_known_of_it(admin_client, sheet, given):
    page = admin_client.get(reverse("admin:prefectures_procedure_sources", args=[sheet.pk]))
    assert "La page a changé depuis le" in page.page.text
    assert page_of(given) in page.page.links
