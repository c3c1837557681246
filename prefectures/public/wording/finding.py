"""What is said of places that are found: their names, and what tells them apart."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...finder.place import Kind

MOST_POSTAL_CODES = 3
KINDS = {
    Kind.REGION: noop("région"),
    Kind.DEPARTEMENT: noop("département"),
    Kind.OFFICE: noop("guichet"),
}


def place_name(place, label=""):
    """Return the name of a place found, by the name that it had (``label``) if it was by that."""
    if label:
        return _("%(old)s (aujourd’hui : %(name)s)") % {"old": label, "name": place.name}
    return str(place) if place.kind is Kind.DEPARTEMENT else place.name


def told_apart(place, *, is_short=False):
    """Return what tells a place apart: "Hérault (34), arrondissement de Lodève · 34700".

    In short, "Hérault (34) · 34700".
    """
    kind = _(KINDS[place.kind]) if place.kind in KINDS else ""
    where = str(place.departement or "") if is_short else place.where
    said = ", ".join(filter(None, [kind, where]))
    codes = " ".join(place.postal_codes[:MOST_POSTAL_CODES])
    more = " …" if len(place.postal_codes) > MOST_POSTAL_CODES else ""
    return f"{said} · {codes}{more}" if codes else said
