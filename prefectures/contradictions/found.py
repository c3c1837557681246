from dataclasses import dataclass

from ..models import Procedure

# What each kind is called in the report.
KINDS = {
    "headline": "phrase d’annonce contre étapes",
    "no_step": "aucune étape",
    "no_filing_step": "aucune étape ne dépose la demande",
    "missing": "il manque à une étape de quoi la suivre",
    "accented_host": "adresse de site accentuée",
    "two_roles": "même adresse pour deux usages",
    "overlap": "deux fiches pour les mêmes communes",
    "hole": "communes sans fiche",
}


@dataclass(frozen=True)
class Contradiction:
    """``field`` is that of the form beside which it is shown: of the sheet itself or, with ``part``
    ("steps", "links") and ``number``, of one of its rows. Without ``field``, of the ``part`` whole.
    """

    kind: str
    field: str
    reason: str
    advice: str
    part: str = ""
    number: int = 0

    @property
    def where(self):
        """Its place in words: "lien n° 2", "étapes", "phrase d’annonce"."""
        if not self.part:
            return Procedure._meta.get_field(self.field).verbose_name
        row = Procedure._meta.get_field(self.part).related_model._meta
        return f"{row.verbose_name} n° {self.number}" if self.field else row.verbose_name_plural
