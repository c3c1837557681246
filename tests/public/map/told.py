"""Sheets that are not in the database, as the map is told of them."""

from datetime import date

from prefectures.models import Departement
from prefectures.public.map.filing import Told, Way
from prefectures.public.map.places import Place
from prefectures.published.shown import sheet_of

DAY = date(2026, 11, 30)
LAWYER = {
    "links": [{"number": 1, "kind": "source", "publisher": "law_firm", "url": "https://a.fr"}]
}


def step(kind, role="files", group=1, **more):
    return {"kind": kind, "role": role, "group": group, **more}


def sheet(*steps, **fields):
    """Return the sheet of a document that says so little."""
    rows = [{"number": number, **each} for number, each in enumerate(steps, 1)]
    return sheet_of(
        {
            "departement": {"code": "34", "name": "Hérault", "slug": "34-herault"},
            "slug": "prefecture",
            "steps": rows,
            **fields,
        }
    )


def told_of(*ways, **fields):
    """Return a ``Told`` whose ways are these, in force, of the Hérault."""
    usual = {
        "departement": "34",
        "ways": frozenset(ways or {Way.POST}),
        "situation": "open",
        "refuses_post": False,
        "says_nothing": False,
        "grounds": ("tous-motifs",),
        "covers_all": True,
        "is_neighbour": False,
        "valid_from": None,
        "valid_until": None,
        "known_on": None,
    }
    return Told(**usual | fields)


def place(*sheets, code="34"):
    return Place(Departement(code=code, name="Hérault"), list(sheets), [], DAY)
