"""From the tables of a file to a ``Plan``. Reads, compares, writes nothing and holds nobody up."""

from collections import defaultdict

from ..models import Referral
from ..sheets.checking import new_item
from ..sheets.kinds import ALONE, ROWS, SHEETS, row_kind
from ..sheets.state import Item
from .cells import Cells
from .earlier_files import with_quotations_apart
from .files.bounds import Bounds
from .known import Known
from .offices import refuse_a_second_one, refuse_offices_in_use
from .plan import Plan
from .repeats import leave_out_repeats
from .resources import KINDS, TableResource
from .rows import identified
from .step_order import place_new_steps, point_out_alternatives
from .tables import recognised
from .whole_sheets import refuse_faulty_sheets
from .widgets import items


def plan_import(
    tables, user, *, kind_name="", erases_empty=False, choices=None, adds_repeats=False, bounds=None
):
    """Return the ``Plan`` of the ``tables`` that were read from a file.

    ``kind_name`` says what a lone table holds, where its columns do not. ``choices`` are the
    editor's, by name of the conflict: "mine" or "theirs"; ``adds_repeats``: also what is there
    already. ``bounds`` says how long it may take. Raises FileRefusedError.
    """
    bounds = bounds or Bounds()
    found = with_quotations_apart(recognised(tables, kind_name), erases_empty=erases_empty)
    read = identified(found)
    planner = _Planner(read, user, erases_empty, choices or {})
    for planned, cells in read:
        bounds.look_at_the_clock()
        if not planned.faults:
            planner.plan_row(planned, cells)
    rows = [planned for planned, _ in read]
    leave_out_repeats(rows, planner.known, insists=adds_repeats)
    place_new_steps(rows, planner.known)
    point_out_alternatives(rows, planner.known)
    refuse_offices_in_use(rows)
    refuse_faulty_sheets(rows, planner.known)
    return Plan(rows, planner.versions())


# The column by which a row names another sheet.
REFERRED = Referral._meta.get_field("sheet").name


class _Planner:
    def __init__(self, read, user, erases_empty, choices):
        self.user = user
        self.erases_empty = erases_empty
        self.choices = choices
        self.rows = [planned for planned, _ in read if planned.key]
        self.known = Known(
            {planned.key for planned in self.rows if planned.kind not in ALONE},
            {code.zfill(5) for _, cells in read for code in _communes(cells)},
            {cells[REFERRED].strip() for _, cells in read if cells.get(REFERRED, "").strip()},
        )
        self._load_earlier()
        # The file's own new sheets, removed sheets and numbered rows.
        self.new_sheets, self.removed_sheets = {}, set()
        self.numbered = defaultdict(lambda: defaultdict(set))
        for row in self.rows:
            if row.kind.is_row and row.number:
                self.numbered[row.key][row.kind].add(str(row.number))
        self.resources = {kind: self._resource(kind) for kind in KINDS.values()}

    def versions(self):
        found = {row.owner: self.known.version(row.kind, row.key) for row in self.rows}
        return {owner: version for owner, version in found.items() if version is not None}

    def _load_earlier(self):
        sheets, alone = set(), {kind: set() for kind in ALONE}
        for row in self.rows:
            if self._is_stale(row):
                if row.kind in ALONE:
                    alone[row.kind].add(row.version)
                else:
                    sheets.add((self.known.sheets[row.key].pk, row.version))
        self.known.load_earlier(sheets, alone)

    def _is_stale(self, planned):
        current = self.known.version(planned.kind, planned.key)
        return None not in (planned.version, current) and planned.version < current

    def _resource(self, kind):
        resource = TableResource(kind)
        for field, widget in _leading(resource):
            if not row_kind(field.related_model):
                widget.known = self.known.codes[field.related_model]
        return resource

    # --- One row ------------------------------------------------------------------------------

    def plan_row(self, planned, cells):
        current = self.known.version(planned.kind, planned.key)
        if None not in (planned.version, current) and planned.version > current:
            planned.refuse(f"Cette version n’existe pas ici : la dernière est {current}.")
            return
        if planned.kind.is_row and not self._is_of_a_sheet(planned):
            return
        state, base = self.known.state(planned.kind, planned.key), None
        if self._is_stale(planned):
            earlier = self.known.earlier(planned.kind, planned.key, planned.version)
            base = earlier.item(planned.kind, planned.number)
        planned.before = state.item(planned.kind, planned.number)
        if planned.before is not None:
            planned.after = Item(planned.before.pk, dict(planned.before.values))
        elif not self._begin(planned, base):
            return
        self._know_rows_of(planned.kind, state)
        if planned.kind is SHEETS:
            self._note_sheet(planned, state)
        self._finish(planned, cells, base)
        if planned.kind in ALONE and planned.changes and not planned.faults:
            refuse_a_second_one(planned)

    def _is_of_a_sheet(self, planned):
        """Give a row of a sheet its ``sheet``; refuse it, or leave it out, where there is none."""
        new = self.new_sheets.get(planned.key)
        planned.sheet = new.after if new else self.known.state(SHEETS, planned.key).sheet
        if planned.key in self.removed_sheets:
            planned.is_removal = False
            return False
        if planned.sheet is None:
            elsewhere = self.known.elsewhere.get(planned.key)
            planned.refuse(
                f"Cette fiche est maintenant à « {elsewhere.key} » : corrigez la ligne."
                if elsewhere
                else f"La fiche « {planned.key} » n’existe pas."
            )
        return planned.sheet is not None

    def _begin(self, planned, base):
        """Begin a new object at the key of the row; refuse the row, and say False, if none may."""
        elsewhere = self.known.elsewhere.get(planned.key)
        if planned.kind.is_row:
            values = {"procedure": planned.sheet.pk, "number": planned.number}
        else:
            values = planned.kind.values_in(planned.key)
        departement = values.get("departement")
        if planned.kind.is_row:
            if planned.is_removal or (planned.number and planned.key not in self.new_sheets):
                planned.refuse(self._no_such_part(planned, base))
        elif departement and departement not in self.known.departements:
            planned.refuse(f"Le département « {departement} » est inconnu.")
        elif planned.is_removal:
            planned.refuse("Il n’y a rien à cette adresse : rien à supprimer.")
        elif elsewhere and planned.kind is SHEETS:
            planned.refuse(f"Cette fiche est maintenant à « {elsewhere.key} » : corrigez la ligne.")
        elif planned.version is not None:
            planned.refuse(
                "Il n’y a rien à cette adresse, ou plus rien : retirez la ligne ou, pour "
                "l’ajouter, videz sa « version »."
            )
        if not planned.faults:
            planned.after = new_item(planned.kind.model, **values)
        return planned.after is not None

    def _note_sheet(self, planned, state):
        """Note what the file does with a sheet."""
        if planned.is_new:
            self.new_sheets[planned.key] = planned
        if planned.is_removal:
            self.removed_sheets.add(planned.key)
            counts = {kind: len(state.rows[kind]) for kind in ROWS}
            planned.takes_along = {
                kind.plural if count > 1 else kind.one: count
                for kind, count in counts.items()
                if count
            }

    def _know_rows_of(self, kind, state):
        """Let a row name those of its own sheet, by their numbers."""
        for field in kind.leading:
            rows = state.rows[row_kind(field.related_model)]
            widget = self.resources[kind].columns[field.name].widget
            widget.known = {str(number): row for number, row in rows.items()}

    def _no_such_part(self, planned, base):
        if base is not None:
            return f"Cette ligne a été supprimée depuis l’export{self._by_whom(planned)}."
        return (
            f"La fiche n’a pas {planned.kind.of_one} n° {planned.number or '(vide)'} : videz le "
            "numéro pour en ajouter."
        )

    def _finish(self, planned, cells, base):
        row = Cells(
            planned,
            self.resources[planned.kind],
            self.known,
            base=base,
            erases_empty=self.erases_empty,
            choices=self.choices,
            coming=self.numbered[planned.key]
            if planned.key in self.new_sheets
            else defaultdict(set),
            new_sheets=self.new_sheets,
        )
        if not planned.is_removal:
            row.put(cells)
        elif self._is_stale(planned):
            planned.refuse(
                f"Cela a changé depuis l’export{self._by_whom(planned)} : exportez à nouveau, "
                "pour voir ce que vous supprimez."
            )
        else:
            row.take_away()
        if planned.conflicts:
            planned.since = self._since(planned)
        if planned.is_new or planned.is_removal or planned.changes:
            self._refuse_without_right(planned)

    def _refuse_without_right(self, planned):
        """A step, a contact or a link is written by whoever may write the sheet."""
        kind = planned.kind if planned.kind in ALONE else SHEETS
        is_new = planned.key in self.new_sheets if planned.kind.is_row else planned.is_new
        action = "add" if is_new else "change"
        if planned.is_removal and not planned.kind.is_row:
            action = "delete"
        if not self.user.has_perm(f"prefectures.{action}_{kind.model._meta.model_name}"):
            word = {"add": "ajouter", "change": "modifier", "delete": "supprimer"}[action]
            planned.refuse(
                f"Vous n’avez pas le droit de {word} de {kind.one} : rien ne sera importé."
            )

    # --- Who did what meanwhile ---------------------------------------------------------------

    def _since(self, planned):
        """Return the changesets that touched the sheet since the version of the row."""
        sheet = self.known.sheets.get(planned.key)
        return [
            revision.changeset
            for revision in self.known.since.get(sheet.pk if sheet else None, ())
            if revision.number > planned.version
        ]

    def _by_whom(self, planned):
        names = dict.fromkeys(str(item.author or "une commande") for item in self._since(planned))
        return f" par {', '.join(names)}" if names else ""


def _leading(resource):
    """Yield (field, widget) of the columns that lead to other objects; the widget of one."""
    for name, column in resource.columns.items():
        field = resource.model._meta.get_field(name)
        if field.is_relation:
            yield field, column.widget.one if field.many_to_many else column.widget


def _communes(cells):
    for name in ("communes_included", "communes_excluded"):
        yield from items(cells.get(name, ""))
