"""Sheets with all that a page shows of them: five queries, for one sheet as for a hundred.

They vary in their values only, and are written once: building them anew for each page took two
thirds of its time (docs/decisions/0011-cold-page.md).
"""

from collections import defaultdict
from functools import cache

from django.db import connection

from .parts import Contact, Link, Step
from .prefecture import Prefecture
from .procedure import Procedure
from .verification import Verification

# Of what sheets name, the columns that pages show. All hold text.
NAMED = {
    "offices": ["kind", "city", "article", "printed_name"],
    "grounds": ["name"],
    "arrondissements": ["name", "article"],
    "communes_included": ["name"],
    "communes_excluded": ["name"],
}
MOST_COLUMNS = max(map(len, NAMED.values()))


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
    return [*_rows(Prefecture, "departement_id = %s", [departement.pk])]


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
    for sheet in _rows(Procedure, where, values, f"*, {newest} AS last_verified_on"):
        sheet.last_verified_on = as_date(sheet.last_verified_on)
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
    with connection.cursor() as cursor:
        cursor.execute(_naming(len(sheets)), [*sheets] * len(NAMED))
        rows = sorted(cursor.fetchall())
    named = defaultdict(list)
    for relation, pk, _, *row in rows:
        named[relation, pk].append(row)
    for relation, columns in NAMED.items():
        model = Procedure._meta.get_field(relation).related_model
        for pk, sheet in sheets.items():
            rows = [_part_of(model, columns, *row) for row in named[relation, pk]]
            _fetched(sheet, relation, model, rows)


def _part_of(model, columns, key, *texts):
    """Return a row of ``model`` of which only these columns were read."""
    values = dict(zip(columns, texts, strict=False), **{model._meta.pk.name: key})
    fields = [field for field in model._meta.concrete_fields if field.name in values]
    return model.from_db(
        connection.alias,
        [field.attname for field in fields],
        [field.to_python(values[field.name]) for field in fields],
    )


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


def _rows(model, where, values, columns="*"):
    return model.objects.raw(
        f"SELECT {columns} FROM {_table(model)} WHERE {where} ORDER BY {_order(model)}", values
    )


def _fetched(sheet, relation, model, rows):
    """Have ``sheet.<relation>.all()`` give ``rows``, as after prefetch_related."""
    found = model._default_manager.all()
    found._result_cache = rows
    found._prefetch_done = True
    sheet.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found


def _table(model):
    return f'"{model._meta.db_table}"'


@cache
def _order(model, prefix=""):
    """Return the model's own order, which is of columns and ascending."""
    return ", ".join(
        f'{prefix}"{model._meta.get_field(name).column}"' for name in model._meta.ordering
    )


def _places(values):
    return ", ".join(["%s"] * len(values))
