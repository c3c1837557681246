"""The list of sheets as a place to work: publish several, put them in order, with one reason."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property

from ...history.snapshot import sheets_at
from ...models import Changeset, Procedure, StaleVersionError, changeset
from ..tracked import ReasonForm

CONFIRMED = "confirmed"
TURNS = {
    "publish": (Procedure.Publication.PUBLISHED, "Publier"),
    "withdraw": (Procedure.Publication.DRAFT, "Remettre en brouillon"),
    "archive": (Procedure.Publication.ARCHIVED, "Archiver"),
}


class RowForm(forms.ModelForm):
    """One line of the list, with the version that the editor was shown."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        for name in self.own_names():
            # The column's title names it for the eye alone.
            label = f"{self.fields[name].label} : {self.instance}"
            self.fields[name].widget.attrs["aria-label"] = label

    def own_names(self):
        return [name for name in self.fields if name not in ("seen_version", "id")]

    def seen(self):
        """Return the version that was shown, the present one when it cannot be told."""
        sent = str(self["seen_version"].value())
        return int(sent) if sent.isascii() and sent.isdigit() else self.instance.version

    @cached_property
    def changed_by_me(self):
        """The fields that differ from what was shown, whatever others wrote meanwhile."""
        if self.seen() == self.instance.version:
            return [name for name in self.changed_data if name in self.own_names()]
        then = sheets_at({self.instance.pk: self.seen()})[self.instance.pk].sheet
        return [
            name
            for name in self.own_names()
            if then is None or self.fields[name].has_changed(then.values[name], self[name].data)
        ]

    def has_changed(self):
        return bool(self.changed_by_me)

    def clean(self):
        cleaned = super().clean()
        if self.seen() == self.instance.version or not self.changed_by_me:
            return cleaned
        there = Procedure.objects.get(pk=self.instance.pk)
        last = self.instance.revisions.select_related("changeset__author").order_by("-number")[0]
        words = ", ".join(
            f"{self.fields[name].label.lower()} « {shown(there, name)} »"
            for name in self.own_names()
        )
        self.add_error(
            None,
            f"{last.changeset.author or 'Une commande'} a modifié « {there.title} » "
            f"(« {last.changeset.reason} ») : {words}. Votre choix est encore là : enregistrez à "
            "nouveau pour le garder.",
        )
        # Seen now: the next save is meant. What was left as it was follows the colleague.
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(there.version)
        for name in set(self.own_names()) - set(self.changed_by_me):
            self.data[self.add_prefix(name)] = str(getattr(there, name))
        return cleaned


def shown(sheet, name):
    display = getattr(sheet, f"get_{name}_display", None)
    return display() if display else getattr(sheet, name)


class ListFormSet(forms.BaseModelFormSet):
    """The lines of the list; ``refusals`` are what the gate answered to the first try."""

    refusals = ()

    def clean(self):
        super().clean()
        if self.refusals:
            raise ValidationError(list(self.refusals))


class ListEdited:
    """Lines are edited in the list and sheets published by the handful: one changeset each time."""

    list_editable = ["publication", "position"]

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{**kwargs, "form": RowForm})

    def get_changelist_formset(self, request, **kwargs):
        formset = super().get_changelist_formset(request, formset=ListFormSet, **kwargs)
        formset.refusals = getattr(request, "refusals", ())
        return formset

    def changelist_view(self, request, extra_context=None):
        is_edit = request.method == "POST" and "_save" in request.POST
        reason_form = ReasonForm(request.POST if is_edit else None)
        context = {**(extra_context or {}), "reason_form": reason_form}
        if not is_edit:
            return super().changelist_view(request, context)
        request.refusals = []
        if not reason_form.is_valid():
            request.refusals = reason_form.errors["reason"]
        else:
            try:
                with changeset(
                    reason_form.cleaned_data["reason"],
                    origin=Changeset.Origin.FORM,
                    author=request.user,
                ):
                    return super().changelist_view(request, context)
            except ValidationError as error:
                request.refusals = error.messages
            except StaleVersionError as error:
                request.refusals = [self.changed_meanwhile(request, error.procedure)]
        return super().changelist_view(request, context)

    # --- Several at once ----------------------------------------------------------------------

    @admin.action(description=TURNS["publish"][1], permissions=["change"])
    def publish(self, request, queryset):
        return self._turn(request, queryset, "publish")

    @admin.action(description=TURNS["withdraw"][1], permissions=["change"])
    def withdraw(self, request, queryset):
        return self._turn(request, queryset, "withdraw")

    @admin.action(description=TURNS["archive"][1], permissions=["change"])
    def archive(self, request, queryset):
        return self._turn(request, queryset, "archive")

    def _turn(self, request, queryset, name):
        publication, title = TURNS[name]
        sheets = list(queryset.select_related("departement"))
        is_confirmed = CONFIRMED in request.POST
        form = ReasonForm(request.POST if is_confirmed else None)
        seen = {sheet.pk: request.POST.get(f"version-{sheet.pk}") for sheet in sheets}
        stale = [s for s in sheets if is_confirmed and seen[s.pk] != str(s.version)]
        if is_confirmed and form.is_valid() and not stale:
            try:
                self._write_turn(request, sheets, publication, form.cleaned_data["reason"])
            except ValidationError as error:
                for sentence in error.messages:
                    form.add_error(None, sentence)
            except StaleVersionError as error:
                stale = [error.procedure]
            else:
                messages.success(request, f"{title} : {len(sheets)} fiche(s), c’est fait.")
                return HttpResponseRedirect(request.get_full_path())
        news = {sheet.pk: self.last_changeset(sheet) for sheet in stale}
        context = {
            **self.admin_site.each_context(request),
            "title": f"{title} : {len(sheets)} fiche(s)",
            "opts": self.opts,
            "form": form,
            "action": name,
            "button": title,
            "sheets": [(sheet, news.get(sheet.pk)) for sheet in sheets],
            "has_news": bool(news),
            "selected": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/prefectures/bulk_action.html", context)

    @staticmethod
    def _write_turn(request, sheets, publication, reason):
        with changeset(reason, origin=Changeset.Origin.FORM, author=request.user) as writing:
            for sheet in sheets:
                writing.expect_version(sheet)
                fresh = Procedure.objects.select_for_update().get(pk=sheet.pk)
                fresh.publication = publication
                fresh.save()
