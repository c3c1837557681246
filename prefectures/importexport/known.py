"""What the site knows of what a file names: as many queries for a thousand rows as for one."""

from collections import defaultdict

from ..gate.reading_back import batches, related_keys
from ..history.snapshot import sheets_at, states_at
from ..models import (
    Arrondissement,
    Commune,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Revision,
)
from .resources import CONTACTS, LINKS, OFFICES, STEPS, with_version

# A cell may name thousands of what is none: all there are take fewer queries.
MANY_COMMUNES = 5000
PARTS = {STEPS: "steps", CONTACTS: "contacts", LINKS: "links"}


class Known:
    """The objects that ``sheet_keys`` and ``commune_codes`` name, all offices and grounds."""

    def __init__(self, sheet_keys, commune_codes):
        self.departements = {item.code: item for item in Departement.objects.all()}
        offices = with_version(Prefecture.objects.all()).select_related("seat_of", "parent")
        self.offices = {office.key: office for office in offices}
        self.sheets = self._sheets(sheet_keys)
        self.by_pk = {sheet.pk: sheet for sheet in self.sheets.values()}
        self.related = related_keys(Procedure, list(self.by_pk))
        self.parts = {kind: self._parts(kind) for kind in PARTS}
        self.codes = {
            Prefecture: self.offices,
            Ground: {ground.slug: ground for ground in Ground.objects.all()},
            Arrondissement: {item.code: item for item in Arrondissement.objects.all()},
            Commune: _found(Commune, commune_codes if len(commune_codes) < MANY_COMMUNES else None),
            # Of one sheet at a time: the planner puts them here.
            Link: {},
        }
        links = [link for of_one in self.parts[LINKS].values() for link in of_one.values()]
        # INSEE's codes are their own keys.
        self.names = {
            Prefecture: {office.pk: office.key for office in self.offices.values()},
            Ground: {ground.pk: ground.slug for ground in self.codes[Ground].values()},
            Link: {link.pk: link.number for link in links},
        }
        self.elsewhere = self._elsewhere(sheet_keys - set(self.sheets))
        self.earlier_sheets, self.earlier_offices, self.since = {}, {}, {}

    def _sheets(self, keys):
        found = {}
        for some in batches(sorted(keys)):
            slugs = {key.partition("/")[2] for key in some}
            # Several départements may have a sheet of the same address.
            for sheet in Procedure.objects.filter(slug__in=slugs).order_by():
                if sheet.key in keys:
                    found[sheet.key] = sheet
        return found

    def _parts(self, kind):
        found = defaultdict(dict)
        for pks in batches(self.by_pk):
            for part in kind.model.objects.filter(procedure__in=pks).order_by():
                part.procedure = self.by_pk[part.procedure_id]
                found[part.procedure.key][part.number] = part
        return found

    def _elsewhere(self, keys):
        """Return {key: the sheet that once was there, or None when it was deleted}."""
        found = {}
        for some in batches(sorted(keys)):
            rows = Procedure.history.filter(slug__in={key.partition("/")[2] for key in some})
            for row in rows.order_by("history_id"):
                key = f"{row.departement_id}/{row.slug}"
                if key in keys:
                    found[key] = row.id
        alive = _found(Procedure, found.values())
        return {key: alive.get(pk) for key, pk in found.items()}

    def load_earlier(self, sheets, offices):
        """Load what an older export knew: ``sheets`` {(pk, version)}, ``offices`` {history row}."""
        rest = set(sheets)
        while rest:
            # A file may bring two versions of one sheet: one a round.
            versions = dict(rest)
            states = sheets_at(versions)
            self.earlier_sheets |= {(pk, versions[pk]): state for pk, state in states.items()}
            rest -= set(versions.items())
        self.earlier_offices = states_at(Prefecture, offices)
        self.since = _revisions_of({pk for pk, _ in sheets})

    def version(self, kind, key):
        """Return the version of a sheet or office, None when there is none."""
        if kind is OFFICES:
            return self.offices[key].newest if key in self.offices else None
        return self.sheets[key].version if key in self.sheets else None

    def code(self, model, pk):
        """Return how people know that object of ``model``."""
        return str(self.names.get(model, {}).get(pk, pk))


def _revisions_of(pks):
    """Return {pk of the sheet: its revisions, with who made them}."""
    found = defaultdict(list)
    for some in batches(pks):
        revisions = Revision.objects.filter(procedure__in=some).order_by("number")
        for revision in revisions.select_related("changeset__author"):
            found[revision.procedure_id].append(revision)
    return found


def _found(model, pks):
    """Return {pk: object}; of all there are when ``pks`` is None."""
    if pks is None:
        return model._base_manager.in_bulk()
    found = {}
    for some in batches(set(pks)):
        found |= model._base_manager.in_bulk(some)
    return found
