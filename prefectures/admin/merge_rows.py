"""The rows of an inline, merged: which are there, what they say, and in which order."""

from dataclasses import dataclass, field

from ..gate.history_tables import columns_of
from ..gate.reading_back import related_keys
from ..history.snapshot import State
from ..models.numbering import MOST_ROWS_OF_A_SHEET
from .merge import MINE, THEIRS, Difference, FormMerge, as_number, put
from .ordering import ALTERNATIVE, ORDER, as_said, as_stored, flat, only, with_rows_of

MOST_ROWS_SENT = 2 * MOST_ROWS_OF_A_SHEET


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
    linked = related_keys(model, [obj.pk])
    related = {name: set(by_pk.get(obj.pk, ())) for name, by_pk in linked.items()}
    return State(obj.pk, {name: getattr(obj, name) for name in columns_of(model)}, related)


def rows_sent(data, prefix):
    """Return the indexes of the rows of an inline."""
    return range(min(as_number(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS_SENT))


@dataclass
class Row:
    """A row that goes on: as ``form`` has it, or as ``values``. ``item`` is the one that is kept.

    ``key`` names it in an order: its primary key, or the index of a row that is new.
    """

    key: object
    item: object = None
    form: object = None
    values: dict = field(default_factory=dict)
    is_deleted: bool = False


def new_key(index):
    return "new", index


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
        present = self.model.objects.filter(procedure=obj) if obj else ()
        self.theirs = {item.pk: item for item in present}
        self.choices = choices
        columns = {column.name for column in self.model._meta.get_fields()}
        self.names = [name for name in self.formset.form.base_fields if name in columns]
        self.rows = []

    def into(self, merge, data):
        sent, new = self._sent_rows()
        for pk, item in self.theirs.items():
            self._merge_row(merge, item, sent.get(pk))
        for pk, index in sent.items():
            if pk not in self.theirs and pk in self.base:
                self._removed_by_them(merge, pk, index)
        for index in new:
            self._added_by_me(merge, index)
        order = self._merge_order(merge, self._sent_order(sent, new))
        moved = self._write(data, order)
        for conflict in merge.conflicts:
            prefix, _, name = conflict.place.rpartition("-")
            if prefix in moved:
                conflict.place = f"{moved[prefix]}-{name}"

    def anew(self, data):
        """Put every row that was sent into ``data`` as a new one: the object itself is gone."""
        sent, new = self._sent_rows()
        keys = sent | {new_key(index): index for index in new}
        self.rows = [
            Row(key, form=self._form(index))
            for key, index in keys.items()
            if not self._is_deleted(index)
        ]
        staying = {row.key for row in self.rows}
        self._write(data, only(self._sent_order(sent, new), staying))

    # --- The rows -----------------------------------------------------------------------------

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
        return as_form_values(self.model, state, self.names)

    def _is_deleted(self, index):
        return bool(self.sent.get(f"{self.prefix}-{index}-DELETE"))

    def _label(self, number):
        return f"{self.model._meta.verbose_name} n° {number} :"

    def _merge_row(self, merge, item, index):
        now = self._values(state_now(item))
        kept = Row(item.pk, item, values=now)
        self.rows.append(kept)
        if item.pk not in self.base:
            merge.taken.append(self._row_difference(item.number, "", self._summary(now), ""))
            return
        if index is None:
            return
        before = self._values(self.base[item.pk])
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
            kept.form = self.formset.form(merged, prefix=f"{self.prefix}-{index}")
            return
        if not fields.is_changed_by_them():
            merge.kept.append(
                self._row_difference(item.number, self._summary(before), "", "supprimé")
            )
            kept.is_deleted = True
            return
        conflict = self._row_difference(
            item.number, self._summary(before), self._summary(now), "supprimé"
        )
        merge.conflicts.append(conflict)
        kept.is_deleted = conflict.choice == MINE

    def _removed_by_them(self, merge, pk, index):
        before = self._values(self.base[pk])
        number = self.base[pk].values["number"]
        fields = FormMerge(self._form(index, before), before, before)
        if self._is_deleted(index) or not fields.is_changed_by_me():
            merge.taken.append(self._row_difference(number, self._summary(before), "supprimé", ""))
            return
        mine = self._form(index)
        conflict = self._row_difference(
            number, self._summary(before), "supprimé", self._summary(self._sent_values(mine))
        )
        merge.conflicts.append(conflict)
        if conflict.choice == MINE:
            self.rows.append(Row(pk, form=mine))

    def _added_by_me(self, merge, index):
        form = self._form(index)
        name, label = f"{self.prefix}-new-{index}", f"{self.model._meta.verbose_name} en plus"
        merge.kept.append(Difference(name, label, "", "", self._summary(self._sent_values(form))))
        self.rows.append(Row(new_key(index), form=form))

    def _row_difference(self, number, base, theirs, mine):
        name = f"{self.prefix}-row-{number}"
        label = self._label(number).removesuffix(" :")
        return Difference(name, label, base, theirs, mine, self.choices.get(name, ""))

    def _sent_values(self, form):
        fields = FormMerge(form, {}, {})
        return {name: fields.cleaned(name, form[name]) for name in self.names}

    def _summary(self, values):
        shown = FormMerge(self.formset.form(), values, values).shown
        words = [
            shown(name, self.formset.form.base_fields[name], values[name])
            for name in self.names
            if values.get(name) not in (None, "", False, [])
        ]
        return " · ".join(word for word in words if word)

    # --- Their order --------------------------------------------------------------------------

    def _sent_order(self, sent, new):
        """Return the order that was sent, rows to remove included."""
        rows = []
        for key, index in [*sent.items(), *((new_key(index), index) for index in new)]:
            place = as_number(self.sent.get(f"{self.prefix}-{index}-{ORDER}", ""))
            is_alternative = bool(self.sent.get(f"{self.prefix}-{index}-{ALTERNATIVE}"))
            rows.append((place is None, place or 0, index, key, is_alternative))
        return as_said((key, is_alternative) for *_, key, is_alternative in sorted(rows))

    def _merge_order(self, merge, mine):
        """Return the order of the rows that go on.

        Which rows follow or replace which is one thing: whoever changed it, changed all of it.
        """
        base = as_stored({pk: state.values for pk, state in self.base.items()})
        theirs = as_stored({pk: vars(item) for pk, item in self.theirs.items()})
        common = set(flat(base)) & set(flat(theirs)) & set(flat(mine))
        before, now, said = (only(order, common) for order in (base, theirs, mine))
        order, other = theirs, mine
        if said not in (before, now):
            order, other = mine, theirs
            difference = self._order_difference(before, now, said)
            if now == before:
                merge.kept.append(difference)
            else:
                merge.conflicts.append(difference)
                if difference.choice == THEIRS:
                    order, other = theirs, mine
        elif now != before and said == before:
            merge.taken.append(self._order_difference(before, now, said))
        staying = {row.key for row in self.rows if not row.is_deleted}
        return only(with_rows_of(order, other), staying)

    def _order_difference(self, base, theirs, mine):
        name = f"{self.prefix}-rows-{ORDER}"
        texts = (self._order_in_words(order) for order in (base, theirs, mine))
        label = f"ordre des {self.model._meta.verbose_name_plural}"
        return Difference(name, label, *texts, self.choices.get(name, ""))

    def _order_in_words(self, order):
        lines = (" ou ".join(self._name(self.theirs[pk]) for pk in group) for group in order)
        return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))

    @staticmethod
    def _name(item):
        return f"{item.get_kind_display()} (n° {item.number})"

    # --- What goes on -------------------------------------------------------------------------

    def _write(self, data, order):
        """Put the rows into ``data``, counted anew; return {prefix that was sent: prefix now}."""
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            del data[name]
        moved = {}
        places = {key: place for place, key in enumerate(flat(order), 1)}
        alternatives = {key for group in order for key in group[1:]}
        initial = sum(row.item is not None for row in self.rows)
        # As a form without a script shows them: those that are there, then the new ones.
        self.rows.sort(key=lambda row: (row.item is None, places.get(row.key, len(places) + 1)))
        for index, row in enumerate(self.rows):
            prefix = f"{self.prefix}-{index}"
            data[f"{prefix}-id"] = str(row.item.pk) if row.item else ""
            data[f"{prefix}-{self.foreign_key}"] = str(self.obj.pk) if self.obj else ""
            if row.form is not None:
                moved[row.form.prefix] = prefix
            data[f"{prefix}-{ORDER}"] = str(places.get(row.key, ""))
            if row.key in alternatives:
                data[f"{prefix}-{ALTERNATIVE}"] = "on"
            if row.is_deleted:
                data[f"{prefix}-DELETE"] = "on"
            for name in self.names:
                if row.form is not None:
                    sent = row.form.data.getlist(row.form.add_prefix(name))
                    if sent:
                        data.setlist(f"{prefix}-{name}", sent)
                elif name in row.values:
                    put(
                        data,
                        f"{prefix}-{name}",
                        self.formset.form.base_fields[name],
                        row.values[name],
                    )
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(self.rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        data[f"{self.prefix}-MIN_NUM_FORMS"] = "0"
        data[f"{self.prefix}-MAX_NUM_FORMS"] = str(MOST_ROWS_SENT)
        return moved
