"""The contradictions of many sheets: as many queries for a thousand as for one."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Prefetch, prefetch_related_objects

from ..models import Acknowledgement, Procedure
from .one_sheet import within
from .territory import between

LOADED = (
    "steps",
    "links",
    "grounds",
    "arrondissements",
    "communes_included",
    "communes_excluded",
)


def contradictions_of(sheets):
    """Return {pk: [Contradiction]} of those among ``sheets`` that have any that is not meant."""
    found = {
        pk: [item for item in of_one if item.acknowledged is None]
        for pk, of_one in all_contradictions_of(sheets).items()
    }
    return {pk: of_one for pk, of_one in found.items() if of_one}


def all_contradictions_of(sheets):
    """Return {pk: [Contradiction]} of those among ``sheets`` that have any, meant or not.

    Archived ones have none: nobody reads them. Territory is compared with all the
    published sheets of the same départements.
    """
    sheets = [s for s in sheets if s.publication != Procedure.Publication.ARCHIVED]
    said = Acknowledgement.objects.select_related("acknowledged_by")
    prefetch_related_objects(sheets, *LOADED, Prefetch("acknowledgements", said))
    found = defaultdict(list)
    for sheet in sheets:
        found[sheet.pk] += within(sheet)
    published = {sheet.pk: sheet for sheet in sheets if sheet.is_published}
    if published:
        departements = {sheet.departement_id for sheet in published.values()}
        others = Procedure.objects.published().filter(departement__in=departements)
        others = others.exclude(pk__in=published).prefetch_related(*LOADED[2:])
        for pk, of_one in between([*published.values(), *others]).items():
            if pk in published:
                found[pk] += of_one
    for sheet in sheets:
        meant = {said.fingerprint: said for said in sheet.acknowledgements.all()}
        if meant:
            found[sheet.pk] = [
                replace(item, acknowledged=meant.get(item.fingerprint)) for item in found[sheet.pk]
            ]
    return {pk: of_one for pk, of_one in found.items() if of_one}
