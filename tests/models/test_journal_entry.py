"""Who came, who was refused: noted without a password, an address or an end."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from prefectures.models import AppendOnlyError, Changeset, JournalEntry, User, changeset
from prefectures.models import journal_entry as noting
from prefectures.models.journal_entry import MOST_REFUSED, note

pytestmark = pytest.mark.django_db
LOGIN = reverse("admin:login")


def sign_in(client, username="claire", password="mot-de-passe-de-test"):
    return client.post(LOGIN, {"username": username, "password": password, "next": "/admin/"})


def noted():
    """Return (kind, account, detail) of all entries, oldest first."""
    rows = JournalEntry.objects.order_by("pk").values_list("kind", "user__username", "detail")
    return list(rows)


def test_who_signs_in_and_out_is_noted_and_no_changeset_is_made(client, admin_user):
    before = Changeset.objects.count()
    assert sign_in(client).status_code == 302
    client.post(reverse("admin:logout"))
    assert noted() == [("signed_in", "claire", ""), ("signed_out", "claire", "")]
    assert Changeset.objects.count() == before


def test_who_was_not_signed_in_does_not_sign_out(client):
    client.post(reverse("admin:logout"))
    assert noted() == []


def test_a_refused_sign_in_names_the_account(client, admin_user):
    assert sign_in(client, password="faux").status_code == 200
    assert noted() == [("refused", "claire", "")]


@pytest.mark.parametrize("typed", ["mon-vrai-mot-de-passe", "CLAIRE", "é" * 150, "<b>x</b>"])
def test_a_name_that_is_no_account_s_is_not_kept(client, admin_user, typed):
    sign_in(client, username=typed, password="un-autre-secret")
    assert noted() == [("refused", None, "")]
    rows = str(list(JournalEntry.objects.values()))
    assert typed not in rows
    assert "secret" not in rows


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_the_right_password_of_an_account_that_may_not_enter_is_noted(client, fields):
    with changeset("Pour le test"):
        User.objects.create_user("lea", password="mot", **{"is_staff": True, **fields})
    sign_in(client, "lea", "mot")
    assert [entry[:2] for entry in noted()] == [("refused", "lea")]


def test_who_signs_in_on_the_way_is_noted(client, admin_user):
    url = reverse("admin:prefectures_ground_add")
    sent = {"sign_in-username": "claire", "sign_in-password": "faux"}
    client.post(url, sent)
    client.post(url, sent | {"sign_in-password": "mot-de-passe-de-test"})
    assert [entry[:2] for entry in noted()] == [("refused", "claire"), ("signed_in", "claire")]


def test_a_changed_password_is_noted_and_is_not_in_it(admin_client, admin_user):
    new = {"new_password1": "trois-petits-chats", "new_password2": "trois-petits-chats"}
    own = reverse("admin:password_change")
    admin_client.post(own, {"old_password": "faux", **new})
    admin_client.post(own, {"old_password": "mot-de-passe-de-test", **new})
    assert [entry for entry in noted() if entry[0] == "password"] == [("password", "claire", "")]


# --- Bounds -----------------------------------------------------------------------------------


def refuse(times, username="personne"):
    for _ in range(times):
        noting.note_attempt(JournalEntry.Kind.REFUSED, username)


def test_refusals_are_noted_up_to_a_number_an_hour_and_the_last_says_so(monkeypatch):
    monkeypatch.setattr(noting, "MOST_REFUSED", 3)
    refuse(5)
    found = noted()
    assert [entry[0] for entry in found] == ["refused"] * 3
    assert [bool(entry[2]) for entry in found] == [False, False, True]
    assert f"{MOST_REFUSED}e fois en une heure" in found[-1][2]


def test_an_hour_later_refusals_are_noted_again(monkeypatch):
    monkeypatch.setattr(noting, "MOST_REFUSED", 1)
    JournalEntry.objects.create(
        kind="refused", at=noting.timezone.now() - noting.WITHIN - timedelta(seconds=1)
    )
    refuse(2)
    assert JournalEntry.objects.count() == 2


def test_as_much_is_asked_and_written_whether_the_account_exists_or_not(admin_user):
    """Or the time that an answer takes would tell which names there are."""
    counts = []
    for username in ("claire", "personne"):
        with connection.execute_wrapper(counting := Counting()):
            noting.note_attempt(JournalEntry.Kind.REFUSED, username)
        counts.append(counting.count)
    assert counts[0] == counts[1]


class Counting:
    count = 0

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)


# --- What stays -------------------------------------------------------------------------------


def test_an_entry_is_neither_changed_nor_removed():
    note(JournalEntry.Kind.EXPORTED, detail="fiches")
    entry = JournalEntry.objects.get()
    attempts = [
        entry.save,
        entry.delete,
        lambda: JournalEntry.objects.update(detail=""),
        lambda: JournalEntry.objects.all().delete(),
        lambda: JournalEntry.objects.bulk_update([entry], ["detail"]),
    ]
    for attempt in attempts:
        with pytest.raises(AppendOnlyError):
            attempt()
    assert JournalEntry.objects.get().detail == "fiches"


def failing(*args, **kwargs):
    raise DatabaseError("read-only")


def test_a_journal_that_cannot_be_written_keeps_nobody_out(client, admin_user, monkeypatch, caplog):
    monkeypatch.setattr(JournalEntry, "save", failing)
    assert sign_in(client, password="faux").status_code == 200
    assert sign_in(client).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200
    assert "Le journal n’a pas pu être écrit\xa0: connexion." in caplog.text
    assert "claire" not in caplog.text


def test_a_journal_that_cannot_be_read_refuses_as_before(client, admin_user, monkeypatch, caplog):
    monkeypatch.setattr(JournalEntry.objects, "filter", failing)
    assert sign_in(client, password="faux").status_code == 200
    assert "Le journal n’a pas pu être lu." in caplog.text


def refused_by_the_database(entry):
    connection.cursor().execute("SELECT nothing FROM nowhere")


def test_a_failure_takes_nothing_else_with_it(monkeypatch):
    monkeypatch.setattr(JournalEntry, "save", refused_by_the_database)
    with changeset("Pour le test"):
        note(JournalEntry.Kind.SIGNED_IN, User.objects.create_user("lea"))
    assert User.objects.filter(username="lea").exists()
    assert noted() == []
