"""Locks reach the rows that are written and no others, in one order for everybody."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from prefectures.gate.locking import locked
from prefectures.models import Contact, Procedure, Step

from ..models.making import draft, written
from .holding import held

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite locks the whole database"
)


@pytest.mark.django_db
def test_a_lock_that_reaches_another_table_is_refused_in_tests():
    with pytest.raises(AssertionError, match="reaches too far"), transaction.atomic():
        list(Procedure.objects.select_for_update().select_related("departement"))


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Procedure, Step, Contact], ids=str)
def test_the_order_of_a_model_reaches_no_other_table(model):
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        list(model.objects.select_for_update())
    assert not [query for query in queries if "JOIN" in query["sql"]]


@pytest.mark.django_db
def test_rows_are_locked_in_the_order_of_their_keys():
    pks = [draft(f"Fiche {number}").pk for number in range(3)]
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        found = locked(Procedure, reversed(pks))
    assert list(found) == pks
    [lock] = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert 'ORDER BY "prefectures_procedure"."id" ASC' in lock


@pytest.mark.django_db
def test_what_is_not_there_is_not_locked():
    with transaction.atomic():
        assert locked(Procedure, [10**9]) == {}


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_colleague_saves_another_sheet_of_the_same_departement_meanwhile():
    one, other = draft("Une fiche"), draft("Autre fiche")
    with held(one):
        step = written(Step, procedure=other, kind="post")
    assert step.number == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_the_same_sheets_in_opposite_orders_both_get_through():
    pks = [draft(f"Fiche {number}").pk for number in range(8)]
    start, done = threading.Barrier(2), []

    def take(order):
        for _ in range(20):
            start.wait(20)
            with transaction.atomic():
                done.append(len(locked(Procedure, order)))
        connection.close()

    threads = [threading.Thread(target=take, args=(order,)) for order in (pks, pks[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert done == [8] * 40
