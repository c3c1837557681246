"""The open data, loaded into a site that never had a sheet: its public pages are then the same.

Régions, départements, arrondissements and communes are there already (``load_territories``). What
stands around sheets becomes what the files say, and nothing more; sheets pass the same gate as a
file of sheets, whose lines the rows are, with the numbers that they have.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from ...models import (
    Departement,
    FaultySheetsError,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Prefecture,
    Procedure,
    Region,
    Verification,
    changeset,
)
from ...sheets.checking import new_item, refusals
from ...sheets.difference import Change, changes, differing
from ...sheets.kinds import ROWS
from ...sheets.reading import items_now
from ...sheets.state import Item, State
from ...sheets.writing import write
from ...territories.files import FileFault
from ..sheet_file import Reader
from .reading import read_tables
from .tables import DEPARTEMENTS, GROUNDS, HELP_PLACES, OFFICES, REGIONS, SHEETS, TERMS, TEXTS

# What INSEE alone makes: it is not added here, and does not go.
OF_INSEE = (REGIONS, DEPARTEMENTS)
AROUND = {
    REGIONS: Region,
    DEPARTEMENTS: Departement,
    GROUNDS: Ground,
    TEXTS: GeneralText,
    TERMS: GlossaryTerm,
    OFFICES: Prefecture,
    HELP_PLACES: HelpPlace,
}
CONTRADICTS = "deux lignes de ces fichiers se contredisent : elles ont le même nom ou le même rôle."


class SiteIsNotEmptyError(Exception):
    """The site has, or once had, sheets: what people wrote there is not to be mixed with files."""


def load_open_data(folder, *, reason, author=None, on_progress=lambda label, done, total: None):
    """Load the JSON files of ``folder`` (a Path); return {name of the table: rows}.

    One changeset, under the gate. Raises FileFault with nothing written, and SiteIsNotEmptyError.
    """
    if Procedure.history.exists():
        raise SiteIsNotEmptyError
    rows = read_tables(folder)
    try:
        with changeset(reason, author=author, file_name=folder.name) as writing:
            writing.changes_names_everywhere = True
            _Load(rows, on_progress).run()
    except FaultySheetsError as error:
        sheet, sentences = next(iter(error.faults.items()))
        row = next(row for row in rows[SHEETS] if row.key == sheet.key)
        raise FileFault(row.path, row.line, "", " ".join(sentences)) from error
    except ValidationError as error:
        raise FileFault(folder, 1, "", error.messages[0]) from error
    except IntegrityError as error:
        raise FileFault(folder, 1, "", CONTRADICTS) from error
    return {name: len(own) for name, own in rows.items()}


class _RowReader(Reader):
    """Reads rows that come from several files: each says which one is its own."""

    def __init__(self):
        super().__init__(None, says_numbers=True)
        self.known[Region] = Region.objects.in_bulk()

    def fault(self, place, field, problem):
        return FileFault(place.path, place.line_of(field), field, problem)


class _Load:
    def __init__(self, rows, on_progress):
        self.rows, self.on_progress = rows, on_progress

    def run(self):
        parents = {row.key: row.pop("parent", None) for row in self.rows[OFFICES]}
        for name, model in AROUND.items():
            self._around(name, model)
        self._parents(parents)
        self._sheets()

    # --- What stands around sheets ------------------------------------------------------------

    def _around(self, name, model):
        """Make the objects of ``model`` those that the rows of a table say."""
        reader = _RowReader()
        pks = list(model.objects.values_list("pk", flat=True))
        now = items_now(model, pks)
        keys = {_key(model, pk, item.values): pk for pk, item in now.items()}
        found = []
        for row in self.rows[name]:
            pk = keys.pop(row.key, None)
            if pk is None and name in OF_INSEE:
                raise reader.fault(
                    row, "code", f"« {row.key} » est inconnu : lancez load_territories d’abord."
                )
            before = now.get(pk)
            after = self._item(reader, name, model, row, before)
            if before is None or differing(before.values, after.values):
                found.append(Change(model, before, after))
        gone = {} if name in OF_INSEE else keys
        for change in found:
            if change.before and change.before.values.get("parent") in gone.values():
                change.after.values["parent"] = None
        found += [Change(model, now[pk], None) for pk in gone.values()]
        write(found)
        self.on_progress(name, len(self.rows[name]), len(self.rows[name]))

    @staticmethod
    def _item(reader, name, model, row, before):
        links = {field.name: field for field in model._meta.many_to_many}
        names = {each for each in row.names if each not in links and each != model._meta.pk.name}
        reader.refuse_unknown(row, row.names)
        own = {link: reader.related(row, field) for link, field in links.items()}
        made = reader.item(model, row, names - {"parent"}, own, before and before.pk)
        if before is None:
            return made
        said = {each: made.values[each] for each in (names | links.keys()) - {"parent"}}
        return Item(before.pk, before.values | said)

    def _parents(self, parents):
        """Lead offices to those on which they depend, now that all are there."""
        pks = {office.key: office.pk for office in Prefecture.objects.all()}
        now = items_now(Prefecture, list(pks.values()))
        found = []
        for row in self.rows[OFFICES]:
            parent = parents[row.key]
            if parent is not None and parent not in pks:
                raise _RowReader().fault(row, "parent", f"« {parent} » est inconnu.")
            before = now[pks[row.key]]
            after = Item(before.pk, before.values | {"parent": pks.get(parent)})
            if before.values != after.values:
                found.append(Change(Prefecture, before, after))
        write(found)

    # --- Sheets -------------------------------------------------------------------------------

    def _sheets(self):
        reader, sheets = _RowReader(), {row.key: row for row in self.rows[SHEETS]}
        self._give_rows(reader, sheets)
        ranks, looked = defaultdict(int), {}
        for key, row in sheets.items():
            departement = row["departement"]
            row |= {"publication": Procedure.Publication.PUBLISHED.value}
            row["position"] = ranks[departement]
            ranks[departement] += 1
            looked[key] = row.pop("last_verified_on", None)
        reader.coming = {key: Item(None, {}) for key in sheets}
        found = []
        for done, (key, row) in enumerate(sheets.items(), 1):
            state = reader.state(key, row)
            found += changes(State(), state)
            if looked[key] is not None:
                found.append(self._verification(reader, row, looked[key], state))
            self.on_progress(SHEETS, done, len(sheets))
        write(found)

    def _give_rows(self, reader, sheets):
        """Put the rows of sheets where a file of sheets has them, in their order."""
        for kind in ROWS:
            for row in self.rows[kind.name]:
                key = row.pop("sheet_key")
                if key not in sheets:
                    raise reader.fault(row, "sheet_key", f"« {key} » est inconnu.")
                there = sheets[key].setdefault(kind.part, [])
                row["position"] = len(there)
                there.append(row)

    @staticmethod
    def _verification(reader, row, day, state):
        if type(day) is not str:
            raise reader.fault(row, "last_verified_on", "une date est attendue ici.")
        item = new_item(Verification, verified_on=day)
        for sentences in refusals(Verification, item).values():
            raise reader.fault(row, "last_verified_on", sentences[0])
        return Change(Verification, None, item, state.sheet)


def _key(model, pk, values):
    if model is Prefecture:
        return f"{values['departement']}/{values['slug']}"
    return values.get("slug") if model not in (Region, Departement) else pk
