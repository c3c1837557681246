"""The journal on the screen, and as a file: read and filtered by whoever answers for the site."""

import csv
import io
import json
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefectures import roles
from prefectures.admin import journal
from prefectures.history import records as told_in_records
from prefectures.history.journal import Asked, Kind
from prefectures.history.records import COLUMNS, records
from prefectures.importexport.files.formulas import as_it_was
from prefectures.models import Changeset, Ground, JournalEntry, Procedure, User, changeset
from prefectures.models.journal_entry import note
from prefectures.sealing.sealing import head
from tests.conftest import ReadingClient

from ..models.making import draft, edited

pytestmark = pytest.mark.django_db
JOURNAL = "/admin/journal/"
EXPORT = f"{JOURNAL}exporter/"


def member_of(name):
    with changeset("Un compte pour le test"):
        user = User.objects.create_user("nadia", is_staff=True)
        user.groups.add(Group.objects.get(name=name))
    client = ReadingClient()
    client.force_login(user)
    return client


def shown(page):
    return [line for _, told in page.context["days"] for line, *_ in told]


def sent(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def as_csv(response):
    first, *rows = csv.reader(io.StringIO(sent(response), newline=""), delimiter=";")
    return [dict(zip(first, row, strict=True)) for row in rows]


# --- Who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [roles.LECTURE, roles.REDACTION])
@pytest.mark.parametrize("url", [JOURNAL, EXPORT, f"{EXPORT}?format=csv"])
def test_readers_and_editors_do_not_see_the_journal(role, url):
    client = member_of(role)
    assert client.get(url).status_code == 403
    assert not JournalEntry.objects.filter(kind="exported").exists()
    assert JOURNAL not in client.get(reverse("admin:index")).page.links


def test_whoever_answers_for_the_site_finds_it_in_the_menu_and_on_the_desk():
    client = member_of(roles.RESPONSABLE)
    desk = client.get(reverse("admin:index"))
    assert desk.page.links.count(JOURNAL) >= 3
    assert "Modifications" not in desk.page.text
    assert client.get(JOURNAL).status_code == 200


def test_the_list_of_changesets_is_the_journal(admin_client):
    answer = admin_client.get(reverse("admin:prefectures_changeset_changelist"))
    assert (answer.status_code, answer.url) == (302, JOURNAL)


# --- What it shows ----------------------------------------------------------------------------


def test_a_line_tells_who_when_how_why_and_what(admin_client, admin_user):
    with changeset("Lu ce matin", origin="import", author=admin_user, file_name="maj.csv"):
        sheet = Procedure.objects.create(title="Une fiche", departement_id="09")
    edited_at = Changeset.objects.first().at
    text = admin_client.get(JOURNAL).page.text
    for words in (
        f"{timezone.localtime(edited_at):%H:%M} claire · import",
        "Lu ce matin",
        "maj.csv",
        "fiche 09/une-fiche Une fiche",
    ):
        assert words in text
    links = admin_client.get(JOURNAL).page.links
    assert reverse("admin:prefectures_procedure_history", args=[sheet.pk]) in links


def test_an_import_of_many_sheets_names_three_and_counts_the_rest(admin_client):
    with changeset("Un import", origin="import"):
        for number in range(10):
            Procedure.objects.create(title=f"Fiche {number}", departement_id="09")
    assert "et 7 autres" in admin_client.get(JOURNAL).page.text


def test_somebody_whose_account_is_closed_keeps_their_name(admin_client):
    with changeset("Pour le test"):
        lea = User.objects.create_user("lea", first_name="Léa", last_name="Martin")
    with changeset("De Léa", author=lea):
        draft_in_an_open_changeset()
    edited(lea, is_active=False)
    page = admin_client.get(JOURNAL, {"personne": lea.pk})
    assert [line.who for line in shown(page)] == ["Léa Martin"]
    assert "Léa Martin (compte fermé)" in page.page.text


def draft_in_an_open_changeset():
    return Procedure.objects.create(title="Une fiche", departement_id="09")


def test_sign_ins_stand_among_the_changes(admin_client, admin_user):
    note(JournalEntry.Kind.REFUSED)
    draft()
    note(JournalEntry.Kind.REFUSED, admin_user)
    first, second, third = shown(admin_client.get(JOURNAL))[:3]
    assert [first.kind, second.kind, third.kind] == [Kind.REFUSED, Kind.COMMAND, Kind.REFUSED]
    assert (first.who, first.why) == ("quelqu’un", "compte «\xa0claire\xa0»")
    assert third.why == "nom inconnu"


def test_what_was_typed_is_shown_as_text(admin_client):
    with changeset("<b>gras</b>"):
        Ground.objects.create(name="<i>x</i>", slug="x")
    page = admin_client.get(JOURNAL)
    assert "<b>gras</b>" in page.page.text
    record = Changeset.objects.first()
    url = reverse("admin:prefectures_changeset_change", args=[record.pk])
    assert "Motif « <i>x</i> »" in admin_client.get(url).page.text


def test_a_changeset_shows_the_values_before_and_after_of_all_it_touched(admin_client):
    sheet = draft(headline="Écrivez.")
    lea = User.objects.create_user("lea")
    with changeset("Deux choses"):
        sheet.headline = "Téléphonez."
        sheet.save()
        lea.groups.add(Group.objects.get(name="Lecture"))
    record = Changeset.objects.first()
    page = admin_client.get(reverse("admin:prefectures_changeset_change", args=[record.pk]))
    assert "Phrase d’annonce Écrivez. Téléphonez." in page.page.text
    assert "Groupes — Lecture" in page.page.text
    assert f"{JOURNAL}?objet=procedure&cle=09%2Fune-fiche" in page.page.links


def test_a_changeset_of_a_thousand_changes_is_shown_by_the_page(admin_client):
    with changeset("Un import", origin="import"):
        for number in range(60):
            Procedure.objects.create(title=f"Fiche {number:02}", departement_id="09")
    url = reverse("admin:prefectures_changeset_change", args=[Changeset.objects.first().pk])
    first, last = admin_client.get(url), admin_client.get(url, {"page": 2})
    assert [len(page.context["groups"]) for page in (first, last)] == [50, 10]
    assert "Ce qui a changé : 60" in first.page.text
    assert "?page=2" in first.page.links


# --- Filters ----------------------------------------------------------------------------------


def test_filters_are_kept_from_page_to_page_and_in_the_file(admin_client, monkeypatch):
    monkeypatch.setattr(journal, "LINES_A_PAGE", 2)
    for number in range(5):
        draft(f"Fiche {number}")
    page = admin_client.get(JOURNAL, {"mots": "pour le test", "du": ""})
    (older,) = [link for link in page.page.links if "avant=" in link]
    assert older.startswith(f"{JOURNAL}?mots=pour+le+test&")
    assert f"{EXPORT}?mots=pour+le+test&format=csv" in page.page.links
    following = admin_client.get(older)
    assert not {line.place for line in shown(page)} & {line.place for line in shown(following)}
    (newer,) = [link for link in following.page.links if "apres=" in link]
    assert shown(admin_client.get(newer)) == shown(page)


def test_a_day_is_filtered_whole(admin_client):
    for hour, reason in ((0, "au matin"), (23, "au soir")):
        at = timezone.make_aware(datetime(2024, 3, 31, hour, 59))
        Changeset.objects.create(at=at, origin="form", reason=reason)
    for day in ("2024-03-31", "31/03/2024"):
        found = shown(admin_client.get(JOURNAL, {"du": day, "au": day}))
        assert [line.why for line in found] == ["au soir", "au matin"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"du": "31 mars"}, "Cette date n’existe pas"),
        ({"au": "2024-02-30"}, "Cette date n’existe pas"),
        ({"du": "2024-03-02", "au": "2024-03-01"}, "La fin vient avant le début."),
        ({"nature": "rumeur"}, "Ce choix n’existe pas"),
        ({"personne": "0"}, "Ce choix n’existe pas"),
        ({"personne": "²"}, "Ce choix n’existe pas"),
        ({"objet": "nuage", "cle": "x"}, "Ce choix n’existe pas"),
        ({"cle": "34/x"}, "Dites aussi ce que c’est"),
        ({"objet": "procedure", "cle": "34/nulle-part"}, "Rien ne porte ce nom"),
        ({"mots": "x" * 201}, "Cherchez en 200 caractères au plus."),
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_is_told_beside_it_and_nothing_leaves(
    admin_client, asked, told
):
    for url in (JOURNAL, EXPORT):
        page = admin_client.get(url, {**asked, "format": "csv"})
        assert page.status_code == 200
        assert told in page.page.text
        assert "un des filtres ne va pas" in page.page.text
    assert not JournalEntry.objects.filter(kind="exported").exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_can_be_asked_for(admin_client, day):
    for name in ("du", "au"):
        assert admin_client.get(JOURNAL, {name: day}).status_code == 200


@pytest.mark.parametrize("place", ["x", "1e1", "0m0", "99999999999999999e999999999999999999"])
def test_any_place_in_the_list_can_be_asked_for(admin_client, place):
    for name in ("avant", "apres"):
        assert admin_client.get(JOURNAL, {name: place}).status_code == 200


# --- Cost -------------------------------------------------------------------------------------


def queries_for(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_page_takes_few_queries_and_as_many_for_many_lines(admin_client):
    draft("La première")
    url = f"{JOURNAL}?mots=pour+le+test"
    for_one = queries_for(admin_client, url)
    for number in range(30):
        edited(draft(f"Fiche {number}"), headline="Écrivez.")
        edited(Ground.objects.get(slug="travail"), name=f"Travail {number}")
    assert queries_for(admin_client, url) == for_one
    assert for_one <= 12


# --- Files ------------------------------------------------------------------------------------


def test_a_file_of_either_format_holds_what_is_filtered_a_record_a_field(admin_client):
    sheet = edited(draft("Autre"), headline="Écrivez.")
    edited(Ground.objects.get(slug="travail"), name="Le travail")
    asked = {"objet": "procedure", "cle": sheet.key}
    found = admin_client.get(EXPORT, {**asked, "format": "csv"})
    assert found.streaming
    rows = as_csv(found)
    assert [row["avant"] for row in rows if row["champ"] == "phrase d’annonce"] == [""]
    assert [row["après"] for row in rows if row["champ"] == "phrase d’annonce"] == ["Écrivez."]
    assert {row["objet"] for row in rows} == {"fiche 09/autre"}
    again = json.loads(sent(admin_client.get(EXPORT, {**asked, "format": "json"})))
    assert again == rows


def test_a_file_says_what_it_is_and_of_which_day(admin_client):
    for kind, media_type in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        response = admin_client.get(EXPORT, {"format": kind})
        assert response["Content-Type"] == media_type
        name = f'attachment; filename="journal-{timezone.localdate()}.{kind}"'
        assert response["Content-Disposition"] == name


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_of_nothing_is_whole_too(admin_client, kind):
    response = admin_client.get(EXPORT, {"format": kind, "au": "2001-01-01"})
    assert (as_csv(response) if kind == "csv" else json.loads(sent(response))) == []


def test_a_format_that_is_none_shows_the_page(admin_client):
    for asked in ({}, {"format": "pdf"}):
        assert "days" in admin_client.get(EXPORT, asked).context


def test_what_left_is_in_the_journal_and_not_in_its_own_file(admin_client, admin_user):
    Changeset.objects.create(origin="form", reason="Une seule")
    rows = as_csv(admin_client.get(EXPORT, {"format": "csv", "mots": "une seule"}))
    assert "export" not in {row["nature"] for row in rows}
    entry = JournalEntry.objects.get(kind="exported")
    assert entry.user == admin_user
    assert entry.detail == (
        "journal, CSV\xa0: 1 ligne\xa0; mots de la raison ou du fichier\xa0: une seule"
    )


def test_a_spreadsheet_that_left_is_in_the_journal(admin_client):
    asked = {"quoi": "liens", "format": "xlsx", "q": "beziers"}
    admin_client.get(reverse("admin:prefectures_procedure_export"), asked)
    detail = JournalEntry.objects.get(kind="exported").detail
    assert detail == "liens, XLSX\xa0: 1 fiche\xa0; filtres\xa0: q=beziers"


def test_a_page_that_asks_what_to_export_is_not_in_the_journal(admin_client):
    admin_client.get(reverse("admin:prefectures_procedure_export"))
    assert not JournalEntry.objects.filter(kind="exported").exists()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=30))
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(admin_client, text):
    sheet = Procedure.objects.first()
    for value in (f"={text}", f"@{text}", text):
        if not value.strip():
            continue
        with changeset("Pour le test"):
            sheet.situation_note = value
            sheet.save()
        response = admin_client.get(EXPORT, {"format": "csv", "mots": "Pour le test"})
        row = as_csv(response)[0]
        if row["champ"]:
            assert row["après"][0] not in "=@+-|%\t"
            assert as_it_was(row["après"]) == sheet.situation_note


@pytest.mark.parametrize("at_once", [1, 3, 200])
def test_what_is_sent_comes_in_pieces_that_make_one_file(admin_client, monkeypatch, at_once):
    monkeypatch.setattr(journal.leaving, "RECORDS_AT_ONCE", at_once)
    monkeypatch.setattr(told_in_records, "LINES_AT_ONCE", at_once)
    whole = list(records(Asked()))
    response = admin_client.get(EXPORT, {"format": "json"})
    pieces = list(response.streaming_content)
    assert len(pieces) > len(whole) // at_once
    found = json.loads(b"".join(pieces))
    # Who signed in for this test is in it as well.
    assert [row for row in found if row["nature"] != "export"][-len(whole) :] == whole
    assert all(tuple(row) == COLUMNS for row in found)


def test_an_error_on_the_way_leaves_a_file_that_nobody_takes_for_whole(
    admin_client, monkeypatch, caplog
):
    def failing(asked):
        yield dict.fromkeys(COLUMNS, "x")
        raise RuntimeError("on the way")

    monkeypatch.setattr(journal.leaving, "records", failing)
    monkeypatch.setattr(journal.leaving, "RECORDS_AT_ONCE", 1)
    as_json, as_rows = (
        sent(admin_client.get(EXPORT, {"format": kind})) for kind in ("json", "csv")
    )
    with pytest.raises(json.JSONDecodeError):
        json.loads(as_json)
    *_, whole, last = as_rows.splitlines()
    assert whole == ";".join("x" for _ in COLUMNS)
    assert last.startswith("EXPORT INTERROMPU")
    assert caplog.text.count("L’export du journal s’est arrêté en chemin.") == 2


# --- The head of the history ------------------------------------------------------------------


def test_the_head_to_keep_elsewhere_is_shown(admin_client):
    edited(draft(), headline="Une phrase.")
    page = admin_client.get(JOURNAL).content.decode()
    assert head().digest in page
    assert f"Sceau n°\u00a0{head().number}" in page
