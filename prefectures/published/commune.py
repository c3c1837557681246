"""A commune with the published sheets that may hold there, and what stands around it.

Two questions, whatever there is: one for the commune and the sheets, one for all that is short.
"""

from dataclasses import dataclass, field
from functools import cache

from ..models import (
    Arrondissement,
    Commune,
    Departement,
    FormerCommune,
    Ground,
    HelpPlace,
    PostalCode,
    Procedure,
    Region,
)
from ..sheets.shown import all_columns, asked, made, order_of, table
from .current import SHOWN, alert, newest, shown_columns, shown_in

INCLUDED = Procedure._meta.get_field("communes_included")
HELPED = HelpPlace._meta.get_field("departements")


def commune_with_sheets(code):
    """Return the current commune of this code, and published sheets; None, [] where there is none.

    The sheets are those of its département, in order, then those of others that list it, one of its
    parts, or a commune that has a postal code in common: ``covering`` tells which hold there. The
    commune has its ``departement`` with ``region``, its ``arrondissement`` and ``part_of``.
    """
    found = asked(_commune(), [code] * 6)
    if not found:
        return None, []
    row = list(found[0])
    named = {}
    for name, model in JOINED.items():
        columns = [row.pop(0) for _ in model._meta.concrete_fields]
        # Its key comes with a row that is there.
        named[name] = made(model, columns) if any(each is not None for each in columns) else None
    commune = named.pop("own")
    named["departement"].region = named.pop("region")
    for name, place in named.items():
        setattr(commune, name, place)
    return commune, [shown_in(each[-SHOWN:]) for each in found if each[-1] is not None]


JOINED = {
    "own": Commune,
    "departement": Departement,
    "region": Region,
    "arrondissement": Arrondissement,
    "part_of": Commune,
}


@cache
def _commune():
    columns = ", ".join(all_columns(model, f"{name}.") for name, model in JOINED.items())
    communes, sheets = table(Commune), table(Procedure)
    here = f"SELECT departement_id FROM {communes} WHERE code = %s"
    return (
        f"SELECT {columns}, {shown_columns()} FROM {communes} own "
        f"JOIN {table(Departement)} departement ON departement.code = own.departement_id "
        f"LEFT JOIN {table(Region)} region ON region.code = departement.region_id "
        f"LEFT JOIN {table(Arrondissement)} arrondissement "
        "ON arrondissement.code = own.arrondissement_id "
        f"LEFT JOIN {communes} part_of ON part_of.code = own.part_of_id "
        f"LEFT JOIN {sheets} sheet ON sheet.publication = 'published' AND sheet.id IN ("
        f"SELECT id FROM {sheets} WHERE departement_id = ({here}) "
        f"UNION SELECT {INCLUDED.m2m_column_name()} FROM {INCLUDED.m2m_db_table()} "
        f"WHERE {INCLUDED.m2m_reverse_name()} IN ({_concerned()})) "
        f"LEFT JOIN {newest()} LEFT JOIN {alert()} WHERE own.code = %s AND own.is_current "
        "ORDER BY CASE WHEN sheet.departement_id = own.departement_id THEN 0 ELSE 1 END, "
        f"{order_of(Procedure, 'sheet.')}"
    )


def _concerned():
    """Return the communes whose sheets the page of one speaks of: of four times its code."""
    return (
        f"SELECT code FROM {table(Commune)} WHERE code = %s OR part_of_id = %s "
        f"UNION SELECT part_of_id FROM {table(Commune)} "
        "WHERE code = %s AND part_of_id IS NOT NULL "
        f"UNION SELECT other.commune_id FROM {table(PostalCode)} own "
        f"JOIN {table(PostalCode)} other ON other.code = own.code WHERE own.commune_id = %s"
    )


@dataclass
class Around:
    """What is told of a commune beside its sheets; ``neighbours`` are (postal code, commune)."""

    postal_codes: list = field(default_factory=list)
    former_names: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    neighbours: list = field(default_factory=list)
    grounds: list = field(default_factory=list)
    helping: list = field(default_factory=list)


def around(commune):
    """Return what is ``Around`` a commune: of others and of who helps, what a link takes.

    ``grounds`` are those that one can ask for, each by itself.
    """
    code, found = commune.code, Around()
    place = commune.departement_id
    values = [code, code, commune.name, code, code, code, code, place, place]
    for kind, _, *texts in sorted(asked(_around(), values)):
        if kind == "postal":
            found.postal_codes.append(texts[0])
        elif kind == "former":
            found.former_names.append(texts[0])
        elif kind == "ground":
            found.grounds.append(Ground(slug=texts[0], name=texts[1]))
        elif kind == "help":
            name, city, phone, where, *_ = texts
            helping = HelpPlace(name=name, city=city, phone=phone)
            helping.is_local = where == "here"
            found.helping.append(helping)
        elif kind == "part":
            found.parts.append(_other(texts))
        else:
            found.neighbours.append((texts[len(OTHER)], _other(texts)))
    found.former_names = list(dict.fromkeys(found.former_names))
    found.helping.sort(key=lambda each: not each.is_local)
    return found


OTHER = ("code", "name", "departement_id", "arrondissement_id", "part_of_id")
MOST_TEXTS = len(OTHER) + 1


def _other(texts):
    said = dict(zip(OTHER, texts, strict=False))
    return Commune(**{name: value or None for name, value in said.items()})


@cache
def _around():
    communes, postal, former = table(Commune), table(PostalCode), table(FormerCommune)
    other = [f"COALESCE(other.{name}, '')" for name in OTHER]
    helped = f"SELECT {HELPED.m2m_column_name()} FROM {HELPED.m2m_db_table()}"
    here = f"id IN ({helped} WHERE {HELPED.m2m_reverse_name()} = %s)"
    is_local = f"CASE WHEN {here} THEN 'here' ELSE 'there' END"
    kinds = [
        (
            "postal",
            ["code"],
            "code",
            f"{postal} WHERE commune_id = %s AND is_current",
        ),
        (
            "former",
            ["name"],
            "search, code",
            # Its own name is that of one of its communes déléguées, often.
            f"{former} WHERE commune_id = %s AND name <> %s AND is_current",
        ),
        (
            "part",
            other,
            "other.code",
            f"{communes} other WHERE other.part_of_id = %s AND other.is_current",
        ),
        (
            "neighbour",
            [*other, "own.code"],
            "own.code, other.search, other.code",
            f"{postal} own JOIN {postal} theirs ON theirs.code = own.code AND theirs.is_current "
            f"JOIN {communes} other ON other.code = theirs.commune_id AND other.is_current "
            "WHERE own.commune_id = %s AND own.is_current AND other.code <> %s "
            # A city shares the codes of its own arrondissements.
            f"AND other.part_of_id IS NULL AND NOT EXISTS (SELECT 1 FROM {communes} part "
            "WHERE part.code = %s AND part.part_of_id = other.code)",
        ),
        (
            "ground",
            ["slug", "name"],
            "position, name",
            f"{table(Ground)} WHERE NOT covers_all AND NOT is_neighbour",
        ),
        (
            "help",
            ["name", "city", "phone", is_local],
            order_of(HelpPlace),
            f"{table(HelpPlace)} WHERE {here} OR id NOT IN ({helped})",
        ),
    ]
    return " UNION ALL ".join(
        f"SELECT '{kind}', ROW_NUMBER() OVER (ORDER BY {order}), "
        f"{', '.join(_padded(columns))} FROM {where}"
        for kind, columns, order, where in kinds
    )


def _padded(columns):
    """Return as many columns as the widest kind of row has."""
    return columns + ["''"] * (MOST_TEXTS - len(columns))
