"""One row's cells against what the site holds: what changes, what conflicts, what is refused."""

from django.core.exceptions import ValidationError

from ..models import Procedure
from ..models.fields import ChoiceSetField, RichListField
from ..sheets.checking import refusals
from ..sheets.kinds import row_kind
from ..sheets.merge import CONFLICT, KEPT, MINE, of_values
from ..sheets.state import OwnRow
from ..sheets.words import Compared, Told, in_words
from .altered import doubt
from .widgets import SEPARATOR


def empty_value(field):
    """Return what an emptied cell leaves in ``field``."""
    if field.many_to_many:
        return frozenset()
    if isinstance(field, ChoiceSetField):
        return []
    return None if field.null else field.get_default()


def _is_kept_as(field, before, value):
    """Whether ``value`` is what saving makes of the list ``before``: paragraphs become items."""
    return isinstance(field, RichListField) and field.to_python(before) == value


class Cells:
    """Puts the ``cells`` ({name of the field: text}) of a planned row on what it is to be.

    ``base`` is the ``Item`` as the file knew it, or None: then there is nobody to conflict with.
    ``coming`` are the numbers, as text, of the rows that the file adds to a new sheet, by kind;
    ``new_sheets`` the planned rows of those that it adds before, by key.
    """

    def __init__(
        self, planned, resource, known, *, base, erases_empty, choices, coming, new_sheets
    ):
        self.planned = planned
        self.resource = resource
        self.known = known
        self.base = base
        self.erases_empty = erases_empty
        self.choices = choices
        self.coming = coming
        self.new_sheets = new_sheets

    def put(self, cells):
        planned = self.planned
        now = (planned.before or planned.after).values
        base = self.base.values if self.base else now
        said = self._said(cells, now)
        put = {}
        for difference in of_values(base, now, said):
            is_mine = difference.verdict == KEPT
            if difference.verdict == CONFLICT:
                is_mine = self._is_chosen(difference)
            if is_mine:
                put[difference.name] = difference.mine
        planned.after.values |= put
        if put or planned.is_new:
            if not planned.faults:
                self._check()
            if not planned.faults:
                self._note_changes(put)

    def take_away(self):
        """Note all that a deletion takes away."""
        for name, column in self.resource.columns.items():
            value = self.planned.before.values[name]
            if value:
                was = self._shown(self._field(name), value)
                self.planned.changes.append(Told(str(column.column_name), was, ""))

    def _said(self, cells, now):
        """Return the values ({name: value}) of the cells that say something; refuse the others."""
        planned, said = self.planned, {}
        for name, column in self.resource.columns.items():
            if name not in cells:
                continue
            cell, field = cells[name], self._field(name)
            if not cell.strip():
                if not planned.is_new and self.erases_empty:
                    said[name] = empty_value(field)
                continue
            planned.given.add(name)
            if planned.is_new or cell != self._cell(field, column, now[name]):
                try:
                    value = self._value(field, column, cell)
                except ValidationError as error:
                    for sentence in error.messages:
                        planned.refuse(sentence, column.column_name)
                else:
                    if planned.is_new or not _is_kept_as(field, now[name], value):
                        said[name] = value
        return said

    def _note_changes(self, put):
        """What is written is what differs now: saving cleans and fills in other fields as well."""
        planned = self.planned
        for name, column in self.resource.columns.items():
            field, value = self._field(name), planned.after.values[name]
            if planned.is_new:
                if not value and name not in put:
                    continue
                was, old = None, ""
            else:
                was = planned.before.values[name]
                if value == was:
                    continue
                old = self._shown(field, was)
            new = self._shown(field, value)
            if old == new:
                # Bold here, a title there: only the tags differ.
                old, new = str(was), str(value)
            label = str(column.column_name)
            planned.changes.append(Told(label, old, new))
            if doubted := doubt(planned, field, old, new):
                planned.notices.append(f"« {label} » : {doubted}")

    def _is_chosen(self, difference):
        """Note the conflict, and return whether the editor chose his own text."""
        name = f"{self.planned.kind.name}-{self.planned.line}-{difference.name}"
        field, choice = self._field(difference.name), self.choices.get(name, "")
        texts = (
            self._shown(field, value)
            for value in (difference.base, difference.theirs, difference.mine)
        )
        label = str(self.resource.columns[difference.name].column_name)
        self.planned.conflicts.append(Compared(name, label, *texts, choice))
        return choice == MINE

    # --- Values and words ---------------------------------------------------------------------

    def _field(self, name):
        return self.resource.model._meta.get_field(name)

    def _value(self, field, column, cell):
        if not field.is_relation:
            return field.to_python(column.widget.clean(cell))
        kind = row_kind(field.related_model)
        if kind and cell.strip() in self.coming[kind]:
            return OwnRow(int(cell))
        if field.related_model is Procedure and cell.strip() in self.new_sheets:
            return self.new_sheets[cell.strip()].after
        return column.widget.clean(cell)

    def _cell(self, field, column, value):
        """Return ``value`` as an export writes it."""
        return self._shown(field, value) if field.is_relation else column.widget.render(value)

    def _shown(self, field, value):
        """Return ``value`` as a person reads it."""
        return in_words(field, value, self.known.names, SEPARATOR)

    # --- Checks -------------------------------------------------------------------------------

    def _check(self):
        """All fields, as saving does: what an earlier version of the site let in is told here."""
        planned = self.planned
        found = refusals(planned.kind.model, planned.after, self.known.objects)
        for name, sentences in found.items():
            column = self.resource.columns.get(name)
            for sentence in sentences:
                planned.refuse(sentence, str(column.column_name) if column else "")
