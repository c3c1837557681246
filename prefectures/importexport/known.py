"""What the site knows of what a file names: as many queries for a thousand rows as for one."""

from collections import defaultdict

from ..gate.reading_back import batches, chunks
from ..models import (
    Arrondissement,
    Commune,
    Departement,
    Ground,
    Prefecture,
    Procedure,
    Referral,
    Revision,
)
from ..sheets.kinds import ALONE, OFFICES, ROWS, known_by, row_kind
from ..sheets.reading import items_at, items_now, sheets_at, sheets_now
from ..sheets.state import State
from .resources import with_version

REFERRALS = row_kind(Referral)
# A cell may name thousands of what is none: all there are take fewer queries.
MANY_COMMUNES = 5000


class Known:
    """What ``sheet_keys`` and ``commune_codes`` name, all grounds, and all that stands alone.

    ``referred`` are the keys of sheets that rows of a file name.

    ``states`` are the sheets as they are now, by key; ``names`` is by what people know an object:
    {model: {its key in the database: code}}.
    """

    def __init__(self, sheet_keys, commune_codes, referred=()):
        self.departements = {item.code: item for item in Departement.objects.all()}
        self.alone, self.alone_states = {}, {}
        for kind in ALONE:
            there = {item.key: item for item in with_version(kind.model.objects.all())}
            items = items_now(kind.model, [item.pk for item in there.values()])
            self.alone[kind] = there
            self.alone_states[kind] = {key: State(items[item.pk]) for key, item in there.items()}
        self.sheets = self._sheets(sheet_keys)
        by_pk = sheets_now([sheet.pk for sheet in self.sheets.values()])
        self.states = {key: by_pk[sheet.pk] for key, sheet in self.sheets.items()}
        self.codes = {
            Departement: self.departements,
            Prefecture: self.alone[OFFICES],
            Ground: {ground.slug: ground for ground in Ground.objects.all()},
            Arrondissement: {item.code: item for item in Arrondissement.objects.all()},
            Commune: _found(Commune, commune_codes if len(commune_codes) < MANY_COMMUNES else None),
            Procedure: self._sheets(referred),
        }
        self.objects = {
            model: {item.pk: item for item in of_one.values()}
            for model, of_one in self.codes.items()
        }
        self.names = {
            model: {pk: getattr(item, known_by(model)) for pk, item in self.objects[model].items()}
            for model in self.objects
        }
        self.names[Procedure] = {
            sheet.pk: sheet.key for sheet in [*self.sheets.values(), *self._referred_now(by_pk)]
        }
        for kind in ROWS:
            rows = [row for state in by_pk.values() for row in state.rows[kind].values()]
            self.names[kind.model] = {row.pk: str(row.values["number"]) for row in rows}
        self.elsewhere = self._elsewhere(sheet_keys - set(self.sheets))
        self.earlier_sheets, self.earlier_alone, self.since = {}, {}, {}

    def _sheets(self, keys):
        found = {}
        for some in batches(sorted(keys)):
            slugs = {key.partition("/")[2] for key in some}
            # Several départements may have a sheet of the same address.
            for sheet in _light(Procedure.objects.filter(slug__in=slugs)):
                if sheet.key in keys:
                    found[sheet.key] = sheet
        return found

    def _referred_now(self, states):
        """Return the sheets that rows of these ``states`` name now, and those of ``referred``."""
        rows = [row for state in states.values() for row in state.rows[REFERRALS].values()]
        pks = {row.values["sheet"] for row in rows} - {None}
        return [*self.codes[Procedure].values(), *_found(Procedure, pks).values()]

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

    def load_earlier(self, sheets, alone):
        """Load what an older export knew: ``sheets`` {(pk, version)}, ``alone`` {kind: {history
        row}}.
        """
        rest = set(sheets)
        while rest:
            # A file may bring two versions of one sheet: one a round.
            versions = dict(rest)
            states = sheets_at(versions)
            self.earlier_sheets |= {(pk, versions[pk]): state for pk, state in states.items()}
            rest -= set(versions.items())
        self.earlier_alone = {kind: items_at(kind.model, rows) for kind, rows in alone.items()}
        self.since = _revisions_of({pk for pk, _ in sheets})

    def state(self, kind, key):
        """Return the ``State`` of the object of ``kind``, or of its sheet, at ``key``."""
        return self.alone_states.get(kind, self.states).get(key, State())

    def earlier(self, kind, key, version):
        """Return it as it was at an older ``version``, once loaded."""
        if kind in ALONE:
            return State(self.earlier_alone[kind].get(self.alone[kind][key].pk))
        return self.earlier_sheets[self.sheets[key].pk, version]

    def version(self, kind, key):
        """Return the version of a sheet, or of what stands alone, None when there is none."""
        if kind in ALONE:
            there = self.alone[kind]
            return there[key].newest if key in there else None
        return self.sheets[key].version if key in self.sheets else None


def _light(sheets):
    """Return ``sheets`` without their texts, which their states have."""
    return sheets.order_by().only("departement", "slug", "version")


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
    return {item.pk: item for item in chunks(model._base_manager, "pk", set(pks))}
