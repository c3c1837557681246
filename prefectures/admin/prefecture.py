from django.contrib import admin

from ..models import Prefecture, sheets_naming
from ..sheets.kinds import OFFICES
from .finding import FoundByWords
from .spreadsheets import exporting, importing
from .tracked import TrackedAdmin


@admin.register(Prefecture)
class PrefectureAdmin(FoundByWords, TrackedAdmin):
    one = "un guichet"
    export_kinds = (OFFICES,)
    pages = [exporting, importing]
    in_list = [importing.in_list]
    actions = [exporting.export_selection]
    change_list_template = "admin/prefectures/spreadsheet_list.html"
    list_display = ["name", "departement", "kind", "city", "website"]
    list_filter = ["kind", "departement__region"]
    list_select_related = ["departement"]
    search_fields = ["name", "city", "departement__name", "=departement__code"]
    search_help_text = "Ville, nom du guichet, département (nom ou numéro)."
    autocomplete_fields = ["departement", "seat_of", "parent"]
    fieldsets = [
        (None, {"fields": ["departement", "kind", ("article", "city"), "printed_name"]}),
        ("Où, et comment l’appeler", {"fields": Prefecture.CONTACTS}),
        ("Rattachement", {"fields": ["seat_of", "parent", "slug"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        """An office that a sheet names stays."""
        is_named = obj is not None and sheets_naming(obj).exists()
        return not is_named and super().has_delete_permission(request, obj)

    @admin.display(description="guichet", ordering="city")
    def name(self, office):
        return office.name
