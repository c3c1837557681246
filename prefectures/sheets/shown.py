"""Sheets with all that a page shows of them: eight queries for a hundred sheets, as for one.

They vary in their values only, and are written once, as is what makes objects of their rows:
building them anew took two thirds of the time of a page (docs/decisions/0011-cold-page.md).
"""

from collections import defaultdict
from functools import cache, partial
from operator import itemgetter

from django.db import connection, models

from ..models.contact import Contact
from ..models.ground import Ground
from ..models.help_place import HelpPlace
from ..models.link import Link
from ..models.prefecture import Prefecture
from ..models.procedure import Procedure
from ..models.quotation import Quotation
from ..models.referral import Referral
from ..models.step import Step
from ..models.territory import Departement, Region
from ..models.verification import Verification

# Of what sheets name, the columns that are told of it, in the models' order.
OFFICE = ["departement_id", "kind", "city", "article", "printed_name", "slug"]
GROUND = ["slug", "name", "description", "covers_all", "is_neighbour", "position"]
NAMED = {
    "offices": OFFICE,
    "offices_not_receiving": OFFICE,
    "grounds": GROUND,
    "arrondissements": ["name", "article"],
    "communes_included": ["name", "search"],
    "communes_excluded": ["name", "search"],
}
MOST_COLUMNS = max(map(len, NAMED.values()))

# Sheets that one query asks for: SQLite takes a bounded number of values.
AT_ONCE = 100


def departement_as_shown(code):
    """Return the département with its région, or None when there is none."""
    return departements_as_shown([code]).get(code)


def departements_as_shown(codes):
    """Return {code: département with its région}."""
    own, found = len(_names(Departement)), {}
    for row in asked(_departements_with_region(len(codes)), codes):
        departement = made(Departement, row[:own])
        departement.region = made(Region, row[own:]) if departement.region_id else None
        found[departement.code] = departement
    return found


@cache
def _departements_with_region(count):
    return (
        f"SELECT {all_columns(Departement, 'place.')}, {all_columns(Region, 'around.')} "
        f"FROM {table(Departement)} place LEFT JOIN {table(Region)} around "
        f"ON around.code = place.region_id WHERE place.code IN ({_places(range(count))})"
    )


def regions_and_outside():
    """Return the régions, and the départements that are in none, each as a list: one query."""
    found = {Region: [], Departement: []}
    for kind, _, *row in sorted(asked(_regions_and_outside(), [])):
        model = (Region, Departement)[kind]
        found[model].append(model.from_db(connection.alias, PLACE, row))
    return found[Region], found[Departement]


PLACE = ["name", "article", "code", "slug"]


@cache
def _regions_and_outside():
    return " UNION ALL ".join(
        f"SELECT {kind}, ROW_NUMBER() OVER (ORDER BY {order}), {', '.join(PLACE)} "
        f"FROM {table(model)} WHERE {where}"
        for kind, (model, order, where) in enumerate(
            [(Region, "slug", "1 = 1"), (Departement, "code", "region_id IS NULL")]
        )
    )


def region_with_departements(slug):
    """Return the région at an address, and its départements with ``has_sheets``; None, []."""
    region, departements = None, []
    own = len(_names(Region))
    for *row, has_sheets in asked(_region_with_departements(), [slug]):
        region = region or made(Region, row[:own])
        if any(value is not None for value in row[own:]):
            departement = made(Departement, row[own:])
            departement.region, departement.has_sheets = region, bool(has_sheets)
            departements.append(departement)
    return region, departements


@cache
def _region_with_departements():
    places = all_columns(Departement, "place.")
    return (
        f"SELECT {all_columns(Region, 'around.')}, {places}, "
        f"EXISTS (SELECT 1 FROM {table(Procedure)} sheet "
        "WHERE sheet.departement_id = place.code AND sheet.publication = 'published') "
        f"FROM {table(Region)} around LEFT JOIN {table(Departement)} place "
        "ON place.region_id = around.code "
        f"WHERE around.slug = %s ORDER BY {order_of(Departement, 'place.')}"
    )


def offices_in(departement):
    """Return the offices of ``departement``, whether sheets name them or not, as a list."""
    return _rows(Prefecture, "departement_id = %s", [departement.pk])


def offices_of(codes):
    """Return the offices of the départements with these ``codes``, as a list, in one query."""
    where = f"departement_id IN ({_places(codes)})"
    return _rows(Prefecture, where, [*codes]) if codes else []


def helping_in(departement):
    """Return the places of help for ``departement``, then those for all of France, as a list.

    ``is_local`` tells them apart.
    """
    found = []
    for *row, is_local in asked(_helping(), [departement.pk] * 2):
        place = made(HelpPlace, row)
        place.is_local = bool(is_local)
        found.append(place)
    return sorted(found, key=lambda place: not place.is_local)


@cache
def _helping():
    through = HelpPlace.departements.through
    named = f"SELECT {through._meta.get_field('helpplace').column} FROM {table(through)}"
    here = f"id IN ({named} WHERE {through._meta.get_field('departement').column} = %s)"
    return _select(HelpPlace, f"{here} OR id NOT IN ({named})", here)


def every(model):
    """Return all of ``model``, of which there is little, in its own order, as a list."""
    return [made(model, row) for row in every_row(model)]


def every_row(model):
    """Return the rows of all of ``model``, as the database gives them."""
    return asked(_select(model, "1 = 1"), [])


def sheets_as_shown(pks):
    """Return those of these sheets that there are, published or not, as a list."""
    pks, found = [*pks], []
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        found += _shown(f"id IN ({_places(some)})", some)
    return found


def _shown(where, values):
    sheets = {sheet.pk: sheet for sheet in _sheets(where, values)}
    if sheets:
        places = departements_as_shown(list({sheet.departement_id for sheet in sheets.values()}))
        for sheet in sheets.values():
            sheet.departement = places[sheet.departement_id]
        of_them = f"procedure_id IN ({_places(sheets)})"
        for model in (Step, Contact, Link, Quotation):
            _give_parts(model, sheets, _rows(model, of_them, [*sheets]))
        _give_parts(Referral, sheets, _referrals(sheets))
        _give_named(sheets)
        for sheet in sheets.values():
            _lead_to_its_own(sheet)
    return list(sheets.values())


def _sheets(where, values):
    newest = (
        f"(SELECT MAX(verified_on) FROM {table(Verification)} "
        f"WHERE procedure_id = {table(Procedure)}.id)"
    )
    as_date = Verification._meta.get_field("verified_on").to_python
    for *row, last_verified_on in asked(_select(Procedure, where, newest), values):
        sheet = made(Procedure, row)
        sheet.last_verified_on = as_date(last_verified_on)
        sheet.confirmed_on = max(
            (day for day in (sheet.updated_on, sheet.last_verified_on) if day), default=None
        )
        yield sheet


def _give_parts(model, sheets, rows):
    parts = defaultdict(list)
    for part in rows:
        part.procedure = sheets[part.procedure_id]
        parts[part.procedure_id].append(part)
    name = model._meta.get_field("procedure").remote_field.related_name
    for pk, sheet in sheets.items():
        _fetched(sheet, name, model, parts[pk])


def _lead_to_its_own(sheet):
    """Let the rows of ``sheet`` name its links and its offices: they name no others."""
    links = {link.pk: link for link in sheet.links.all()}
    offices = {office.pk: office for office in sheet.offices.all()}
    for step in sheet.steps.all():
        step.source, step.office = links.get(step.source_id), offices.get(step.office_id)
    for quotation in sheet.quotations.all():
        quotation.link = links.get(quotation.link_id)


# The same of the ground, sheet and office that a referral names.
REFERRED = {
    "ground": (Ground, ["id", *GROUND]),
    "sheet": (Procedure, ["id", "departement_id", "title", "slug", "publication"]),
    "departement": (Departement, ["code", "slug"]),
    "office": (Prefecture, ["id", *OFFICE]),
}


@cache
def _referring(count):
    columns = ", ".join(f"{name}.{column}" for name, (_, own) in REFERRED.items() for column in own)
    return (
        f"SELECT {all_columns(Referral, 'referral.')}, {columns} FROM {table(Referral)} referral "
        f"JOIN {table(Ground)} ground ON ground.id = referral.ground_id "
        f"LEFT JOIN {table(Procedure)} sheet ON sheet.id = referral.sheet_id "
        f"LEFT JOIN {table(Departement)} departement ON departement.code = sheet.departement_id "
        f"LEFT JOIN {table(Prefecture)} office ON office.id = referral.office_id "
        f"WHERE referral.procedure_id IN ({_places(range(count))}) "
        f"ORDER BY {order_of(Referral, 'referral.')}"
    )


def _referrals(sheets):
    """Yield the referrals of ``sheets`` with what they name: no ``sheet`` where it is gone."""
    own = len(_names(Referral))
    for row in asked(_referring(len(sheets)), [*sheets]):
        referral, at, named = made(Referral, row[:own]), own, {}
        for name, (model, columns) in REFERRED.items():
            values = row[at : at + len(columns)]
            at += len(columns)
            named[name] = None if values[0] is None else _partly_made(model, columns, values)
        if named["sheet"]:
            named["sheet"].departement = named.pop("departement")
        for name in ("ground", "sheet", "office"):
            # Set as an attribute, a sheet that is gone would take its key along.
            referral._state.fields_cache[name] = named[name]
        yield referral


def _partly_made(model, columns, values):
    truths = {
        field.attname for field in model._meta.fields if isinstance(field, models.BooleanField)
    }
    # SQLite says 1.
    said = [
        bool(value) if name in truths else value
        for name, value in zip(columns, values, strict=True)
    ]
    return model.from_db(connection.alias, columns, said)


def _give_named(sheets):
    """Give the sheets their offices, grounds, arrondissements and communes."""
    named = defaultdict(list)
    for relation, pk, _, *row in sorted(asked(_naming(len(sheets)), [*sheets] * len(NAMED))):
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
    read = {name: _reading(model, name, at) for at, name in enumerate(NAMED[relation], 1)}
    read[model._meta.pk.attname] = _reading(model, model._meta.pk.attname, 0)
    names = [field.attname for field in model._meta.concrete_fields if field.attname in read]
    return model, names, [read[name] for name in names]


def _reading(model, name, at):
    """Return what makes of the text at this place of a row the value of a column."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    if isinstance(field, models.BooleanField):
        # SQLite says "1", PostgreSQL "true".
        return lambda row: row[at] in ("1", "true")
    if isinstance(field, models.CharField):
        return itemgetter(at)
    return lambda row: field.to_python(row[at])


@cache
def _naming(count):
    """Return the query for what ``count`` sheets name: relation, sheet, rank, key, columns."""
    return " UNION ALL ".join(
        _naming_by(Procedure._meta.get_field(relation), columns, count)
        for relation, columns in NAMED.items()
    )


def _naming_by(field, columns, count):
    model = field.related_model
    texts = [f"CAST(named.{column} AS TEXT)" for column in columns] + ["''"] * (
        MOST_COLUMNS - len(columns)
    )
    sheet = f"naming.{field.m2m_column_name()}"
    key = f"named.{model._meta.pk.column}"
    return (
        f"SELECT '{field.name}', {sheet}, "
        f"ROW_NUMBER() OVER (ORDER BY {order_of(model, 'named.')}), "
        f"CAST({key} AS VARCHAR(20)), {', '.join(texts)} "
        f"FROM {field.m2m_db_table()} naming JOIN {table(model)} named "
        f"ON {key} = naming.{field.m2m_reverse_name()} WHERE {sheet} IN ({_places(range(count))})"
    )


def _rows(model, where, values):
    """Return whole rows of ``model`` in its own order, as a list."""
    return [made(model, row) for row in asked(_select(model, where), values)]


def asked(query, values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


@cache
def _select(model, where, *more):
    columns = ", ".join([all_columns(model), *more])
    return f"SELECT {columns} FROM {table(model)} WHERE {where} ORDER BY {order_of(model)}"


def made(model, row):
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


def table(model):
    return f'"{model._meta.db_table}"'


def all_columns(model, prefix=""):
    return ", ".join(f'{prefix}"{field.column}"' for field in model._meta.concrete_fields)


@cache
def order_of(model, prefix=""):
    """Return the model's own order, which is of columns and ascending."""
    return ", ".join(
        f'{prefix}"{model._meta.get_field(name).column}"' for name in model._meta.ordering
    )


def _places(values):
    return ", ".join(["%s"] * len(values))
