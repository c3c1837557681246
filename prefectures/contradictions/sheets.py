"""The contradictions of many sheets: as many queries for a thousand as for one."""

from collections import defaultdict

from django.db.models import prefetch_related_objects

from ..models import Procedure
from ..sheets.kinds import ROWS
from .one_sheet import within
from .territory import between

TERRITORY = ("grounds", "arrondissements", "communes_included", "communes_excluded")
REFERRED = ("referrals__ground", "referrals__sheet__grounds")
LOADED = ("offices", *(kind.part for kind in ROWS), *REFERRED, *TERRITORY)


def found_in(sheets):
    """Return {pk: [Contradiction]} of those among ``sheets`` that have any, meant or not.

    None of them is archived. Territory is compared with all the published sheets of the same
    départements.
    """
    prefetch_related_objects(sheets, *LOADED)
    found = defaultdict(list)
    for sheet in sheets:
        found[sheet.pk] += within(sheet)
    published = {sheet.pk: sheet for sheet in sheets if sheet.is_published}
    if published:
        departements = {sheet.departement_id for sheet in published.values()}
        others = Procedure.objects.published().filter(departement__in=departements)
        others = others.exclude(pk__in=published).prefetch_related(*TERRITORY)
        for pk, of_one in between([*published.values(), *others]).items():
            if pk in published:
                found[pk] += of_one
    return {pk: of_one for pk, of_one in found.items() if of_one}
