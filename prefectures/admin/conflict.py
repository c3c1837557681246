"""Two people at once: who saves an object that somebody else has saved meanwhile gets to choose."""

from django.contrib import messages
from django.template.response import TemplateResponse
from django.utils.html import format_html

from ..history.snapshot import states_at
from ..history.timeline import timeline
from ..models import Changeset
from .gone import NOT_YET_SAVED, GivesBack
from .merge import MINE, THEIRS, FormMerge, Merge, as_number
from .merge_rows import RowsMerge, as_form_values, state_now
from .resending import sent_fields

RESOLVED, BACK = "_resolved", "_back"
OTHER_TEXT = "_other-"
WHOSE = {MINE: "Votre texte :", THEIRS: "L’autre texte :"}
EMPTY = "(vide)"


class SavedMeanwhileError(Exception):
    """Somebody saved or deleted the object between the comparison and the lock."""


class ResolvesConflicts(GivesBack):
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
            left_out = [(conflict, *_left_out(conflict)) for conflict in merge.conflicts]
            request.refusals = [
                NOT_YET_SAVED,
                *(
                    f"{conflict.label}. {WHOSE[whose]} {text or EMPTY}"
                    for conflict, whose, text in left_out
                    if not conflict.place
                ),
            ]
            request.left_out = {
                f"{whose}-{conflict.place}": text
                for conflict, whose, text in left_out
                if conflict.place
            }
        return None

    def conflict_page(self, request, obj, seen, version, merge):
        if request.POST.get(RESOLVED):
            messages.warning(
                request,
                "Quelqu’un vient encore d’enregistrer : regardez à nouveau."
                if request.POST[RESOLVED] != str(version)
                else "Choisissez, pour chaque champ, le texte à garder.",
            )
        chosen = {conflict.name + "-choice" for conflict in merge.conflicts}
        context = {
            **self.admin_site.each_context(request),
            "title": f"« {obj} » a changé depuis que vous l’avez ouvert",
            "opts": self.opts,
            "object": obj,
            "merge": merge,
            "version": version,
            "changesets": self.changesets_since(obj, seen),
            "sent": sent_fields(request, {RESOLVED, BACK} | chosen),
        }
        return TemplateResponse(request, "admin/prefectures/conflict.html", context, status=409)

    def news(self, obj, seen):
        """Return [(changeset, what it changed)] of ``obj`` since version ``seen``."""
        newer = self.changesets_since(obj, seen)
        return [
            (entry.changeset, ", ".join(_names_of(entry)))
            for entry in timeline(self.model, obj.pk, newer)
        ]

    # --- Back to the form ---------------------------------------------------------------------

    def render_change_form(self, request, context, *args, **kwargs):
        """Show under each field of a conflict the text that was not chosen, until it is saved."""
        others = {
            name.removeprefix(OTHER_TEXT): text
            for name, text in request.POST.items()
            if name.startswith(OTHER_TEXT)
        }
        others |= getattr(request, "left_out", {})
        if others:
            forms = [context["adminform"].form]
            forms += [form for each in context["inline_admin_formsets"] for form in each.formset]
            places = {form[name].html_name: form[name] for form in forms for name in form.fields}
            for name, text in others.items():
                whose, _, place = name.partition("-")
                if place in places and whose in WHOSE:
                    _show_under(places[place], name, WHOSE[whose], text)
        return super().render_change_form(request, context, *args, **kwargs)

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
        whose = "" if touched.name == "fiche" else f"{touched.name} : "
        yield from (f"{whose}{change.label}" for change in touched.changes)
        if not touched.changes:
            yield touched.name


def _left_out(conflict):
    """Return (whose, the text) that was not chosen."""
    is_mine = conflict.choice == MINE
    return (THEIRS, conflict.theirs) if is_mine else (MINE, conflict.mine)


def _show_under(bound, name, whose, text):
    # Django ties the help to the field (aria-describedby).
    bound.field.help_text = bound.help_text = format_html(
        '{}<span class="other-text"><strong>{}</strong> <span>{}</span></span>'
        '<input type="hidden" name="{}" value="{}">',
        bound.help_text,
        whose,
        text or EMPTY,
        OTHER_TEXT + name,
        text,
    )
