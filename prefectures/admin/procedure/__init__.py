"""The sheet's screen: found, edited with its steps, contacts and links, looked at, published."""

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.utils import timezone

from ...gate.unit_of_work import current_changeset
from ...importexport.resources import WHOLE_SHEETS
from ...models import Changeset, Procedure
from ..spreadsheets import exporting, importing
from ..tracked import texts_as_read, with_fields
from . import (
    acknowledging,
    addresses,
    contradictions,
    deleted,
    duplicating,
    evidence,
    from_page,
    listing,
    pasting,
    preview,
    publishing,
    queue,
    replacing,
    restoring,
    snoozing,
    sources,
    starting,
    verifying,
    versions,
)
from .beginning import beginning_of
from .filters import AgeFilter, ChangedFilter, ContradictionFilter
from .form import ProcedureForm
from .parts import INLINES, Named
from .searching import found_by_texts

# Of a change: its reason stands beside the buttons; what readers are told of it, and what the
# device keeps, with Publication.
IN_THE_BAR = {"classes": ["in-bar"], "fields": ["seen_version", "reason"]}
TOLD = ["public_reason", "is_minor", "draft"]


def _with_what_is_told(fieldset):
    title, options = fieldset
    return title, options | {"fields": [*options["fields"], *TOLD]}


@admin.register(Procedure)
class ProcedureAdmin(listing.EditedInList):
    class Media:
        js = [
            # The first two before all others, which use what they tell.
            Script("prefectures/rows.js", defer=True),
            Script("prefectures/folding.js", defer=True),
            Script("prefectures/rarely.js", defer=True),
            Script("prefectures/summaries.js", defer=True),
            Script("prefectures/dragging.js", defer=True),
            Script("prefectures/mistakes.js", defer=True),
            Script("prefectures/sheet_form.js", defer=True),
            Script("prefectures/unsaved.js", defer=True),
            Script("prefectures/bar.js", defer=True),
            Script("prefectures/sections.js", defer=True),
            Script("prefectures/beside.js", defer=True),
            Script("prefectures/growing.js", defer=True),
            Script("prefectures/hints.js", defer=True),
            Script("prefectures/choosing.js", defer=True),
            Script("prefectures/coming_back.js", defer=True),
            Script("prefectures/page_weight.js", defer=True),
            Script("prefectures/pasting.js", defer=True),
        ]

    one = "une fiche"
    form = ProcedureForm
    change_form_template = "admin/prefectures/procedure_change_form.html"
    list_display = [
        "title",
        "departement",
        "publication",
        "situation",
        "age",
        "updated_on",
        "position",
    ]
    list_filter = [
        "publication",
        AgeFilter,
        ContradictionFilter,
        ChangedFilter,
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
        "quotations__text",
    ]
    search_help_text = "Titre, département (nom ou numéro), ville du guichet, mots du texte."
    list_select_related = ["departement"]
    list_per_page = 50
    export_kinds = WHOLE_SHEETS
    actions = [*listing.ACTIONS, exporting.export_selection]
    pages = [
        contradictions,
        acknowledging,
        queue,
        snoozing,
        sources,
        evidence,
        addresses,
        replacing,
        verifying,
        duplicating,
        from_page,
        starting,
        pasting,
        preview,
        deleted,
        # Before the others of a version, whose address would take this one for its own.
        restoring,
        versions,
        exporting,
        importing,
    ]
    in_history = [versions.in_history]
    in_form = [
        contradictions.in_form,
        sources.in_form,
        verifying.in_form,
        starting.in_form,
        pasting.in_form,
        preview.in_form,
        publishing.in_form,
    ]
    in_list = [importing.in_list]
    change_list_template = "admin/prefectures/spreadsheet_list.html"
    autocomplete_fields = [
        "departement",
        "offices",
        "offices_not_receiving",
        "arrondissements",
        "communes_included",
        "communes_excluded",
    ]
    inlines = INLINES
    fieldsets = [
        (
            "Où et pour qui",
            {
                "classes": ["paired"],
                "fields": ["departement", "title", "offices", "offices_not_receiving", "grounds"],
            },
        ),
        (
            "Territoire",
            {
                "classes": ["collapse"],
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
                "classes": ["paired"],
                "fields": ["headline", "situation", "refused_channels", "warning", "conditions"],
            },
        ),
        (
            "Précisions sur la situation",
            {
                "classes": ["collapse"],
                "fields": ["situation_note", ("valid_from", "valid_until")],
            },
        ),
        (
            "Ce que l’on sait d’autre",
            {
                "classes": ["after-parts", "collapse"],
                "fields": [
                    "exclusions",
                    "supporting_documents",
                    "appointment_rules",
                    "after_filing",
                    "transition_on",
                    "transition_note",
                    "fees",
                    "help_places",
                ],
            },
        ),
        ("La voix du Gisti", {"classes": ["after-parts"], "fields": ["editorial_note"]}),
        (
            "Publication",
            {
                "classes": ["after-parts", "paired"],
                "fields": ["updated_on", "publication", "slug", "position"],
            },
        ),
    ]

    reason_fields = ("seen_version", "reason", "public_reason", "is_minor")

    # --- Finding ------------------------------------------------------------------------------

    get_search_results = found_by_texts

    def get_queryset(self, request):
        return super().get_queryset(request).with_age()

    @admin.display(description="âge", ordering="confirmed_on")
    def age(self, procedure):
        months = procedure.months_old
        if months is None:
            return "date inconnue"
        return f"{months} mois" + (" · à revoir" if procedure.is_stale else "")

    # --- Looking ------------------------------------------------------------------------------

    is_preview = preview.is_preview
    show_and_forget = preview.show_and_forget
    view_on_site = preview.view_on_site

    def changeform_view(self, request, *args, **kwargs):
        response = super().changeform_view(request, *args, **kwargs)
        return preview.only_if_it_can_be_shown(request, response)

    # --- Editing ------------------------------------------------------------------------------

    as_sent = publishing.as_sent

    def response_add(self, request, obj, *args, **kwargs):
        response = super().response_add(request, obj, *args, **kwargs)
        publishing.say_where(request, obj)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        publishing.say_where(request, obj)
        sources.answered_by_edit(request, obj)
        return response

    def get_changeform_initial_data(self, request):
        return {"updated_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        begun = beginning_of(request).values
        return type(form)(form.__name__, (form,), {"begun": begun}) if begun else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET":
            kwargs["initial"] = beginning_of(request).rows.get(inline.model, [])
        return kwargs

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "grounds":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_inline_formsets(self, *args, **kwargs):
        return [Named(plain) for plain in super().get_inline_formsets(*args, **kwargs)]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.may_write(request, obj):
            *own, publication, (_, why) = fieldsets
            return [*own, _with_what_is_told(publication), (None, why | IN_THE_BAR)]
        # Who may only look reads the texts, not their tags.
        shown = texts_as_read(Procedure)
        return with_fields(fieldsets, lambda name: shown.get(name, name))

    def version_of(self, obj):
        return obj.version

    def state_as_seen(self, obj, seen):
        return super().state_as_seen(obj, seen) if 0 < seen <= obj.version else None

    def changesets_since(self, obj, seen):
        newer = obj.revisions.filter(number__gt=seen)
        found = Changeset.objects.filter(pk__in=newer.values("changeset"))
        return found.select_related("author")

    def last_changeset(self, obj):
        last = obj.revisions.select_related("changeset__author").order_by("-number").first()
        return last and last.changeset

    def save_model(self, request, obj, form, change):
        if change:
            current_changeset().expect_version(obj)
        super().save_model(request, obj, form, change)
