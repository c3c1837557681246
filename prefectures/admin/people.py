"""Accounts and groups. An account is never deleted: it is deactivated, and stays the author.

Superusers hand out any right. Who else may edit accounts opens and closes them, and puts people in
groups whose rights are no more than their own. Three groups are the site's (roles.py).
"""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth import get_permission_codename
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import UserChangeForm, UsernameField
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from ..models import User
from ..roles import (
    ACTIONS,
    OTHER_RIGHTS,
    RESPONSABLE,
    groups_within_rights_of,
    is_kept,
    keepers_of_accounts,
    right_in_french,
    superusers,
)
from ..text.naming import normalised
from .access.account import HasAccess
from .tracked import TrackedAdmin, TrackedForm, with_fields
from .unaskable import KeysField


def grantable(site):
    """Return the permissions of what ``site`` shows, but for what its screens allow to nobody."""
    request = HttpRequest()
    request.user = User(is_superuser=True)
    allowed = Q(content_type__app_label="prefectures", codename__in=OTHER_RIGHTS)
    for model in filter(site.is_registered, apps.get_models()):
        screen = site.get_model_admin(model)
        codenames = [
            get_permission_codename(action, model._meta)
            for action in getattr(screen, "grantable_actions", ACTIONS)
            if getattr(screen, f"has_{action}_permission")(request)
        ]
        allowed |= Q(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename__in=codenames,
        )
    return Permission.objects.filter(allowed).select_related("content_type")


class SortedChoices(ModelChoiceIterator):
    def __iter__(self):
        return iter(sorted(super().__iter__(), key=lambda choice: normalised(choice[1])))


class SortedField(KeysField):
    widget = forms.CheckboxSelectMultiple
    iterator = SortedChoices


class PermissionsField(SortedField):
    def label_from_instance(self, permission):
        return right_in_french(permission)


class RightsAdmin(TrackedAdmin):
    """The screen of what has rights: ``permissions_name`` is the field of its permissions."""

    permissions_name = "permissions"
    rights = ["permissions"]
    # Checkboxes in place of the two lists side by side, which have no name for a screen reader.
    filter_horizontal = ()

    def may_grant(self, request, obj):
        return request.user.is_superuser and self.may_write(request, obj)

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
        return fields if self.may_grant(request, obj) else [*fields, *self.rights, "granted"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.may_grant(request, obj):
            return fieldsets
        shown = {self.permissions_name: "granted"}
        return with_fields(fieldsets, lambda name: shown.get(name, name))

    @admin.display(description="permissions")
    def granted(self, obj):
        held = getattr(obj, self.permissions_name).filter(pk__in=grantable(self.admin_site))
        names = map(right_in_french, held.select_related("content_type"))
        return ", ".join(sorted(names, key=normalised)) or "aucune"


class AccountForm(TrackedForm, UserChangeForm):
    """``editor`` is who edits: the screen sets it."""

    editor = None

    def clean(self):
        cleaned = super().clean()
        if self.instance == self.editor:
            self._refuse_to_shut_oneself_out(cleaned)
        if not self.errors:
            self._refuse_to_leave_nobody(cleaned)
        return cleaned

    def _refuse_to_shut_oneself_out(self, cleaned):
        for name in ("is_active", "is_staff"):
            if not cleaned.get(name, True):
                self.add_error(
                    name,
                    "C’est votre propre compte : sans cette case, vous ne pourriez plus entrer. "
                    "Demandez à quelqu’un d’autre de le fermer.",
                )

    def _refuse_to_leave_nobody(self, cleaned):
        stays = all(
            cleaned.get(name, getattr(self.instance, name)) for name in ("is_active", "is_staff")
        )
        is_superuser = stays and cleaned.get("is_superuser", self.instance.is_superuser)
        groups = cleaned.get("groups", self.instance.groups.all())
        is_keeper = is_superuser or (stays and RESPONSABLE in {group.name for group in groups})
        if not is_superuser and self._is_the_last_of(superusers()):
            self.add_error(
                None,
                "C’est le dernier compte de super-utilisateur en service : donnez d’abord ce "
                "statut à quelqu’un d’autre.",
            )
        elif not is_keeper and self._is_the_last_of(keepers_of_accounts()):
            self.add_error(
                None,
                "C’est le dernier compte qui peut ouvrir et fermer les autres : mettez d’abord "
                f"quelqu’un d’autre dans le groupe « {RESPONSABLE} ».",
            )

    def _is_the_last_of(self, people):
        return list(people.values_list("pk", flat=True)[:2]) == [self.instance.pk]


class NewAccountForm(TrackedForm, forms.ModelForm):
    """Opens an account without a password, which its owner chooses."""

    class Meta:
        model = User
        fields = ["username"]
        field_classes = {"username": UsernameField}

    def clean_username(self):
        username = self.cleaned_data["username"]
        # "Nadia" beside "nadia" would be taken for the same person.
        if User.objects.filter(username__iexact=username).exists():
            raise self.instance.unique_error_message(User, ["username"])
        return username

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


def has_more_rights(user, other):
    """Whether ``user``, once active, may do something that ``other`` may not."""
    if other.is_superuser:
        return False
    active = User(pk=user.pk, is_active=True)
    return user.is_superuser or not active.get_all_permissions() <= other.get_all_permissions()


@admin.register(User)
class UserAdmin(HasAccess, RightsAdmin, StockUserAdmin):
    one = "un compte"
    form = AccountForm
    add_form = NewAccountForm
    permissions_name = "user_permissions"
    rights = ["is_superuser", "user_permissions"]
    readonly_fields = ["access", "last_login", "date_joined"]
    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active"]
    # Its own says that the rest is asked afterwards.
    add_form_template = None
    add_fieldsets = [
        (None, {"fields": ["username"]}),
        ("Qui", {"fields": ["first_name", "last_name", "email"]}),
        ("Ce que la personne peut faire", {"fields": ["is_staff", "groups"]}),
    ]

    def has_change_permission(self, request, obj=None):
        """Whoever has more rights keeps their form, and their password, to themselves."""
        is_above = obj is not None and has_more_rights(obj, request.user)
        return not is_above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fieldsets(self, request, obj=None):
        shown = {"password": "access" if self.may_write(request, obj) else None}
        return with_fields(super().get_fieldsets(request, obj), lambda name: shown.get(name, name))

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        is_followed = IS_POPUP_VAR in request.POST or "_addanother" in request.POST
        if is_followed or not self.has_change_permission(request, obj):
            return response
        # The account has no password yet: its owner is given a link.
        return HttpResponseRedirect(reverse("admin:prefectures_user_access", args=[obj.pk]))

    def get_changeform_initial_data(self, request):
        # Whoever has an account here is of the team.
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form)(form.__name__, (form,), {"editor": request.user})

    def confirm(self, request, form):
        # Of two who close each other's account at once, the second sees what the first did.
        Group.objects.select_for_update().filter(name=RESPONSABLE).first()
        form.full_clean()
        if form.errors:
            raise ValidationError(next(iter(form.errors.values())))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "groups":
            # The small window that adds a group would find no list to put it in.
            field.widget.can_add_related = False
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return db_field.formfield(
            form_class=SortedField,
            queryset=groups_within_rights_of(request.user),
            widget=forms.CheckboxSelectMultiple,
            help_text="Lecture voit les fiches ; Rédaction les tient et les publie ; Responsable "
            "tient aussi les guichets, les motifs et les comptes.",
            error_messages={
                "invalid_choice": "Vous ne pouvez donner que des droits que vous avez vous-même."
            },
        )


# Django's auth app has registered its own; django-otp's show what phones keep secret.
admin.site.unregister([Group, StaticDevice, TOTPDevice])


@admin.register(Group)
class GroupAdmin(RightsAdmin, StockGroupAdmin):
    """Superusers make groups of their own; those that the site keeps are looked at."""

    one = "un groupe"
    # Nobody gains anything by holding the others: superusers alone edit groups.
    grantable_actions = ["view"]
    fields = ["name", "permissions"]

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser and not (obj and is_kept(obj))

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not (obj and is_kept(obj)):
            return fieldsets
        (title, options), *rest = fieldsets
        kept = (
            "Ce groupe est tenu par le site, qui lui rend ces droits à chaque mise à jour : "
            "personne ne le renomme, ne le modifie ni ne le supprime. Pour d’autres droits, un "
            "super-utilisateur crée un autre groupe."
        )
        return [(title, {**options, "description": kept}), *rest]
