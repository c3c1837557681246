"""A document made what templates and wording speak of: objects of the models, which nobody saves.

What a document names is known by its code there, and by nothing else here: the key of an office is
"34/prefecture-de-montpellier", that of a link the number that it has in its sheet.
"""

from functools import cache, lru_cache

from django.db import DEFAULT_DB_ALIAS, models

from ..models import (
    Arrondissement,
    Commune,
    Contact,
    Departement,
    GeneralText,
    Ground,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Region,
    Step,
)

ROWS = {
    "steps": Step,
    "contacts": Contact,
    "links": Link,
    "quotations": Quotation,
    "referrals": Referral,
}
# By which of its values an object of a document is known.
KNOWN_BY = {
    Arrondissement: "code",
    Commune: "code",
    Departement: "code",
    GeneralText: "slug",
    Ground: "slug",
    HelpPlace: "slug",
    Region: "slug",
} | dict.fromkeys(ROWS.values(), "number")
NAMED = {
    "grounds": Ground,
    "arrondissements": Arrondissement,
    "communes_included": Commune,
    "communes_excluded": Commune,
}
AROUND = {
    "helping_here": HelpPlace,
    "helping_everywhere": HelpPlace,
    "general_texts": GeneralText,
}


def as_shown(document):
    """Return the sheet that a ``Document`` describes; asking it anything needs no database."""
    return sheet_of(document.content)


def sheet_of(content):
    """Return the sheet of the content of a document, in the current format."""
    departement = _departement(content["departement"])
    sheet = _made(Procedure, content, pk=f"{departement.code}/{content['slug']}")
    sheet.departement = departement
    sheet.publication = Procedure.Publication.PUBLISHED
    sheet.last_verified_on = _date(content.get("last_verified_on"))
    # Of its addresses, which nobody watches as they were then.
    sheet.dead_since = sheet.changed_since = None
    sheet.confirmed_on = max(
        (day for day in (sheet.updated_on, sheet.last_verified_on) if day), default=None
    )
    for name in ("offices", "offices_not_receiving"):
        _fetched(sheet, name, Prefecture, list(map(_office, content.get(name, ()))))
    for name, model in NAMED.items():
        _fetched(sheet, name, model, [_made(model, item) for item in content.get(name, ())])
    for name, model in ROWS.items():
        rows = [_made(model, row, procedure=sheet) for row in content.get(name, ())]
        _fetched(sheet, name, model, rows)
    _lead(sheet, content)
    for name, model in AROUND.items():
        setattr(sheet, name, [_made(model, item) for item in content.get(name, ())])
    sheet.helping = sheet.helping_here + sheet.helping_everywhere
    return sheet


def _lead(sheet, content):
    """Let the rows of ``sheet`` name what they name."""
    links = {link.number: link for link in sheet.links.all()}
    for step, said in zip(sheet.steps.all(), content.get("steps", ()), strict=True):
        step.source = links.get(said.get("source"))
        step.office = _office(said["office"]) if "office" in said else None
    for quotation, said in zip(sheet.quotations.all(), content.get("quotations", ()), strict=True):
        quotation.link = links.get(said.get("link"))
    for referral, said in zip(sheet.referrals.all(), content.get("referrals", ()), strict=True):
        referral.ground = _made(Ground, said["ground"])
        referral.office = _office(said["office"]) if "office" in said else None
        referral.sheet = _sheet_named(said["sheet"]) if "sheet" in said else None
        if said.get("is_gone"):
            referral.sheet_id = GONE
            # What the key, once set, would have to be asked of the database.
            referral._state.fields_cache["sheet"] = None


# The key of a sheet that was, and that readers may not see.
GONE = -1


def _sheet_named(said):
    sheet = _made(Procedure, said, pk=f"{said['departement']['code']}/{said['slug']}")
    sheet.departement = _made(Departement, said["departement"])
    sheet.publication = Procedure.Publication.PUBLISHED
    return sheet


def _departement(said):
    departement = _made(Departement, said)
    region = said.get("region")
    departement.region = _made(Region, region) if region else None
    return departement


def _office(said):
    office = _made(Prefecture, said, pk=said["key"])
    # The name as it then was, whatever it was made of.
    office.printed_name = said["name"]
    office.departement_id, _, office.slug = said["key"].rpartition("/")
    return office


def _made(model, said, pk=None, procedure=None):
    """Return an instance of ``model`` with the values that ``said`` gives its columns."""
    empty, columns = _columns(model)
    row = [*empty]
    for name, value in said.items():
        if name in columns:
            position, is_date = columns[name]
            row[position] = _date(value) if is_date else value
    instance = model.from_db(DEFAULT_DB_ALIAS, _names(model), row)
    instance.pk = said[KNOWN_BY[model]] if pk is None else pk
    if procedure is not None:
        instance.procedure = procedure
    return instance


@cache
def _names(model):
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _columns(model):
    """Return the values of a row that says nothing, and {name: (position, whether a date)}."""
    fields = model._meta.concrete_fields
    empty = [None if field.is_relation else _plain(field.get_default()) for field in fields]
    columns = {
        field.name: (position, isinstance(field, models.DateField))
        for position, field in enumerate(fields)
        if not field.is_relation
    }
    return empty, columns


def _plain(default):
    """Return a default as a row of the database has it: no member of choices."""
    return getattr(default, "value", default)


@lru_cache(maxsize=1000)
def _day(text):
    return models.DateField().to_python(text)


def _date(text):
    return _day(text) if text else None


def _fetched(sheet, relation, model, rows):
    """Have ``sheet.<relation>.all()`` give ``rows``, as after prefetch_related."""
    found = model._default_manager.all()
    found._result_cache = rows
    found._prefetch_done = True
    sheet.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found
