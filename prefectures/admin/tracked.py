"""What every admin screen of a model with history does: one request, one changeset, one reason."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms.widgets import Script
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from js_asset import Media

from ..history.timeline import timeline
from ..models import Changeset, StaleVersionError, changeset, current_changeset
from ..models.fields import LinesField, WebAddressField

PREVIEW = "_preview"

# Room for a few lines, and for a long address.
PLAIN_TEXTS = {
    LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    WebAddressField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})},
}

REASON_FIELDS = ("reason", "public_reason", "is_minor")


class ReasonFields(forms.Form):
    """Why: for the team, always; for readers, if one wishes."""

    reason = forms.CharField(
        label="Pourquoi ce changement ?",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Pour l’équipe. Exemple : « Nouvelle adresse, lue ce matin sur le site de la "
        "préfecture ».",
        error_messages={
            "required": "Dites en quelques mots pourquoi : ce sera gardé dans l’historique."
        },
    )
    public_reason = forms.CharField(
        label="Ce qu’on en dit au public",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Facultatif, publié avec les derniers changements. Exemple : « La préfecture a "
        "changé d’adresse ».",
    )
    is_minor = forms.BooleanField(
        label="Correction mineure",
        required=False,
        help_text="Une faute de frappe, une mise en forme : elle n’est pas annoncée au public.",
    )


class TrackedForm(ReasonFields, forms.ModelForm):
    """A model form with its reason. ``refusals`` is what the gate answered to the first try."""

    refusals = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if PREVIEW in self.data and "reason" in self.fields:
            self.fields["reason"].required = False

    def clean(self):
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        return cleaned


class TrackedAdmin(admin.ModelAdmin):
    """A screen whose every write goes through ``changeset``.

    django-simple-history's own admin is not used: its history form saves what a person who may
    only look sends to it. Here the history is read-only, and that address is closed.
    """

    form = TrackedForm
    formfield_overrides = PLAIN_TEXTS
    actions = None
    save_on_top = False
    delete_confirmation_template = "admin/prefectures/delete_confirmation.html"
    object_history_template = "admin/prefectures/timeline.html"

    class Media:
        js = [Script("prefectures/field_names.js", defer=True)]

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        named = admin.utils.flatten_fieldsets(fieldsets)
        if not self._may_write(request, obj):
            return fieldsets
        # Without fieldsets of its own, a screen has one with every field of its form.
        if "reason" in named:
            own = [name for name in named if name not in REASON_FIELDS]
            fieldsets = [(None, {"fields": own})]
        why = {"classes": ["after-parts"], "fields": REASON_FIELDS}
        return [*fieldsets, ("Raison du changement", why)]

    def _may_write(self, request, obj):
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form)(form.__name__, (form,), {"refusals": getattr(request, "refusals", ())})

    # --- Writing ------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return self._write_form(request, object_id, form_url, extra_context)
        except ValidationError as error:
            request.refusals = error.messages
        except StaleVersionError as error:
            request.refusals = [changed_meanwhile(error.procedure)]
        # Nothing was written. Once more, with the refusal: the form comes back as it was typed.
        return self._write_form(request, object_id, form_url, extra_context)

    def _write_form(self, request, object_id, form_url, extra_context):
        with changeset("", origin=Changeset.Origin.FORM, author=request.user):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        writing = current_changeset()
        if PREVIEW in request.POST:
            writing.record.reason = "Aperçu"
        else:
            for name in REASON_FIELDS:
                setattr(writing.record, name, form.cleaned_data[name])
        # Here, and not at the end: a refusal comes before anything says that it was saved.
        writing.close()

    def delete_view(self, request, object_id, extra_context=None):
        if request.method != "POST":
            return super().delete_view(
                request, object_id, {**(extra_context or {}), "reason_form": ReasonFields()}
            )
        form = ReasonFields(request.POST)
        context = {**(extra_context or {}), "reason_form": form}
        if not form.is_valid():
            # Django deletes as soon as something is posted: ask again instead.
            request.POST = QueryDict()
            return super().delete_view(request, object_id, context)
        with changeset(origin=Changeset.Origin.FORM, author=request.user, **form.cleaned_data):
            return super().delete_view(request, object_id, context)

    # --- Reading ------------------------------------------------------------------------------

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script: it needs the nonce of the page's policy.
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self):
        """Close the address at which django-simple-history's form would save what is posted."""
        closed = path(
            "<path:object_id>/history/<int:version>/",
            self.admin_site.admin_view(self.closed_version_view),
        )
        return [closed, *super().get_urls()]

    def closed_version_view(self, request, object_id, version):
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, admin.utils.unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"Historique : {obj}",
            "entries": timeline(self.model, obj.pk),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Reference data: looked up, never edited in the site."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def changed_meanwhile(procedure):
    """Return the sentence for a sheet that somebody else saved since it was opened."""
    last = procedure.revisions.select_related("changeset__author").order_by("-number").first()
    who = str(last.changeset.author or "Une commande du site")
    when = timezone.localtime(last.changeset.at)
    return (
        f"{who} a modifié cette fiche le {when:%d/%m/%Y à %H:%M}, après que vous l’avez ouverte "
        f"(« {last.changeset.reason} »). Rien n’a été enregistré et votre texte est encore ici : "
        "ouvrez la fiche dans un autre onglet et reportez-y ce que vous vouliez changer."
    )


def discard():
    """Undo, when the request ends, all that it wrote."""
    transaction.set_rollback(True)
