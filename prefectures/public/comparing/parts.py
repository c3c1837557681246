"""The parts of a sheet under the titles that its page gives them, with what stands in each."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ..wording.contents import TEXTS

DATES = noop("Les dates")

# {title of the page: {name in a document: its own title there, "" where it has none}}.
# All in French: translated where they are said.
PARTS = {
    noop("La fiche"): {
        "title": noop("Nom"),
        "slug": noop("Adresse de la page"),
        "departement": noop("Département"),
    },
    noop("La situation"): {
        "situation": "",
        "situation_note": noop("Précision"),
        "valid_from": noop("Valable à partir du"),
        "valid_until": noop("Valable jusqu’au"),
    },
    noop("Ce qui est refusé"): {"refused_channels": ""},
    noop("Les guichets"): {
        "offices": "",
        "offices_not_receiving": noop("Ne reçoivent pas cette demande"),
    },
    noop("Pour qui"): {
        "grounds": noop("Raison de votre demande"),
        "arrondissements": noop("Arrondissements"),
        "communes_included": noop("Communes"),
        "communes_excluded": noop("Sauf ces communes"),
        "territory_note": noop("Précision"),
    },
    noop("Cette fiche ne vaut pas pour"): {"referrals": ""},
    noop("Avant de commencer"): {"conditions": ""},
    noop("Les étapes"): {"steps": ""},
    noop("Ce qu’il faut préparer"): {
        "supporting_documents": "",
        "fees": noop("Ce que cela coûte"),
    },
    noop("Attention"): {"warning": ""},
    noop("Qui peut vous aider"): {
        "help_places": "",
        "helping_here": "",
        "helping_everywhere": noop("Partout en France"),
    },
    noop("Et ensuite"): {
        "after_filing": "",
        "general_texts": noop("Partout en France"),
    },
    TEXTS["appointment_rules"]: {"appointment_rules": ""},
    TEXTS["transition_note"]: {
        "transition_on": noop("La règle change le"),
        "transition_note": "",
    },
    TEXTS["exclusions"]: {"exclusions": ""},
    noop("Contacts"): {"contacts": ""},
    noop("Liens et documents"): {"links": ""},
    noop("Ce qui est cité"): {"quotations": ""},
    noop("Note du Gisti"): {
        "headline": noop("Phrase d’annonce"),
        "editorial_note": "",
    },
    DATES: {
        "updated_on": noop("Dernière mise à jour"),
        "last_verified_on": noop("Vérifiée le"),
    },
}


def changed_titles(before, after):
    """Return the titles of the parts that differ between two contents of a sheet."""
    return [
        _(title)
        for title, names in PARTS.items()
        if any(before.get(name) != after.get(name) for name in names)
    ]


def is_only_verified(before, after):
    """Whether nothing became of a sheet but that its source was read again."""
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)} == {"last_verified_on"}
