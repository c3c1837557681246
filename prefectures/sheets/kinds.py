"""What there is to compare: sheets, offices, and the kinds of rows that a sheet is made of.

A kind of row is declared once, by its model, a ``NumberedRow``: the form, the tables of a
spreadsheet, JSON, merging, undoing and words find it here.
"""

from dataclasses import dataclass

from django.apps import apps

from ..models import Ground, Prefecture, Procedure
from ..models.numbering import NumberedRow
from ..text.naming import normalised


@dataclass(frozen=True)
class Kind:
    """What is called ``one``, or ``plural``; ``name`` is that of its table in files."""

    model: type

    @property
    def one(self):
        return str(self.model._meta.verbose_name)

    @property
    def plural(self):
        return str(self.model._meta.verbose_name_plural)

    @property
    def of_one(self):
        """ "d’étape", "de lien" """
        return f"d’{self.one}" if normalised(self.one)[0] in "aeiou" else f"de {self.one}"

    @property
    def name(self):
        """ "etapes" """
        return normalised(self.plural).replace(" ", "-")

    @property
    def is_row(self):
        return issubclass(self.model, NumberedRow)

    @property
    def part(self):
        """Return what a sheet calls its rows of that kind: "steps"."""
        return self.model._meta.get_field("procedure").remote_field.related_name

    @property
    def leading(self):
        """Return the fields by which one of its rows names another row of the same sheet."""
        return tuple(
            field
            for field in self.model._meta.fields
            if field.is_relation and issubclass(field.related_model, NumberedRow)
        )

    @property
    def is_grouped(self):
        """Whether its rows can be alternatives."""
        return any(field.name == "group" for field in self.model._meta.fields)


SHEETS, OFFICES = Kind(Procedure), Kind(Prefecture)
ROWS = tuple(
    Kind(model)
    for model in sorted(apps.get_models(), key=lambda model: getattr(model, "place", 0))
    if issubclass(model, NumberedRow)
)


def known_by(model):
    """Return the attribute by which people know an object of ``model``, in files and documents."""
    names = {Procedure: "key", Prefecture: "key", Ground: "slug"}
    # INSEE's codes are the keys themselves.
    return "number" if row_kind(model) else names.get(model, model._meta.pk.name)


def row_kind(model):
    """Return the ``Kind`` whose rows ``model`` holds, None where it holds none of a sheet."""
    return next((kind for kind in ROWS if kind.model is model), None)
