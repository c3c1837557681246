"""A value in words, and what became of it, wherever two states are compared. Pure."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models

from ..models.fields import ChoiceSetField, RichTextField
from ..text.differences import text_of, word_differences
from .kinds import SHEETS
from .merge import CONFLICT, KEPT, MINE, TAKEN, THEIRS
from .state import Item, OwnRow


@dataclass
class Told:
    """One change in words: of a field, or of a whole row."""

    # How it is told: see ``telling.py``.
    is_text = is_several = is_rich = False

    label: str
    before: str
    after: str

    @property
    def differences(self):
        return word_differences(self.before, self.after)

    @property
    def text(self):
        """Return what came, or went, of something that was not there on the other side."""
        return self.after or self.before


@dataclass
class Compared:
    """Three texts: as it was, as somebody else left it, as it is sent; ``choice`` between the last.

    ``place`` is where what goes on is edited; "" for a whole row.
    """

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    choice: str = ""
    place: str = ""

    @property
    def theirs_marked(self):
        return word_differences(self.base, self.theirs)

    @property
    def mine_marked(self):
        return word_differences(self.base, self.mine)


@dataclass
class Merge:
    """What both changed (``conflicts``), what only they changed, what only I did: in words."""

    conflicts: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    kept: list = field(default_factory=list)

    def sort(self, verdict, told):
        """Put what is told of a difference where it belongs; return whose goes on."""
        into = {CONFLICT: self.conflicts, TAKEN: self.taken, KEPT: self.kept}
        into.get(verdict, []).append(told)
        is_theirs = verdict == TAKEN or (verdict == CONFLICT and told.choice == THEIRS)
        return THEIRS if is_theirs else MINE

    @property
    def is_decided(self):
        return all(conflict.choice for conflict in self.conflicts)

    @property
    def has_news(self):
        return bool(self.conflicts or self.taken)


def in_words(field, value, names=None, separator=", "):
    """Return the ``value`` of a model's ``field`` as a person reads it, "" for nothing.

    ``names`` are those of what it leads to, {model: {key: name}}.
    """
    if value is None or value == "":
        return ""
    if field.is_relation:
        own = (names or {}).get(field.related_model, {})
        keys = value if field.many_to_many else [value]
        return separator.join(sorted(_named(own, key) for key in keys))
    if isinstance(field, ChoiceSetField):
        labels = dict(field.flatchoices)
        return separator.join(str(labels.get(item, item)) for item in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return text_of(value) if isinstance(field, RichTextField) else str(value)


def _named(names, key):
    if isinstance(key, OwnRow):
        return str(key.number)
    if isinstance(key, Item):
        return SHEETS.key_of(key.values)
    return names.get(key, f"(supprimé, n° {key})")
