"""The parts of a sheet under the titles that its page gives them, with what stands in each."""

from ..wording.contents import TEXTS

DATES = "Les dates"

# {title of the page: {name in a document: its own title there, "" where it has none}}.
PARTS = {
    "La fiche": {"title": "Nom", "slug": "Adresse de la page", "departement": "Département"},
    "La situation": {
        "situation": "",
        "situation_note": "Précision",
        "valid_from": "Valable à partir du",
        "valid_until": "Valable jusqu’au",
    },
    "Ce qui est refusé": {"refused_channels": ""},
    "Les guichets": {"offices": "", "offices_not_receiving": "Ne reçoivent pas cette demande"},
    "Pour qui": {
        "grounds": "Raison de votre demande",
        "arrondissements": "Arrondissements",
        "communes_included": "Communes",
        "communes_excluded": "Sauf ces communes",
        "territory_note": "Précision",
    },
    "Cette fiche ne vaut pas pour": {"referrals": ""},
    "Avant de commencer": {"conditions": ""},
    "Les étapes": {"steps": ""},
    "Ce qu’il faut préparer": {"supporting_documents": "", "fees": "Ce que cela coûte"},
    "Attention": {"warning": ""},
    "Qui peut vous aider": {
        "help_places": "",
        "helping_here": "",
        "helping_everywhere": "Partout en France",
    },
    "Et ensuite": {"after_filing": "", "general_texts": "Partout en France"},
    TEXTS["appointment_rules"]: {"appointment_rules": ""},
    TEXTS["transition_note"]: {"transition_on": "La règle change le", "transition_note": ""},
    TEXTS["exclusions"]: {"exclusions": ""},
    "Contacts": {"contacts": ""},
    "Liens et documents": {"links": ""},
    "Ce qui est cité": {"quotations": ""},
    "Note du Gisti": {"headline": "Phrase d’annonce", "editorial_note": ""},
    DATES: {"updated_on": "Dernière mise à jour", "last_verified_on": "Vérifiée le"},
}


def changed_titles(before, after):
    """Return the titles of the parts that differ between two contents of a sheet."""
    return [
        title
        for title, names in PARTS.items()
        if any(before.get(name) != after.get(name) for name in names)
    ]


def is_only_verified(before, after):
    """Whether nothing became of a sheet but that its source was read again."""
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)} == {"last_verified_on"}
