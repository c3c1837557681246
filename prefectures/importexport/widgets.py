"""What a cell says, and what the site keeps: one strict widget a kind of field.

``clean`` raises ValidationError with a sentence for a cell that it does not understand: nothing is
guessed, nothing dropped. ``render`` gives text that ``clean`` reads back as the same value.
"""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from import_export.widgets import Widget

from ..models import Arrondissement, Commune, Departement
from ..models.fields import LAST_POSITION, ChoiceSetField, RichListField, RichTextField
from ..sheets.kinds import known_by
from ..text.item_lists import as_lines
from ..text.naming import normalised
from ..text.plain_text import as_rich_text
from . import earlier_words

SEPARATOR = " | "
# People also write them one a line, or with commas.
BETWEEN_ITEMS = re.compile(r"[|;,\n]")
YES = {"oui", "o", "x", "vrai", "true", "1"}
NO = {"non", "n", "faux", "false", "0"}
# A whole number that passed through a spreadsheet.
WHOLE = re.compile(r"(-?[0-9]{1,9})(?:[.,]0+)?")
DIGITS = re.compile(r"[0-9]+")


def items(text):
    """Return the items of a cell that lists several."""
    return [item.strip() for item in BETWEEN_ITEMS.split(text) if item.strip()]


class RichTextWidget(Widget):
    def clean(self, value, row=None, **kwargs):
        return as_rich_text(value)


class RichListWidget(RichTextWidget):
    """A list of items, one a line where they are words alone."""

    def render(self, value, obj=None, **kwargs):
        return as_lines(value)


class BooleanWidget(Widget):
    def clean(self, value, row=None, **kwargs):
        word = normalised(value)
        if word in YES or word in NO:
            return word in YES
        raise ValidationError(f"« {value} » : écrivez « oui » ou « non ».")

    def render(self, value, obj=None, **kwargs):
        return "oui" if value else "non"


class WholeNumberWidget(Widget):
    """``most``: databases do not agree on what is too much."""

    def __init__(self, most=None):
        super().__init__()
        self.most = most

    def clean(self, value, row=None, **kwargs):
        number = WHOLE.fullmatch(value.strip())
        if not number:
            raise ValidationError(f"« {value} » n’est pas un nombre entier.")
        if self.most is not None and int(number[1]) > self.most:
            raise ValidationError(f"« {value} » est trop grand : {self.most} au plus.")
        return int(number[1])


class DateWidget(Widget):
    """A day as it is written in France; what a spreadsheet makes of it (2023-02-22) is read too."""

    def clean(self, value, row=None, **kwargs):
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(value.strip(), form).date()
            except ValueError:
                continue
        raise ValidationError(
            f"« {value} » n’est pas une date : écrivez le jour, le mois et l’année, comme "
            "22/02/2023."
        )

    def render(self, value, obj=None, **kwargs):
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else ""


class ChoiceWidget(Widget):
    """One of a field's choices, by its French label; the stored word is understood as well."""

    def __init__(self, choices, said_before=()):
        super().__init__()
        self.labels = {key: str(label) for key, label in choices}
        self.keys = {normalised(label): key for key, label in self.labels.items()}
        self.keys |= {normalised(key): key for key in self.labels}
        # The words of spreadsheets that an earlier edition of the site exported.
        self.keys |= dict(said_before)

    def clean(self, value, row=None, **kwargs):
        key = self.keys.get(normalised(value))
        if key is None:
            known = " · ".join(self.labels.values())
            raise ValidationError(f"« {value} » n’est pas un choix possible. Choix : {known}.")
        return key

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(value, value or "")


class ChoiceSetWidget(Widget):
    def __init__(self, choices):
        super().__init__()
        self.one = ChoiceWidget(choices)

    def clean(self, value, row=None, **kwargs):
        return [self.one.clean(item) for item in items(value)]

    def render(self, value, obj=None, **kwargs):
        return SEPARATOR.join(self.one.render(item) for item in value)


class CodeWidget(Widget):
    """What is known by a code: an office, a ground, an arrondissement, a commune.

    ``known`` is set for each import: {code: object}. ``length`` is that of INSEE codes, whose first
    zero a spreadsheet drops: "1004" can only be "01004".
    """

    def __init__(self, attribute, length=0):
        super().__init__()
        self.attribute = attribute
        self.length = length
        self.known = {}

    def code(self, text):
        code = text.strip()
        return code.zfill(self.length) if DIGITS.fullmatch(code) else code

    def clean(self, value, row=None, **kwargs):
        found = self.known.get(self.code(value))
        if found is None:
            raise ValidationError(f"« {value} » est inconnu.")
        return found.pk

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(getattr(value, self.attribute))


class CodesWidget(Widget):
    def __init__(self, one):
        super().__init__()
        self.one = one

    def clean(self, value, row=None, **kwargs):
        unknown = [item for item in items(value) if self.one.code(item) not in self.one.known]
        if unknown:
            named = ", ".join(f"« {item} »" for item in unknown)
            raise ValidationError(f"{named} : inconnu.")
        return frozenset(self.one.clean(item) for item in items(value))

    def render(self, value, obj=None, **kwargs):
        return SEPARATOR.join(sorted(self.one.render(item) for item in value.all()))


# Of INSEE's codes, whose first zero a spreadsheet drops.
LENGTHS = {Departement: 2, Arrondissement: 3, Commune: 5}


def widget_of(field):
    """Return the widget for a model's ``field``."""
    if field.is_relation:
        model = field.related_model
        one = CodeWidget(known_by(model), LENGTHS.get(model, 0))
        return CodesWidget(one) if field.many_to_many else one
    if isinstance(field, ChoiceSetField):
        return ChoiceSetWidget(field.choices)
    if field.choices:
        return ChoiceWidget(field.choices, earlier_words.ANSWERS.get(field, ()))
    if isinstance(field, models.BooleanField):
        return BooleanWidget()
    if isinstance(field, models.DateField):
        return DateWidget()
    if isinstance(field, models.PositiveSmallIntegerField):
        return WholeNumberWidget(LAST_POSITION)
    if isinstance(field, models.IntegerField):
        return WholeNumberWidget()
    if isinstance(field, RichListField):
        return RichListWidget()
    if isinstance(field, RichTextField):
        return RichTextWidget()
    return Widget()
