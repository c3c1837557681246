"""Three texts of one form: as it was opened, as somebody else left it, as it was sent.

Pure but for the names of what is linked: it compares through the form’s own fields, so that text
that cannot be saved is compared too, and gives back data as a browser would send it.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.forms import BooleanField, ModelChoiceField, ModelMultipleChoiceField

from ..models.fields import RichTextField
from ..text.differences import text_of, word_differences
from .unaskable import is_key

# Of more digits than that, neither database makes a number.
LONGEST_KEY = 18

MINE, THEIRS = "mine", "theirs"


@dataclass
class Difference:
    """One field (or one whole row) that somebody changed; texts to show."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    choice: str = ""
    # The field that holds what goes on; "" for a whole row.
    place: str = ""

    @property
    def theirs_marked(self):
        return word_differences(self.base, self.theirs)

    @property
    def mine_marked(self):
        return word_differences(self.base, self.mine)


@dataclass
class Merge:
    """What both changed (``conflicts``), what only they changed, what only I did."""

    conflicts: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    kept: list = field(default_factory=list)

    @property
    def is_decided(self):
        return all(conflict.choice for conflict in self.conflicts)

    @property
    def has_news(self):
        return bool(self.conflicts or self.taken)


class FormMerge:
    """Merges the fields of one form. ``base`` and ``theirs`` are values by name of the field."""

    def __init__(self, form, base, theirs, *, label="", choices=None):
        self.form = form
        self.base = base
        self.theirs = theirs
        self.label = label
        self.choices = choices or {}

    def fields(self):
        for name, form_field in self.form.fields.items():
            if name in self.base and not form_field.disabled:
                yield name, form_field, self.form[name]

    def is_changed_by_me(self):
        return any(self._mine(name, bound, self.base[name]) for name, _, bound in self.fields())

    def is_changed_by_them(self):
        return any(self.base[name] != self.theirs[name] for name, _, _ in self.fields())

    def into(self, merge, data):
        """Sort the fields into ``merge``; put what comes of them into ``data`` (a QueryDict)."""
        for name, form_field, bound in self.fields():
            base, theirs = self.base[name], self.theirs[name]
            is_mine, is_theirs = self._mine(name, bound, base), base != theirs
            if not is_mine and not is_theirs:
                continue
            difference = Difference(
                bound.html_name,
                f"{self.label} {form_field.label}".strip() if self.label else str(form_field.label),
                self.shown(name, form_field, base),
                self.shown(name, form_field, theirs),
                self.shown(name, form_field, self.cleaned(name, bound)),
                self.choices.get(bound.html_name, ""),
                bound.html_name,
            )
            if not is_theirs:
                merge.kept.append(difference)
            elif not is_mine:
                merge.taken.append(difference)
            elif self._mine(name, bound, theirs):
                merge.conflicts.append(difference)
            else:
                continue
            if is_theirs and (not is_mine or difference.choice == THEIRS):
                put(data, bound.html_name, form_field, theirs)

    def _mine(self, name, bound, value):
        if not bound.field.has_changed(value, bound.data):
            return False
        # A browser ends lines in its own way, and an editor writes tags in its own.
        stored = self._stored(name, bound.field, bound.data)
        return not isinstance(stored, str) or stored != self._stored(name, bound.field, value)

    def _stored(self, name, form_field, value):
        """Return a text as its column would keep it; what cannot be kept stays as it is."""
        column = self.form._meta.model._meta.get_field(name)
        if not isinstance(value, str) or not isinstance(column, (CharField, TextField)):
            return value
        try:
            return column.to_python(form_field.to_python(value))
        except ValidationError:
            return value

    def cleaned(self, name, bound):
        """Return what was sent for a field as it would be saved, or as it was sent."""
        try:
            value = bound.field.clean(bound.data)
        except (ValidationError, OverflowError):
            # What cannot be saved, or is too large to be asked of SQLite, can still be shown.
            value = bound.data
        return self._stored(name, bound.field, value)

    def shown(self, name, form_field, value):
        """Return ``value`` as a person reads it."""
        if isinstance(form_field, ModelMultipleChoiceField):
            return ", ".join(sorted(_names(form_field, value)))
        if isinstance(form_field, ModelChoiceField):
            return ", ".join(_names(form_field, [value] if value else []))
        if isinstance(form_field, BooleanField):
            return "oui" if value else "non"
        if value in (None, "", []):
            return ""
        choices = getattr(form_field, "choices", None)
        if choices:
            labels = {str(key): str(label) for key, label in choices}
            values = value if isinstance(value, (list, tuple)) else [value]
            return ", ".join(labels.get(str(item), str(item)) for item in values)
        if hasattr(value, "strftime"):
            return f"{value:%d/%m/%Y}"
        model_field = self.form._meta.model._meta.get_field(name)
        return text_of(str(value)) if isinstance(model_field, RichTextField) else str(value)


def _names(form_field, values):
    """Return the names of linked objects, given as objects or as keys."""
    keys = [getattr(value, "pk", value) for value in values or ()]
    model = form_field.queryset.model
    found = model._base_manager.in_bulk([key for key in keys if is_key(model, key)])
    known = {str(pk): str(item) for pk, item in found.items()}
    return [known.get(str(key), str(key)) for key in keys]


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
    if isinstance(value, (list, tuple, set, frozenset)):
        data.setlist(name, [str(item) for item in value])
        return
    text = form_field.widget.format_value(value)
    # The widget of a choice returns a list.
    data.setlist(name, text if isinstance(text, list) else ["" if text is None else str(text)])
