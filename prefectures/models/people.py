"""Who may write. A person is never deleted, only deactivated: what they wrote keeps its author."""

from contextlib import nullcontext

import simple_history
from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from ..gate.unit_of_work import UntrackedWriteError, current_changeset
from .tracking import TrackedModel, TrackedQuerySet, TrackedRecords, changeset


class TeamManager(UserManager.from_queryset(TrackedQuerySet)):
    def create_user(self, username, email=None, password=None, **extra_fields):
        with self._reason(username):
            return super().create_user(username, email, password, **extra_fields)

    def create_superuser(self, username, email=None, password=None, **extra_fields):
        with self._reason(username):
            return super().create_superuser(username, email, password, **extra_fields)

    def _reason(self, username):
        """Django's own createsuperuser knows nothing of changesets: give it one."""
        if current_changeset():
            return nullcontext()
        return changeset(f"Création du compte « {username} »")


class User(TrackedModel, AbstractUser):
    history = TrackedRecords(
        # A copy of a password hash, or of each sign-in, has no place in a history kept for ever.
        excluded_fields=["password", "last_login"],
        m2m_fields=["groups", "user_permissions"],
    )

    objects = TeamManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "compte"
        verbose_name_plural = "comptes"

    def __str__(self):
        return self.get_full_name() or self.username


@receiver(pre_delete, sender=User)
def keep_authors(sender, instance, **kwargs):
    raise ProtectedError("Un compte ne se supprime pas : désactivez-le.", {instance})


# app= keeps the history's table and migration in this app; without it they land in Django's own.
simple_history.register(
    Group, app="prefectures", records_class=TrackedRecords, m2m_fields=["permissions"]
)


@receiver(pre_save, sender=Group)
def refuse_groups_without_changeset(sender, instance, **kwargs):
    """Django's own model saves first and tells afterwards, when nothing takes it back."""
    if current_changeset() is None:
        raise UntrackedWriteError(f"Group {instance}: open a changeset (who, why) before writing.")


@receiver(pre_delete, sender=Group)
def note_the_members(sender, instance, **kwargs):
    """They lose the group with it: a write that Django sends no signal of."""
    writing = current_changeset()
    if writing is not None:
        for pk in instance.user_set.values_list("pk", flat=True):
            writing.touch(User, pk)
