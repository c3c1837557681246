"""Beside the age of a sheet, what the watch knows: a dead link, a page that changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import SheetAlert

from ..models.making import edited

pytestmark = pytest.mark.django_db
DEAD = "Un lien de cette fiche ne répond plus depuis le 03/11/2026."
CHANGED = "La page de la préfecture a changé depuis le 12/11/2026."
PAGES = [
    "/departements/34-herault/sous-prefecture-de-beziers/",
    "/departements/34-herault/",
    "/communes/34032-beziers/",
]


@pytest.fixture
def alert(beziers):
    return SheetAlert.objects.create(
        procedure=beziers,
        version=beziers.version,
        dead_since="2026-11-03",
        changed_since="2026-11-12",
    )


@pytest.mark.parametrize("path", PAGES)
def test_readers_are_told_of_both_wherever_the_sheet_stands(client, alert, path):
    text = client.get(path).page.text
    assert DEAD in text
    assert CHANGED in text


def test_without_an_alert_nothing_is_said(client, beziers):
    text = client.get(PAGES[0]).page.text
    assert "ne répond plus" not in text
    assert "a changé depuis" not in text


def test_one_of_the_two_is_told_alone(client, alert):
    alert.changed_since = None
    alert.save()
    text = client.get(PAGES[0]).page.text
    assert DEAD in text
    assert "a changé depuis" not in text


def test_an_edit_takes_it_away_until_it_is_known_to_hold_still(client, alert, beziers):
    edited(beziers, headline="Une autre phrase.")
    assert "ne répond plus" not in client.get(PAGES[0]).page.text


def test_a_page_that_is_not_the_prefecture_s_is_not_called_so(client, alert, beziers):
    for link in beziers.links.all():
        edited(link, publisher="lawyer")
    for quotation in beziers.quotations.all():
        edited(quotation, publisher="lawyer", author="Un cabinet")
    beziers.refresh_from_db()
    SheetAlert.objects.update(version=beziers.version)
    text = client.get(PAGES[0]).page.text
    assert "Une page d’où vient l’information a changé depuis le 12/11/2026." in text


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_it_is_told_in_each_language(client, alert, language):
    text = client.get(f"/{language}{PAGES[0]}").page.text
    assert "ne répond plus" not in text
    assert text.count("2026") >= 2


@pytest.mark.parametrize("path", PAGES)
def test_it_takes_no_question_more(client, alert, path, django_assert_num_queries):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    count = len(queries)
    alert.delete()
    with django_assert_num_queries(count):
        client.get(path)
