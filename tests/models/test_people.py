import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from prefectures.models import Changeset, User, changeset

from .making import edited, kinds, rows_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def rim():
    return written(User, username="rim", password="!")


def test_an_account_made_by_django_itself_gets_a_changeset():
    user = User.objects.create_user("rim", password="mot-de-passe-de-test")
    assert rows_of(user)[0].changeset.reason == "Création du compte « rim »"


def test_a_first_administrator_gets_a_changeset_too():
    user = User.objects.create_superuser("rim", password="mot-de-passe-de-test")
    assert rows_of(user)[0].is_superuser


def test_an_account_made_in_a_changeset_belongs_to_it():
    with changeset("L’équipe de l’antenne"):
        user = User.objects.create_user("rim", password="mot-de-passe-de-test")
    assert rows_of(user)[0].changeset.reason == "L’équipe de l’antenne"


def test_an_account_cannot_be_deleted(rim):
    with pytest.raises(ProtectedError, match="désactivez-le"), changeset("Pour le test"):
        rim.delete()
    assert User.objects.filter(pk=rim.pk).exists()


def test_accounts_cannot_be_deleted_together(rim):
    with pytest.raises(ProtectedError), changeset("Pour le test"):
        User.objects.filter(username="rim").delete()


def test_an_account_is_deactivated_with_a_reason(rim):
    edited(rim, is_active=False)
    assert [row.is_active for row in rows_of(rim)] == [True, False]


def test_a_new_password_is_no_change_that_history_keeps(rim):
    before = Changeset.objects.count()
    rim.set_password("un-autre-mot-de-passe")
    rim.save()
    assert kinds(rim) == "+"
    assert Changeset.objects.count() == before


def test_the_groups_of_an_account_are_in_its_history(rim):
    group = written(Group, name="Accueil")
    with changeset("Pour le test"):
        rim.groups.add(group)
    assert [row.groups.count() for row in rows_of(rim)] == [0, 1]


def test_accounts_added_to_a_group_from_the_group_are_in_their_history(rim):
    group = written(Group, name="Accueil")
    with changeset("Pour le test"):
        group.user_set.add(rim)
    assert [row.groups.count() for row in rows_of(rim)] == [0, 1]


def test_deleting_a_group_is_in_the_history_of_its_members(rim):
    group = written(Group, name="Accueil")
    with changeset("Pour le test"):
        rim.groups.add(group)
    with changeset("Pour le test"):
        group.delete()
    assert [row.groups.count() for row in rows_of(rim)] == [0, 1, 0]


@pytest.mark.parametrize("name", ["r m", "rim!"])
def test_an_account_with_an_impossible_name_is_refused(name):
    with pytest.raises(ValidationError):
        User.objects.create_user(name, password="mot-de-passe-de-test")


def test_a_person_is_shown_by_the_full_name():
    assert str(User(username="rim", first_name="Rim", last_name="B.")) == "Rim B."


def test_a_person_without_full_name_is_shown_by_the_account(rim):
    assert str(rim) == "rim"


def test_the_author_of_a_changeset_is_kept_for_ever(rim):
    with changeset("Pour le test", author=rim):
        Group.objects.create(name="Accueil")
    assert Changeset.objects.first().author == rim
