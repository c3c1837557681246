"""Who may do what: three groups that the site keeps, each with the rights of the one before."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q
from django.utils.text import capfirst

from .gate.migrated import is_behind
from .models.people import User
from .models.tracking import changeset

LECTURE, REDACTION, RESPONSABLE = "Lecture", "Rédaction", "Responsable"


def _rights(*actions, on):
    return {f"prefectures.{action}_{model}" for model in on for action in actions}


_SEES = _rights(
    "view",
    on=[
        "region",
        "departement",
        "arrondissement",
        "commune",
        "prefecture",
        "ground",
        "helpplace",
        "glossaryterm",
        "generaltext",
        "procedure",
    ],
)
_EDITS = _rights("add", "change", "delete", on=["procedure"])
_ANSWERS = (
    _rights(
        "add",
        "change",
        "delete",
        on=["prefecture", "ground", "helpplace", "glossaryterm", "generaltext"],
    )
    # INSEE decides which there are.
    | _rights("change", on=["region", "departement"])
    # An account is deactivated, never deleted.
    | _rights("view", "add", "change", on=["user"])
    | {"auth.view_group", "prefectures.view_changeset", "prefectures.undo_import"}
)

ROLES = {
    LECTURE: _SEES,
    REDACTION: _SEES | _EDITS,
    RESPONSABLE: _SEES | _EDITS | _ANSWERS,
}

ACTIONS = {"view": "voir", "add": "ajouter", "change": "modifier", "delete": "supprimer"}
# What is more than a screen's four actions.
OTHER_RIGHTS = {
    "view_changeset": "Journal : voir",
    "undo_import": "Imports : annuler",
}


def right_in_french(permission):
    """Return "Fiches : modifier"; of a right that no screen knows, what Django calls it."""
    if permission.codename in OTHER_RIGHTS:
        return OTHER_RIGHTS[permission.codename]
    action, _, _ = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if action not in ACTIONS or model is None:
        return permission.name
    return f"{capfirst(model._meta.verbose_name_plural)} : {ACTIONS[action]}"


def is_kept(group):
    """Whether the site keeps ``group``: its name and its rights are not for anybody to change."""
    return group.name in ROLES


def keep_groups(using=DEFAULT_DB_ALIAS, **kwargs):
    """Give the three groups their rights back, after each migrate; those they have stay as is."""
    if is_behind(connections[using]):
        return
    # Django's own receiver makes the permissions of an app when its turn comes, after this one.
    for label in ("prefectures", "auth"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    with changeset("Droits des groupes que le site tient"):
        for name, rights in ROLES.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set(_permissions(rights))


def _permissions(rights):
    wanted = Q(pk=None)
    for right in rights:
        app_label, _, codename = right.partition(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(wanted)


def groups_within_rights_of(user):
    """Return the groups that give nobody more than ``user`` may do."""
    if user.is_superuser:
        return Group.objects.all()
    held = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    beyond = Permission.objects.exclude(pk__in=held.values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def superusers():
    return _at_work().filter(is_superuser=True)


def keepers_of_accounts():
    """Return who may open and close accounts by their role."""
    is_keeper = Q(is_superuser=True) | Q(groups__name=RESPONSABLE)
    return _at_work().filter(is_keeper).distinct()


def _at_work():
    return User.objects.filter(is_staff=True, is_active=True)
