"""An address that has moved, replaced in every sheet that gives it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prefectures.models import (
    Changeset,
    GivenAddress,
    KeptBytes,
    Link,
    PageReading,
    Procedure,
    Quotation,
    SheetAlert,
    Step,
    User,
    Verdict,
    WatchedAddress,
    changeset,
)
from prefectures.monitoring import alerts, given, replacing
from prefectures.monitoring.replacing import DONE, NOTHING, REFUSED, replace, replaced, sheets_with

from ..models.making import draft, edited, published, rows_of, written

pytestmark = pytest.mark.django_db
OLD, NEW = "https://www.ariege.gouv.fr/titres", "https://www.ariege.gouv.fr/sejour/titres"


@pytest.fixture
def author():
    with changeset("Un compte pour le test"):
        return User.objects.create_user("lea")


def giving(title, url=OLD, **fields):
    """Return a published sheet with a link to ``url``."""
    sheet = published(title, **fields)
    written(Link, procedure=sheet, label="Ici", url=url)
    sheet.refresh_from_db()
    return sheet


def replace_all(author, old=OLD, new=NEW):
    seen = {item.sheet.pk: item.sheet.version for item in replaced(old, new)}
    return replace(old, new, author, seen)


def outcomes(results):
    return {result.sheet.title: result.outcome for result in results}


# --- Where it stands --------------------------------------------------------------------------


def test_an_address_is_found_wherever_it_stands():
    sheet = published("Foix", editorial_note=f'<p><a href="{OLD}">Ici</a></p>')
    written(Step, procedure=sheet, kind="online_form", url=OLD, instructions=f"Voir {OLD}.")
    written(Link, procedure=sheet, label="Notice", url=OLD)
    written(Quotation, procedure=sheet, text=f'<p><a href="{OLD}">Là</a></p>')
    ((found, places),) = sheets_with(OLD)
    assert found == sheet
    assert [place.where for place in places] == [
        "«\xa0note du Gisti\xa0»",
        "étape n° 2 (remplir un formulaire en ligne), «\xa0adresse de la page\xa0»",
        "étape n° 2 (remplir un formulaire en ligne), «\xa0consignes\xa0»",
        "lien n° 1 (Notice), «\xa0adresse\xa0»",
        "citation n° 1 (la préfecture), «\xa0texte cité\xa0»",
    ]


def test_drafts_count_and_archived_sheets_do_not():
    there, gone = draft("Brouillon", headline=f"Voir {OLD}"), giving("Partie")
    edited(gone, publication="archived")
    assert [sheet for sheet, _ in sheets_with(OLD)] == [there]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ariège.gouv.fr/Étrangers/Séjour%20(2)#pièces",
        "https://a.example/?a=1&b=2&copy=3",
        "https://a.example/l'été_100%/",
    ],
)
def test_an_address_is_replaced_to_the_letter_whatever_its_signs(author, url):
    sheet = published("Foix", warning=f'<p><a href="{url.replace("&", "&amp;")}">Ici</a></p>')
    link = written(Link, procedure=sheet, label="Là", url=url)
    new = f"{url}?c=1&d=é"
    assert outcomes(replace_all(author, url, new)) == {"Foix": DONE}
    sheet.refresh_from_db()
    link.refresh_from_db()
    assert link.url == new
    assert sheet.warning == f'<p><a href="{new.replace("&", "&amp;")}">Ici</a></p>'
    assert sheets_with(url) == []
    assert [found for found, _ in sheets_with(new)] == [sheet]


def test_an_address_that_begins_another_one_leaves_it_alone(author):
    sheet = giving("Foix", f"{OLD}/suite", headline=f"Voir {OLD}/suite ou {OLD}#2")
    before = sheet.version
    assert sheets_with(OLD) == []
    (result,) = replace(OLD, NEW, author, {sheet.pk: before})
    sheet.refresh_from_db()
    assert (result.outcome, sheet.version) == (NOTHING, before)


# --- Before -----------------------------------------------------------------------------------


def test_the_preview_tells_what_was_and_what_will_be_and_writes_nothing():
    sheet = giving("Foix")
    before = Changeset.objects.count()
    (item,) = replaced(OLD, NEW)
    (told,) = item.told
    assert told.title == "lien n° 1 (Ici)"
    assert [(each.label, each.before, each.after) for each in told.changes] == [
        ("adresse", OLD, NEW)
    ]
    assert item.refused == []
    assert Changeset.objects.count() == before
    assert sheet.links.get().url == OLD


def test_the_preview_shows_where_a_link_within_a_text_leads():
    published("Foix", fees=f'<p>Voir <a href="{OLD}">la page</a></p>')
    (item,) = replaced(OLD, NEW)
    change = item.told[0].changes[0]
    assert (change.before, change.after) == (f"Voir la page <{OLD}>", f"Voir la page <{NEW}>")


def test_a_hundred_sheets_are_prepared_with_as_many_queries_as_one():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            found = replaced(OLD, NEW)
        return len(found), len(queries)

    giving("Une fiche")
    one, for_one = asked()
    for number in range(12):
        giving(f"Fiche {number}")
    many, for_many = asked()
    assert (one, many) == (1, 13)
    assert for_one == for_many


# --- Doing it ---------------------------------------------------------------------------------


def test_each_sheet_has_a_changeset_of_its_own_with_its_author_and_the_reason(author):
    sheets = [giving("Foix"), giving("Pamiers"), giving("Saverdun")]
    assert set(outcomes(replace_all(author)).values()) == {DONE}
    records = Changeset.objects.order_by("-pk")[:3]
    for record in records:
        assert record.author == author
        assert (record.origin, record.is_minor) == (Changeset.Origin.FORM, True)
        assert record.reason == (f"Adresse remplacée, la page a déménagé\xa0: {OLD} → {NEW}")
    rows = [rows_of(sheet.links.get())[-1] for sheet in sheets]
    assert {row.changeset_id for row in rows} == {record.pk for record in records}
    assert {row.url for row in rows} == {NEW}


def test_a_sheet_becomes_no_younger(author):
    sheet = giving("Foix", updated_on=date(2024, 3, 1))
    replace_all(author)
    now = Procedure.objects.with_age().get(pk=sheet.pk)
    assert now.version == sheet.version + 1
    assert now.confirmed_on == date(2024, 3, 1)


def test_what_somebody_changed_meanwhile_is_told_and_the_others_are_done(author):
    foix, pamiers = giving("Foix"), giving("Pamiers")
    seen = {sheet.pk: sheet.version for sheet in (foix, pamiers)}
    edited(foix, headline="Écrivez.")
    results = replace(OLD, NEW, author, seen)
    assert outcomes(results) == {"Foix": REFUSED, "Pamiers": DONE}
    assert results[0].words == (
        "Elle a changé depuis que vous l’avez vue (une commande du site\xa0: «\xa0Pour le "
        "test\xa0»)\xa0: rien n’y est remplacé."
    )
    assert (foix.links.get().url, pamiers.links.get().url) == (OLD, NEW)


def test_what_a_rule_refuses_is_told_with_its_place_and_the_others_are_done(author):
    long = giving("Foix")
    edited(long.links.get(), label=OLD)
    giving("Pamiers")
    new = f"https://www.ariege.gouv.fr/{'x' * 300}"
    foix, pamiers = replace_all(author, OLD, new)
    assert (foix.outcome, pamiers.outcome) == (REFUSED, DONE)
    assert foix.words.startswith("lien n° 1")
    assert "«\xa0texte du lien\xa0»" in foix.words
    assert "300 caractères" in foix.words
    assert long.links.get().url == OLD


def test_what_a_sheet_as_a_whole_lacks_is_told(author):
    sheet = giving("Foix")
    # As a version of the site without that rule left it.
    with connection.cursor() as cursor:
        table = Procedure.grounds.through._meta.db_table
        cursor.execute(f"DELETE FROM {table} WHERE procedure_id = %s", [sheet.pk])
    (result,) = replace_all(author)
    assert result.outcome == REFUSED
    assert "au moins un motif" in result.words
    assert sheet.links.get().url == OLD


def test_what_was_archived_meanwhile_keeps_its_addresses(author):
    sheet = giving("Foix")
    seen = {sheet.pk: sheet.version}
    edited(sheet, publication="archived")
    (result,) = replace(OLD, NEW, author, seen)
    assert (result.outcome, result.words) == (REFUSED, replacing.PUT_AWAY)
    assert sheet.links.get().url == OLD


def test_twice_is_once(author):
    sheet = giving("Foix")
    seen = {sheet.pk: sheet.version}
    assert outcomes(replace(OLD, NEW, author, seen)) == {"Foix": DONE}
    before = Changeset.objects.count()
    assert outcomes(replace(OLD, NEW, author, seen)) == {"Foix": NOTHING}
    assert Changeset.objects.count() == before


def test_whom_the_same_click_overtook_finds_nothing_to_do(author, monkeypatch):
    sheet = giving("Foix")
    seen, prepared = {sheet.pk: sheet.version}, replaced(OLD, NEW)
    replace(OLD, NEW, author, seen)
    # It had read the sheet before the first was through.
    later = iter([prepared])
    own = replacing.replaced
    monkeypatch.setattr(replacing, "replaced", lambda *args: next(later, None) or own(*args))
    assert outcomes(replace(OLD, NEW, author, seen)) == {"Foix": NOTHING}


def test_the_words_of_a_quotation_stay_and_its_links_lead_on(author):
    sheet = published("Foix")
    quotation = written(
        Quotation,
        procedure=sheet,
        text=f'<p>Voir <a href="{OLD}">{OLD}</a> ou {OLD}.</p>',
    )
    (result,) = replace_all(author)
    quotation.refresh_from_db()
    assert quotation.text == f'<p>Voir <a href="{NEW}">{OLD}</a> ou {OLD}.</p>'
    assert result.outcome == DONE
    assert result.kept == ("citation n° 1 (la préfecture), lisible dans «\xa0texte cité\xa0»",)


def test_an_address_that_is_only_quoted_leaves_nothing_to_do(author):
    sheet = published("Foix")
    written(Quotation, procedure=sheet, text=f"<p>Voir {OLD}.</p>", author=f"Voir {OLD}")
    sheet.refresh_from_db()
    (result,) = replace_all(author)
    assert result.outcome == NOTHING
    assert len(result.kept) == 2


# --- Afterwards -------------------------------------------------------------------------------


def reading(address, words="Déposez votre demande."):
    text, now = KeptBytes.of(words.encode()), timezone.now()
    return PageReading.objects.create(
        address=address, first_seen_at=now, last_seen_at=now, text=text, original=text
    )


def test_the_watch_knows_the_new_address_at_once(author):
    sheet = giving("Foix")
    given.bring_up_to_date()
    replace_all(author)
    old, new = (WatchedAddress.objects.get(url=url) for url in (OLD, NEW))
    assert (old.is_in_use, new.is_in_use, new.verdict) == (False, True, "")
    assert [(row.procedure, row.is_given) for row in new.given_by.all()] == [(sheet, True)]
    assert old.given_by.get().is_given is False


@pytest.mark.parametrize("times", [1, 5])
def test_a_watch_that_is_at_it_too_hides_nothing_of_what_was_done(author, monkeypatch, times):
    sheet = giving("Foix")
    own, left = given.bring_up_to_date, [*range(times)]

    def overtaken(departements):
        if left:
            left.pop()
            raise IntegrityError
        own()

    monkeypatch.setattr(given, "bring_up_to_date", overtaken)
    assert outcomes(replace_all(author)) == {"Foix": DONE}
    assert sheet.links.get().url == NEW
    assert WatchedAddress.objects.filter(url=NEW).exists() == (times == 1)


def test_readers_are_told_no_more_of_a_link_that_is_dead_no_more(author):
    sheet = giving("Foix")
    given.bring_up_to_date()
    address = WatchedAddress.objects.get(url=OLD)
    address.verdict, address.seen, address.since = Verdict.GONE, Verdict.GONE, date(2026, 1, 2)
    address.save()
    alerts.renew([sheet.pk])
    assert SheetAlert.objects.get().dead_since == date(2026, 1, 2)
    replace_all(author)
    assert not SheetAlert.objects.exists()


def test_the_text_that_was_accepted_of_a_source_goes_with_it(author):
    sheet = giving("Foix")
    given.bring_up_to_date()
    row = GivenAddress.objects.get(address__url=OLD, procedure=sheet)
    row.accepted = reading(row.address)
    row.save()
    replace_all(author)
    assert GivenAddress.objects.get(address__url=NEW).accepted == row.accepted


def test_a_text_that_was_accepted_of_the_new_address_stays(author):
    giving("Foix")
    sheet = giving("Pamiers", NEW)
    written(Link, procedure=sheet, label="Ancien", url=OLD)
    given.bring_up_to_date()
    for row in GivenAddress.objects.filter(address__url__in=[OLD, NEW]).order_by("pk"):
        row.accepted = reading(row.address, row.address.url)
        row.save()
    own = GivenAddress.objects.get(address__url=NEW).accepted
    sheet.refresh_from_db()
    replace_all(author)
    assert GivenAddress.objects.get(address__url=NEW, procedure=sheet).accepted == own


def test_of_what_is_no_source_nothing_is_accepted(author):
    sheet = giving("Foix")
    edited(sheet.links.get(), kind="other")
    given.bring_up_to_date()
    row = GivenAddress.objects.get(address__url=OLD)
    row.accepted = reading(row.address)
    row.save()
    sheet.refresh_from_db()
    replace_all(author)
    assert GivenAddress.objects.get(address__url=NEW).accepted is None
