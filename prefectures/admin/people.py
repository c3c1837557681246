"""Accounts and groups. An account is never deleted: it is deactivated, and stays the author."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group

from ..models import User
from .tracked import TrackedAdmin, TrackedForm


class AccountForm(TrackedForm, UserChangeForm):
    pass


class NewAccountForm(TrackedForm, AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User


@admin.register(User)
class UserAdmin(TrackedAdmin, StockUserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    # Checkboxes in place of the two lists side by side, which have no name for a screen reader.
    filter_horizontal = ()
    autocomplete_fields = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False


# Django's auth app has registered its own.
admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(TrackedAdmin, StockGroupAdmin):
    filter_horizontal = ()
