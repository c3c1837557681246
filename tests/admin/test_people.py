import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from prefectures.models import User, changeset
from prefectures.roles import LECTURE, REDACTION, RESPONSABLE, ROLES
from tests.conftest import ReadingClient
from tests.test_roles import member

from .forms import errors, posted
from .test_tracked import address, person

PASSWORD = "une phrase assez longue"


@pytest.fixture
def nadia(db):
    """Somebody in charge."""
    return member(RESPONSABLE)


@pytest.fixture
def in_charge(nadia):
    """The client of Nadia."""
    return signed_in(nadia)


@pytest.fixture
def samir(db):
    """A colleague who keeps the sheets."""
    return member(REDACTION, "samir")


@pytest.fixture
def keeper(db):
    """The client of somebody who may edit accounts and groups, and is no superuser."""
    return person("view_user", "add_user", "change_user", "view_group", "change_group")


@pytest.fixture
def group(db):
    with changeset("Un groupe pour le test"):
        return Group.objects.create(name="Accueil")


def signed_in(user):
    client = ReadingClient()
    client.force_login(user)
    return client


def ids(*names):
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def save(client, account, **changes):
    """Send the form of ``account`` back with ``changes``; return the answer."""
    url = address(User, "change", account.pk)
    data = posted(client.get(url), **{"reason": "Pour le test", **changes})
    response = client.post(url, data)
    account.refresh_from_db()
    return response


def new_account(**changes):
    return {"username": "lea", "reason": "Arrivée de Léa", **changes}


@pytest.mark.parametrize("raised", [{"is_superuser": "on"}, {"user_permissions": ["1"]}], ids=str)
def test_nobody_hands_out_single_rights_but_a_superuser(keeper, raised):
    with changeset("Un compte pour le test"):
        other = User.objects.create_user("samir")
    url = address(User, "change", other.pk)
    response = keeper.post(url, {**posted(keeper.get(url)), **raised, "reason": "x"})
    assert response.status_code == 302
    other.refresh_from_db()
    assert not other.is_superuser
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
    access = reverse("admin:prefectures_user_access", args=[admin_user.pk])
    assert keeper.get(access).status_code == 403
    assert keeper.post(access, {"action": "link"}).status_code == 403


@pytest.mark.parametrize("is_active", [True, False])
def test_the_access_of_somebody_with_more_rights_is_not_for_others(keeper, is_active):
    with changeset("Un compte pour le test"):
        above = User.objects.create_user("ines", is_staff=True, is_active=is_active)
        above.user_permissions.add(Permission.objects.get(codename="delete_procedure"))
    assert keeper.get(reverse("admin:prefectures_user_access", args=[above.pk])).status_code == 403


def test_somebody_who_is_no_superuser_does_not_change_what_a_group_may(keeper, group):
    url = address(Group, "change", group.pk)
    data = {**posted(keeper.get(url)), "permissions": ["1"], "reason": "x"}
    assert keeper.post(url, data).status_code == 403
    assert not group.permissions.exists()


def offered(response, name):
    return response.context["adminform"].form.fields[name]


@pytest.mark.parametrize(("model", "name"), [(Group, "permissions"), (User, "user_permissions")])
def test_permissions_are_offered_in_french(admin_client, admin_user, group, model, name):
    item = group if model is Group else admin_user
    field = offered(admin_client.get(address(model, "change", item.pk)), name)
    labels = [label for _, label in field.choices]
    assert "Fiches : modifier" in labels
    assert "Régions : voir" in labels
    assert "Régions : supprimer" not in labels
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


# --- Who answers for the accounts -------------------------------------------------------------


def test_the_person_in_charge_opens_an_account_with_a_group_and_no_password(in_charge):
    data = new_account(first_name="Léa", is_staff="on", groups=ids(REDACTION))
    response = in_charge.post(address(User, "add"), data)
    assert response.status_code == 302, errors(response)
    lea = User.objects.get(username="lea")
    assert response.url == reverse("admin:prefectures_user_access", args=[lea.pk])
    assert not lea.has_usable_password()
    assert (lea.first_name, lea.is_staff, lea.is_superuser) == ("Léa", True, False)
    assert [group.name for group in lea.groups.all()] == [REDACTION]
    assert lea.history.get().changeset.reason == "Arrivée de Léa"


def test_a_new_account_is_no_superuser_and_has_no_right_of_its_own(in_charge):
    data = new_account(is_superuser="on", user_permissions=["1"])
    assert in_charge.post(address(User, "add"), data).status_code == 302
    lea = User.objects.get(username="lea")
    assert not lea.is_superuser
    assert not lea.user_permissions.exists()


@pytest.mark.parametrize("window", ["&_popup=1", ""])
def test_a_small_window_is_not_told_the_password_that_is_kept(in_charge, window):
    url = f"{address(User, 'add')}?_to_field=password{window}"
    response = in_charge.post(url, new_account(_to_field="password", _popup="1"))
    assert response.status_code == 400
    assert not User.objects.filter(username=new_account()["username"]).exists()


@pytest.mark.parametrize("username", ["samir", "SAMIR"])
def test_two_accounts_never_have_names_that_people_take_for_one(in_charge, samir, username):
    response = in_charge.post(address(User, "add"), new_account(username=username))
    assert response.status_code == 200
    assert "Un compte porte déjà ce nom" in errors(response)


def test_a_new_account_gets_no_group_with_more_rights(keeper):
    response = keeper.post(address(User, "add"), new_account(groups=ids(REDACTION)))
    assert "que des droits que vous avez vous-même" in errors(response)
    assert not User.objects.filter(username="lea").exists()


def test_the_person_in_charge_moves_a_colleague_to_another_group(in_charge, nadia, samir):
    response = save(in_charge, samir, groups=ids(RESPONSABLE))
    assert response.status_code == 302, errors(response)
    assert [group.name for group in samir.groups.all()] == [RESPONSABLE]
    assert samir.history.first().changeset.author == nadia


def test_the_person_in_charge_closes_an_account_and_opens_it_again(in_charge, samir):
    save(in_charge, samir, is_active=None, is_staff=None)
    assert (samir.is_active, samir.is_staff) == (False, False)
    save(in_charge, samir, is_active="on", is_staff="on")
    assert (samir.is_active, samir.is_staff) == (True, True)


def test_a_closed_account_is_out_at_once(in_charge, samir):
    his = signed_in(samir)
    assert his.get(reverse("admin:index")).status_code == 200
    save(in_charge, samir, is_active=None)
    assert his.get(reverse("admin:index")).status_code == 302


def test_groups_with_more_rights_are_not_offered(keeper, group):
    names = {str(item) for item in offered(keeper.get(address(User, "add")), "groups").queryset}
    assert names == {"Accueil"}


def test_a_new_account_is_proposed_for_the_team(in_charge):
    response = in_charge.get(address(User, "add"))
    assert response.context["adminform"].form["is_staff"].value() is True


def test_groups_are_offered_in_the_order_of_the_alphabet(in_charge):
    field = offered(in_charge.get(address(User, "add")), "groups")
    assert [label for _, label in field.choices] == [LECTURE, REDACTION, RESPONSABLE]


def test_an_account_without_rights_of_its_own_says_so(in_charge, samir):
    assert "Permissions : aucune" in in_charge.get(address(User, "change", samir.pk)).page.text


def test_groups_with_more_rights_are_not_accepted(keeper):
    with changeset("Un compte pour le test"):
        lea = User.objects.create_user("lea")
    response = save(keeper, lea, groups=ids(LECTURE))
    assert "que des droits que vous avez vous-même" in errors(response)
    assert not lea.groups.exists()


def test_a_group_with_more_rights_closes_the_whole_account(in_charge, samir, group):
    with changeset("Pour le test"):
        group.permissions.add(Permission.objects.get(codename="delete_group"))
        samir.groups.add(group)
    url = address(User, "change", samir.pk)
    assert in_charge.get(url).status_code == 200
    data = {"username": "samir", "groups": ids(LECTURE), "reason": "x"}
    assert in_charge.post(url, data).status_code == 403
    assert {item.name for item in samir.groups.all()} == {REDACTION, "Accueil"}


def test_who_may_not_edit_an_account_is_led_to_no_access_of_it(in_charge, admin_user):
    response = in_charge.get(address(User, "change", admin_user.pk))
    assert "/acces/" not in response.content.decode().replace(reverse("admin:access"), "")


def test_nobody_sets_the_password_of_another_person(admin_client, samir):
    shown = admin_client.get(address(User, "change", samir.pk)).content.decode()
    assert "password" not in shown
    taken = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    address_of_old = f"{address(User, 'change', samir.pk)}../password/"
    assert admin_client.post(address_of_old, taken).status_code in (302, 404)
    samir.refresh_from_db()
    assert not samir.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_nobody_shuts_themselves_out(in_charge, nadia, admin_user, name):
    response = save(in_charge, nadia, **{name: None})
    assert "C’est votre propre compte" in errors(response)
    assert getattr(nadia, name)


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_not_even_a_superuser_shuts_themselves_out(admin_client, admin_user, name):
    assert "C’est votre propre compte" in errors(save(admin_client, admin_user, **{name: None}))
    assert getattr(admin_user, name)


def test_the_last_superuser_stays_one(admin_client, admin_user, nadia):
    response = save(admin_client, admin_user, is_superuser=None)
    assert "le dernier compte de super-utilisateur" in errors(response)
    assert admin_user.is_superuser


def test_a_superuser_steps_down_when_there_is_another(admin_client, admin_user):
    with changeset("Un compte pour le test"):
        User.objects.create_superuser("ines", is_staff=True)
    save(admin_client, admin_user, is_superuser=None)
    assert not admin_user.is_superuser


def test_a_superuser_who_left_is_no_other(admin_client, admin_user):
    with changeset("Un compte pour le test"):
        User.objects.create_superuser("ines", is_staff=True, is_active=False)
    response = save(admin_client, admin_user, is_superuser=None)
    assert "le dernier compte de super-utilisateur" in errors(response)


def test_the_last_person_in_charge_stays_where_there_is_no_superuser(in_charge, nadia):
    response = save(in_charge, nadia, groups=ids(REDACTION))
    assert "le dernier compte qui peut ouvrir et fermer les autres" in errors(response)
    assert [group.name for group in nadia.groups.all()] == [RESPONSABLE]


def test_a_person_in_charge_steps_down_when_there_is_another(in_charge, nadia, admin_user):
    save(in_charge, nadia, groups=ids(REDACTION))
    assert [group.name for group in nadia.groups.all()] == [REDACTION]


# --- The groups that the site keeps -----------------------------------------------------------


@pytest.mark.parametrize("name", ROLES)
def test_nobody_edits_a_group_that_the_site_keeps(admin_client, name):
    kept = Group.objects.get(name=name)
    data = {"name": "Autre", "permissions": [], "seen_version": "1", "reason": "x"}
    assert admin_client.post(address(Group, "change", kept.pk), data).status_code == 403
    confirmed = {"post": "yes", "reason": "x"}
    assert admin_client.post(address(Group, "delete", kept.pk), confirmed).status_code == 403
    assert kept.permissions.count() == len(ROLES[name])
    assert Group.objects.filter(name=name).exists()


def test_the_screen_of_a_kept_group_says_so_and_shows_its_rights_in_french(admin_client):
    kept = Group.objects.get(name=RESPONSABLE)
    text = admin_client.get(address(Group, "change", kept.pk)).page.text
    assert "Ce groupe est tenu par le site" in text
    assert "Fiches : modifier" in text
    assert "Imports : annuler" in text
    assert "Can " not in text


def test_another_group_says_nothing_of_the_kind(admin_client, group):
    text = admin_client.get(address(Group, "change", group.pk)).page.text
    assert "tenu par le site" not in text


def test_another_group_cannot_take_the_name_of_a_kept_one(admin_client, group):
    url = address(Group, "change", group.pk)
    response = admin_client.post(url, posted(admin_client.get(url), name=LECTURE, reason="x"))
    assert "existe déjà" in errors(response)


def test_every_right_of_a_kept_group_has_a_french_name(admin_client):
    for name, rights in ROLES.items():
        kept = Group.objects.get(name=name)
        response = admin_client.get(address(Group, "change", kept.pk))
        fields = response.context["adminform"].readonly_fields
        assert "granted" in fields
        granted = response.context["adminform"].model_admin.granted(kept)
        assert len(granted.split(", ")) == len(rights)


def test_rights_over_groups_are_offered_to_nobody(admin_client, group):
    field = offered(admin_client.get(address(Group, "change", group.pk)), "permissions")
    labels = [label for _, label in field.choices]
    assert "Groupes : voir" in labels
    assert "Groupes : modifier" not in labels
