"""What the pages of a mirror say is true on whatever day it is read."""

import re
from datetime import date

import pytest
from django.utils import timezone

from prefectures.mirrored import Copy, making
from prefectures.models import Procedure
from prefectures.public.wording import age, validity

from ..models.making import edited
from .conftest import LIVING
from .test_links import CAHORS, pages

pytestmark = pytest.mark.django_db

COPY = Copy(date(2026, 11, 30), LIVING)


@pytest.fixture
def sheet(small_site):
    return Procedure.objects.with_age().get(slug="prefecture-de-cahors")


def test_every_page_says_that_it_is_a_copy_of_which_day_and_of_what(
    mirror, served, living, in_french
):
    mirror()
    said = f'Copie du site, faite le <time datetime="{timezone.localdate()}">'
    texts = {name: re.sub(r"\s+", " ", text) for name, text in pages(served).items()}
    assert [name for name, text in texts.items() if said not in text] == []
    living_one = f'<a href="{LIVING}/" dir="ltr">{LIVING}</a>'
    assert [name for name, text in texts.items() if living_one not in text] == []


def test_the_living_site_says_nothing_of_a_copy(client, small_site):
    assert "Copie du site" not in client.get("/").content.decode()


def test_an_age_is_a_whole_date(sheet):
    with making(COPY):
        assert re.search(r"Information (du|vérifiée le) \d{1,2}(er)? \w+ 20\d\d", age(sheet))


def test_from_when_to_when_a_sheet_holds_is_said_without_a_today(sheet):
    sheet.valid_from, sheet.valid_until = date(2026, 12, 1), date(2027, 1, 31)
    with making(COPY):
        said = validity(sheet)
    assert said == "Valable à partir du 01/12/2026. Valable jusqu’au 31/01/2027."


def test_no_page_speaks_of_time_that_passes(mirror, served, living, in_french):
    edited(Procedure.objects.get(slug="prefecture-de-cahors"), warning="<p>Un mot.</p>")
    mirror()
    passing = re.compile(r"\bil y a \d+|\baujourd’hui\b|\bhier\b|depuis minuit")
    told = {name: passing.findall(text) for name, text in pages(served).items()}
    shown = {name: words for name, words in told.items() if words and CAHORS in name}
    assert {word for words in shown.values() for word in words} <= {"aujourd’hui"}
