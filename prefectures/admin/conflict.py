"""Two people at once: who saves an object that somebody else has saved meanwhile gets to choose."""

from django.contrib import messages
from django.template.response import TemplateResponse

from ..history.snapshot import State, states_at
from ..history.timeline import timeline
from ..models import Changeset
from ..models.reading_back import related_keys
from .merge import (
    MINE,
    THEIRS,
    Difference,
    FormMerge,
    Merge,
    as_number,
    could_be,
    put,
)

RESOLVED, BACK = "_resolved", "_back"
OURS = {"csrfmiddlewaretoken", RESOLVED, BACK}
PASSWORDS = ("password",)
MOST_ROWS = 1000


def as_form_values(model, state, names):
    """Return {name of the field: value} of a ``State``, as a form of ``names`` begins with."""
    values = {}
    for name in names:
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if field is None or not hasattr(field, "formfield"):
            continue
        if field.many_to_many:
            values[name] = sorted(state.related.get(name, ()), key=str)
        elif field.attname in state.values:
            values[name] = state.values[field.attname]
    return values


def state_now(obj):
    """Return the ``State`` of an object as the database has it."""
    model = type(obj)
    names = [column.attname for column in model.history.model.tracked_fields]
    linked = related_keys(model, [obj.pk])
    related = {name: set(by_pk.get(obj.pk, ())) for name, by_pk in linked.items()}
    return State(obj.pk, {name: getattr(obj, name) for name in names}, related)


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


class RowsMerge:
    """Merges the rows of one inline, matched by their key."""

    def __init__(self, request, obj, inline, base, choices):
        self.sent = request.POST
        self.obj = obj
        self.model = inline.model
        self.formset = inline.get_formset(request, obj)
        self.prefix = self.formset.get_default_prefix()
        self.foreign_key = self.formset.fk.name
        self.base = base
        self.theirs = {item.pk: item for item in self.model.objects.filter(procedure=obj)}
        self.choices = choices
        self.rows = []

    def into(self, merge, data):
        sent, new = self._sent_rows()
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            del data[name]
        for pk, item in self.theirs.items():
            self._merge_row(merge, item, sent.get(pk))
        initial = len(self.rows)
        for pk, index in sent.items():
            if pk not in self.theirs and pk in self.base:
                self._removed_by_them(merge, pk, index)
        self.rows += [(None, self._form(index), {}, False) for index in new]
        self._write(data, initial)

    def _sent_rows(self):
        """Return {pk: index} of the rows that were there, and the indexes of the new ones."""
        known, new = {}, []
        for index in rows_sent(self.sent, self.prefix):
            pk = as_number(self.sent.get(f"{self.prefix}-{index}-id", ""))
            if pk is not None:
                known[pk] = index
            elif not self._is_deleted(index) and self._form(index).has_changed():
                new.append(index)
        return known, new

    def _form(self, index, initial=None):
        form = self.formset.form(self.sent, prefix=f"{self.prefix}-{index}", initial=initial)
        form.empty_permitted = True
        return form

    def _values(self, state):
        return as_form_values(self.model, state, list(self.formset.form.base_fields))

    def _is_deleted(self, index):
        return bool(self.sent.get(f"{self.prefix}-{index}-DELETE"))

    def _label(self, number):
        return f"{self.model._meta.verbose_name} n° {number} :"

    def _merge_row(self, merge, item, index):
        now = self._values(state_now(item))
        if item.pk not in self.base:
            merge.taken.append(self._row_difference(item.number, "", self._summary(now), ""))
            self.rows.append((item, None, now, False))
            return
        before = self._values(self.base[item.pk])
        if index is None:
            self.rows.append((item, None, now, False))
            return
        fields = FormMerge(
            self._form(index, before),
            before,
            now,
            label=self._label(item.number),
            choices=self.choices,
        )
        if not self._is_deleted(index):
            # A copy: what comes of the fields goes under another index in the end.
            merged = self.sent.copy()
            fields.into(merge, merged)
            form = self.formset.form(merged, prefix=f"{self.prefix}-{index}")
            self.rows.append((item, form, {}, False))
            return
        if not fields.is_changed_by_them():
            merge.kept.append(
                self._row_difference(item.number, self._summary(before), "", "supprimé")
            )
            self.rows.append((item, None, now, True))
            return
        conflict = self._row_difference(
            item.number, self._summary(before), self._summary(now), "supprimé"
        )
        merge.conflicts.append(conflict)
        self.rows.append((item, None, now, conflict.choice == MINE))

    def _removed_by_them(self, merge, pk, index):
        before = self._values(self.base[pk])
        number = self.base[pk].values["number"]
        fields = FormMerge(self._form(index, before), before, before)
        if self._is_deleted(index) or not fields.is_changed_by_me():
            merge.taken.append(self._row_difference(number, self._summary(before), "supprimé", ""))
            return
        mine = self._form(index)
        conflict = self._row_difference(
            number, self._summary(before), "supprimé", self._summary(_sent_values(mine))
        )
        merge.conflicts.append(conflict)
        if conflict.choice == MINE:
            self.rows.append((None, mine, {}, False))

    def _row_difference(self, number, base, theirs, mine):
        name = f"{self.prefix}-row-{number}"
        label = self._label(number).removesuffix(" :")
        return Difference(name, label, base, theirs, mine, self.choices.get(name, ""))

    def _summary(self, values):
        shown = FormMerge(self.formset.form(), values, values).shown
        words = [
            shown(name, field, values[name])
            for name, field in self.formset.form.base_fields.items()
            if values.get(name) not in (None, "", False, []) and name != "position"
        ]
        return " · ".join(word for word in words if word)

    def _write(self, data, initial):
        for index, (item, form, values, is_deleted) in enumerate(self.rows):
            prefix = f"{self.prefix}-{index}"
            data[f"{prefix}-id"] = str(item.pk) if item else ""
            data[f"{prefix}-{self.foreign_key}"] = str(self.obj.pk)
            if is_deleted:
                data[f"{prefix}-DELETE"] = "on"
            for name, field in self.formset.form.base_fields.items():
                if form is not None:
                    sent = form.data.getlist(form.add_prefix(name))
                    if sent:
                        data.setlist(f"{prefix}-{name}", sent)
                elif name in values:
                    put(data, f"{prefix}-{name}", field, values[name])
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(self.rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        data[f"{self.prefix}-MIN_NUM_FORMS"] = "0"
        data[f"{self.prefix}-MAX_NUM_FORMS"] = str(MOST_ROWS)


def rows_sent(data, prefix):
    """Return the indexes of the rows of an inline."""
    return range(min(as_number(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS))


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
        if form_field.widget.is_hidden or name == "DELETE" or name.startswith(PASSWORDS):
            continue
        if name in columns:
            text = merge.shown(name, form_field, merge.cleaned(name, form[name]))
        else:
            text = form[name].data
        if isinstance(text, str) and text:
            found.append((f"{label}{form_field.label}", text))
    return found


def _sent_values(form):
    return {name: form[name].data for name in form.fields}
