"""Sheets with all that a page shows of them: five queries, for one sheet as for a hundred.

They vary in their values only, and are written once, as is what makes objects of their rows:
building them anew for each page took two thirds of its time (docs/decisions/0011-cold-page.md).
"""

from collections import defaultdict
from functools import cache, partial
from operator import itemgetter

from django.db import connection, models

from ..models.parts import Contact, Link, Step
from ..models.prefecture import Prefecture
from ..models.procedure import Procedure
from ..models.territory import Departement, Region
from ..models.verification import Verification

# Of what sheets name, the columns that pages show. All hold text.
NAMED = {
    "offices": ["kind", "city", "article", "printed_name"],
    "grounds": ["name"],
    "arrondissements": ["name", "article"],
    "communes_included": ["name"],
    "communes_excluded": ["name"],
}
MOST_COLUMNS = max(map(len, NAMED.values()))


def departement_as_shown(code):
    """Return the département with its région, or None when there is none."""
    asked = _asked(_departement_with_region(), [code])
    if not asked:
        return None
    [row], own = asked, len(_names(Departement))
    departement = _made(Departement, row[:own])
    departement.region = _made(Region, row[own:]) if departement.region_id else None
    return departement


@cache
def _departement_with_region():
    return (
        f"SELECT {_columns(Departement, 'place.')}, {_columns(Region, 'around.')} "
        f"FROM {_table(Departement)} place LEFT JOIN {_table(Region)} around "
        "ON around.code = place.region_id WHERE place.code = %s"
    )


def published_sheets(departement, slug=None):
    """Return the published sheets of ``departement``, or only that of this ``slug``, as a list."""
    where, values = "departement_id = %s AND publication = %s", [departement.pk, "published"]
    if slug is not None:
        where, values = f"{where} AND slug = %s", [*values, slug]
    sheets = _shown(where, values)
    for sheet in sheets:
        sheet.departement = departement
    return sheets


def offices_in(departement):
    """Return the offices of ``departement``, whether sheets name them or not, as a list."""
    return _rows(Prefecture, "departement_id = %s", [departement.pk])


def sheet_as_shown(pk):
    """Return the sheet, published or not; None when there is none."""
    return next(iter(_shown("id = %s", [pk])), None)


def _shown(where, values):
    sheets = {sheet.pk: sheet for sheet in _sheets(where, values)}
    if sheets:
        for model in (Step, Contact, Link):
            _give_parts(model, sheets)
        for sheet in sheets.values():
            links = {link.pk: link for link in sheet.links.all()}
            # A sheet quotes its own links only.
            sheet.quoted_from = links.get(sheet.quoted_from_id)
        _give_named(sheets)
    return list(sheets.values())


def _sheets(where, values):
    newest = (
        f"(SELECT MAX(verified_on) FROM {_table(Verification)} "
        f"WHERE procedure_id = {_table(Procedure)}.id)"
    )
    as_date = Verification._meta.get_field("verified_on").to_python
    for *row, last_verified_on in _asked(_select(Procedure, where, newest), values):
        sheet = _made(Procedure, row)
        sheet.last_verified_on = as_date(last_verified_on)
        sheet.confirmed_on = max(
            (day for day in (sheet.updated_on, sheet.last_verified_on) if day), default=None
        )
        yield sheet


def _give_parts(model, sheets):
    parts = defaultdict(list)
    for part in _rows(model, f"procedure_id IN ({_places(sheets)})", [*sheets]):
        part.procedure = sheets[part.procedure_id]
        parts[part.procedure_id].append(part)
    name = model._meta.get_field("procedure").remote_field.related_name
    for pk, sheet in sheets.items():
        _fetched(sheet, name, model, parts[pk])


def _give_named(sheets):
    """Give the sheets their offices, grounds, arrondissements and communes."""
    named = defaultdict(list)
    for relation, pk, _, *row in sorted(_asked(_naming(len(sheets)), [*sheets] * len(NAMED))):
        named[relation, pk].append(row)
    for relation in NAMED:
        model, names, read = _named_by(relation)
        for pk, sheet in sheets.items():
            rows = [
                model.from_db(connection.alias, names, [value(row) for value in read])
                for row in named[relation, pk]
            ]
            _fetched(sheet, relation, model, rows)


@cache
def _named_by(relation):
    """Return the model that sheets name, the columns that are read of it, in its own order, and
    what finds the value of each in a row: the key, as a text, then those of ``NAMED``.
    """
    model = Procedure._meta.get_field(relation).related_model
    as_key = model._meta.pk.to_python
    read = {name: itemgetter(at) for at, name in enumerate(NAMED[relation], 1)}
    read[model._meta.pk.name] = lambda row: as_key(row[0])
    names = [field.name for field in model._meta.concrete_fields if field.name in read]
    return model, names, [read[name] for name in names]


@cache
def _naming(count):
    """Return the query for what ``count`` sheets name: relation, sheet, rank, key, columns."""
    return " UNION ALL ".join(
        _naming_by(Procedure._meta.get_field(relation), columns, count)
        for relation, columns in NAMED.items()
    )


def _naming_by(field, columns, count):
    model = field.related_model
    texts = [f"named.{column}" for column in columns] + ["''"] * (MOST_COLUMNS - len(columns))
    sheet = f"naming.{field.m2m_column_name()}"
    key = f"named.{model._meta.pk.column}"
    return (
        f"SELECT '{field.name}', {sheet}, ROW_NUMBER() OVER (ORDER BY {_order(model, 'named.')}), "
        f"CAST({key} AS VARCHAR(20)), {', '.join(texts)} "
        f"FROM {field.m2m_db_table()} naming JOIN {_table(model)} named "
        f"ON {key} = naming.{field.m2m_reverse_name()} WHERE {sheet} IN ({_places(range(count))})"
    )


def _rows(model, where, values):
    """Return whole rows of ``model`` in its own order, as a list."""
    return [_made(model, row) for row in _asked(_select(model, where), values)]


def _asked(query, values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


@cache
def _select(model, where, *more):
    columns = ", ".join([_columns(model), *more])
    return f"SELECT {columns} FROM {_table(model)} WHERE {where} ORDER BY {_order(model)}"


def _made(model, row):
    """Return the instance of ``model`` of a whole row, as the database gives it."""
    values, names = [*row], _names(model)
    for position, read in _readers(model):
        values[position] = read(values[position])
    return model.from_db(connection.alias, names, values)


@cache
def _names(model):
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _readers(model):
    """Return (position, what makes a value of it) of the columns that are not read as they are."""
    found = []
    for position, field in enumerate(model._meta.concrete_fields):
        if hasattr(field, "from_db_value"):
            found.append((position, partial(field.from_db_value, expression=None, connection=None)))
        elif isinstance(field, models.BooleanField | models.DateField):
            # Numbers and texts in SQLite.
            found.append((position, field.to_python))
    return found


def _fetched(sheet, relation, model, rows):
    """Have ``sheet.<relation>.all()`` give ``rows``, as after prefetch_related."""
    found = model._default_manager.all()
    found._result_cache = rows
    found._prefetch_done = True
    sheet.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found


def _table(model):
    return f'"{model._meta.db_table}"'


def _columns(model, prefix=""):
    return ", ".join(f'{prefix}"{field.column}"' for field in model._meta.concrete_fields)


@cache
def _order(model, prefix=""):
    """Return the model's own order, which is of columns and ascending."""
    return ", ".join(
        f'{prefix}"{model._meta.get_field(name).column}"' for name in model._meta.ordering
    )


def _places(values):
    return ", ".join(["%s"] * len(values))
