"""What a sheet would be as a whole once the file is in: refused in the preview, not at the end."""

from collections import defaultdict

from ..models import Arrondissement, Commune, Procedure
from ..models.numbering import MOST_ROWS_OF_A_SHEET
from ..models.whole import NO_GROUND, NOTHING_TO_READ, too_many
from .known import PARTS
from .plan import ADDED, REMOVED, REPEATED, UNCHANGED, CellChange
from .resources import LINKS, OFFICES, SHEETS

PLACES = {
    "arrondissements": Arrondissement,
    "communes_included": Commune,
    "communes_excluded": Commune,
}


def refuse_faulty_sheets(rows, known):
    """Refuse the row of each sheet that could not be published so, or its first part's row."""
    by_key = defaultdict(list)
    for row in rows:
        if (
            row.instance is not None
            and row.kind is not OFFICES
            and row.status not in (UNCHANGED, REPEATED)
        ):
            by_key[row.key].append(row)
    for key, touched in by_key.items():
        own = next((row for row in touched if row.kind is SHEETS), None)
        sheet = own.instance if own else known.sheets.get(key)
        if sheet is None or (own and own.is_removal):
            continue
        for sentence in _faults(sheet, own, touched, known):
            touched[0].refuse(sentence)


def note_quotes_that_end(rows, known):
    """A sheet no longer quotes a link that goes: the row of the link says so."""
    label = str(Procedure._meta.get_field("quoted_from").verbose_name)
    quoting = {
        row.key
        for row in rows
        if row.kind is SHEETS and any(change.label == label for change in row.changes)
    }
    for row in rows:
        if row.kind is not LINKS or row.status != REMOVED:
            continue
        if known.sheets[row.key].quoted_from_id != row.instance.pk:
            continue
        if row.key in quoting:
            row.refuse("La ligne de la fiche dit qu’elle cite ce lien : corrigez l’une des deux.")
        else:
            row.changes.append(CellChange(f"{label} (de la fiche)", str(row.number), ""))


def _faults(sheet, own, touched, known):
    related = own.related if own else {}
    for name, model in PLACES.items():
        for code in sorted(related.get(name, ())):
            place = known.codes[model][code]
            if place.departement_id != sheet.departement_id:
                yield f"{place} n’est pas dans ce département."
    for kind in PARTS:
        if _rows_after(kind, sheet, touched, known) > MOST_ROWS_OF_A_SHEET:
            yield too_many(kind.model)
    if not sheet.is_published:
        return
    if not related.get("grounds", known.related["grounds"].get(sheet.pk)):
        yield NO_GROUND
    has_text = any(getattr(sheet, field.name) for field in Procedure.rich_text_fields())
    if not has_text and not any(_rows_after(kind, sheet, touched, known) for kind in PARTS):
        yield NOTHING_TO_READ


def _rows_after(kind, sheet, touched, known):
    statuses = [row.status for row in touched if row.kind is kind]
    before = len(known.parts[kind].get(sheet.key, ()))
    return before + statuses.count(ADDED) - statuses.count(REMOVED)
