"""Holes and overlaps between the published sheets of one ground in one département."""

from collections import defaultdict

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
    """Return the codes of the communes of a sheet; None when only a note says which.

    A commune that INSEE has merged into another stays in the lists of a sheet, and counts no more.
    """
    arrondissements = [item.code for item in sheet.arrondissements.all()]
    included = {item.code for item in sheet.communes_included.all()}
    excluded = {item.code for item in sheet.communes_excluded.all()}
    if not arrondissements and not included:
        if sheet.territory_note and not excluded:
            return None
        codes = set(communes.of_departement[sheet.departement_id])
    else:
        codes = included.union(*(communes.of_arrondissement[code] for code in arrondissements))
    return communes.divided(codes & communes.names.keys()) - communes.divided(excluded)


def between(sheets):
    """Return {pk: [Contradiction]} of published ``sheets``, loaded with their lists.

    Those that say "pas proposée ici" count too: they are an answer, which another may contradict.
    """
    told = _Told()
    groups = defaultdict(list)
    for sheet in sheets:
        for ground in sheet.grounds.all():
            groups[sheet.departement_id, ground].append(sheet)
    partial = {
        departement
        for (departement, _), same in groups.items()
        if len(same) > 1 or not _is_whole(same[0])
    }
    if not partial:
        return {}
    communes = Communes(partial)
    concerned = [sheet for sheet in sheets if sheet.departement_id in partial]
    territories = {sheet.pk: territory(sheet, communes) for sheet in concerned}
    for_all = defaultdict(list)
    for sheet in concerned:
        if any(ground.covers_all for ground in sheet.grounds.all()):
            for_all[sheet.departement_id].append(territories[sheet.pk])
    for (departement, ground), same in groups.items():
        own = [territories.get(sheet.pk) for sheet in same]
        if departement not in partial or None in own:
            # A note in words: nothing can be claimed of it.
            continue
        _find_overlaps(told, ground, same, territories, communes)
        if None not in for_all[departement]:
            covered = set().union(*own, *for_all[departement])
            missing = communes.divided(communes.of_departement[departement]) - covered
            _note_hole(told, ground, same, missing, communes)
    return told.by_sheet()


class _Told:
    """What is said of a sheet, once for all the grounds of which it is true."""

    def __init__(self):
        self.grounds = defaultdict(list)

    def add(self, ground, pk, *what):
        self.grounds[pk, *what].append(ground)

    def by_sheet(self):
        found = defaultdict(list)
        for (pk, kind, reason, advice, compared), grounds in self.grounds.items():
            names = ", ".join(f"« {ground} »" for ground in grounds)
            keys = tuple(sorted(ground.pk for ground in grounds))
            found[pk].append(
                Contradiction(
                    kind,
                    "arrondissements",
                    f"{names} : {reason}",
                    advice,
                    compared=(keys, *compared),
                )
            )
        return found


def _is_whole(sheet):
    return not (
        sheet.arrondissements.all() or sheet.communes_included.all()
        or sheet.communes_excluded.all()
    )  # fmt: skip


def _some(names):
    rest = len(names) - MOST_NAMED
    more = f" et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _named(codes, communes):
    return _some([communes.names[code] for code in sorted(codes)])


def _follow_each_other(one, other):
    return any(
        before.valid_until and after.valid_from and before.valid_until < after.valid_from
        for before, after in ((one, other), (other, one))
    )


def _find_overlaps(told, ground, sheets, territories, communes):
    by_pk, by_commune = {sheet.pk: sheet for sheet in sheets}, defaultdict(list)
    for pk in by_pk:
        for code in territories[pk]:
            by_commune[code].append(pk)
    by_sheets = defaultdict(set)
    for code, several in by_commune.items():
        if len(several) > 1:
            by_sheets[tuple(several)].add(code)
    shared, twins = defaultdict(set), defaultdict(set)
    for several, codes in by_sheets.items():
        for pk in several:
            rivals = {
                other
                for other in several
                if other != pk and not _follow_each_other(by_pk[pk], by_pk[other])
            }
            if rivals:
                shared[pk] |= codes
                twins[pk] |= rivals
    titles = {sheet.pk: f"« {sheet.title} »" for sheet in sheets}
    validity = {sheet.pk: (sheet.pk, sheet.valid_from, sheet.valid_until) for sheet in sheets}
    for sheet_pk, codes in shared.items():
        # One sentence for all of them: told two by two, fifty sheets would say it 2,450 times.
        others = [title for pk, title in titles.items() if pk in twins[sheet_pk]]
        verb = "valent" if len(others) > 1 else "vaut"
        told.add(
            ground,
            sheet_pk,
            "overlap",
            f"{_some(others)} {verb} aussi pour {_named(codes, communes)}.",
            "Une commune ne doit trouver qu’une réponse : corrigez le territoire ou les motifs de "
            "l’une de ces fiches.",
            (
                tuple(sorted(codes)),
                *(validity[pk] for pk in sorted({sheet_pk, *twins[sheet_pk]})),
            ),
        )


def _note_hole(told, ground, sheets, missing, communes):
    if not missing:
        return
    reason = f"aucune fiche du département ne vaut pour {_named(missing, communes)}."
    advice = "Étendez le territoire de cette fiche, ou ajoutez la fiche qui manque."
    codes = tuple(sorted(missing))
    for sheet in sheets:
        told.add(ground, sheet.pk, "hole", reason, advice, (codes,))
