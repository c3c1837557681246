"""The content of a published version, for whoever checks its digest."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from django.utils import timezone

from prefectures.models import PublishedDocument

from .past import LYON, MARCH_3, versions

# As rich lists are kept.
THIRD = "<ul><li>Troisième version.</li></ul>"


@pytest.fixture
def content(client, three_versions):
    """Return a function that asks for the content of a version by its place."""

    def content(place):
        number = versions(three_versions)[place]
        return client.get(f"{MARCH_3}document.json?v={number}")

    return content


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_digest_of_the_page_is_that_of_the_very_bytes(client, three_versions, content, place):
    body = content(place).content
    digest = sha256(body).hexdigest()
    page = client.get(f"{MARCH_3}?v={versions(three_versions)[place]}").page
    assert digest in page.text
    row = PublishedDocument.objects.filter(procedure=three_versions.pk).order_by("pk")[place]
    assert digest == row.sha256


def test_the_page_leads_to_the_content_that_it_shows(client, three_versions):
    page = client.get(MARCH_3).page
    [address] = [link for link in page.links if "document.json" in link]
    assert json.loads(client.get(address).content)["conditions"] == THIRD


@pytest.mark.usefixtures("three_versions")
def test_without_a_number_the_content_is_that_of_the_page(client):
    assert "Troisième version." in client.get(f"{MARCH_3}document.json").content.decode()


def test_the_content_is_sent_as_what_it_is(content):
    response = content(0)
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'inline; filename="document.json"'
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-cache, no-transform"


def test_the_content_bears_its_digest_and_is_never_packed(client, three_versions):
    response = client.get(f"{MARCH_3}document.json", headers={"accept-encoding": "gzip, br"})
    digest = b64encode(sha256(response.content).digest()).decode()
    assert response["Content-Digest"] == f"sha-256=:{digest}:"
    assert "Content-Encoding" not in response


def test_the_content_names_nobody_and_no_internal_reason(client, publish, edit, admin_user):
    edit(publish("Mme Untel, dossier 4512", author=admin_user), "Encore", title="Autre titre")
    today = timezone.localdate().isoformat()
    body = client.get(f"{LYON}au/{today}/document.json").content.decode()
    assert "Untel" not in body
    assert admin_user.username not in body


def test_a_new_edition_of_the_site_changes_no_digest(client, three_versions, monkeypatch):
    """What is asked for is what was kept: nothing is written anew."""
    before = client.get(f"{MARCH_3}document.json").content
    monkeypatch.setattr("prefectures.published.format_1.SHEET", ["title"])
    assert client.get(f"{MARCH_3}document.json").content == before
