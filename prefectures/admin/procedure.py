"""The sheet's screen: found, edited with its steps, contacts and links, looked at, published."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from ..models import Contact, Link, Procedure, Step, current_changeset
from ..models.age import MONTHS_BEFORE_STALE
from .finding import FoundByWords
from .tracked import PLAIN_TEXTS, TrackedAdmin, TrackedForm

PREVIEW = "_preview"


class ProcedureForm(TrackedForm):
    public_reason = forms.CharField(
        label="Ce qu’on en dit au public",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text="Facultatif. Publié avec les derniers changements, si la fiche est en ligne. "
        "Exemple : « La préfecture a changé d’adresse ».",
    )
    is_minor = forms.BooleanField(
        label="Correction mineure",
        required=False,
        help_text="Une faute de frappe, une mise en forme : elle n’est pas annoncée au public.",
    )


class PartInline(admin.StackedInline):
    """Rows of a sheet, in their order: who may write the sheet writes them."""

    extra = 0
    formfield_overrides = PLAIN_TEXTS

    @property
    def sheets(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None):
        return self.sheets.has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self.sheets.may_write(request, obj)

    has_change_permission = has_delete_permission = has_add_permission


class StepInline(PartInline):
    model = Step
    fieldsets = [
        (None, {"fields": [("group", "position"), "kind", "role", "registered", "address"]}),
        (None, {"fields": ["url", "email", "phone", "hours", "booking_code", "instructions"]}),
    ]


class ContactInline(PartInline):
    model = Contact
    fields = [("kind", "position"), "value", "purpose", "hours"]


class LinkInline(PartInline):
    model = Link
    fields = [
        ("kind", "position"),
        "label",
        "url",
        "publisher",
        ("printed_date", "consulted_on", "language"),
    ]


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


@admin.register(Procedure)
class ProcedureAdmin(FoundByWords, TrackedAdmin):
    form = ProcedureForm
    change_form_template = "admin/prefectures/procedure_change_form.html"
    list_display = ["title", "departement", "publication", "situation", "age", "updated_on"]
    list_filter = [
        "publication",
        AgeFilter,
        "situation",
        "departement__region",
        ("departement", admin.RelatedOnlyFieldListFilter),
        ("offices", admin.RelatedOnlyFieldListFilter),
        "grounds",
    ]
    search_fields = [
        "title",
        "departement__name",
        "=departement__code",
        "offices__name",
        "offices__city",
        "headline",
        "official_text",
    ]
    search_help_text = "Titre, département (nom ou numéro), ville du guichet, mots du texte."
    list_select_related = ["departement"]
    list_per_page = 50
    autocomplete_fields = [
        "departement",
        "offices",
        "arrondissements",
        "communes_included",
        "communes_excluded",
    ]
    inlines = [StepInline, ContactInline, LinkInline]
    fieldsets = [
        (None, {"fields": ["departement", "title", "offices", "grounds"]}),
        (
            "Pour qui : territoire",
            {
                "description": "Laissez tout vide quand la fiche vaut pour tout le département.",
                "fields": [
                    "arrondissements",
                    "communes_included",
                    "communes_excluded",
                    "territory_note",
                ],
            },
        ),
        (
            "Ce qu’on annonce",
            {
                "fields": [
                    "headline",
                    "situation",
                    "situation_note",
                    ("valid_from", "valid_until"),
                    "refused_channels",
                    "warning",
                ]
            },
        ),
        (
            "Le texte de la préfecture",
            {
                "classes": ["after-parts"],
                "fields": ["official_text", "quoted_from", "is_excerpt"],
            },
        ),
        (
            "Ce que l’on sait d’autre",
            {
                "classes": ["after-parts", "collapse"],
                "fields": [
                    "conditions",
                    "exclusions",
                    "supporting_documents",
                    "appointment_rules",
                    "after_filing",
                    "fees",
                    "help_places",
                ],
            },
        ),
        ("La voix du Gisti", {"classes": ["after-parts"], "fields": ["editorial_note"]}),
        (
            "Publication",
            {
                "classes": ["after-parts"],
                "fields": ["updated_on", "publication", "slug", "position"],
            },
        ),
    ]

    reason_fields = ("seen_version", "reason", "public_reason", "is_minor")

    # --- Finding ------------------------------------------------------------------------------

    def get_queryset(self, request):
        return super().get_queryset(request).with_age()

    @admin.display(description="âge", ordering="confirmed_on")
    def age(self, procedure):
        months = procedure.months_old
        if months is None:
            return "date inconnue"
        return f"{months} mois" + (" · à revoir" if procedure.is_stale else "")

    # --- Editing ------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request):
        return {"updated_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "grounds":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "quoted_from":
            sheet = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = (
                Link.objects.filter(procedure=sheet) if sheet else Link.objects.none()
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.may_write(request, obj):
            return fieldsets
        # Who may only look reads the texts, not their tags.
        shown = {field.name: as_read(field) for field in Procedure.rich_text_fields()}
        return [
            (title, {**options, "fields": [shown_as(name, shown) for name in options["fields"]]})
            for title, options in fieldsets
        ]

    def version_of(self, obj):
        return obj.version

    def last_changeset(self, obj):
        last = obj.revisions.select_related("changeset__author").order_by("-number").first()
        return last and last.changeset

    def save_model(self, request, obj, form, change):
        if change:
            current_changeset().expect_version(obj)
        super().save_model(request, obj, form, change)

    def is_preview(self, request):
        return PREVIEW in request.POST

    # --- Looking ------------------------------------------------------------------------------

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published else None

    def render_change_form(self, request, context, add=False, change=False, obj=None, **kwargs):
        if obj is not None and obj.pk:
            context["saved_preview_url"] = reverse(
                "admin:prefectures_procedure_preview", args=[obj.pk]
            )
        return super().render_change_form(
            request, context, add=add, change=change, obj=obj, **kwargs
        )

    def get_urls(self):
        preview = path(
            "<int:pk>/apercu/",
            self.admin_site.admin_view(self.preview_view),
            name="prefectures_procedure_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request, pk):
        """Show the sheet as saved, published or not, to those who may see it here."""
        sheet = Procedure.objects.filter(pk=pk).first()
        if sheet is None:
            raise Http404
        if not self.has_view_or_change_permission(request, sheet):
            raise PermissionDenied
        return self._show(request, sheet, is_saved=True)

    def response_add(self, request, obj, post_url_continue=None):
        if self.is_preview(request):
            return self._show_and_forget(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if self.is_preview(request):
            return self._show_and_forget(request, obj)
        return super().response_change(request, obj)

    def _show_and_forget(self, request, obj):
        """Show what was typed as readers would see it; nothing of it stays."""
        response = self._show(request, obj, is_saved=False)
        transaction.set_rollback(True)
        return response

    def _show(self, request, sheet, *, is_saved):
        sheet = Procedure.objects.for_display().get(pk=sheet.pk)
        return render(
            request,
            "prefectures/procedure.html",
            {"procedure": sheet, "is_preview": True, "is_saved": is_saved},
        )


def as_read(field):
    """Return a read-only column that shows rich text as its readers see it."""

    @admin.display(description=field.verbose_name)
    def shown(procedure):
        # Cleaned by its field at each save.
        return mark_safe(getattr(procedure, field.name))

    return shown


def shown_as(name, shown):
    """Return ``name`` of a fieldset, a line of several included, with what shows it instead."""
    if isinstance(name, tuple):
        return tuple(shown.get(part, part) for part in name)
    return shown.get(name, name)
