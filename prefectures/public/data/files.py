"""Which files there are, at which addresses, and what is in each: one table of kinds.

Their addresses are the same in all languages, and stay.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from django.urls import reverse

from ...importexport.open_data.tables import tables
from ...models import Departement, Region
from . import dictionary, schema
from .gathering import Gathered
from .rights import rights_of
from .writing import Facts, as_csv, as_json


class Format(NamedTuple):
    content_type: str
    write: Callable


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "json": Format("application/json", as_json),
}
SUMS = "sommes.txt"
# What is the same everywhere, and says nothing of the sheets.
ABOUT = {
    "dictionnaire.csv": Format(FORMATS["csv"].content_type, dictionary.as_csv),
    "schema.json": Format("application/schema+json", schema.as_json),
}


class File(NamedTuple):
    """``day`` is that on which what it says last changed, None of what only our code says."""

    content_type: str
    body: bytes
    day: object = None


class Files:
    """The files of all of France, or of a ``place`` (a région or a département).

    ``departements`` are the codes of its own, ``whole`` makes an address of the site whole.
    """

    def __init__(self, whole, place=None, departements=None):
        self.whole, self.place = whole, place
        self.gathered = Gathered(departements, whole)

    @property
    def names(self):
        """Return the names of the tables' files, in their order."""
        return [
            f"{table.name}.{ending}"
            for table in tables().values()
            if self.place is None or table.has_departement
            for ending in FORMATS
        ]

    @property
    def all_names(self):
        about = [] if self.place else [*ABOUT]
        return [*self.names, *about, SUMS]

    def address(self, name):
        return address_of(name, self.place)

    def file(self, name):
        """Return the ``File`` of this name, None where there is none."""
        if name not in self.all_names:
            return None
        if name == SUMS:
            return self._sums()
        if name in ABOUT:
            return File(ABOUT[name].content_type, ABOUT[name].write(self.whole))
        return self._of_a_table(name)

    def _of_a_table(self, name):
        own, _, ending = name.partition(".")
        table, form = tables()[own], FORMATS[ending]
        day = self.gathered.day(table)
        facts = Facts(
            table,
            day,
            self.whole(self.address(name)),
            self.whole(address_of("schema.json")),
            rights_of(table),
        )
        return File(form.content_type, form.write(facts, self.gathered.rows(table)), day)

    def _sums(self):
        """As ``sha256sum --check`` reads them."""
        sums = ((sha256(self.file(name).body).hexdigest(), name) for name in self.names)
        text = "".join(f"{digest}  {name}\n" for digest, name in sums)
        return File("text/plain; charset=utf-8", text.encode())


def address_of(name, place=None):
    """Return the address of a file of ``place``: a région, a département, None for all."""
    if isinstance(place, Region):
        return reverse("data_file_of_region", args=[place.slug, name])
    if isinstance(place, Departement):
        return reverse("data_file_of_departement", args=[place.slug, name])
    return reverse("data_file", args=[name])


def every_file(whole):
    """Yield the ``Files`` of all of France, of each région and of each département."""
    yield Files(whole)
    departements = list(Departement.objects.order_by("code"))
    for region in Region.objects.order_by("code"):
        codes = [each.code for each in departements if each.region_id == region.code]
        yield Files(whole, region, codes)
    for departement in departements:
        yield Files(whole, departement, [departement.code])


def addresses():
    """Yield the address of each file."""
    for files in every_file(str):
        for name in files.all_names:
            yield files.address(name)
