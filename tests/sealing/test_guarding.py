"""The database refuses to change or delete what history holds, whoever asks."""

from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory
from django.utils import timezone

from prefectures.models import Changeset, Revision, Step
from prefectures.sealing.checks import history_is_guarded
from prefectures.sealing.guarding import guarded_models, history_unlocked, install, missing
from prefectures.sealing.verifying import Verifier

from ..models.making import draft, rows_of, written

pytestmark = pytest.mark.django_db
GUARDED = sorted(guarded_models(), key=lambda model: model._meta.db_table)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can")


def a_value(field):
    if field.is_relation:
        key = field.related_model._base_manager.order_by("pk").values_list("pk", flat=True).first()
        return key if key is not None or field.null else 1
    match field:
        case models.BooleanField():
            return False
        case models.DateTimeField():
            return timezone.now()
        case models.DateField():
            return timezone.localdate()
        case models.IntegerField():
            return 9999
        case models.BinaryField():
            return b"x"
    choices = [value for value, _ in field.flatchoices]
    return choices[0] if choices else "x"


@pytest.fixture(params=GUARDED, ids=lambda model: model._meta.db_table)
def row(request):
    """A row of each guarded table: of those that the loads wrote, or a new one."""
    model = request.param
    found = models.QuerySet(model).order_by("pk").last()
    if found is None:
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        [found] = models.QuerySet(model).bulk_create(
            [model(**{field.attname: a_value(field) for field in fields})]
        )
        connection.check_constraints()
    return found


def refused():
    return pytest.raises(IntegrityError, match="L’historique ne se change pas")


def kept(row):
    assert models.QuerySet(type(row)).filter(pk=row.pk).exists()


def test_no_row_is_changed_by_a_save(row):
    with refused(), transaction.atomic():
        models.Model.save_base(row, force_update=True)


def test_no_row_is_changed_at_once_with_others(row):
    field = next(field for field in row._meta.concrete_fields if not field.primary_key)
    with refused(), transaction.atomic():
        models.QuerySet(type(row)).update(**{field.attname: getattr(row, field.attname)})


def test_no_row_is_deleted(row):
    # The foreign keys that lead to it would have Django refuse, or look, first.
    with refused(), transaction.atomic():
        models.QuerySet(type(row)).filter(pk=row.pk)._raw_delete(using="default")
    kept(row)


def test_no_row_is_deleted_in_sql(row):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}"')
    kept(row)


@on_sqlite
def test_no_row_is_replaced_by_one_that_takes_its_key(row):
    table = row._meta.db_table
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"')


@on_postgresql
def test_no_table_is_emptied_at_once(row):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'TRUNCATE "{row._meta.db_table}" CASCADE')


def test_no_screen_of_the_admin_offers_it(admin_user):
    request = RequestFactory().get("/")
    request.user = admin_user
    screens = [admin.site._registry[model] for model in GUARDED if model in admin.site._registry]
    assert screens
    for screen in screens:
        assert not screen.has_add_permission(request)
        assert not screen.has_change_permission(request)
        assert not screen.has_delete_permission(request)


def test_the_last_changeset_is_not_deleted_by_its_own_method():
    with refused(), transaction.atomic():
        Revision.objects.order_by("pk").last().delete()


# --- Put back -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_makes_a_table_anew_leaves_it_guarded():
    history = Step.history.model
    step = written(Step, procedure=draft(), kind="post", address="1 place de la Préfecture")
    old = history._meta.get_field("address")
    new = old.clone()
    new.null = True
    new.set_attributes_from_name("address")
    with connection.schema_editor() as editor:
        editor.alter_field(history, old, new)
    if connection.vendor == "sqlite":
        assert {trigger.table for trigger in missing(connection)} == {history._meta.db_table}
    call_command("migrate", verbosity=0)
    assert missing(connection) == []
    assert [row.address for row in rows_of(step)] == ["1 place de la Préfecture"]
    assert next(Verifier().faults(), None) is None


@pytest.mark.django_db(transaction=True)
def test_a_column_that_a_migration_adds_leaves_the_table_guarded_and_its_seals_whole(monkeypatch):
    history = Step.history.model
    column = models.CharField(max_length=9, default="rien", db_default="rien")
    column.set_attributes_from_name("added_later")
    column.model = history
    with connection.schema_editor() as editor:
        editor.add_field(history, column)
    call_command("migrate", verbosity=0)
    assert missing(connection) == []
    assert next(Verifier().faults(), None) is None


def dropped(name):
    with connection.cursor() as cursor:
        cursor.execute(name)


DROPPING = {
    "sqlite": "DROP TRIGGER history_kept_delete_prefectures_revision",
    "postgresql": "DROP TRIGGER history_kept_table ON prefectures_revision",
}
WEAKENING = {
    "sqlite": (
        "DROP TRIGGER history_kept_update_prefectures_revision;"
        "CREATE TRIGGER history_kept_update_prefectures_revision"
        " BEFORE UPDATE ON prefectures_revision BEGIN SELECT 1; END"
    ),
    "postgresql": "ALTER TABLE prefectures_revision DISABLE TRIGGER history_kept_rows",
}


@pytest.mark.parametrize("statements", [DROPPING, WEAKENING], ids=["dropped", "weakened"])
def test_a_trigger_that_is_missing_or_weak_is_told_with_its_table_and_put_back(statements):
    assert history_is_guarded(databases=["default"]) == []
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor].split(";", 1):
            cursor.execute(statement)
    [error] = history_is_guarded(databases=["default"])
    assert "prefectures_revision" in error.msg
    assert "manage.py migrate" in error.hint
    install()
    assert history_is_guarded(databases=["default"]) == []
    with refused(), transaction.atomic():
        Revision.objects.order_by("pk").last().delete()


def test_a_function_that_refuses_nothing_any_more_is_put_back():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION history_kept_refuse() RETURNS trigger"
                " LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
            )
        assert len(history_is_guarded(databases=["default"])) == len(GUARDED)
        install()
    assert history_is_guarded(databases=["default"]) == []


def test_before_the_migrations_that_are_waiting_nothing_is_missed(monkeypatch):
    monkeypatch.setattr("prefectures.sealing.checks.is_behind", lambda connection: True)
    with connection.cursor() as cursor:
        cursor.execute(DROPPING[connection.vendor])
    assert history_is_guarded(databases=["default"]) == []


def test_nothing_is_asked_of_a_database_that_is_not_named():
    assert history_is_guarded() == []


# --- Lifted, for a migration --------------------------------------------------------------------


def test_a_migration_that_must_lifts_them_and_they_are_back_after_it():
    changed = Changeset.objects.order_by("pk").first()
    with history_unlocked(SimpleNamespace(connection=connection)):
        Changeset.objects.filter(pk=changed.pk).update(reason="Autre chose")
    assert missing(connection) == []
    with refused(), transaction.atomic():
        Changeset.objects.filter(pk=changed.pk).update(reason="Autre chose encore")
