"""The parts of a sheet under the titles that its page gives them, with what stands in each."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..wording.contents import TEXTS

DATES = gettext_noop("Les dates")

# {title of the page: {name in a document: its own title there, "" where it has none}}.
# All in French: translated where they are said.
PARTS = {
    gettext_noop("La fiche"): {
        "title": gettext_noop("Nom"),
        "slug": gettext_noop("Adresse de la page"),
        "departement": gettext_noop("Département"),
    },
    gettext_noop("La situation"): {
        "situation": "",
        "situation_note": gettext_noop("Précision"),
        "valid_from": gettext_noop("Valable à partir du"),
        "valid_until": gettext_noop("Valable jusqu’au"),
    },
    gettext_noop("Ce qui est refusé"): {"refused_channels": ""},
    gettext_noop("Les guichets"): {
        "offices": "",
        "offices_not_receiving": gettext_noop("Ne reçoivent pas cette demande"),
    },
    gettext_noop("Pour qui"): {
        "grounds": gettext_noop("Raison de votre demande"),
        "arrondissements": gettext_noop("Arrondissements"),
        "communes_included": gettext_noop("Communes"),
        "communes_excluded": gettext_noop("Sauf ces communes"),
        "territory_note": gettext_noop("Précision"),
    },
    gettext_noop("Cette fiche ne vaut pas pour"): {"referrals": ""},
    gettext_noop("Avant de commencer"): {"conditions": ""},
    gettext_noop("Les étapes"): {"steps": ""},
    gettext_noop("Ce qu’il faut préparer"): {
        "supporting_documents": "",
        "fees": gettext_noop("Ce que cela coûte"),
    },
    gettext_noop("Attention"): {"warning": ""},
    gettext_noop("Qui peut vous aider"): {
        "help_places": "",
        "helping_here": "",
        "helping_everywhere": gettext_noop("Partout en France"),
    },
    gettext_noop("Et ensuite"): {
        "after_filing": "",
        "general_texts": gettext_noop("Partout en France"),
    },
    TEXTS["appointment_rules"]: {"appointment_rules": ""},
    TEXTS["transition_note"]: {
        "transition_on": gettext_noop("La règle change le"),
        "transition_note": "",
    },
    TEXTS["exclusions"]: {"exclusions": ""},
    gettext_noop("Contacts"): {"contacts": ""},
    gettext_noop("Liens et documents"): {"links": ""},
    gettext_noop("Ce qui est cité"): {"quotations": ""},
    gettext_noop("Note du Gisti"): {
        "headline": gettext_noop("Phrase d’annonce"),
        "editorial_note": "",
    },
    DATES: {
        "updated_on": gettext_noop("Dernière mise à jour"),
        "last_verified_on": gettext_noop("Vérifiée le"),
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
