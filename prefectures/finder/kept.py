"""The index of this process: read from the database when it changed, and kept in memory.

Communes change once a year, with a load of the territory; régions, départements and offices when
somebody edits them. Both move the version of the content, which is all that a search asks for.
"""

from collections import defaultdict
from threading import Lock

from ..models import (
    Changeset,
    Commune,
    ContentVersion,
    Departement,
    FormerCommune,
    PostalCode,
    Prefecture,
    Region,
)
from ..territories.spellings import spellings
from .index import index_of


class _Kept:
    """The index of this process, and what it was made of."""

    def __init__(self):
        self._turn = Lock()
        self._stamp = self._loaded = self._edited = self._index = None

    def index(self):
        stamp = _stamp()
        with self._turn:
            if self._index is None or stamp != self._stamp:
                loaded, edited = _loaded(), _edited()
                if self._index is None or (loaded, edited) != (self._loaded, self._edited):
                    self._index = index_of(*edited, _communes(), _former(), spellings())
                self._stamp, self._loaded, self._edited = stamp, loaded, edited
            return self._index

    def forget(self):
        self._index = None


_kept = _Kept()


def index():
    """Return the ``Index`` of the territory as it is: one question to the database."""
    return _kept.index()


def forget():
    """Have the next search read it all anew: a test may write communes past the gate."""
    _kept.forget()


def _stamp():
    version = ContentVersion.objects.filter(pk=ContentVersion.ONLY)
    return version.values_list("stamp", flat=True).first()


def _loaded():
    """Return the fingerprint of the files of the last load: it tells which communes there are."""
    loads = Changeset.objects.filter(origin=Changeset.Origin.COMMAND, file_digest__gt="")
    return loads.order_by("-pk").values_list("file_digest", flat=True).first()


def _edited():
    """Return what people edit, as rows."""
    regions = Region.objects.order_by("code").values_list("code", "name", "slug")
    departements = Departement.objects.order_by("code")
    offices = Prefecture.objects.order_by("departement_id", "kind", "slug")
    columns = ("departement_id", "kind", "city", "article", "printed_name")
    return (
        tuple(regions),
        tuple(departements.values_list("code", "name", "slug", "region_id")),
        tuple(offices.values_list(*columns)),
    )


def _communes():
    """Return the communes of today as dictionaries, each with its ``postal_codes``."""
    codes = defaultdict(list)
    postal = PostalCode.objects.filter(is_current=True).order_by("commune_id", "code")
    for commune, code in postal.values_list("commune_id", "code"):
        codes[commune].append(code)
    rows = Commune.objects.filter(is_current=True).order_by("code").values(
        "code", "name", "population", "departement_id", "part_of_id",
        "arrondissement_id", "arrondissement__name", "arrondissement__article",
    )  # fmt: skip
    return [{**row, "postal_codes": tuple(codes[row["code"]])} for row in rows]


def _former():
    """Return the names that communes had, with the codes of those of today."""
    former = FormerCommune.objects.filter(is_current=True).order_by("search", "commune_id")
    return list(former.values_list("search", "name", "commune_id"))
