"""Pages of errors need nothing that may be missing just then."""

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils import translation
from whitenoise.storage import CompressedManifestStaticFilesStorage

from prefectures.models import Departement

from ..page import read_public_page


@pytest.fixture
def nothing_collected(monkeypatch, tmp_path):
    monkeypatch.setattr(django_settings, "STATIC_ROOT", tmp_path)
    nothing = CompressedManifestStaticFilesStorage(location=tmp_path)
    monkeypatch.setattr(storage.staticfiles_storage, "_wrapped", nothing)


@pytest.mark.parametrize(
    "name", ["400", "403", "403_csrf", "404", "405", "410", "500", "no_answer"]
)
def test_an_error_is_told_where_no_file_of_the_site_is_collected(db, nothing_collected, name):
    shown = {
        "departement": Departement.objects.get(code="34"),
        "slug": "a",
        "title": "Fiche",
        "said": "Il n’y a rien.",
        "links": [],
        "is_too_long": False,
    }
    page = render_to_string(f"{name}.html", shown, request=RequestFactory().get("/"))
    assert read_public_page(page).text


@pytest.mark.parametrize("name", ["500", "503"])
def test_an_error_of_the_server_leads_home_in_its_language_without_a_database(name):
    with translation.override("ar"):
        page = read_public_page(render_to_string(f"{name}.html"))
    assert page.attributes["lang"] == "ar"
    assert page.links == ["/ar/"]


def test_a_page_that_names_a_file_would_fail_there(nothing_collected):
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        static("prefectures/page.js")
