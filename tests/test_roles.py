"""The groups that the site keeps: there after a migrate, with their rights and no other."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor

from prefectures.models import Changeset, User, changeset
from prefectures.roles import (
    LECTURE,
    REDACTION,
    RESPONSABLE,
    ROLES,
    groups_within_rights_of,
    keep_groups,
    keepers_of_accounts,
    superusers,
)

from .models.making import rows_of, written

pytestmark = pytest.mark.django_db

NEVER = ("historical", "session", "contenttype", "permission", "logentry", "pendingimport")


def member(name, username="nadia", **fields):
    """Return somebody of the team in the group ``name``."""
    with changeset("Un compte pour le test"):
        user = User.objects.create_user(username, **{"is_staff": True, **fields})
        user.groups.add(Group.objects.get(name=name))
    return User.objects.get(pk=user.pk)


def held(name):
    rights = Group.objects.get(name=name).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app_label}.{codename}" for app_label, codename in rights}


@pytest.mark.parametrize("name", ROLES)
def test_a_group_has_its_rights_and_no_other(name):
    assert held(name) == ROLES[name]


@pytest.mark.parametrize("name", ROLES)
def test_no_group_reaches_what_is_behind_the_screens(name):
    assert not [right for right in held(name) if any(word in right for word in NEVER)]


def test_a_reader_may_only_look():
    assert all(right.startswith("prefectures.view_") for right in ROLES[LECTURE])


def test_each_group_may_all_that_the_one_before_may():
    assert ROLES[LECTURE] < ROLES[REDACTION] < ROLES[RESPONSABLE]


def test_nobody_may_delete_an_account_or_touch_a_group():
    refused = {"prefectures.delete_user"}
    refused |= {f"auth.{action}_group" for action in ("add", "change", "delete")}
    assert not refused & ROLES[RESPONSABLE]


def test_groups_that_are_right_are_not_written_again():
    before = Changeset.objects.count()
    keep_groups()
    assert Changeset.objects.count() == before


def test_a_right_that_was_taken_off_comes_back():
    with changeset("Pour le test"):
        Group.objects.get(name=REDACTION).permissions.clear()
    keep_groups()
    assert held(REDACTION) == ROLES[REDACTION]


def test_a_right_that_was_added_goes():
    with changeset("Pour le test"):
        Group.objects.get(name=LECTURE).permissions.add(
            Permission.objects.get(codename="delete_procedure")
        )
    keep_groups()
    assert held(LECTURE) == ROLES[LECTURE]


def test_a_group_that_is_gone_comes_back_with_a_reason_and_no_author():
    with changeset("Pour le test"):
        Group.objects.get(name=LECTURE).delete()
    keep_groups()
    record = rows_of(Group.objects.get(name=LECTURE))[-1].changeset
    assert record.reason == "Droits des groupes que le site tient"
    assert (record.author, record.origin) == (None, Changeset.Origin.COMMAND)


def test_other_groups_are_left_alone():
    other = written(Group, name="Accueil")
    with changeset("Pour le test"):
        other.permissions.add(Permission.objects.get(codename="view_procedure"))
    keep_groups()
    assert held("Accueil") == {"prefectures.view_procedure"}


def test_members_keep_their_group_through_a_migrate():
    person = member(REDACTION)
    call_command("migrate", verbosity=0)
    assert [group.name for group in person.groups.all()] == [REDACTION]


def test_permissions_that_do_not_exist_yet_are_made_first():
    with changeset("Pour le test"):
        for group in Group.objects.filter(name__in=ROLES):
            group.delete()
    Permission.objects.all().delete()
    keep_groups()
    assert held(RESPONSABLE) == ROLES[RESPONSABLE]


def test_nothing_is_written_while_migrations_wait(monkeypatch):
    with changeset("Pour le test"):
        Group.objects.get(name=LECTURE).delete()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["0002"])
    keep_groups()
    assert not Group.objects.filter(name=LECTURE).exists()


@pytest.mark.django_db(transaction=True)
def test_the_groups_are_there_again_after_a_flush(unguarded):
    call_command("flush", verbosity=0, interactive=False)
    assert {name: held(name) for name in ROLES} == ROLES


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        (LECTURE, {LECTURE}),
        (REDACTION, {LECTURE, REDACTION}),
        (RESPONSABLE, {LECTURE, REDACTION, RESPONSABLE}),
    ],
)
def test_nobody_gives_a_group_with_more_rights_than_their_own(name, granted):
    offered = groups_within_rights_of(member(name))
    assert {group.name for group in offered} == granted


def test_a_right_of_one_s_own_counts_with_those_of_one_s_groups():
    person = member(LECTURE)
    with changeset("Pour le test"):
        person.user_permissions.set(
            Permission.objects.filter(
                codename__in=["add_procedure", "change_procedure", "delete_procedure"]
            )
        )
    assert {group.name for group in groups_within_rights_of(person)} == {LECTURE, REDACTION}


def test_a_group_with_a_single_right_too_many_is_not_offered():
    other = written(Group, name="Accueil")
    with changeset("Pour le test"):
        other.permissions.set(
            Permission.objects.filter(codename__in=["view_procedure", "delete_group"])
        )
    assert other not in groups_within_rights_of(member(RESPONSABLE))


def test_a_superuser_may_give_any_group(admin_user):
    assert groups_within_rights_of(admin_user).count() == Group.objects.count()


def test_superusers_and_those_in_charge_keep_the_accounts(admin_user):
    nadia = member(RESPONSABLE)
    member(REDACTION, "samir")
    assert set(keepers_of_accounts()) == {admin_user, nadia}


@pytest.mark.parametrize("missing", ["is_active", "is_staff"])
def test_who_cannot_come_in_keeps_no_account(admin_user, missing):
    member(RESPONSABLE, **{missing: False})
    assert list(keepers_of_accounts()) == [admin_user]
    assert list(superusers()) == [admin_user]
