"""For which part of a département, and for which requests, a sheet holds: in a few words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext, pgettext

# More are counted: the whole list stands further down.
MOST_NAMES = 3

ALL_REASONS = noop("Toutes les raisons")


def territory(sheet):
    """Return the part of the département that ``sheet`` is for, or "" where that is all of it."""
    said = []
    arrondissements = list(sheet.arrondissements.all())
    if arrondissements:
        names = together([each.of_name for each in arrondissements])
        said.append(
            ngettext("Arrondissement %(names)s", "Arrondissements %(names)s", len(arrondissements))
            % {"names": names}
        )
    included = [commune.name for commune in sheet.communes_included.all()]
    if included:
        said.append(_few(included))
    excluded = [commune.name for commune in sheet.communes_excluded.all()]
    if excluded:
        whole = [] if said or sheet.territory_note else [_("Tout le département")]
        said += [*whole, _("sauf %(names)s") % {"names": _few(excluded)}]
    if sheet.territory_note:
        said.append(sheet.territory_note)
    return ", ".join(said)


def _few(names):
    """Return a few names of communes, or how many there are."""
    if len(names) <= MOST_NAMES:
        return together(names)
    return ngettext("%(count)s commune", "%(count)s communes", len(names)) % {"count": len(names)}


def together(names):
    """Return names in one breath: "Béziers, Lodève et Montpellier"."""
    *first, last = names
    return _("%(names)s et %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def reason(ground):
    """Return a ground as people say it: the reason of their request."""
    if ground.covers_all:
        return _(ALL_REASONS)
    words = said_of_ground(ground.name)
    if words == ground.name:
        return words
    # The préfecture calls it by its French name.
    return _("%(reason)s (en français : %(name)s)") % {"reason": words, "name": ground.name}


def whole_reason(ground):
    """Return a ground with what it is not, where it is another request."""
    said = reason(ground)
    if not ground.is_neighbour:
        return said
    return _("%(reason)s (demande voisine, pas une AES)") % {"reason": said}


def said_of_ground(words):
    """Return what a ground is called, or how it is explained, in this language if that is known.

    Grounds are the team's to edit: those that it names as the site came with are translated.
    """
    return pgettext("motif", words) if words else words
