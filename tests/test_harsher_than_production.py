"""The tests' own ground: what they forgive, in which order rows come, that none inherits a thing.

That a variable which does not exist fails a test is in ``tests/public/test_views.py``.
"""

import pytest
from django.db.models import Count
from django.template import Context, Template
from django.template.loader import render_to_string

from prefectures.models import Commune, Departement, Procedure

from .models.making import draft


def test_a_template_may_ask_whether_a_variable_is_there():
    assert Template("{% if nulle_part %}oui{% else %}non{% endif %}").render(Context()) == "non"


def test_a_library_s_template_may_print_what_is_not_there():
    assert "actions" in render_to_string("admin/actions.html", {"action_form": []})


@pytest.mark.django_db
def test_rows_that_nothing_orders_come_in_any_order():
    codes = {tuple(Commune.objects.order_by().values_list("pk", flat=True)[:50]) for _ in range(3)}
    assert len(codes) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (Commune.objects.order_by("pk").values_list("pk"), None),
        (Commune.objects.order_by().values_list("departement").distinct(), 104),
        (Procedure.objects.order_by().values_list("departement").annotate(Count("pk")), 13),
        (Departement.objects.filter(pk__in=Procedure.objects.order_by().values("departement")), 13),
    ],
    ids=["ordered", "distinct", "grouped", "inner"],
)
def test_rows_are_the_same_whatever_their_order(rows, count):
    first, second = list(rows), list(rows.all())
    if count is None:
        assert first == second == sorted(first)
    else:
        assert len(first) == len(second) == count
        assert set(map(str, first)) == set(map(str, second))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("test", ["one", "another"])
def test_nothing_is_left_of_what_another_test_committed(test):
    assert Procedure.objects.count() == 14
    draft()
