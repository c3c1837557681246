"""A screen of the admin asks the database as much for few as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import Link, Prefecture, Procedure, Step, changeset

from ..models.making import all_grounds, edited
from .test_tracked import address

pytestmark = pytest.mark.django_db
LIST = address(Procedure, "changelist")


def add_sheets(first, last):
    """Publish the sheets ``first`` to ``last``, all of Lozère, with parts and contradictions."""
    with changeset("Des fiches pour le test"):
        for number in range(first, last + 1):
            sheet = Procedure.objects.create(
                departement_id="48", title=f"Fiche {number}", publication="published"
            )
            sheet.grounds.add(all_grounds())
            sheet.offices.set(Prefecture.objects.filter(departement="48"))
            for _ in range(2):
                Step.objects.create(procedure=sheet, kind="post", url="https://été.example/")
                Link.objects.create(procedure=sheet, label="Notice", url="https://a.example/")


def asked(client, url):
    # What is kept is made first.
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "url",
    [
        address(Prefecture, "changelist").replace("prefectures/prefecture/", ""),
        LIST,
        f"{LIST}?contradictions=avec",
        f"{LIST}?contradictions=sans",
        f"{LIST}?age=inconnue",
        f"{LIST}?changees=semaine",
        f"{LIST}?q=notice",
        f"{LIST}?q=48",
        f"{LIST}contradictions/",
        f"{LIST}contradictions/?kind=accented_host",
        address(Procedure, "add"),
        address(Prefecture, "changelist"),
        address(Prefecture, "changelist").replace("prefecture/", "departement/")
        + "?couverture=ancienne",
        address(Prefecture, "changelist").replace("prefecture/", "changeset/"),
    ],
)
def test_a_screen_asks_as_much_for_two_sheets_as_for_sixty(admin_client, url):
    add_sheets(1, 2)
    for_two = asked(admin_client, url)
    add_sheets(3, 60)
    assert asked(admin_client, url) == for_two


@pytest.mark.parametrize("view", ["change", "history"])
def test_a_sheet_asks_as_much_whatever_its_past_and_its_neighbours(admin_client, view):
    add_sheets(1, 1)
    sheet = Procedure.objects.get(title="Fiche 1")
    for number in range(25):
        edited(sheet, headline=f"La {number}")
    url = address(Procedure, view, sheet.pk)
    before = asked(admin_client, url)
    add_sheets(2, 12)
    for number in range(25):
        edited(sheet, headline=f"Encore {number}")
    assert asked(admin_client, url) == before
