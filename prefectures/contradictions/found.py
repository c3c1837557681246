from dataclasses import dataclass

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
    ("steps", "contacts", "links") and ``number``, of one of its rows."""

    kind: str
    field: str
    reason: str
    advice: str
    part: str = ""
    number: int = 0

    @property
    def kind_name(self):
        return KINDS[self.kind]
