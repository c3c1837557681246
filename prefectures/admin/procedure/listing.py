"""The list of sheets as a place to work: publish several, put them in order, with one reason."""

import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property

from ...gate.bulk import change_all
from ...gate.locking import locked
from ...gate.unit_of_work import REMOVED
from ...history.snapshot import sheets_at
from ...models import Changeset, Procedure, StaleVersionError, changeset
from ..merge import as_number
from ..tracked import ReasonForm

CONFIRMED = "confirmed"
LINE = re.compile(r"form-([0-9]{1,4})-(.+)", re.DOTALL)
MOST_LINES = 1000
MOST_NAMED = 5
TURNS = {
    "publish": (Procedure.Publication.PUBLISHED, "Publier", "publiée"),
    "withdraw": (Procedure.Publication.DRAFT, "Remettre en brouillon", "remise en brouillon"),
    "archive": (Procedure.Publication.ARCHIVED, "Archiver", "archivée"),
}


class RowForm(forms.ModelForm):
    """One line of the list, with the version that the editor was shown."""

    seen_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        for name in self.own_names():
            # The column's title names it for the eye alone.
            label = f"{self.fields[name].label} : {self.instance}"
            self.fields[name].widget.attrs["aria-label"] = label

    def own_names(self):
        return [name for name in self.fields if name not in ("seen_version", "id")]

    def seen(self):
        """Return the version that was shown, 0 (which never was) when it cannot be told."""
        return as_number(str(self["seen_version"].value())) or 0

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
        words = ", ".join(
            f"{self.fields[name].label.lower()} « {shown(there, name)} »"
            for name in self.own_names()
        )
        self.add_error(
            None,
            f"« {there.title} » a changé depuis que vous avez ouvert cette liste : "
            f"{self._who_wrote(there)}. Il y a maintenant : {words}. Votre choix est encore là : "
            "enregistrez à nouveau pour le garder.",
        )
        # Seen now: the next save is meant. What was left as it was follows the colleague.
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(there.version)
        for name in set(self.own_names()) - set(self.changed_by_me):
            self.data[self.add_prefix(name)] = str(getattr(there, name))
        return cleaned

    def _who_wrote(self, there):
        """Name who saved the sheet since, and why, newest first; the last one at least."""
        newer = there.revisions.filter(number__gt=min(self.seen(), there.version - 1))
        newest = newer.select_related("changeset__author").order_by("-number")[:MOST_NAMED]
        return ", ".join(
            f"{revision.changeset.author or 'une commande'} (« {revision.changeset.reason} »)"
            for revision in newest
        )


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


def in_the_order_sent(response):
    """Put each line's fields beside its own sheet: others may have moved sheets meanwhile."""
    shown = getattr(response, "context_data", {}).get("cl")
    if shown and shown.formset is not None and shown.formset.forms:
        shown.result_list = [form.instance for form in shown.formset.forms]
    return response


def says_its_lines(data):
    """Whether as many lines were sent as were shown: a browser never sends anything else."""
    total = as_number(data.get("form-TOTAL_FORMS", ""))
    is_known = total is not None and total <= MOST_LINES
    return is_known and data.get("form-INITIAL_FORMS") == data["form-TOTAL_FORMS"]


def keys_sent(data):
    """Return the keys of the lines that were sent, in their order; None for what is no key."""
    total = as_number(data["form-TOTAL_FORMS"])
    return [as_number(data.get(f"form-{index}-id", "")) for index in range(total)]


def leave_out_deleted(request):
    """Take the lines of sheets that are no more out of what was sent; return a sentence each."""
    keys = keys_sent(request.POST)
    alive = set(Procedure.objects.filter(pk__in=set(keys) - {None}).values_list("pk", flat=True))
    if alive.issuperset(keys):
        return []
    data = request.POST.copy()
    for name in [name for name in data if LINE.match(name)]:
        del data[name]
    kept = [index for index, key in enumerate(keys) if key in alive]
    for name, values in request.POST.lists():
        line = LINE.match(name)
        if line and int(line[1]) in kept:
            data.setlist(f"form-{kept.index(int(line[1]))}-{line[2]}", values)
    data["form-TOTAL_FORMS"] = data["form-INITIAL_FORMS"] = str(len(kept))
    request.POST = data
    return words_on_deleted(set(keys) - alive - {None})


def words_on_deleted(keys):
    """Return a sentence on each of the sheets that were deleted: who, and why."""
    rows = Procedure.history.filter(id__in=keys, history_type=REMOVED).order_by("-history_id")
    return [
        f"{row.changeset.author or 'Une commande'} a supprimé « {row.instance} » "
        f"(« {row.changeset.reason} »)."
        for row in rows.select_related("changeset__author")
    ]


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
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not says_its_lines(request.POST):
            messages.error(
                request, "Rien n’a été enregistré : la liste est arrivée incomplète. La revoici."
            )
            return HttpResponseRedirect(request.get_full_path())
        request.refusals = leave_out_deleted(request)
        if request.refusals or not reason_form.is_valid():
            request.refusals += reason_form.errors.get("reason", [])
        else:
            try:
                with changeset(
                    reason_form.cleaned_data["reason"],
                    origin=Changeset.Origin.FORM,
                    author=request.user,
                ):
                    # Django saves them in the order shown, which two people may not have alike.
                    locked(Procedure, set(keys_sent(request.POST)) - {None})
                    return in_the_order_sent(super().changelist_view(request, context))
            except ValidationError as error:
                request.refusals = error.messages
            except StaleVersionError:
                # Somebody was a moment earlier: the line says who.
                return self.changelist_view(request, extra_context)
        return in_the_order_sent(super().changelist_view(request, context))

    def save_related(self, request, form, formsets, change):
        try:
            super().save_related(request, form, formsets, change)
        except ValidationError as error:
            if not isinstance(form, RowForm):
                raise
            raise ValidationError([f"« {form.instance} » : {s}" for s in error.messages]) from error

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
        publication, title, done = TURNS[name]
        is_confirmed = CONFIRMED in request.POST
        deleted = []
        if is_confirmed:
            # Not what the list's filters leave of them: somebody may have moved one out of there.
            keys = {as_number(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)} - {None}
            queryset = self.get_queryset(request).filter(pk__in=keys)
            deleted = words_on_deleted(keys - set(queryset.values_list("pk", flat=True)))
        sheets = list(queryset.select_related("departement"))
        form = ReasonForm(request.POST if is_confirmed else None)
        seen = {s.pk: as_number(request.POST.get(f"version-{s.pk}", "")) for s in sheets}
        stale = [s for s in sheets if is_confirmed and seen[s.pk] != s.version]
        if is_confirmed and form.is_valid() and not stale and not deleted:
            try:
                count = self._write_turn(request, sheets, publication, form.cleaned_data["reason"])
            except ValidationError as error:
                for sentence in error.messages:
                    form.add_error(None, sentence)
            except StaleVersionError:
                # Somebody was a moment earlier: look again.
                return self._turn(request, queryset, name)
            else:
                say = messages.success if count else messages.info
                say(request, done_in_words(count, done))
                return HttpResponseRedirect(request.get_full_path())
        news = {sheet.pk: self.news(sheet, seen[sheet.pk] or 0) for sheet in stale}
        context = {
            **self.admin_site.each_context(request),
            "title": f"{title} : {len(sheets)} fiche{'s' if len(sheets) > 1 else ''}",
            "opts": self.opts,
            "form": form,
            "action": name,
            "button": title,
            "sheets": [(sheet, news.get(sheet.pk, ())) for sheet in sheets],
            "has_news": bool(news),
            "deleted": deleted,
            "selected": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/prefectures/bulk_action.html", context)

    @staticmethod
    def _write_turn(request, sheets, publication, reason):
        """Return how many sheets changed.

        Raises StaleVersionError when one is no longer what ``request`` saw of it.
        """
        changing = {sheet.pk: sheet for sheet in sheets if sheet.publication != publication}
        with changeset(reason, origin=Changeset.Origin.FORM, author=request.user):
            present = locked(Procedure, changing)
            for pk, sheet in changing.items():
                # Somebody may have done the same a moment ago: it is not done twice.
                if pk not in present or present[pk].version != sheet.version:
                    raise StaleVersionError(sheet)
                present[pk].publication = publication
            change_all(list(present.values()))
        return len(changing)


def done_in_words(count, done):
    if not count:
        return "Rien n’a changé : rien n’a été enregistré."
    if count == 1:
        return f"1 fiche {done}."
    # "remise en brouillon": its first word alone is a participle.
    first, *rest = done.split(" ")
    return " ".join([f"{count} fiches {first}s", *rest]) + "."
