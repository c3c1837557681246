"""What there is to compare: sheets, what stands alone, the kinds of rows of which sheets are made.

A kind of row is declared once, by its model, a ``NumberedRow``: the form, the tables of a
spreadsheet, JSON, merging, undoing and words find it here.
"""

from dataclasses import dataclass

from django.apps import apps

from ..models import Ground, HelpPlace, Prefecture, Procedure
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
    def has_departement(self):
        """Whether its objects are known by their département too: "34/prefecture-de-beziers"."""
        return any(field.name == "departement" for field in self.model._meta.fields)

    def key_of(self, values):
        """Return by what people call the object of these ``values`` in a file, no row of a sheet's.

        A sheet, an office: "34/sous-prefecture-de-beziers"; a help place: "la-cimade".
        """
        before = f"{values['departement']}/" if self.has_departement else ""
        return f"{before}{values['slug']}"

    def values_in(self, key):
        """Return the values ({name: value}) that such a ``key`` says."""
        departement, _, slug = key.rpartition("/")
        return {"departement": departement, "slug": slug} if self.has_departement else {"slug": key}

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


SHEETS, OFFICES, HELP_PLACES = Kind(Procedure), Kind(Prefecture), Kind(HelpPlace)
# What has no rows of its own. Its version is the newest row of its history, which every change
# raises.
ALONE = (OFFICES, HELP_PLACES)
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


def kind_of(model):
    """Return the ``Kind`` of sheets, or of what stands alone; None of a model that is neither."""
    return next((kind for kind in (SHEETS, *ALONE) if kind.model is model), None)


def row_kind(model):
    """Return the ``Kind`` whose rows ``model`` holds, None where it holds none of a sheet."""
    return next((kind for kind in ROWS if kind.model is model), None)
