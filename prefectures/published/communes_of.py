"""All communes of a département with the published sheets that may hold in one of them.

Three questions, however many communes and sheets there are; ``holding`` tells which hold where.
"""

from collections import defaultdict
from functools import cache, lru_cache

from ..models import Commune, Departement, PostalCode, Procedure, Region
from ..sheets.shown import all_columns, asked, made, order_of, table
from .current import newest
from .document import kept
from .shown import as_shown

INCLUDED = Procedure._meta.get_field("communes_included")


def departement_with_communes(code):
    """Return the département with its région, its current communes and the sheets; None, [], [].

    Of a commune, ``codes`` are its postal codes, and ``own_parts`` its municipal arrondissements.
    The sheets are its own, in order, then those of others that list one of its communes.
    """
    found = asked(_departement(), [code] * 4)
    if not found:
        return None, [], []
    ends = len(Departement._meta.concrete_fields)
    departement = made(Departement, found[0][:ends])
    departement.region = made(Region, found[0][ends:-2]) if departement.region_id else None
    sheets = [as_shown(kept(*row[-2:])) for row in found if row[-1] is not None]
    return departement, _communes_of(departement, found[0][:-2]), sheets


def _communes_of(departement, place):
    own = [departement.code]
    rows, codes = asked(_communes(), own), asked(_postal_codes(), own)
    return _made(departement, tuple(place), tuple(rows), tuple(codes))


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
