"""From what a new sheet begins: a pattern, or another sheet; ``from_page.py`` is a page."""

from django import forms
from django.core.exceptions import PermissionDenied

from ...models import Procedure, Step
from ..pages import to_page
from ..unaskable import SelectedKey
from .beginning import form_beginning
from .patterns import PATTERNS, beginning_by


class OtherSheetForm(forms.Form):
    sheet = forms.ModelChoiceField(
        Procedure.objects.all(),
        label="Fiche",
        help_text="Tapez un titre, un département ou une ville. La copie est un brouillon.",
    )

    def __init__(self, *args, screen):
        super().__init__(*args)
        leading = Step._meta.get_field("procedure")
        choices = self.fields["sheet"].choices
        self.fields["sheet"].widget = SelectedKey(leading, screen.admin_site, choices=choices)


def in_form(screen, request, context, obj):
    if obj is None and screen.has_add_permission(request):
        context["patterns"] = [(name, words) for name, (words, _) in PATTERNS.items()]


def pattern_view(screen, request, name):
    """Show the form of a new sheet as the pattern has it; what was chosen in the list stays."""
    if not screen.has_add_permission(request):
        raise PermissionDenied
    began = beginning_by(name)
    if began is None:
        return to_page("prefectures_procedure_add")
    return form_beginning(screen, request, began)


def other_sheet_view(screen, request):
    """Lead to the screen that copies the sheet which is chosen."""
    if not screen.has_add_permission(request):
        raise PermissionDenied
    form = OtherSheetForm(request.POST or None, screen=screen)
    if form.is_valid():
        return to_page("prefectures_procedure_duplicate", form.cleaned_data["sheet"].pk)
    media = screen.media + form.media
    return screen.page(request, "from_sheet", "Partir d’une autre fiche", form=form, media=media)


URLS = [
    ("modeles/<slug:name>/", pattern_view, "pattern"),
    ("partir-d-une-fiche/", other_sheet_view, "from_sheet"),
]
