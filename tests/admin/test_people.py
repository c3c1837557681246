import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from prefectures.models import User, changeset
from tests.conftest import ReadingClient

from .forms import posted
from .test_tracked import address, person


@pytest.fixture
def keeper(db):
    """The client of somebody who may edit accounts and groups, and is no superuser."""
    return person("view_user", "add_user", "change_user", "view_group", "change_group")


@pytest.fixture
def group(db):
    with changeset("Un groupe pour le test"):
        return Group.objects.create(name="Lecture")


@pytest.mark.parametrize(
    "raised",
    [
        {"is_superuser": "on"},
        {"is_staff": "on"},
        {"user_permissions": ["1"]},
        {"groups": ["1"]},
    ],
    ids=str,
)
def test_nobody_hands_out_rights_but_a_superuser(keeper, raised):
    with changeset("Un compte pour le test"):
        other = User.objects.create_user("samir")
    url = address(User, "change", other.pk)
    response = keeper.post(url, {**posted(keeper.get(url)), **raised, "reason": "x"})
    assert response.status_code == 302
    other.refresh_from_db()
    assert not other.is_superuser
    assert not other.is_staff
    assert not other.groups.exists()
    assert not other.user_permissions.exists()


def test_nobody_raises_their_own_rights(keeper):
    own = User.objects.get(username="nadia")
    before = set(own.user_permissions.all())
    url = address(User, "change", own.pk)
    data = {**posted(keeper.get(url)), "is_superuser": "on", "reason": "x"}
    keeper.post(url, {**data, "user_permissions": ["1", "2", "3"]})
    own.refresh_from_db()
    assert not own.is_superuser
    assert set(own.user_permissions.all()) == before


def test_the_account_of_a_superuser_is_not_for_others(keeper, admin_user):
    url = address(User, "change", admin_user.pk)
    assert keeper.post(url, {"username": "x", "reason": "x"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[admin_user.pk])
    assert keeper.get(password).status_code == 403
    data = {
        "usable_password": "true",
        "password1": "une autre phrase",
        "password2": "une autre phrase",
    }
    assert keeper.post(password, data).status_code == 403


@pytest.mark.parametrize("is_active", [True, False])
def test_the_password_of_somebody_with_more_rights_is_not_for_others(keeper, is_active):
    with changeset("Un compte pour le test"):
        above = User.objects.create_user("ines", is_staff=True, is_active=is_active)
        above.user_permissions.add(Permission.objects.get(codename="delete_procedure"))
    assert (
        keeper.get(reverse("admin:auth_user_password_change", args=[above.pk])).status_code == 403
    )


def test_a_new_account_has_no_rights_but_from_a_superuser(keeper):
    password = "une phrase assez longue"
    data = {"username": "lea", "usable_password": "true", "password1": password}
    data |= {"password2": password, "is_superuser": "on", "is_staff": "on", "reason": "x"}
    assert keeper.post(address(User, "add"), data).status_code == 302
    new = User.objects.get(username="lea")
    assert (new.is_superuser, new.is_staff) == (False, False)


def test_somebody_who_is_no_superuser_does_not_change_what_a_group_may(keeper, group):
    url = address(Group, "change", group.pk)
    keeper.post(url, {**posted(keeper.get(url)), "permissions": ["1"], "reason": "x"})
    assert not group.permissions.exists()


def offered(response, name):
    return response.context["adminform"].form.fields[name]


@pytest.mark.parametrize(("model", "name"), [(Group, "permissions"), (User, "user_permissions")])
def test_permissions_are_offered_in_french(admin_client, admin_user, group, model, name):
    item = group if model is Group else admin_user
    field = offered(admin_client.get(address(model, "change", item.pk)), name)
    labels = [label for _, label in field.choices]
    assert "Fiches : modifier" in labels
    assert "Régions : voir" in labels
    assert "Régions : supprimer" not in labels
    assert not any("Can " in label or "istorical" in label for label in labels)


def test_a_permission_on_the_history_tables_is_never_granted(admin_client, group):
    hidden = Permission.objects.get(codename="change_historicalprocedure")
    url = address(Group, "change", group.pk)
    data = posted(admin_client.get(url), permissions=[str(hidden.pk)], reason="x")
    response = admin_client.post(url, data)
    assert response.status_code == 200
    assert not group.permissions.exists()


def test_a_superuser_gives_a_group_its_rights(admin_client, group):
    allowed = Permission.objects.get(codename="change_procedure")
    url = address(Group, "change", group.pk)
    admin_client.post(
        url, posted(admin_client.get(url), permissions=[str(allowed.pk)], reason="Rédaction")
    )
    assert list(group.permissions.all()) == [allowed]
    assert group.history.first().changeset.reason == "Rédaction"


def test_a_reader_of_nothing_sees_no_account(beziers):
    client = ReadingClient()
    assert client.get(address(User, "changelist")).status_code == 302
    assert person("view_procedure").get(address(User, "changelist")).status_code == 403
