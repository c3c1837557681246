"""Accounts and groups. An account is never deleted: it is deactivated, and stays the author.

Superusers hand out rights; who else may edit accounts and groups sees those rights, no more.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.text import capfirst

from ..models import User, normalised
from .tracked import TrackedAdmin, TrackedForm

ACTIONS = {"view": "voir", "add": "ajouter", "change": "modifier", "delete": "supprimer"}


def grantable(site):
    """Return the permissions of what ``site`` shows, but for what its screens allow to nobody."""
    request = HttpRequest()
    request.user = User(is_superuser=True)
    allowed = Q(pk=None)
    for model, screen in site._registry.items():
        codenames = [
            get_permission_codename(action, model._meta)
            for action in ACTIONS
            if getattr(screen, f"has_{action}_permission")(request)
        ]
        allowed |= Q(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename__in=codenames,
        )
    return Permission.objects.filter(allowed).select_related("content_type")


def in_french(permission):
    """Return "Fiches : modifier"."""
    action, _, _ = permission.codename.partition("_")
    things = permission.content_type.model_class()._meta.verbose_name_plural
    return f"{capfirst(things)} : {ACTIONS[action]}"


class SortedChoices(ModelChoiceIterator):
    def __iter__(self):
        return iter(sorted(super().__iter__(), key=lambda choice: normalised(choice[1])))


class PermissionsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    iterator = SortedChoices

    def label_from_instance(self, permission):
        return in_french(permission)


class RightsAdmin(TrackedAdmin):
    """The screen of what has rights: ``permissions_name`` is the field of its permissions."""

    permissions_name = "permissions"
    rights = ["permissions"]
    # Checkboxes in place of the two lists side by side, which have no name for a screen reader.
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == self.permissions_name:
            return db_field.formfield(
                form_class=PermissionsField,
                queryset=grantable(self.admin_site),
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, *self.rights, "granted"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        shown = {self.permissions_name: "granted"}
        return [
            (title, {**options, "fields": [shown.get(name, name) for name in options["fields"]]})
            for title, options in fieldsets
        ]

    @admin.display(description="permissions")
    def granted(self, obj):
        held = getattr(obj, self.permissions_name).filter(pk__in=grantable(self.admin_site))
        names = map(in_french, held.select_related("content_type"))
        return ", ".join(sorted(names, key=normalised)) or None


class AccountForm(TrackedForm, UserChangeForm):
    pass


class NewAccountForm(TrackedForm, AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User


def has_more_rights(user, other):
    """Whether ``user``, once active, may do something that ``other`` may not."""
    if other.is_superuser:
        return False
    active = User(pk=user.pk, is_active=True)
    return user.is_superuser or not active.get_all_permissions() <= other.get_all_permissions()


@admin.register(User)
class UserAdmin(RightsAdmin, StockUserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    permissions_name = "user_permissions"
    rights = ["is_staff", "is_superuser", "groups", "user_permissions"]
    autocomplete_fields = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active"]

    def has_change_permission(self, request, obj=None):
        """Whoever has more rights keeps their form, and their password, to themselves."""
        is_above = obj is not None and has_more_rights(obj, request.user)
        return not is_above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False


# Django's auth app has registered its own.
admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(RightsAdmin, StockGroupAdmin):
    fields = ["name", "permissions"]
