import json
from dataclasses import dataclass
from hashlib import sha256

from ..models import Acknowledgement, Procedure

# What each kind is called in the report.
KINDS = {
    "headline": "phrase d’annonce contre étapes",
    "headline_refused": "phrase d’annonce contre voies refusées",
    "refused_step": "étape par une voie refusée",
    "ended": "publiée après sa fin de validité",
    "no_step": "aucune étape",
    "no_filing_step": "aucune étape ne dépose la demande",
    "missing": "il manque à une étape de quoi la suivre",
    "accented_host": "adresse de site accentuée",
    "two_roles": "même adresse pour deux usages",
    "silence": "silence prêté à la préfecture",
    "unknown_but_told": "inconnue, et pourtant des étapes",
    "required_by_whom": "recommandé exigé, par quelqu’un d’autre",
    "owed_by_whom": "voie imposée sans décision",
    "two_authors": "citation de deux auteurs",
    "no_author": "citation sans auteur",
    "sent_away": "motif de la fiche, renvoyé ailleurs",
    "sent_nowhere": "renvoi vers une fiche qui n’est pas en ligne",
    "sent_in_vain": "renvoi vers une fiche d’un autre motif",
    "neighbour": "demande voisine parmi les motifs",
    "office_of_nothing": "guichet de dépôt où rien ne se dépose",
    "forbidden": "étape par ce qui ne sert pas à cette demande",
    "overlap": "deux fiches pour les mêmes communes",
    "hole": "communes sans fiche",
}


@dataclass(frozen=True)
class Contradiction:
    """``field`` is that of the form beside which it is shown: of the sheet itself or, with ``part``
    ("steps", "links") and ``number``, of one of its rows. Without ``field``, of the ``part`` whole.

    ``compared`` holds what was compared, and nothing else: keys, choices and texts, in an order of
    their own; ``kept_fingerprint`` stands for it where it was made before. ``acknowledged`` is what
    somebody said of it, if it is meant.
    """

    kind: str
    field: str
    reason: str
    advice: str
    part: str = ""
    number: int = 0
    compared: tuple = ()
    kept_fingerprint: str = ""
    acknowledged: Acknowledgement | None = None

    @property
    def fingerprint(self):
        """What it is and what it compares, in 64 characters: another edit leaves it as it is."""
        if self.kept_fingerprint:
            return self.kept_fingerprint
        told = [self.kind, self.field, self.part, self.number, self.compared]
        return sha256(json.dumps(told, default=str).encode()).hexdigest()

    @property
    def where(self):
        """Its place in words: "lien n° 2", "étapes", "phrase d’annonce"."""
        if not self.part:
            return Procedure._meta.get_field(self.field).verbose_name
        row = Procedure._meta.get_field(self.part).related_model._meta
        return f"{row.verbose_name} n° {self.number}" if self.field else row.verbose_name_plural
