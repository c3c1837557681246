"""The questions asked of the list of sheets."""

from django.contrib import admin

from ...models.age import MONTHS_BEFORE_STALE


class AgeFilter(admin.SimpleListFilter):
    title = "âge de l’information"
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [
            ("recente", f"moins de {MONTHS_BEFORE_STALE} mois"),
            ("ancienne", f"{MONTHS_BEFORE_STALE} mois ou plus"),
            ("inconnue", "date inconnue"),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "recente":
                return queryset.fresh()
            case "ancienne":
                return queryset.stale().exclude(confirmed_on=None)
            case "inconnue":
                return queryset.filter(confirmed_on=None)
        return queryset
