"""The first page of the admin: every figure leads to the list of what it counts."""

import itertools
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from prefectures.models import Procedure, Verification, WatchRun, changeset

from ..models.making import draft, edited, published, written
from .test_tracked import person

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


@pytest.fixture
def busy_site(beziers):
    """A sheet of each kind that the desk tells apart."""
    edited(beziers, updated_on=timezone.localdate())
    draft("Un brouillon")
    published("Sans date", departement="81")
    return beziers


def figures(page):
    desk = page.context["desk"]
    found = [*desk["figures"], desk["changed"], *desk["coverage"].figures]
    for region in desk["regions"]:
        found += region.figures
    return found


def counted(page):
    """Return how many objects a list (or the report) shows."""
    if "cl" in page.context:
        return page.context["cl"].result_count
    if "waiting_count" in page.context:
        return page.context["waiting_count"]
    return page.context["sheet_count"]


def test_every_figure_leads_to_a_list_of_as_many(admin_client, busy_site):
    wrong = [
        (figure.label, figure.count, counted(admin_client.get(figure.url)))
        for figure in figures(admin_client.get(DESK))
        if counted(admin_client.get(figure.url)) != figure.count
    ]
    assert wrong == []


def test_the_figures_tell_ages_apart(admin_client, busy_site):
    _, old, unknown, fresh, _, drafts = admin_client.get(DESK).context["desk"]["figures"]
    assert (old.count, unknown.count, fresh.count, drafts.count) == (13, 1, 1, 1)


AGES = list(itertools.product([None, 1, 400], repeat=2))


@pytest.mark.parametrize(("updated", "verified"), AGES)
def test_the_figures_tell_ages_as_the_lists_do(admin_client, updated, verified):
    def days_ago(days):
        return days and timezone.localdate() - timedelta(days)

    sheet = published("De cet âge", updated_on=days_ago(updated))
    if verified:
        written(Verification, procedure=sheet, verified_on=days_ago(verified))
        written(Verification, procedure=sheet, verified_on=days_ago(900))
    told = admin_client.get(DESK).context["desk"]["figures"][1:4]
    assert [figure.count for figure in told] == [
        counted(admin_client.get(figure.url)) for figure in told
    ]


def test_one_is_not_told_as_several(admin_client, busy_site):
    labels = [figure.label for figure in admin_client.get(DESK).context["desk"]["figures"]]
    assert labels == [
        "à vérifier",
        "publiées, de 6 mois ou plus",
        "publiée, sans date connue",
        "publiée, de moins de 6 mois",
        "qui se contredisent",
        "brouillon",
    ]


def test_regions_are_in_the_order_of_the_alphabet(admin_client):
    names = [region.name for region in admin_client.get(DESK).context["desk"]["regions"]]
    assert names.index("Île-de-France") == names.index("Hauts-de-France") + 1
    assert names[-1] == "Hors région"


def test_each_departement_is_counted_once(admin_client, busy_site):
    desk = admin_client.get(DESK).context["desk"]
    assert desk["coverage"].total == 104
    assert sum(region.total for region in desk["regions"]) == 104
    assert desk["coverage"].counts == {"a-jour": 1, "ancienne": 12, "aucune": 91}


def test_the_chart_says_in_words_what_it_shows(admin_client, busy_site):
    html = admin_client.get(DESK).content.decode()
    assert re.search(r'role="img"\s+aria-label="France : 1 avec une fiche à jour, 12 avec', html)


def test_what_colleagues_changed_is_there_with_its_reason(admin_client, beziers):
    with changeset("Le formulaire a changé"):
        beziers.headline = "Autre"
        beziers.save()
    assert "Le formulaire a changé" in admin_client.get(DESK).page.text


def test_a_sheet_deleted_since_leads_to_its_history(admin_client):
    sheet = draft("Bientôt supprimée")
    url = reverse("admin:prefectures_procedure_history", args=[sheet.pk])
    with changeset("Un doublon"):
        sheet.delete()
    page = admin_client.get(DESK).page
    assert "Un doublon une fiche supprimée" in page.text
    assert url in page.links
    assert admin_client.get(url).status_code == 200


def test_who_may_not_see_departements_is_told_nothing_of_them():
    page = person("view_procedure").get(DESK)
    assert "coverage" not in page.context["desk"]
    assert "Départements couverts" not in page.page.text


def test_a_watch_that_never_ran_is_told_loudly(admin_client):
    page = admin_client.get(DESK)
    assert "La surveillance n’a encore jamais tourné" in page.page.text
    assert 'role="alert"' in page.content.decode()


def test_a_watch_that_runs_says_when_and_one_that_stopped_says_since_when(admin_client):
    now = timezone.now()
    for ended, words in [(20, "Dernier passage de la surveillance"), (200, "ne tourne plus")]:
        WatchRun.objects.all().delete()
        at = now - timedelta(minutes=ended)
        WatchRun.objects.create(started_at=at, ended_at=at, due=3, checked=3)
        assert words in admin_client.get(DESK).page.text


def test_who_may_not_see_sheets_sees_no_figures():
    page = person("view_ground").get(DESK)
    assert page.context["desk"] is None
    assert "Ce qui vous attend" not in page.page.text


def test_the_desk_asks_as_much_of_the_database_for_many_sheets(admin_client):
    counts = []
    for departement in ("09", "11"):
        # Where something changed, contradictions are made anew first.
        admin_client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(DESK)
        counts.append(len(queries))
        with changeset("Pour le test"):
            for number in range(20):
                Procedure.objects.create(title=f"Fiche {number}", departement_id=departement)
    assert counts[0] == counts[1]
