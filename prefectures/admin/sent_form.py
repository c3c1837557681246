"""A form that was sent, as values: compared with what it was opened with, and with what is there.

It reads through the form’s own fields, so that text that cannot be saved is compared too, and gives
back data as a browser would send it.
"""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.forms import BooleanField

from ..sheets.merge import THEIRS, of_values
from ..sheets.reading import names_of
from ..sheets.words import Compared, in_words
from .unaskable import is_key

# Of more digits than that, neither database makes a number.
LONGEST_KEY = 18


class SentForm:
    """One form that was sent, of a model with history. ``choices`` are by name of the conflict."""

    def __init__(self, form, *, label="", choices=None):
        self.form = form
        self.model = form._meta.model
        self.label = label
        self.choices = choices or {}

    def names(self, of):
        """Return the names of its fields that ``of`` ({name: value}) knows, and may be changed."""
        fields = self.form.fields.items()
        return [name for name, field in fields if name in of and not field.disabled]

    def values(self, *known):
        """Return {name: value} as it would be saved, or as it was sent where that cannot be.

        Of what is as one of the ``known`` values has it, that value: a browser ends lines in its
        own way, and an editor writes tags in its own.
        """
        return {name: self._value(name, known) for name in self.names(known[0])}

    def _value(self, name, known):
        bound, sent = self.form[name], None
        for values in known:
            value = values[name]
            if not bound.field.has_changed(value, bound.data):
                return value
            # Read only where it has to be: cleaning a text takes long.
            sent = self.value(name) if sent is None else sent
            if isinstance(sent, str) and sent == self._stored(name, value):
                return value
        return sent

    def value(self, name):
        """Return what was sent for one field, as a column keeps it if it can."""
        bound, field = self.form[name], self.model._meta.get_field(name)
        try:
            value = bound.field.clean(bound.data)
        except (ValidationError, OverflowError):
            # What cannot be saved, or is too large to be asked of SQLite, can still be shown.
            value = bound.data
        if field.many_to_many:
            return frozenset(_key(field.related_model, item) for item in value or ())
        if field.is_relation:
            return _key(field.related_model, value)
        return self._stored(name, value)

    def _stored(self, name, value):
        field = self.model._meta.get_field(name)
        if isinstance(value, str) and isinstance(field, (CharField, TextField)):
            with suppress(ValidationError):
                return field.to_python(value)
        return value

    # --- Merging ------------------------------------------------------------------------------

    def merge(self, base, theirs, merge, data):
        """Sort what differs into ``merge``; put what comes of it into ``data`` (a QueryDict)."""
        for difference in of_values(base, theirs, self.values(base, theirs)):
            told = self.told(difference)
            if merge.sort(difference.verdict, told) == THEIRS:
                put(data, told.place, self.form.fields[difference.name], difference.theirs)

    def told(self, difference):
        """Return what is ``Compared`` of a field, in words."""
        name = difference.name
        place = self.form[name].html_name
        label = f"{self.label} {self.form.fields[name].label}".strip()
        three = (difference.base, difference.theirs, difference.mine)
        texts = (self.shown({name: value})[name] for value in three)
        return Compared(place, label, *texts, self.choices.get(place, ""), place)

    def shown(self, values):
        """Return {name: text} of ``values``, as a person reads them."""
        fields = {name: self.model._meta.get_field(name) for name in values}
        names = names_of((field, _askable(field, values[name])) for name, field in fields.items())
        return {name: in_words(field, values[name], names) for name, field in fields.items()}


def _key(model, value):
    """Return the key that was sent; of what is none, what was sent."""
    value = getattr(value, "pk", value)
    if value in (None, ""):
        return None
    return model._meta.pk.to_python(value) if is_key(model, value) else value


def _askable(field, value):
    """Return the keys in ``value`` of which the database can be asked."""
    if not field.is_relation:
        return value
    if field.many_to_many:
        return frozenset(key for key in value if is_key(field.related_model, key))
    return value if value is not None and is_key(field.related_model, value) else None


def as_number(text):
    """Return the whole number that was sent, None for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if is_number else None


def put(data, name, form_field, value):
    """Put ``value`` into ``data`` as the widget of ``form_field`` would have sent it."""
    if isinstance(form_field, BooleanField):
        data.setlist(name, ["on"] if value else [])
        if not value:
            del data[name]
        return
    if isinstance(value, frozenset):
        value = sorted(value, key=str)
    if isinstance(value, list):
        data.setlist(name, [str(item) for item in value])
        return
    text = form_field.widget.format_value(value)
    # The widget of a choice returns a list.
    data.setlist(name, text if isinstance(text, list) else ["" if text is None else str(text)])
