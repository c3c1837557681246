"""Documents of sheets as the database has them now: what is kept, and what a preview shows.

A dozen queries for a hundred sheets, as for one.
"""

from collections import defaultdict

from ..models import GeneralText, HelpPlace
from ..sheets.shown import every, sheets_as_shown
from .document import CURRENT, written


def documents_now(pks):
    """Return {pk: (sheet, Document)} of those of these sheets that there are, published or not."""
    sheets = sheets_as_shown(pks)
    around = _around() if sheets else None
    return {sheet.pk: (sheet, _document(sheet, *around)) for sheet in sheets}


def _around():
    """Return the places that help everywhere, {code: those of a département}, general texts."""
    everywhere, here = [], defaultdict(list)
    helping = defaultdict(list)
    for place, code in HelpPlace.departements.through.objects.values_list(
        "helpplace", "departement"
    ):
        helping[place].append(code)
    for place in every(HelpPlace):
        for code in helping[place.pk]:
            here[code].append(place)
        if not helping[place.pk]:
            everywhere.append(place)
    return everywhere, here, every(GeneralText)


def _document(sheet, everywhere, here, general_texts):
    lists = {name: list(getattr(sheet, name).all()) for name in (CURRENT.NAMED | CURRENT.ROWS)}
    lists["helping_here"] = here[sheet.departement_id]
    lists["helping_everywhere"] = everywhere
    lists["general_texts"] = general_texts
    return written(CURRENT.document(sheet, lists))
