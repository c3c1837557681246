"""What is asked of a screen that no table can answer: refused in a sentence, never an error."""

from copy import copy
from functools import wraps

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList, ChangeListSearchForm
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import DataError
from django.forms import ModelMultipleChoiceField

LONGEST_SEARCH = 200


def is_key(model, value):
    """Whether ``value``, as text, may be the primary key of a ``model``, there or not."""
    field = model._meta.pk
    try:
        field.clean(getattr(value, "pk", value), None)
    except (ValidationError, TypeError):
        return False
    return "\0" not in str(value)


def refuse_nul(view):
    """Wrap ``view``: PostgreSQL can be asked for no text that holds a NUL."""

    @wraps(view)
    def askable(request, *args, **kwargs):
        if "\0" in request.path or any(
            "\0" in text for name in request.GET for text in (name, *request.GET.getlist(name))
        ):
            raise BadRequest
        return view(request, *args, **kwargs)

    return askable


def not_there(screen, request, object_id):
    """Answer whoever asks for an object that ``screen`` never had: in a sentence, on the desk."""
    return screen._get_obj_does_not_exist_redirect(request, screen.opts, object_id)


# --- Choices ----------------------------------------------------------------------------------


class KeysField(ModelMultipleChoiceField):
    def clean(self, value):
        for key in value or ():
            if not is_key(self.queryset.model, key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": key},
                )
        return super().clean(value)


class _KeysAlone:
    """Looks up the names of what is chosen: of what is no key, there is none."""

    def optgroups(self, name, value, attrs=None):
        model = self.field.remote_field.model
        # "" is that nothing is chosen.
        keys = [key for key in value if key == "" or is_key(model, key)]
        return super().optgroups(name, keys, attrs)


class SelectedKey(_KeysAlone, AutocompleteSelect):
    pass


class SelectedKeys(_KeysAlone, AutocompleteSelectMultiple):
    pass


# --- Lists ------------------------------------------------------------------------------------


class SearchForm(ChangeListSearchForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators.append(
                MaxLengthValidator(
                    LONGEST_SEARCH,
                    f"Cherchez en {LONGEST_SEARCH} caractères au plus : voici toute la liste.",
                )
            )


class SoundList(ChangeList):
    search_form_class = SearchForm

    def get_results(self, request):
        try:
            super().get_results(request)
        except (OverflowError, ValueError, DataError) as error:
            # The year 99999999999, say: asked of the database, after Django has looked at it.
            raise IncorrectLookupParameters(error) from error


class RefusesTheUnaskable:
    """A screen that any address, and anything sent, may come to."""

    def lookup_allowed(self, lookup, value, request):
        # A pattern may take its reader for ever, and one that is none is an error of the database.
        is_pattern = lookup.endswith(("__regex", "__iregex"))
        return not is_pattern and super().lookup_allowed(lookup, value, request)

    def get_changelist(self, request, **kwargs):
        return SoundList

    def changelist_view(self, request, extra_context=None):
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        keys = [key for key in ticked if is_key(self.model, key)]
        if keys != ticked:
            sent = request.POST.copy()
            sent.setlist(ACTION_CHECKBOX_NAME, keys)
            request = copy(request)
            request.POST = sent
        if ERROR_FLAG in request.GET:
            # Led back here once, Django would call the next such filter a fault of the database.
            asked = request.GET.copy()
            del asked[ERROR_FLAG]
            request = copy(request)
            request.GET = asked
        return super().changelist_view(request, extra_context)

    def get_object(self, request, object_id, from_field=None):
        # "_to_field=" names no field.
        return super().get_object(request, object_id, from_field or None)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        self._look_up_keys_alone(SelectedKey, db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        self._look_up_keys_alone(SelectedKeys, db_field, request, kwargs)
        kwargs.setdefault("form_class", KeysField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _look_up_keys_alone(self, widget, db_field, request, kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            using = kwargs.get("using")
            kwargs.setdefault("widget", widget(db_field, self.admin_site, using=using))
