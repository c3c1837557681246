"""The booklet of a région: three questions to the database, whatever it holds."""

from collections import defaultdict
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from ...published.current import published_in
from ...published.shown import sheet_of
from ...sheets.shown import offices_of, region_with_departements
from .booklet import OnPaper, booklet


def booklet_of_region(slug, whole):
    """Return the booklet of the région at this address, or None.

    ``whole`` makes of a path the address that readers know.
    """
    region, departements = region_with_departements(slug)
    if region is None:
        return None
    codes = [departement.code for departement in departements]
    sheets = defaultdict(list)
    for online in published_in(codes):
        sheet = sheet_of(online.content)
        sheets[sheet.departement.code].append(sheet)
    by_code = groupby(offices_of(codes), key=attrgetter("departement_id"))
    offices = {code: [*some] for code, some in by_code}
    on_paper = [
        OnPaper(departement, sheets[departement.code], offices.get(departement.code, []))
        for departement in departements
    ]
    place = f"Région {region.name}", reverse("brochure_of_region", args=[slug])
    return booklet(place, on_paper, whole)
