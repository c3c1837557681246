"""What the finder knows: places by name, number and postal code. Made of rows; pure."""

from collections import defaultdict
from dataclasses import dataclass

from ..models import Prefecture
from ..text.naming import normalised
from .names import Name, Names
from .other_names import COMMUNES, DEPARTEMENTS, FORMER_REGIONS, REGIONS
from .place import Kind, Place

HEADS = (Prefecture.Kind.PREFECTURE, Prefecture.Kind.PREFECTURE_DE_POLICE)


@dataclass(frozen=True)
class Index:
    """All that is found by a name or a number.

    ``by_postal_code`` and ``parts`` (the arrondissements of a city) are {code: [Place]},
    ``offices`` {(code of the département, normalised town): [Place]}, ``of_region`` {code: codes of
    its départements}, ``spellings`` {folded spelling in another script: [(kind, code)]}, the others
    {code: Place}.
    """

    names: Names
    communes: dict
    departements: dict
    regions: dict
    by_postal_code: dict
    parts: dict
    offices: dict
    of_region: dict
    spellings: dict


def index_of(regions, departements, offices, communes, former, spellings):
    """Return the ``Index`` of rows: régions (code, name, slug), départements (the same, and that of
    the région), offices (département, kind, city, article, printed name), communes as
    dictionaries, former names (normalised, as it was written, code of today's commune);
    ``spellings`` as ``territories.spellings`` has them.
    """
    inhabitants = defaultdict(int)
    for row in communes:
        if row["part_of_id"] is None:
            inhabitants[row["departement_id"]] += row["population"]
    of_region = defaultdict(set)
    for code, _, _, region in departements:
        of_region[region].add(code)
    regions = {
        code: Place(
            Kind.REGION, code, name, sum(inhabitants[each] for each in of_region[code]), slug
        )
        for code, name, slug in regions
    }
    departements = {
        code: Place(
            Kind.DEPARTEMENT, code, name, inhabitants[code], slug,
            region_name=_other_name(regions.get(region), name),
        )
        for code, name, slug, region in departements
    }  # fmt: skip
    communes = {row["code"]: _commune(row, departements) for row in communes}
    by_postal_code, parts = defaultdict(list), defaultdict(list)
    for place in communes.values():
        for code in place.postal_codes:
            by_postal_code[code].append(place)
        if place.part_of_id:
            parts[place.part_of_id].append(place)
    return Index(
        Names(_names(regions, departements, communes, former)),
        communes,
        departements,
        regions,
        dict(by_postal_code),
        dict(parts),
        _offices(offices, departements),
        dict(of_region),
        spellings,
    )


def _other_name(region, name):
    """Return the name of a région, unless it is that of its département: La Réunion, Mayotte."""
    return region.name if region and region.name != name else ""


def _commune(row, departements):
    around = (
        row["arrondissement_id"],
        row["arrondissement__name"],
        row["arrondissement__article"],
    )
    return Place(
        Kind.COMMUNE,
        row["code"],
        row["name"],
        row["population"],
        departement=departements[row["departement_id"]],
        arrondissement=around if around[0] else None,
        part_of_id=row["part_of_id"],
        postal_codes=row["postal_codes"],
    )


def _names(regions, departements, communes, former):
    for places in (regions, departements, communes):
        for place in places.values():
            yield Name(normalised(place.name), place)
    for search, name, code in former:
        place = communes.get(code)
        if place and normalised(place.name) != search:
            yield Name(search, place, name)
    for search, (code, label) in FORMER_REGIONS.items():
        if code in regions:
            yield Name(search, regions[code], label)
    by_other_names = ((REGIONS, regions), (DEPARTEMENTS, departements), (COMMUNES, communes))
    for others, places in by_other_names:
        for search, code in others.items():
            if code in places:
                yield Name(search, places[code])


def _offices(rows, departements):
    found = defaultdict(list)
    for code, kind, city, article, printed_name in rows:
        departement = departements[code]
        office = Prefecture(kind=kind, city=city, article=article, printed_name=printed_name)
        place = Place(
            Kind.OFFICE,
            f"{code}/{office.name}",
            office.name,
            departement.population,
            departement.slug,
            departement=departement,
            is_head=kind in HEADS,
        )
        found[code, normalised(city)].append(place)
    return dict(found)
