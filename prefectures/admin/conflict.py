"""Two people at once: who saves an object that somebody else has saved meanwhile gets to choose."""

from django.contrib import messages
from django.template.response import TemplateResponse

from ..history.snapshot import states_at
from ..history.timeline import timeline
from ..models import Changeset
from .merge import MINE, THEIRS, FormMerge, Merge, as_number, could_be
from .merge_rows import RowsMerge, as_form_values, rows_sent, state_now
from .ordering import ORDER

RESOLVED, BACK = "_resolved", "_back"
OURS = {"csrfmiddlewaretoken", RESOLVED, BACK}
PASSWORDS = ("password",)


class SavedMeanwhileError(Exception):
    """Somebody saved or deleted the object between the comparison and the lock."""


class ResolvesConflicts:
    """A screen that compares a stale form field by field before anything is refused or saved."""

    def version_as_seen(self, request):
        return as_number(request.POST.get("seen_version", ""))

    def state_as_seen(self, obj, seen):
        """Return ``obj`` at version ``seen`` with its parts: (State, {model: {pk: State}})."""
        state = states_at(self.model, [seen]).get(obj.pk)
        return (state, {}) if state else None

    def changesets_since(self, obj, seen):
        rows = obj.history.filter(history_id__gt=seen)
        return Changeset.objects.filter(pk__in=rows.values("changeset")).select_related("author")

    # --- The flow -----------------------------------------------------------------------------

    def resolve(self, request, obj):
        """Return the conflict page, or None when the form may go on (perhaps with merged data)."""
        seen = self.version_as_seen(request)
        version = self.version_of(obj)
        if seen is None:
            return None
        if seen == version:
            request.compared_with = version
            return None
        seen_state = self.state_as_seen(obj, seen)
        if seen_state is None:
            # Not a version of this object: the form refuses, and says so.
            return None
        data = request.POST.copy()
        choices = {
            name.removesuffix("-choice"): choice
            for name, choice in request.POST.items()
            if name.endswith("-choice") and choice in (MINE, THEIRS)
        }
        if self.is_preview(request):
            # What was typed is looked at, whatever others wrote.
            both = self.merge(request, obj, seen_state, data.copy(), {}).conflicts
            choices = {conflict.name: MINE for conflict in both}
        merge = self.merge(request, obj, seen_state, data, choices)
        is_confirmed = request.POST.get(RESOLVED) == str(version) and merge.is_decided
        if merge.has_news and not is_confirmed and not self.is_preview(request):
            return self.conflict_page(request, obj, seen, version, merge)
        is_back = BACK in request.POST
        data["seen_version"] = str(version)
        # Whoever writes between now and the lock is met there.
        request.compared_with = version
        for name in {RESOLVED, BACK, *(conflict.name + "-choice" for conflict in merge.conflicts)}:
            data.pop(name, None)
        request.POST = data
        if is_back:
            request.refusals = ["Rien n’est encore enregistré : relisez, puis enregistrez."]
        return None

    def conflict_page(self, request, obj, seen, version, merge):
        if request.POST.get(RESOLVED):
            messages.warning(
                request,
                "Quelqu’un vient encore d’enregistrer : regardez à nouveau."
                if request.POST[RESOLVED] != str(version)
                else "Choisissez, pour chaque champ, le texte à garder.",
            )
        chosen = {conflict.name + "-choice" for conflict in merge.conflicts}
        context = {
            **self.admin_site.each_context(request),
            "title": f"« {obj} » a changé depuis que vous l’avez ouvert",
            "opts": self.opts,
            "object": obj,
            "merge": merge,
            "version": version,
            "changesets": self.changesets_since(obj, seen),
            "sent": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in OURS | chosen and not name.startswith(PASSWORDS)
            ],
        }
        return TemplateResponse(request, "admin/prefectures/conflict.html", context, status=409)

    def gone_page(self, request, object_id):
        """Show what was sent for an object that was deleted meanwhile, so that it can be copied."""
        if not self.has_change_permission(request) or not could_be(self.model, object_id):
            return None
        rows = self.model.history.filter(**{self.opts.pk.attname: object_id})
        last = rows.select_related("changeset__author").first()
        if last is None:
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Cela a été supprimé pendant que vous écriviez",
            "opts": self.opts,
            "last": last.changeset,
            "sent": self._in_words(request, last.instance),
        }
        return TemplateResponse(request, "admin/prefectures/gone.html", context, status=409)

    def _in_words(self, request, obj):
        """Return [(label, text)] of what was sent for ``obj``, which is no more."""
        form = self.get_form(request, obj, change=True)(request.POST, instance=obj)
        found = _texts_of(form)
        for inline in self.get_inline_instances(request, obj):
            formset = inline.get_formset(request, obj)
            prefix = formset.get_default_prefix()
            for index in rows_sent(request.POST, prefix):
                row = formset.form(request.POST, prefix=f"{prefix}-{index}")
                found += _texts_of(row, f"{inline.opts.verbose_name} ({index + 1}) : ")
        return found

    def news(self, obj, seen):
        """Return [(changeset, what it changed)] of ``obj`` since version ``seen``."""
        newer = set(self.changesets_since(obj, seen).values_list("pk", flat=True))
        return [
            (entry.changeset, ", ".join(_names_of(entry)))
            for entry in timeline(self.model, obj.pk)
            if entry.changeset.pk in newer
        ]

    # --- Comparing ----------------------------------------------------------------------------

    def merge(self, request, obj, seen_state, data, choices):
        """Return the ``Merge``; ``data`` becomes what would be saved with the ``choices``."""
        base, base_parts = seen_state
        merge = Merge()
        form_class = self.get_form(request, obj, change=True)
        names = list(form_class.base_fields)
        before = as_form_values(self.model, base, names)
        form = form_class(request.POST, instance=obj, initial=before)
        after = as_form_values(self.model, state_now(obj), names)
        FormMerge(form, before, after, choices=choices).into(merge, data)
        for inline in self.get_inline_instances(request, obj):
            rows = RowsMerge(request, obj, inline, base_parts.get(inline.model, {}), choices)
            rows.into(merge, data)
        return merge


def _names_of(entry):
    for touched in entry.touched:
        whose = "" if touched.name == "fiche" else f"{touched.name} : "
        yield from (f"{whose}{change.label}" for change in touched.changes)
        if not touched.changes:
            yield touched.name


def _texts_of(form, label=""):
    merge = FormMerge(form, {}, {})
    columns = {column.name for column in form._meta.model._meta.get_fields()}
    found = []
    for name, form_field in form.fields.items():
        is_aside = form_field.widget.is_hidden or name in ("DELETE", ORDER)
        if is_aside or name.startswith(PASSWORDS):
            continue
        if name in columns:
            text = merge.shown(name, form_field, merge.cleaned(name, form[name]))
        else:
            text = form[name].data
        if isinstance(text, str) and text:
            found.append((f"{label}{form_field.label}", text))
    return found
