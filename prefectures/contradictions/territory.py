"""Holes and overlaps between the published sheets of one ground in one département."""

from collections import defaultdict
from itertools import combinations

from ..models import Commune
from .found import Contradiction

MOST_NAMED = 3


class Communes:
    """The communes of some départements: their codes by département and by arrondissement."""

    def __init__(self, departements):
        self.of_departement = defaultdict(set)
        self.of_arrondissement = defaultdict(set)
        self.names, self.parts = {}, defaultdict(set)
        rows = Commune.objects.filter(departement__in=departements, is_current=True).order_by()
        columns = ("code", "name", "departement_id", "arrondissement_id", "part_of_id")
        for code, name, departement, arrondissement, part_of in rows.values_list(*columns):
            self.names[code] = name
            if part_of:
                self.parts[part_of].add(code)
            self.of_departement[departement].add(code)
            self.of_arrondissement[arrondissement].add(code)

    def divided(self, codes):
        """Return ``codes`` with Paris, Lyon and Marseille as their municipal arrondissements."""
        whole = {code for code in codes if code in self.parts}
        return (codes - whole).union(*(self.parts[code] for code in whole))


def territory(sheet, communes):
    """Return the codes of the communes of a sheet; None when only a note says which."""
    arrondissements = [item.code for item in sheet.arrondissements.all()]
    included = {item.code for item in sheet.communes_included.all()}
    excluded = {item.code for item in sheet.communes_excluded.all()}
    if not arrondissements and not included:
        if sheet.territory_note and not excluded:
            return None
        codes = set(communes.of_departement[sheet.departement_id])
    else:
        codes = included.union(*(communes.of_arrondissement[code] for code in arrondissements))
    return communes.divided(codes) - communes.divided(excluded)


def between(sheets):
    """Return {pk: [Contradiction]} of published ``sheets``, loaded with their lists."""
    found = defaultdict(list)
    groups = defaultdict(list)
    for sheet in sheets:
        for ground in sheet.grounds.all():
            groups[sheet.departement_id, ground].append(sheet)
    partial = {
        departement
        for (departement, _), same in groups.items()
        if len(same) > 1 or not _is_whole(same[0])
    }
    communes = Communes(partial) if partial else None
    for (departement, ground), same in groups.items():
        if departement not in partial:
            continue
        territories = {sheet.pk: territory(sheet, communes) for sheet in same}
        if None in territories.values():
            # A note in words: nothing can be claimed of it.
            continue
        _find_overlaps(found, ground, same, territories, communes)
        for_all = [
            territory(sheet, communes)
            for (other, wider), others in groups.items()
            if other == departement and wider.covers_all and wider != ground
            for sheet in others
        ]
        if None not in for_all:
            covered = set().union(*territories.values(), *for_all)
            missing = communes.divided(communes.of_departement[departement]) - covered
            _note_hole(found, ground, same, missing, communes)
    return found


def _is_whole(sheet):
    return not (
        sheet.arrondissements.all() or sheet.communes_included.all()
        or sheet.communes_excluded.all()
    )  # fmt: skip


def _named(codes, communes):
    names = [communes.names[code] for code in sorted(codes)]
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" et {rest} autres" if rest > 0 else "")


def _find_overlaps(found, ground, sheets, territories, communes):
    for one, other in combinations(sheets, 2):
        shared = territories[one.pk] & territories[other.pk]
        if not shared:
            continue
        for sheet, twin in ((one, other), (other, one)):
            found[sheet.pk].append(
                Contradiction(
                    "overlap",
                    "arrondissements",
                    f"« {ground} » : « {twin.title} » vaut aussi pour {_named(shared, communes)}.",
                    "Une commune ne doit trouver qu’une réponse : corrigez le territoire ou les "
                    "motifs de l’une des deux fiches.",
                )
            )


def _note_hole(found, ground, sheets, missing, communes):
    if not missing:
        return
    for sheet in sheets:
        found[sheet.pk].append(
            Contradiction(
                "hole",
                "arrondissements",
                f"« {ground} » : aucune fiche du département ne vaut pour "
                f"{_named(missing, communes)}.",
                "Étendez le territoire de cette fiche, ou ajoutez la fiche qui manque.",
            )
        )
