"""One row's cells against what the site holds: what changes, what conflicts, what is refused."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from ..gate.conditions import broken_conditions
from ..models.fields import ChoiceSetField, RichTextField
from ..text.differences import text_of
from .altered import doubt
from .plan import MINE, CellChange, CellConflict


def empty_value(field):
    """Return what an emptied cell leaves in ``field``."""
    if field.many_to_many:
        return set()
    if isinstance(field, ChoiceSetField):
        return []
    if field.null:
        return None
    return field.get_default()


@dataclass(frozen=True)
class ComingLink:
    """A link that comes with the file: it can be quoted once it is there."""

    number: int


class Cells:
    """Puts the ``cells`` ({name of the field: text}) of a planned row on its instance.

    ``related`` holds the keys that the object is linked to now, by many-to-many field. ``base`` is
    the object as the file knew it (a ``State``), or None: then there is nobody to conflict with.
    ``coming_links`` are the numbers, as text, of the links that the file adds to the sheet.
    """

    def __init__(
        self, planned, resource, known, *, related, base, erases_empty, choices, coming_links=()
    ):
        self.planned = planned
        self.resource = resource
        self.known = known
        self.current_related = related
        self.base = base
        self.erases_empty = erases_empty
        self.choices = choices
        self.coming_links = coming_links
        self.changed = set()

    def put(self, cells):
        before = {} if self.planned.is_new else self._values()
        for name, column in self.resource.columns.items():
            if name not in cells:
                continue
            field = self.resource.model._meta.get_field(name)
            try:
                self._put(field, column, cells[name])
            except ValidationError as error:
                for sentence in error.messages:
                    self.planned.refuse(sentence, column.column_name)
        if self.changed or self.planned.is_new:
            if not self.planned.faults:
                self._check()
            if not self.planned.faults:
                self._note_changes(before)

    def take_away(self):
        """Note all that a deletion takes away."""
        for name, value in self._values().items():
            if value:
                column = self.resource.columns[name]
                was = self.shown(self.resource.model._meta.get_field(name), value)
                self.planned.changes.append(CellChange(str(column.column_name), was, ""))

    def _put(self, field, column, cell):
        is_new = self.planned.is_new
        current = self._current(field)
        if not cell.strip():
            if is_new or not self.erases_empty:
                return
            value = empty_value(field)
        else:
            self.planned.given.add(field.name)
            if not is_new and cell == self._cell(field, column, current):
                return
            value = self._value(field, column, cell)
        if value == current:
            return
        if self.base is not None:
            base = self._base(field)
            if value == base:
                return
            if current != base and not self._is_mine(field, column, base, current, value):
                return
        self._set(field, value)

    def _note_changes(self, before):
        """What is written is what differs now: saving cleans and fills in other fields as well."""
        for name, value in self._values().items():
            field = self.resource.model._meta.get_field(name)
            was = before.get(name)
            if value == was or (self.planned.is_new and not value and name not in self.changed):
                continue
            old = "" if self.planned.is_new else self.shown(field, was)
            new = self.shown(field, value)
            if old == new:
                # Bold here, a title there: only the tags differ.
                old, new = str(was), str(value)
            label = str(self.resource.columns[name].column_name)
            self.planned.changes.append(CellChange(label, old, new))
            if doubted := doubt(self.planned.instance, field, old, new):
                self.planned.notices.append(f"« {label} » : {doubted}")

    def _is_mine(self, field, column, base, theirs, mine):
        """Note the conflict, and return whether the editor chose his own text."""
        name = f"{self.planned.kind.name}-{self.planned.line}-{field.name}"
        choice = self.choices.get(name, "")
        self.planned.conflicts.append(
            CellConflict(
                name,
                str(column.column_name),
                *(self.shown(field, value) for value in (base, theirs, mine)),
                choice,
            )
        )
        return choice == MINE

    # --- Values -------------------------------------------------------------------------------

    def _values(self):
        found = {
            name: self._current(self.resource.model._meta.get_field(name))
            for name in self.resource.columns
        }
        if self.planned.quoted_link:
            found["quoted_from"] = ComingLink(self.planned.quoted_link)
        return found

    def _value(self, field, column, cell):
        if field.name == "quoted_from" and cell.strip() in self.coming_links:
            return ComingLink(int(cell))
        if field.is_relation:
            return column.widget.clean(cell)
        return field.to_python(column.widget.clean(cell))

    def _current(self, field):
        if field.many_to_many:
            keys = self.planned.related.get(field.name, self.current_related.get(field.name, ()))
            return set(keys)
        return getattr(self.planned.instance, field.attname)

    def _base(self, field):
        if field.many_to_many:
            return self.base.related[field.name]
        return self.base.values[field.attname]

    def _set(self, field, value):
        self.changed.add(field.name)
        if isinstance(value, ComingLink):
            self.planned.quoted_link = value.number
        elif field.many_to_many:
            self.planned.related[field.name] = value
        else:
            setattr(self.planned.instance, field.attname, value)

    # --- Words --------------------------------------------------------------------------------

    def _cell(self, field, column, value):
        """Return ``value`` as an export writes it."""
        if field.many_to_many:
            codes = sorted(self.known.code(field.related_model, pk) for pk in value)
            return " | ".join(codes)
        if isinstance(value, ComingLink):
            return str(value.number)
        if field.is_relation:
            return "" if value is None else self.known.code(field.related_model, value)
        return column.widget.render(value)

    def shown(self, field, value):
        """Return ``value`` as a person reads it."""
        if isinstance(field, RichTextField):
            return text_of(value)
        return self._cell(field, self.resource.columns[field.name], value)

    # --- Checks -------------------------------------------------------------------------------

    def _check(self):
        """All fields, as saving does: what an earlier version of the site let in is told here."""
        instance = self.planned.instance
        relations = {field.name for field in instance._meta.fields if field.is_relation}
        try:
            instance.clean()
            instance.clean_fields(exclude=relations)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                label = "" if name == NON_FIELD_ERRORS else self._label(name)
                for sentence in sentences:
                    self.planned.refuse(sentence, label)
        for sentence in broken_conditions(instance):
            self.planned.refuse(sentence)

    def _label(self, name):
        column = self.resource.columns.get(name)
        return str(column.column_name) if column else ""
