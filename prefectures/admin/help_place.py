from django.contrib import admin

from ..models import HelpPlace
from ..models.help_place import NO_SOURCE
from ..sheets.kinds import HELP_PLACES
from .finding import FoundByWords
from .spreadsheets import exporting, importing
from .tracked import TrackedAdmin, TrackedForm


class HelpPlaceForm(TrackedForm):
    class Meta:
        error_messages = {
            "source": {"required": NO_SOURCE},
            "verified_on": {"required": "Donnez le jour où la source disait cela."},
        }


@admin.register(HelpPlace)
class HelpPlaceAdmin(FoundByWords, TrackedAdmin):
    one = "un lieu d’aide"
    form = HelpPlaceForm
    export_kinds = (HELP_PLACES,)
    pages = [exporting, importing]
    in_list = [importing.in_list]
    actions = [exporting.export_selection]
    change_list_template = "admin/prefectures/spreadsheet_list.html"
    list_display = ["name", "kind", "city", "phone", "verified_on"]
    list_filter = ["kind", "departements"]
    search_fields = ["name", "city", "description", "departements__name", "=departements__code"]
    search_help_text = "Nom, ville, ce qu’on y fait, département (nom ou numéro)."
    autocomplete_fields = ["departements"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "departements", "description"]}),
        ("Comment y être aidé·e", {"fields": ["phone", "hours", "languages", "address", "city"]}),
        ("En ligne", {"fields": ["email", "website"]}),
        ("D’où vient cette information", {"fields": ["source", "verified_on"]}),
        ("Rangement", {"fields": ["slug"]}),
    ]
