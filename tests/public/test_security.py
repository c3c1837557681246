"""Whom to tell of a weakness of the site."""

from datetime import UTC, datetime, timedelta

import pytest

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def fields(client, db):
    """Return a function that reads the file as {field: value}, each field once."""

    def fields():
        lines = client.get(ADDRESS).content.decode().splitlines()
        found = dict(line.split(": ", 1) for line in lines)
        assert len(found) == len(lines)
        return found

    return fields


def test_a_weakness_is_told_to_the_association(fields, settings):
    settings.CONTACT_EMAIL = "contact@example.org"
    assert fields()["Contact"] == "mailto:contact@example.org"
    assert fields()["Preferred-Languages"] == "fr, en"


def test_the_file_is_good_for_months_and_for_less_than_a_year(fields):
    left = datetime.fromisoformat(fields()["Expires"]) - datetime.now(UTC)
    assert timedelta(days=90) < left < timedelta(days=364)


def test_the_file_says_where_it_stands(fields, settings):
    assert fields()["Canonical"] == f"http://testserver{ADDRESS}"
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    assert fields()["Canonical"] == f"https://guide.example.org{ADDRESS}"


def test_it_is_plain_text(client, db):
    assert client.get(ADDRESS)["Content-Type"] == "text/plain; charset=utf-8"
