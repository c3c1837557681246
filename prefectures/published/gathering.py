"""Documents of sheets as the database has them now: what is kept, and what a preview shows."""

from ..models import GeneralText
from ..sheets.shown import every, helping_in, sheets_as_shown
from .document import CURRENT, written


def documents_now(pks):
    """Return {pk: (sheet, Document)} of those of these sheets that there are, published or not."""
    sheets = sheets_as_shown(pks)
    general_texts = every(GeneralText) if sheets else []
    helping = {}
    for sheet in sheets:
        if sheet.departement_id not in helping:
            helping[sheet.departement_id] = helping_in(sheet.departement)
    return {
        sheet.pk: (sheet, _document(sheet, helping[sheet.departement_id], general_texts))
        for sheet in sheets
    }


def _document(sheet, helping, general_texts):
    lists = {name: list(getattr(sheet, name).all()) for name in (CURRENT.NAMED | CURRENT.ROWS)}
    return written(
        CURRENT.document(sheet, lists | {"helping": helping, "general_texts": general_texts})
    )
