"""What the page of a commune says itself: why a sheet holds there, and where it does not."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...published.covering import Why
from .places import MOST_NAMES, together

WHOLE = noop("Cette fiche vaut pour tout le département.")
ALMOST = noop("Cette fiche vaut pour le département, sauf pour certaines communes.")
PART = noop("Cette fiche vaut pour une partie du département. Vérifiez que c’est bien la vôtre.")


def why(commune, held):
    """Return why a sheet is ``held`` in ``commune``, in a sentence or two.

    What the sheet says of its territory in words of its own is not in it.
    """
    return SAID[held.why](commune, held.sheet)


def _listed(commune, sheet):
    codes = {place.code for place in sheet.communes_included.all()}
    near = [place for place in (commune, commune.part_of) if place and place.code in codes]
    known = {"of_departement": sheet.departement.of_name}
    is_elsewhere = sheet.departement.code != commune.departement_id
    if near:
        known["name"] = near[0].short_name
        if is_elsewhere:
            return _("Une fiche %(of_departement)s nomme %(name)s.") % known
        return _("Cette fiche nomme %(name)s.") % known
    # Of a city that is not listed itself, all parts are.
    known["of_city"] = commune.of_name
    if is_elsewhere:
        return _("Une fiche %(of_departement)s nomme les arrondissements %(of_city)s.") % known
    return _("Cette fiche nomme les arrondissements %(of_city)s.") % known


def _by_arrondissement(commune, sheet):
    own, places = commune.arrondissement, list(sheet.arrondissements.all())
    known = {"commune": commune.short_name, "of_name": own.of_name}
    if len(places) == 1:
        return (
            _(
                "%(commune)s est dans l’arrondissement %(of_name)s : "
                "cette fiche vaut pour cet arrondissement."
            )
            % known
        )
    if len(places) > MOST_NAMES:
        known["count"] = len(places)
        return (
            _(
                "%(commune)s est dans l’arrondissement %(of_name)s. "
                "Cette fiche vaut pour %(count)s arrondissements, dont celui-ci."
            )
            % known
        )
    known["names"] = together([place.of_name for place in places])
    return (
        _(
            "%(commune)s est dans l’arrondissement %(of_name)s : "
            "cette fiche vaut pour les arrondissements %(names)s."
        )
        % known
    )


SAID = {
    Why.LISTED: _listed,
    Why.ARRONDISSEMENT: _by_arrondissement,
    Why.DEPARTEMENT: lambda commune, sheet: _(ALMOST if sheet.communes_excluded.all() else WHOLE),
    Why.NOTE: lambda commune, sheet: _(PART),
}


def unanswered(names):
    """Return the sentence that leaves these reasons (their names) open."""
    if len(names) > MOST_NAMES:
        return _("Pour les autres raisons, nous ne savons pas encore.")
    return _("Nous ne savons pas encore pour : %(names)s.") % {"names": ", ".join(names)}


def territory_words(sheet):
    """Return what the sheet says of its territory in words of its own, as its words, or ""."""
    words = " ".join(sheet.territory_note.split()).removesuffix(".")
    return _("La fiche précise : « %(words)s ».") % {"words": words} if words else ""
