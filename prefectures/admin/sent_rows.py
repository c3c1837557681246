"""The rows of an inline that were sent, merged: which are there, what they say, in which order."""

from dataclasses import dataclass

from ..models.numbering import MOST_ROWS_OF_A_SHEET
from ..sheets.merge import AGREED, CONFLICT, KEPT, MINE, TAKEN, THEIRS, of_rows, verdict
from ..sheets.order import as_said, as_stored, flat, only, with_rows_of
from ..sheets.state import Item
from ..sheets.words import Compared
from .sent_form import SentForm, as_number, put

MOST_ROWS_SENT = 2 * MOST_ROWS_OF_A_SHEET
# What a form says of each row, and no column keeps.
ORDER, ALTERNATIVE = "order", "is_alternative"


def rows_sent(data, prefix):
    """Return the indexes of the rows of an inline."""
    return range(min(as_number(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS_SENT))


@dataclass
class Row:
    """A row that goes on: as ``form`` has it, or as ``item``, the one that is there, does.

    ``key`` names it in an order: its number, or the index of a row that is new.
    """

    key: object
    item: Item | None = None
    form: object = None
    is_deleted: bool = False


def new_key(index):
    return "new", index


class SentRows:
    """The rows of one inline. ``base`` and ``theirs`` are {number: Item}, of the sheet ``pk``."""

    def __init__(self, data, kind, formset, base=None, theirs=None, *, pk=None, choices=None):
        self.sent = data
        self.kind = kind
        self.formset = formset
        self.prefix = formset.get_default_prefix()
        self.base, self.theirs = base or {}, theirs or {}
        self.pk = pk
        self.choices = choices or {}
        columns = {column.name for column in kind.model._meta.get_fields()}
        self.names = [name for name in formset.form.base_fields if name in columns]
        self.rows = []

    def merge(self, merge, data):
        """Sort what differs into ``merge``; put what comes of it into ``data`` (a QueryDict)."""
        sent, new = self._sent_rows()
        self._merge_rows(sent, merge)
        for index in new:
            form = self._form(index)
            name, label = f"{self.prefix}-new-{index}", f"{self.kind.one} en plus"
            merge.kept.append(Compared(name, label, "", "", self._summary(self._values_sent(form))))
            self.rows.append(Row(new_key(index), form=form))
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
        """Return {number: index} of the rows that were there, and the indexes of the new ones.

        Of a sheet that is gone, they are known by their keys.
        """
        numbers = {item.pk: number for number, item in {**self.base, **self.theirs}.items()}
        known, new = {}, []
        for index in rows_sent(self.sent, self.prefix):
            pk = as_number(self.sent.get(f"{self.prefix}-{index}-id", ""))
            if pk is not None:
                known[numbers.get(pk, f"gone {pk}")] = index
            elif not self._is_deleted(index) and self._form(index).has_changed():
                new.append(index)
        return known, new

    def _form(self, index, data=None):
        form = self.formset.form(data or self.sent, prefix=f"{self.prefix}-{index}")
        form.empty_permitted = True
        return form

    def _values(self, items):
        return {
            number: {name: item.values[name] for name in self.names}
            for number, item in items.items()
        }

    def _values_sent(self, form):
        return {name: SentForm(form).value(name) for name in self.names}

    def _is_deleted(self, index):
        return bool(self.sent.get(f"{self.prefix}-{index}-DELETE"))

    def _merge_rows(self, sent, merge):
        base, theirs = self._values(self.base), self._values(self.theirs)
        mine, forms = dict(base), {}
        for number in sent.keys() & base.keys():
            label = f"{self._label(number)} :"
            forms[number] = SentForm(self._form(sent[number]), label=label, choices=self.choices)
            values = forms[number].values(base[number], theirs.get(number, base[number]))
            mine[number] = None if self._is_deleted(sent[number]) else values
        merged, whose = self.sent.copy(), {}
        for difference in of_rows(base, theirs, mine):
            number, name = difference.key, difference.name
            if name is None:
                whose[number] = self._sort_row(difference, merge)
                continue
            told = forms[number].told(difference)
            if merge.sort(difference.verdict, told) == THEIRS:
                put(merged, told.place, forms[number].form.fields[name], difference.theirs)
        for number, item in self.theirs.items():
            row = Row(number, item, is_deleted=whose.get(number) == MINE)
            if number in forms and mine[number]:
                row.form = self._form(sent[number], merged)
            self.rows.append(row)
        self.rows += [
            Row(number, form=self._form(sent[number]))
            for number, side in whose.items()
            if side == MINE and number not in self.theirs and mine[number]
        ]

    def _sort_row(self, difference, merge):
        """Sort a row that is not there everywhere into ``merge``; return whose goes on."""
        became = TAKEN if difference.verdict == AGREED else difference.verdict
        name = f"{self.prefix}-row-{difference.key}"
        texts = [
            self._summary(values) if values else ""
            for values in (difference.base, difference.theirs, difference.mine)
        ]
        if difference.base:
            texts[1:] = [text or "supprimé" for text in texts[1:]]
        if became != CONFLICT:
            # Of what one person did alone, only that is shown.
            texts[2 if became == TAKEN else 1] = ""
        told = Compared(name, self._label(difference.key), *texts, self.choices.get(name, ""))
        return merge.sort(became, told)

    def _label(self, number):
        return f"{self.kind.one} n° {number}"

    def _summary(self, values):
        said = {name: value for name, value in values.items() if value not in (None, "", False, [])}
        words = SentForm(self.formset.form()).shown(said).values()
        return " · ".join(word for word in words if word)

    # --- Their order --------------------------------------------------------------------------

    def _sent_order(self, sent, new):
        """Return the order that was sent, rows to remove included."""
        rows = []
        for key, index in [*sent.items(), *((new_key(index), index) for index in new)]:
            place = as_number(self.sent.get(f"{self.prefix}-{index}-{ORDER}", ""))
            is_alternative = bool(self.sent.get(f"{self.prefix}-{index}-{ALTERNATIVE}"))
            rows.append((place is None, place or 0, index, key, is_alternative))
        rows.sort(key=lambda row: row[:3])
        return as_said((key, is_alternative) for *_, key, is_alternative in rows)

    def _merge_order(self, merge, mine):
        """Return the order of the rows that go on.

        Which rows follow or replace which is one thing: whoever changed it, changed all of it.
        """
        base, theirs = (
            as_stored({number: item.values for number, item in items.items()})
            for items in (self.base, self.theirs)
        )
        common = set(flat(base)) & set(flat(theirs)) & set(flat(mine))
        three = [only(order, common) for order in (base, theirs, mine)]
        became = verdict(*three)
        name, label = f"{self.prefix}-rows-{ORDER}", f"ordre des {self.kind.plural}"
        texts = (self._order_in_words(order) for order in three)
        told = Compared(name, label, *texts, self.choices.get(name, ""))
        whose = merge.sort(became, told) if became in (KEPT, TAKEN, CONFLICT) else THEIRS
        order, other = (mine, theirs) if whose == MINE else (theirs, mine)
        staying = {row.key for row in self.rows if not row.is_deleted}
        return only(with_rows_of(order, other), staying)

    def _order_in_words(self, order):
        lines = (" ou ".join(self._name(number) for number in group) for group in order)
        return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))

    def _name(self, number):
        values = self.theirs[number].values
        what = self._summary({name: values[name] for name in self.names if name == "kind"})
        return f"{what or self.kind.one} (n° {number})"

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
            data[f"{prefix}-{self.formset.fk.name}"] = "" if self.pk is None else str(self.pk)
            if row.form is not None:
                moved[row.form.prefix] = prefix
            data[f"{prefix}-{ORDER}"] = str(places.get(row.key, ""))
            if row.key in alternatives:
                data[f"{prefix}-{ALTERNATIVE}"] = "on"
            if row.is_deleted:
                data[f"{prefix}-DELETE"] = "on"
            for name in self.names:
                place = f"{prefix}-{name}"
                if row.form is None:
                    put(data, place, self.formset.form.base_fields[name], row.item.values[name])
                elif sent := row.form.data.getlist(row.form.add_prefix(name)):
                    data.setlist(place, sent)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(self.rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        data[f"{self.prefix}-MIN_NUM_FORMS"] = "0"
        data[f"{self.prefix}-MAX_NUM_FORMS"] = str(MOST_ROWS_SENT)
        return moved
