"""The command for whom nobody can help on a screen: the last one in charge, without their phone."""

import re

import pytest
from django.core.management import CommandError, call_command

from prefectures.access import lockout, second_step
from prefectures.models import changeset
from tests.conftest import ReadingClient

from .signing_in import give_password, noted, phone_for

pytestmark = pytest.mark.django_db


def test_it_forgets_the_phone_opens_the_name_and_gives_a_link(client, claire, capsys, settings):
    phone_for(claire)
    for _ in range(5):
        give_password(ReadingClient(), "faux")
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    call_command("reset_access", "claire")
    assert second_step.phone_of(claire) is None
    assert lockout.closed_until(claire) is None
    said = capsys.readouterr().out
    [link] = re.findall(r"https://guide\.example\.org(/admin/mot-de-passe/\S+)", said)
    assert "Choisir un mot de passe" in client.get(link, follow=True).page.text
    assert [line[:3] for line in noted("codes_off", "link")] == [
        ("codes_off", None, "claire"),
        ("link", None, "claire"),
    ]


def test_a_name_of_no_account_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="Aucun compte ne porte le nom « personne »"):
        call_command("reset_access", "personne")


def test_an_account_that_is_closed_stays_so(samir):
    with changeset("Départ de Samir"):
        samir.is_active = False
        samir.save()
    with pytest.raises(CommandError, match="est fermé"):
        call_command("reset_access", "samir")
    assert noted("link") == []


def test_the_journal_says_that_a_command_did_it(admin_client, samir):
    call_command("reset_access", "samir")
    page = admin_client.get("/admin/journal/?personne=site")
    assert "double authentification remise à zéro" in page.page.text
    assert "commande du site" in page.page.text
