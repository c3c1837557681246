"""A database that takes nothing, or tells nothing: readers read on, editors lose no word."""

import sqlite3
from contextlib import closing, contextmanager, suppress
from itertools import count

import psycopg
import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection
from django.urls import reverse

from prefectures.models import Changeset, Procedure
from prefectures.sealing.verifying import Verifier
from prefectures.storage.commands import in_a_sentence
from prefectures.storage.gone import DatabaseGoneError
from prefectures.storage.troubles import AWAY, BUSY, FULL, GONE, READ_ONLY, said_in_form, trouble

from ..admin.forms import posted
from ..admin.test_importing import previewed
from ..conftest import ReadingClient
from ..public.cache.asking import KEPT, Site
from .refusing import refusing, refusing_as_postgresql

transactions = pytest.mark.django_db(transaction=True)
LIST = reverse("admin:prefectures_procedure_changelist")
PASSWORD = "mot-de-passe-de-test"


# --- Which it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (refusing("SQLITE_BUSY"), BUSY),
        (refusing("SQLITE_BUSY_SNAPSHOT"), BUSY),
        (refusing("SQLITE_LOCKED"), BUSY),
        (refusing("SQLITE_FULL"), FULL),
        (refusing("SQLITE_READONLY"), READ_ONLY),
        (refusing("SQLITE_READONLY_DIRECTORY"), READ_ONLY),
        (refusing("SQLITE_IOERR"), AWAY),
        (refusing("SQLITE_CORRUPT"), AWAY),
        (refusing("SQLITE_CANTOPEN"), AWAY),
        (refusing("SQLITE_ERROR"), None),
        (refusing_as_postgresql("55P03"), BUSY),
        (refusing_as_postgresql("40P01"), BUSY),
        (refusing_as_postgresql("53100"), FULL),
        (refusing_as_postgresql("53300"), AWAY),
        (refusing_as_postgresql("25006"), READ_ONLY),
        (refusing_as_postgresql("57P01"), AWAY),
        (refusing_as_postgresql("08006"), AWAY),
        (refusing_as_postgresql("25P02"), None),
        (refusing_as_postgresql(""), AWAY),
        (InterfaceError("connection already closed"), AWAY),
        (DatabaseGoneError("elle est vide"), GONE),
        (OperationalError("no code"), AWAY),
        (DataError("too long"), None),
        (IntegrityError("twice"), None),
        (ValueError(), None),
    ],
    ids=str,
)
def test_what_the_database_says_is_a_trouble_or_another_fault(error, found):
    assert trouble(error) is found


def test_another_fault_is_raised_again_where_a_form_would_tell_a_trouble():
    with pytest.raises(DataError):
        said_in_form(DataError("too long"))
    assert "le disque du serveur est plein" in said_in_form(refusing("SQLITE_FULL"))


def ended(error):
    with pytest.raises(SystemExit) as end, in_a_sentence():
        raise error
    return str(end.value.code)


def test_a_command_ends_with_a_sentence():
    assert ended(DatabaseGoneError("Ce site avait une base.")) == "Ce site avait une base."
    assert ended(refusing("SQLITE_FULL")) == "Le disque du site est plein\u00a0:\n    SQLITE_FULL"


def test_a_fault_of_a_command_s_own_is_shown_as_it_is():
    with pytest.raises(IntegrityError), in_a_sentence():
        raise IntegrityError("twice")


# --- What readers and editors see of it -------------------------------------------------------


def set_by(*statements):
    connection.ensure_connection()
    for statement in statements:
        connection.connection.execute(statement)


@contextmanager
def read_only():
    """The disk turned read-only, say, or the server is a copy that follows another one."""
    if connection.vendor == "sqlite":
        set_by("PRAGMA query_only = ON")
    else:
        set_by("SET default_transaction_read_only = on")
    yield READ_ONLY
    connection.close()


@contextmanager
def full():
    """No page can be added to the file, none in it is free, and no session finds room in one."""
    if connection.vendor == "postgresql":
        pytest.skip("its disk cannot be filled by a statement")
    connection.close()
    set_by("VACUUM", "PRAGMA max_page_count = 1")
    for size in (2000, 200, 20):
        with suppress(sqlite3.OperationalError):
            for number in count():
                set_by(f"INSERT INTO django_session VALUES ('{size}-{number}', '{'x' * size}', 0)")
    yield FULL
    connection.close()


@contextmanager
def locked():
    """Another program writes, and goes on."""
    if connection.vendor == "postgresql":
        other = psycopg.connect(**connection.get_connection_params())
        other.execute("LOCK TABLE django_session, prefectures_user IN EXCLUSIVE MODE")
        other.execute("LOCK TABLE prefectures_procedure IN EXCLUSIVE MODE")
        set_by("SET lock_timeout = 50")
    else:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        set_by("PRAGMA busy_timeout = 50")
    with closing(other):
        yield BUSY
    connection.close()


@contextmanager
def stopped():
    """Nobody listens where the server was."""
    if connection.vendor == "sqlite":
        pytest.skip("a file cannot be stopped")
    connection.close()
    right = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = "1"
    yield AWAY
    connection.settings_dict["PORT"] = right
    connection.close()


REFUSING = [read_only, full, locked]


@pytest.fixture(params=[*REFUSING, stopped], ids=lambda way: way.__name__)
def refuse(request):
    return request.param


@pytest.fixture
def client(admin_user):
    client = ReadingClient(raise_request_exception=False)
    client.force_login(admin_user)
    return client


@pytest.fixture
def sheet(transactional_db):
    return Procedure.objects.get(slug="sous-prefecture-de-beziers")


def said(response):
    return response.page.text.replace("\xa0", " ")


def plain(sentence):
    return sentence.replace("\xa0", " ")


@pytest.fixture
def typed(client, sheet):
    """What an editor has typed into the form of a sheet: more than finds room in a page."""
    form = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    note = "<p>" + "Une note neuve, et longue. " * 400 + "</p>"
    data = posted(
        client.get(form), title="Un titre neuf", editorial_note=note, reason="Lu ce matin"
    )
    return form, data


@transactions
def test_a_form_comes_back_with_what_was_typed_and_is_taken_once_it_is_mended(
    client, sheet, typed, refuse
):
    form, data = typed
    before = Changeset.objects.count()
    with refuse() as found:
        shown = client.post(form, data)
        if found is AWAY:
            assert (shown.status_code, shown["Retry-After"]) == (503, "60")
            again = dict(shown.context["fields"])
        else:
            assert shown.status_code == 200
            assert plain(found.in_form) in said(shown)
            again = posted(shown)
        assert "Une note neuve, et longue." in shown.content.decode()
    assert Changeset.objects.count() == before
    assert client.post(form, again).status_code == 302
    sheet.refresh_from_db()
    assert sheet.title == "Un titre neuf"
    assert list(Verifier().faults()) == []


@transactions
def test_a_screen_without_a_form_of_its_own_says_so_and_sends_the_same_again(client, sheet, refuse):
    data = {
        "action": "archive",
        "_selected_action": sheet.pk,
        "confirmed": "yes",
        f"version-{sheet.pk}": sheet.version,
        "reason": "Elle est dépassée. " * 600,
    }
    with refuse() as found:
        shown = client.post(LIST, data)
        assert (shown.status_code, shown["Retry-After"]) == (503, str(found.seconds))
        assert plain(found.sentence) in said(shown)
        assert "laissez-la ouverte" in said(shown)
        again = dict(shown.context["fields"])
    assert client.post(LIST, again).status_code == 302
    sheet.refresh_from_db()
    assert sheet.publication == "archived"


@transactions
def test_an_import_that_is_refused_can_be_confirmed_later(client, sheet, refuse):
    rows = f"fiche;phrase d’annonce\n{sheet.key};{'Par la poste. ' * 20}\n"
    _, address = previewed(client, rows)
    with refuse() as found:
        shown = client.post(address)
        assert (shown.status_code, plain(found.title) in said(shown)) == (503, True)
    assert client.post(address).status_code == 302
    sheet.refresh_from_db()
    assert sheet.headline.startswith("Par la poste.")


@transactions
def test_who_signs_in_meanwhile_is_told_and_no_password_is_in_the_page(admin_user, refuse):
    client = ReadingClient(raise_request_exception=False)
    sent = {"username": "claire", "password": PASSWORD}
    with refuse() as found:
        shown = client.post(reverse("admin:login"), sent)
        assert (shown.status_code, plain(found.title) in said(shown)) == (503, True)
        assert PASSWORD not in shown.content.decode()
        assert "Réessayer" in said(shown)
    assert client.post(reverse("admin:login"), sent).status_code == 302


@transactions
@pytest.mark.parametrize("refuse", REFUSING, ids=lambda way: way.__name__)
def test_readers_read_every_page_meanwhile(transactional_db, refuse):
    client = ReadingClient()
    with refuse():
        answers = {address: client.get(address).status_code for address in KEPT.values()}
        answers["search"] = client.get("/recherche/", {"q": "béziiers"}).status_code
    assert {address for address, status in answers.items() if status != 200} == set()


@transactions
def test_readers_of_a_server_that_is_stopped_are_asked_for_patience(transactional_db):
    client = ReadingClient(raise_request_exception=False)
    with stopped():
        shown = client.get("/departements/34-herault/")
    assert (shown.status_code, shown["Retry-After"]) == (503, "60")
    assert "Rechargez la page dans une minute" in said(shown)


@transactions
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file cannot be started again")
def test_a_server_that_was_started_again_is_asked_again_and_nobody_notices(transactional_db):
    site = Site()
    assert site.made_anew("/").status == 200
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert site.made_anew("/departements/34-herault/").status == 200
    site.close()
