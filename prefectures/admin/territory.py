"""Régions and départements are edited; arrondissements and communes are INSEE's, looked up here."""

from django.contrib import admin

from ..models import Arrondissement, Commune, Departement, Region, normalised
from .tracked import ReadOnlyAdmin, TrackedAdmin


class PlaceAdmin(TrackedAdmin):
    """A place whose code and address are fixed; its name and article may be corrected."""

    readonly_fields = ["code", "slug"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(PlaceAdmin):
    list_display = ["name", "code", "article"]
    search_fields = ["name", "=code"]
    fields = ["code", "name", "article", "slug"]


@admin.register(Departement)
class DepartementAdmin(PlaceAdmin):
    list_display = ["name", "code", "article", "region"]
    list_filter = ["region"]
    list_select_related = ["region"]
    list_per_page = 120
    search_fields = ["name", "=code"]
    fields = ["code", "article", "name", "region", "slug"]


class SearchedPlaceAdmin(ReadOnlyAdmin):
    """Found as people type it: "saint etienne", "l hay"."""

    def get_search_results(self, request, queryset, search_term):
        words = normalised(search_term)
        return self.matching(queryset.filter(is_current=True), words, search_term.strip()), False


@admin.register(Arrondissement)
class ArrondissementAdmin(SearchedPlaceAdmin):
    list_display = ["name", "code", "departement", "is_current"]
    list_filter = ["departement__region"]
    list_select_related = ["departement"]
    search_fields = ["name"]

    def matching(self, queryset, words, typed):
        if typed.upper() in {code for (code,) in Departement.objects.values_list("code")}:
            return queryset.filter(departement=typed.upper())
        found = [item.code for item in queryset if words in normalised(item.name)]
        return queryset.filter(code__in=found)


@admin.register(Commune)
class CommuneAdmin(SearchedPlaceAdmin):
    list_display = ["name", "code", "departement", "arrondissement", "is_current"]
    list_filter = ["departement__region"]
    list_select_related = ["departement", "arrondissement"]
    search_fields = ["search"]
    ordering = ["search", "code"]

    def matching(self, queryset, words, typed):
        if len(typed) == 5 and typed[1:].isalnum() and typed[-1].isdigit():
            return queryset.filter(postal_codes__code=typed) | queryset.filter(code=typed.upper())
        return queryset.filter(search__contains=words)
