"""The questions asked of the list of sheets."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from ...contradictions import found_everywhere
from ...models import Revision
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


class ContradictionFilter(admin.SimpleListFilter):
    title = "contradictions"
    parameter_name = "contradictions"

    def lookups(self, request, model_admin):
        return [("avec", "avec"), ("sans", "sans")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        told = found_everywhere().told()
        if self.value() == "avec":
            return queryset.filter(pk__in=told)
        return queryset.exclude(pk__in=told)


class ChangedFilter(admin.SimpleListFilter):
    title = "changements"
    parameter_name = "changees"
    days = {"semaine": 7, "mois": 30}

    def lookups(self, request, model_admin):
        return [("semaine", "depuis 7 jours"), ("mois", "depuis 30 jours")]

    def queryset(self, request, queryset):
        if self.value() not in self.days:
            return queryset
        since = timezone.now() - timedelta(days=self.days[self.value()])
        newer = Revision.objects.filter(changeset__at__gte=since)
        return queryset.filter(pk__in=newer.order_by().values("procedure"))
