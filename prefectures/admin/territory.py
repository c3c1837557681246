"""Régions and départements are edited; arrondissements and communes are INSEE's, looked up here."""

import re

from django.contrib import admin
from django.db.models import Q

from ..models import Arrondissement, Commune, Departement, PostalCode, Procedure, Region
from ..text.naming import normalised
from .finding import FoundByWords
from .tracked import ReadOnlyAdmin, TrackedAdmin

INSEE_OR_POSTAL_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")


class PlaceAdmin(FoundByWords, TrackedAdmin):
    """A place whose code and address are fixed; its name and article may be corrected."""

    readonly_fields = ["code", "slug"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(PlaceAdmin):
    one = "une région"
    list_display = ["name", "code", "article"]
    search_fields = ["name", "=code"]
    fields = ["code", "name", "article", "slug"]


class CoverageFilter(admin.SimpleListFilter):
    title = "fiches"
    parameter_name = "couverture"

    def lookups(self, request, model_admin):
        return [
            ("a-jour", "avec une fiche à jour"),
            ("ancienne", "avec des fiches anciennes ou sans date seulement"),
            ("aucune", "sans fiche publiée"),
        ]

    def queryset(self, request, queryset):
        published = Procedure.objects.published().with_age()
        current, any_of_them = (
            sheets.order_by().values("departement") for sheets in (published.fresh(), published)
        )
        match self.value():
            case "a-jour":
                return queryset.filter(pk__in=current)
            case "ancienne":
                return queryset.filter(pk__in=any_of_them).exclude(pk__in=current)
            case "aucune":
                return queryset.exclude(pk__in=any_of_them)
        return queryset


@admin.register(Departement)
class DepartementAdmin(PlaceAdmin):
    one = "un département"
    list_display = ["name", "code", "article", "region"]
    list_filter = [CoverageFilter, "region"]
    list_select_related = ["region"]
    list_per_page = 120
    search_fields = ["name", "=code"]
    fields = ["code", "article", "name", "region", "slug"]


@admin.register(Arrondissement)
class ArrondissementAdmin(FoundByWords, ReadOnlyAdmin):
    one = "un arrondissement"
    list_display = ["name", "code", "departement", "is_current"]
    list_filter = ["departement__region"]
    list_select_related = ["departement"]
    search_fields = ["name", "departement__name", "=code", "=departement__code"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset.filter(is_current=True), search_term)


@admin.register(Commune)
class CommuneAdmin(ReadOnlyAdmin):
    """Found as people type it: "saint etienne", "l hay"."""

    one = "une commune"
    list_display = ["name", "code", "departement", "arrondissement", "population", "is_current"]
    list_filter = ["departement__region"]
    list_select_related = ["departement", "arrondissement"]
    search_fields = ["search"]
    ordering = ["search", "code"]

    def get_search_results(self, request, queryset, search_term):
        current = queryset.filter(is_current=True)
        code = search_term.strip().upper()
        if INSEE_OR_POSTAL_CODE.fullmatch(code):
            # Not through a join: a commune of twenty postal codes would be there twenty times.
            served = PostalCode.objects.filter(code=code).values("commune")
            return current.filter(Q(code=code) | Q(pk__in=served)), False
        return current.filter(search__contains=normalised(search_term)), False
