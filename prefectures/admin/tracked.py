"""What every admin screen of a model with history does: one request, one changeset, one reason."""

import re
from functools import partial

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.forms.widgets import Script
from django.urls import path
from django.utils.safestring import mark_safe
from js_asset import Media

from ..gate.unit_of_work import current_changeset
from ..history.timeline import entries_of, versions_of
from ..models import Changeset, StaleVersionError, changeset
from ..models.fields import LinesField, RichTextField, WebAddressField, safe_rich_text
from ..sheets.reading import state_at
from .conflict import news
from .pages import HasPages
from .paging import page_of_many
from .sent_form import as_number
from .submission import Submission, as_asked, locked_as_compared
from .unaskable import RefusesTheUnaskable, not_there

ENTRIES_A_PAGE = 20

# A name that drafts.js gives.
DRAFT = re.compile(r"[0-9-]{1,40}", re.ASCII)

UNKNOWN_VERSION = (
    "Rien n’a été enregistré : cette page ne dit pas quelle version vous aviez sous les yeux. "
    "Votre texte est encore ici : ouvrez cette page à nouveau dans un autre onglet, et reportez-y "
    "ce que vous vouliez changer."
)

# Room for a few lines, and for a long address.
PLAIN_TEXTS = {
    LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    WebAddressField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})},
}


class ReasonForm(forms.Form):
    """Why, for the team: kept with the change for ever."""

    reason = forms.CharField(
        label="Pourquoi ce changement ?",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        validators=LinesField.default_validators,
        help_text="Pour l’équipe. Exemple : « Nouvelle adresse, lue ce matin sur le site de la "
        "préfecture ».",
        error_messages={
            "required": "Dites en quelques mots pourquoi : ce sera gardé dans l’historique."
        },
    )


def with_fields(fieldsets, shown):
    """Return ``fieldsets`` with each field, by name, as ``shown`` has it; None leaves it out."""

    def line(name):
        return tuple(map(shown, name)) if isinstance(name, tuple) else shown(name)

    return [
        (title, {**options, "fields": [each for name in options["fields"] if (each := line(name))]})
        for title, options in fieldsets
    ]


def texts_as_read(model):
    """Return {name: read-only column} of the rich texts of ``model``, as their readers see them."""
    fields = [field for field in model._meta.fields if isinstance(field, RichTextField)]
    return {field.name: _as_read(field) for field in fields}


def _as_read(field):
    @admin.display(description=field.verbose_name)
    def shown(obj):
        return mark_safe(safe_rich_text(getattr(obj, field.name)))

    return shown


def no_advice(model):
    """Return empty help texts: how to write is nothing to who may only look."""
    return {field.name: "" for field in model._meta.get_fields()}


class TrackedForm(ReasonForm, forms.ModelForm):
    """A model form with its reason, and the version that the editor was shown.

    ``version`` is the present one: the screen sets it. A version that was the present one once has
    been compared before it comes here. ``refusals`` are what the gate answered to the first try.
    """

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # What the editor's own device calls the text until it is saved: see drafts.js.
    draft = forms.CharField(required=False, widget=forms.HiddenInput)

    version = None
    refusals = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.version

    def clean(self):
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        if not self.refusals and self.cleaned_data.get("seen_version") != self.version:
            self.add_error(None, UNKNOWN_VERSION)
        return cleaned


class TrackedAdmin(HasPages, RefusesTheUnaskable, admin.ModelAdmin):
    """A screen whose every write goes through ``changeset``.

    django-simple-history's own admin is not used: its history form saves what a person who may
    only look sends to it. Here the history is read-only, and that address is closed.
    """

    form = TrackedForm
    formfield_overrides = PLAIN_TEXTS
    actions = None
    save_on_top = False
    delete_confirmation_template = "admin/prefectures/delete_confirmation.html"

    class Media:
        js = [
            Script("prefectures/field_names.js", defer=True),
            Script("prefectures/editors.js", defer=True),
            Script("prefectures/form_state.js", defer=True),
            Script("prefectures/keeping.js", defer=True),
        ]

    # Modules of further pages, and functions that tell more: in the form, of (screen, request,
    # context, object); in the list, of (screen, request); in the history, of (screen, request,
    # object, key).
    pages = ()
    in_form = ()
    in_list = ()
    in_history = ()

    # What is asked of the change itself, under the fields of the object.
    reason_fields = ("seen_version", "reason")

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if not self.may_write(request, obj):
            return [(name, options | {"description": ""}) for name, options in fieldsets]
        named = admin.utils.flatten_fieldsets(fieldsets)
        # Without fieldsets of its own, a screen has one with every field of its form.
        if "reason" in named:
            own = [name for name in named if name not in ("draft", *self.reason_fields)]
            fieldsets = [(None, {"fields": own})]
        why = {"classes": ["after-parts"], "fields": ("draft", *self.reason_fields)}
        return [*fieldsets, ("Raison du changement", why)]

    def may_write(self, request, obj):
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def is_preview(self, request):
        """Whether what is posted is only to be looked at, and then forgotten."""
        return False

    def as_sent(self, data):
        """Return what was sent, its fields as the button that was pressed sets them."""
        return data

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not self.may_write(request, obj):
            kwargs["help_texts"] = no_advice(self.model)
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or not self.may_write(request, obj):
            return form
        return type(form)(form.__name__, (form,), {"version": self.version_of(obj)})

    # --- Two people at once -------------------------------------------------------------------

    def version_of(self, obj):
        """Return a number that every change of ``obj`` raises."""
        return obj.history.aggregate(newest=Max("history_id"))["newest"]

    def state_as_seen(self, obj, seen):
        """Return the ``State`` of ``obj`` at version ``seen``, None where it never had that."""
        state = state_at(self.model, obj.pk, seen)
        return state if state.sheet else None

    def changesets_since(self, obj, seen):
        rows = obj.history.filter(history_id__gt=seen)
        return Changeset.objects.filter(pk__in=rows.values("changeset")).select_related("author")

    # --- Writing ------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            return Submission(self, request, object_id, extra_context).answer()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def confirm(self, request, form):
        """Refuse, under the lock, what a form that was acceptable a moment ago no longer may do."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        writing = current_changeset()
        for name in self.reason_fields[1:]:
            # A line of a list has no reason of its own: the changeset has one already.
            if name in form.cleaned_data:
                setattr(writing.record, name, form.cleaned_data[name])
        if self.is_preview(request):
            writing.record.reason = "Aperçu"
        # Here, and not at the end: a refusal comes before anything says that it was saved.
        writing.close()

    def get_actions(self, request):
        # Django's own deletes without a reason.
        own = super().get_actions(request)
        return {name: action for name, action in own.items() if name != "delete_selected"}

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        writing = current_changeset()
        draft = request.POST.get("draft", "")
        if level == messages.SUCCESS and DRAFT.fullmatch(draft):
            # Taken, or as it was: the device forgets it.
            kwargs["extra_tags"] = f"saved-{draft}"
        if level == messages.SUCCESS and writing and writing.record.pk is None:
            level, message = messages.INFO, "Rien n’a changé : rien n’a été enregistré."
        super().message_user(request, message, level, *args, **kwargs)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, admin.utils.unquote(object_id))
        version = obj and self.version_of(obj)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        context = {
            **(extra_context or {}),
            "version": version,
            "reason_form": form,
            "is_stale": False,
            "news": [],
        }
        if request.method != "POST" or obj is None:
            return super().delete_view(request, object_id, context)
        seen = as_number(request.POST.get("seen_version", ""))
        if seen != version:
            context |= {"is_stale": True, "news": news(self, obj, seen) if seen else []}
        if context["is_stale"] or not form.is_valid():
            return super().delete_view(as_asked(request), object_id, context)
        try:
            with changeset(
                form.cleaned_data["reason"], origin=Changeset.Origin.FORM, author=request.user
            ):
                locked_as_compared(self, obj, version)
                return super().delete_view(request, object_id, context)
        except StaleVersionError:
            # Somebody was a moment earlier: ask again, with what changed.
            return self.delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        # Here, and not at the end: what is said of it is chosen by what was written.
        current_changeset().close()

    def get_deleted_objects(self, objs, request):
        """Leave out the links between tables, which mean nothing to a person."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        links = {
            str(model._meta.verbose_name_plural)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created
        }
        counts = {name: count for name, count in counts.items() if str(name) not in links}
        return deleted, counts, perms_needed, protected

    # --- Reading ------------------------------------------------------------------------------

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script: it needs the nonce of the page's policy.
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        for tell in self.in_form:
            tell(self, request, context, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request, extra_context=None):
        context = {**(extra_context or {})}
        for tell in self.in_list:
            context |= tell(self, request)
        return super().changelist_view(request, context)

    def view(self, function):
        """Return the view of ``function``, of (screen, request, …), for whoever may come here."""
        return self.admin_site.admin_view(partial(function, self))

    def get_urls(self):
        # The address at which django-simple-history's form would save what is posted is closed.
        closed = path(
            "<path:object_id>/history/<int:version>/",
            self.admin_site.admin_view(self.closed_version_view),
        )
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(route, self.view(view), name=f"{name}_{action}")
            for page in self.pages
            for route, view, action in page.URLS
        ]
        return [closed, *own, *super().get_urls()]

    def closed_version_view(self, request, object_id, version):
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        """Show what happened to an object, deleted ones included."""
        obj = self.get_object(request, admin.utils.unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        pk = obj.pk if obj else self.key_of(object_id)
        page = page_of_many(versions_of(self.model, pk), request.GET.get("page"), ENTRIES_A_PAGE)
        if not page.paginator.count:
            return not_there(self, request, object_id)
        entries = entries_of(self.model, pk, list(page))
        title = f"Historique : {obj or 'ce qui a été supprimé'}"
        context = {"title": title, "page": page, "entries": entries, "object": obj}
        for tell in self.in_history:
            context |= tell(self, request, obj, pk)
        return self.page(request, "timeline", **context)

    def key_of(self, object_id):
        """Return the key that an address names, None when it can be none."""
        try:
            return self.opts.pk.clean(admin.utils.unquote(object_id), None)
        except ValidationError:
            return None


class ReadOnlyAdmin(HasPages, RefusesTheUnaskable, admin.ModelAdmin):
    """Reference data: looked up, never edited in the site."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
