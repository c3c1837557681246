"""The first account: made once, its password shown once."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from prefectures.models import Changeset, User, changeset

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(capsys):
    call_command("create_first_admin")
    return capsys.readouterr().out


def credentials(said):
    username = re.search(r"nom d’utilisateur : (\S+)", said)[1]
    return {"username": username, "password": re.search(r"mot de passe +: (\S+)", said)[1]}


def test_the_password_that_is_shown_opens_the_admin(said, client):
    answer = client.post(reverse("admin:login"), credentials(said))
    assert answer.status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_password_is_shown_once_and_is_long(said):
    password = credentials(said)["password"]
    assert said.count(password) == 1
    assert len(password) >= 16


def test_the_account_is_called_admin_and_may_everything(said):
    user = User.objects.get()
    assert (user.username, user.is_staff, user.is_superuser) == ("admin", True, True)


def test_the_password_is_nowhere_in_the_history(said):
    password = credentials(said)["password"]
    assert "password" not in [f.name for f in User.history.model._meta.fields]
    assert password not in Changeset.objects.first().reason


def test_its_creation_has_a_reason(said):
    record = User.history.get().changeset
    assert record.reason == "Création du premier compte d’administration"
    assert record.origin == "command"


def test_the_second_time_nothing_happens(said, capsys):
    call_command("create_first_admin")
    assert capsys.readouterr().out == ""
    assert User.objects.count() == 1


def test_every_password_is_another(said, capsys):
    first, user = credentials(said)["password"], User.objects.get()
    user.is_active = False
    with changeset("Il s’en va"):
        user.save()
    call_command("create_first_admin")
    assert credentials(capsys.readouterr().out)["password"] != first


def test_an_existing_admin_is_enough(admin_user, capsys):
    call_command("create_first_admin")
    assert capsys.readouterr().out == ""
    assert User.objects.get() == admin_user


def test_an_admin_who_was_deactivated_is_not_enough(admin_user, capsys):
    admin_user.is_active = False
    with changeset("Elle est partie"):
        admin_user.save()
    call_command("create_first_admin")
    assert credentials(capsys.readouterr().out)["username"] == "admin"


def test_a_name_that_is_taken_is_left_to_its_owner(capsys):
    with changeset("Des comptes"):
        for username in ("admin", "admin2"):
            User.objects.create_user(username, password="mot-de-passe-de-test")
    call_command("create_first_admin")
    assert credentials(capsys.readouterr().out)["username"] == "admin3"
    assert not User.objects.get(username="admin").is_superuser
