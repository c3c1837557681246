"""What is asked of a change of a sheet, besides the sheet itself."""

from django import forms

from ...models.fields import LinesField
from ..tracked import TrackedForm


class ProcedureForm(TrackedForm):
    """``begun`` is what the form opens with, besides what is stored: see ``beginning.py``."""

    begun = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= self.begun

    public_reason = forms.CharField(
        label="Ce qu’on en dit au public",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        validators=LinesField.default_validators,
        help_text="Facultatif. Publié avec les derniers changements, si la fiche est en ligne. "
        "Exemple : « La préfecture a changé d’adresse ».",
    )
    is_minor = forms.BooleanField(
        label="Correction mineure",
        required=False,
        help_text="Une faute de frappe, une mise en forme : elle n’est pas annoncée au public.",
    )
