"""What the page of a commune says itself: why a sheet holds there, and where it does not."""

from ...published.covering import Why
from .places import MOST_NAMES, together

WHOLE = "Cette fiche vaut pour tout le département."
ALMOST = "Cette fiche vaut pour le département, sauf pour certaines communes."
PART = "Cette fiche vaut pour une partie du département. Vérifiez que c’est bien la vôtre."


def why(commune, held):
    """Return why a sheet is ``held`` in ``commune``, in a sentence or two.

    What the sheet says of its territory in words of its own is not in it.
    """
    return SAID[held.why](commune, held.sheet)


def _listed(commune, sheet):
    codes = {place.code for place in sheet.communes_included.all()}
    near = [place for place in (commune, commune.part_of) if place and place.code in codes]
    # Of a city that is not listed itself, all parts are.
    name = near[0].short_name if near else f"les arrondissements {commune.of_name}"
    if sheet.departement.code != commune.departement_id:
        return f"Une fiche {sheet.departement.of_name} nomme {name}."
    return f"Cette fiche nomme {name}."


def _by_arrondissement(commune, sheet):
    own, places = commune.arrondissement, list(sheet.arrondissements.all())
    where = f"{commune.short_name} est dans l’arrondissement {own.of_name}"
    if len(places) == 1:
        return f"{where} : cette fiche vaut pour cet arrondissement."
    if len(places) > MOST_NAMES:
        return f"{where}. Cette fiche vaut pour {len(places)} arrondissements, dont celui-ci."
    names = together([place.of_name for place in places])
    return f"{where} : cette fiche vaut pour les arrondissements {names}."


SAID = {
    Why.LISTED: _listed,
    Why.ARRONDISSEMENT: _by_arrondissement,
    Why.DEPARTEMENT: lambda _, sheet: ALMOST if sheet.communes_excluded.all() else WHOLE,
    Why.NOTE: lambda *_: PART,
}


def unanswered(names):
    """Return the sentence that leaves these reasons (their names) open."""
    if len(names) > MOST_NAMES:
        return "Pour les autres raisons, nous ne savons pas encore."
    return f"Nous ne savons pas encore pour : {', '.join(names)}."


def territory_words(sheet):
    """Return what the sheet says of its territory in words of its own, as its words, or ""."""
    words = " ".join(sheet.territory_note.split()).removesuffix(".")
    return f"La fiche précise : « {words} »." if words else ""
