"""All communes of a département with the published sheets that may hold in one of them.

Three questions, however many communes and sheets there are; ``holding`` tells which hold where.
What lists say of a sheet is little: the rest of it may change, and they stay as they are.
"""

from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from ..models import Commune, Departement, PostalCode, Procedure, Region
from ..sheets.shown import all_columns, asked, made, order_of, table
from .current import newest
from .document import kept
from .shown import sheet_of

INCLUDED = Procedure._meta.get_field("communes_included")
# What lists say of a sheet: its name, where it holds, and who receives.
LISTED = [
    "departement",
    "slug",
    "title",
    "situation",
    "valid_from",
    "valid_until",
    "territory_note",
    "arrondissements",
    "communes_included",
    "communes_excluded",
    "offices",
    "offices_not_receiving",
]


class Told(NamedTuple):
    """Rows of the database, and of each sheet what its document says of ``LISTED``."""

    place: tuple
    communes: tuple
    postal_codes: tuple
    sheets: list


def told_of(code):
    """Return what is ``Told`` of a département, or None where there is none."""
    found = asked(_departement(), [code] * 4)
    if not found:
        return None
    contents = [kept(*row[-2:]).content for row in found if row[-1] is not None]
    return Told(
        tuple(found[0][:-2]),
        tuple(asked(_communes(), [code])),
        tuple(asked(_postal_codes(), [code])),
        [{name: content[name] for name in LISTED if name in content} for content in contents],
    )


def departement_with_communes(told):
    """Return the département with its région, its current communes, and the sheets.

    Of a commune, ``codes`` are its postal codes, and ``own_parts`` its municipal arrondissements.
    The sheets are its own, in order, then those of others that list one of its communes.
    """
    ends = len(Departement._meta.concrete_fields)
    departement = made(Departement, told.place[:ends])
    departement.region = made(Region, told.place[ends:]) if departement.region_id else None
    communes = _made(departement, told.place, told.communes, told.postal_codes)
    return departement, communes, [sheet_of(content) for content in told.sheets]


# Of what the database says, and no other: the pages of a département are read one after the other.
@lru_cache(maxsize=2)
def _made(departement, place, rows, postal_codes):
    communes = [made(Commune, row) for row in rows]
    by_code, codes = {commune.code: commune for commune in communes}, defaultdict(list)
    for commune, postal_code in postal_codes:
        codes[commune].append(postal_code)
    for commune in communes:
        commune.departement, commune.own_parts = departement, []
        commune.part_of = by_code.get(commune.part_of_id)
        commune.codes = codes[commune.code]
    for commune in communes:
        if commune.part_of:
            commune.part_of.own_parts.append(commune)
    return communes


@cache
def _departement():
    sheets = table(Procedure)
    return (
        f"SELECT {all_columns(Departement, 'place.')}, {all_columns(Region, 'around.')}, "
        f"document.format, document.content FROM {table(Departement)} place "
        f"LEFT JOIN {table(Region)} around ON around.code = place.region_id "
        f"LEFT JOIN {sheets} sheet ON sheet.publication = 'published' AND sheet.id IN ("
        f"SELECT id FROM {sheets} WHERE departement_id = %s "
        f"UNION SELECT {INCLUDED.m2m_column_name()} FROM {INCLUDED.m2m_db_table()} "
        f"JOIN {table(Commune)} listed ON listed.code = {INCLUDED.m2m_reverse_name()} "
        "WHERE listed.departement_id = %s) "
        f"LEFT JOIN {newest()} WHERE place.code = %s "
        "ORDER BY CASE WHEN sheet.departement_id = %s THEN 0 ELSE 1 END, "
        f"{order_of(Procedure, 'sheet.')}"
    )


@cache
def _communes():
    return (
        f"SELECT {all_columns(Commune)} FROM {table(Commune)} "
        f"WHERE departement_id = %s AND is_current ORDER BY {order_of(Commune)}"
    )


@cache
def _postal_codes():
    return (
        f"SELECT postal.commune_id, postal.code FROM {table(PostalCode)} postal "
        f"JOIN {table(Commune)} own ON own.code = postal.commune_id "
        "WHERE own.departement_id = %s AND postal.is_current "
        "ORDER BY postal.commune_id, postal.code"
    )
