"""The list of sheets as a place to work: publish several, put them in order, with one reason."""

import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from ...gate.bulk import change_all
from ...gate.reading_back import REMOVED
from ...models import Changeset, Procedure, StaleVersionError, changeset
from ...sheets.locking import lock_as_read
from ...sheets.merge import TAKEN, of_values
from ...sheets.reading import sheets_at
from ...sheets.words import in_words
from .. import conflict
from ..sent_form import SentForm, as_number
from ..submission import as_asked
from ..tracked import ReasonForm, TrackedAdmin

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
        # Reading what was sent changes the instance.
        self.there = {name: getattr(self.instance, name) for name in self.own_names()}
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
    def differences(self):
        """What differs from what was shown, and from what others wrote meanwhile."""
        then = self.there
        if self.seen() != self.instance.version:
            sheet = sheets_at({self.instance.pk: self.seen()})[self.instance.pk].sheet
            then = sheet.values if sheet else dict.fromkeys(self.there)
        return list(of_values(then, self.there, SentForm(self).values(self.there, then)))

    @property
    def changed_by_me(self):
        return [each.name for each in self.differences if each.verdict != TAKEN]

    def has_changed(self):
        return bool(self.changed_by_me)

    def clean(self):
        cleaned = super().clean()
        if self.seen() == self.instance.version or not self.changed_by_me:
            return cleaned
        there = Procedure.objects.get(pk=self.instance.pk)
        words = ", ".join(
            f"{self.fields[name].label.lower()} « {_now(there, name)} »"
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
        for difference in self.differences:
            if difference.verdict == TAKEN:
                self.data[self.add_prefix(difference.name)] = str(difference.theirs)
        return cleaned

    def _who_wrote(self, there):
        """Name who saved the sheet since, and why, newest first; the last one at least."""
        newer = there.revisions.filter(number__gt=min(self.seen(), there.version - 1))
        newest = newer.select_related("changeset__author").order_by("-number")[:MOST_NAMED]
        return ", ".join(
            f"{revision.changeset.author or 'une commande'} (« {revision.changeset.reason} »)"
            for revision in newest
        )


def _now(sheet, name):
    """Return what a column of the list says of ``sheet``."""
    return in_words(Procedure._meta.get_field(name), getattr(sheet, name))


def words_on_deleted(keys):
    """Return a sentence on each of the sheets that were deleted: who, and why."""
    rows = Procedure.history.filter(id__in=keys, history_type=REMOVED).order_by("-history_id")
    return [
        f"{row.changeset.author or 'Une commande'} a supprimé « {row.instance} » "
        f"(« {row.changeset.reason} »)."
        for row in rows.select_related("changeset__author")
    ]


class ListFormSet(forms.BaseModelFormSet):
    """The lines of the list; ``refusals`` are what the gate answered to the first try."""

    refusals = ()

    def clean(self):
        super().clean()
        if self.refusals:
            raise ValidationError(list(self.refusals))


class LinesSent:
    """The lines of the list as somebody sent them, with the reason; what comes of them is said."""

    def __init__(self, screen, request):
        self.screen = screen
        self.request = request
        self.data = request.POST.copy()
        self.reason_form = ReasonForm(self.data)
        self.refusals = []

    def is_whole(self):
        """Whether as many lines were sent as were shown: a browser never sends anything else."""
        total = as_number(self.data.get("form-TOTAL_FORMS", ""))
        is_known = total is not None and total <= MOST_LINES
        return is_known and self.data.get("form-INITIAL_FORMS") == self.data["form-TOTAL_FORMS"]

    def keys(self):
        """Return the keys of the lines, in their order; None for what is no key."""
        total = as_number(self.data["form-TOTAL_FORMS"])
        return [as_number(self.data.get(f"form-{index}-id", "")) for index in range(total)]

    def answer(self):
        """Write the lines, or return the list as it was sent, with what is wrong."""
        if not self.is_whole():
            messages.error(
                self.request,
                "Rien n’a été enregistré : la liste est arrivée incomplète. La revoici.",
            )
            return HttpResponseRedirect(self.request.get_full_path())
        self._leave_out_deleted()
        self.refusals += self.reason_form.errors.get("reason", [])
        if self._is_acceptable():
            try:
                self._write()
                return HttpResponseRedirect(self.request.get_full_path())
            except ValidationError as error:
                self.refusals += error.messages
                self._is_acceptable()
            except StaleVersionError:
                # Somebody was a moment earlier: the line says who.
                return LinesSent(self.screen, self.request).answer()
        return self._page()

    def _is_acceptable(self):
        formset_class = self.screen.get_changelist_formset(self.request)
        sheets = self.screen.get_queryset(self.request).filter(pk__in=set(self.keys()) - {None})
        self.formset = formset_class(self.data, queryset=sheets)
        self.formset.refusals = self.refusals
        return self.formset.is_valid()

    def _write(self):
        screen, request = self.screen, self.request
        changed = [form for form in self.formset.forms if form.has_changed()]
        if any(form.instance.pk is None for form in changed):
            # A list changes what is there: a line without a sheet would make one.
            raise BadRequest
        reason = self.reason_form.cleaned_data["reason"]
        with changeset(reason, origin=Changeset.Origin.FORM, author=request.user):
            # In one order: they stand in that of the list, which two people may not have alike.
            lock_as_read({form.instance.pk: form.instance.version for form in changed})
            for form in changed:
                self._write_line(form)
            if changed:
                what = model_ngettext(screen.opts, len(changed))
                told = ngettext(
                    "%(count)s %(name)s was changed successfully.",
                    "%(count)s %(name)s were changed successfully.",
                    len(changed),
                )
                counted = {"count": len(changed), "name": what}
                screen.message_user(request, told % counted, messages.SUCCESS)

    def _write_line(self, form):
        screen, request = self.screen, self.request
        sheet = screen.save_form(request, form, change=True)
        screen.save_model(request, sheet, form, change=True)
        try:
            screen.save_related(request, form, formsets=[], change=True)
        except ValidationError as error:
            raise ValidationError([f"« {sheet} » : {s}" for s in error.messages]) from error
        told = screen.construct_change_message(request, form, None)
        screen.log_change(request, sheet, told)

    def _page(self):
        shown = {"reason_form": self.reason_form}
        response = self.screen.changelist_view(as_asked(self.request), shown)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist:
            changelist.formset = self.formset
            if self.formset.forms:
                # Each line beside its own sheet: others may have moved sheets meanwhile.
                changelist.result_list = [form.instance for form in self.formset.forms]
        return response

    def _leave_out_deleted(self):
        """Take the lines of sheets that are no more out of what was sent, and say so of each."""
        keys = self.keys()
        there = Procedure.objects.filter(pk__in=set(keys) - {None})
        alive = set(there.values_list("pk", flat=True))
        if alive.issuperset(keys):
            return
        sent, kept = self.data, [index for index, key in enumerate(keys) if key in alive]
        self.data = sent.copy()
        for name, values in sent.lists():
            line = LINE.match(name)
            if line:
                del self.data[name]
            if line and int(line[1]) in kept:
                self.data.setlist(f"form-{kept.index(int(line[1]))}-{line[2]}", values)
        self.data["form-TOTAL_FORMS"] = self.data["form-INITIAL_FORMS"] = str(len(kept))
        self.refusals += words_on_deleted(set(keys) - alive - {None})


class EditedInList(TrackedAdmin):
    """A screen whose lines are edited in the list, in one changeset each time."""

    list_editable = ["publication", "position"]

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{**kwargs, "form": RowForm})

    def get_changelist_formset(self, request, **kwargs):
        return super().get_changelist_formset(request, formset=ListFormSet, **kwargs)

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST" or "_save" not in request.POST:
            context = {"reason_form": ReasonForm(), **(extra_context or {})}
            return super().changelist_view(request, context)
        if not self.has_change_permission(request):
            raise PermissionDenied
        return LinesSent(self, request).answer()


# --- Several at once --------------------------------------------------------------------------


@admin.action(description=TURNS["publish"][1], permissions=["change"])
def publish(screen, request, queryset):
    return _turn(screen, request, queryset, "publish")


@admin.action(description=TURNS["withdraw"][1], permissions=["change"])
def withdraw(screen, request, queryset):
    return _turn(screen, request, queryset, "withdraw")


@admin.action(description=TURNS["archive"][1], permissions=["change"])
def archive(screen, request, queryset):
    return _turn(screen, request, queryset, "archive")


ACTIONS = [publish, withdraw, archive]


def _turn(screen, request, queryset, name):
    publication, title, done = TURNS[name]
    is_confirmed = CONFIRMED in request.POST
    deleted = []
    if is_confirmed:
        # Not what the list's filters leave of them: somebody may have moved one out of there.
        keys = {as_number(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)} - {None}
        queryset = screen.get_queryset(request).filter(pk__in=keys)
        deleted = words_on_deleted(keys - set(queryset.values_list("pk", flat=True)))
    sheets = list(queryset.select_related("departement"))
    form = ReasonForm(request.POST if is_confirmed else None)
    seen = {s.pk: as_number(request.POST.get(f"version-{s.pk}", "")) for s in sheets}
    stale = [s for s in sheets if is_confirmed and seen[s.pk] != s.version]
    if is_confirmed and form.is_valid() and not stale and not deleted:
        try:
            count = _write_turn(request, sheets, publication, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        except StaleVersionError:
            # Somebody was a moment earlier: look again.
            return _turn(screen, request, queryset, name)
        else:
            say = messages.success if count else messages.info
            say(request, done_in_words(count, done))
            return HttpResponseRedirect(request.get_full_path())
    news = {sheet.pk: conflict.news(screen, sheet, seen[sheet.pk] or 0) for sheet in stale}
    return screen.page(
        request,
        "bulk_action",
        f"{title} : {len(sheets)} fiche{'s' if len(sheets) > 1 else ''}",
        form=form,
        action=name,
        button=title,
        sheets=[(sheet, news.get(sheet.pk, ())) for sheet in sheets],
        has_news=bool(news),
        deleted=deleted,
        selected=ACTION_CHECKBOX_NAME,
    )


def _write_turn(request, sheets, publication, reason):
    """Return how many sheets changed.

    Raises StaleVersionError when one is no longer what ``request`` saw of it.
    """
    changing = {sheet.pk: sheet.version for sheet in sheets if sheet.publication != publication}
    with changeset(reason, origin=Changeset.Origin.FORM, author=request.user):
        # Somebody may have done the same a moment ago: it is not done twice.
        present = lock_as_read(changing)
        for sheet in present.values():
            sheet.publication = publication
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
