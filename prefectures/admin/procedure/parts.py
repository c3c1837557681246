"""The rows of a sheet, its steps first, on its form."""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property

from ...models import Contact, Link, Prefecture, Quotation, Referral, Step
from ...models.numbering import MOST_ROWS_OF_A_SHEET
from ...sheets.canonical import fields_said
from ...sheets.kinds import ROWS, row_kind
from ...sheets.order import as_said, as_stored, flat, numbered, numbered_steps, only
from ..few_choices import FewField
from ..sent_rows import ALTERNATIVE, MOST_ROWS_SENT, ORDER
from ..tracked import PLAIN_TEXTS, no_advice, texts_as_read, with_fields
from .beginning import beginning_of

LAST = float("inf")
OF_THE_FORM = {ORDER, ALTERNATIVE, "is_from_source"}


def rarely(*fields):
    """Return the fieldset of what few rows say: the script shows it of those that say it."""
    return ("Autre précision", {"classes": ["rare"], "fields": fields})


class OrderField(forms.IntegerField):
    """Where a row stands among those that are sent. What it changes is known from all of them."""

    def has_changed(self, initial, data):
        return False


class AlternativeField(forms.BooleanField):
    """Whether a row is at choice with the one before. What it changes: see ``OrderField``."""

    def has_changed(self, initial, data):
        return False


class PartForm(forms.ModelForm):
    """One row; its rank is the one it has on the screen."""

    order = OrderField(
        label="Ordre", required=False, widget=forms.NumberInput(attrs={"class": "order"})
    )

    def place_in(self, columns):
        """Take ``columns`` ({name: value}) over, and be saved for it."""
        for name, value in columns.items():
            if getattr(self.instance, name) != value:
                setattr(self.instance, name, value)
                self.changed_data.append(name)


class StepForm(PartForm):
    is_alternative = AlternativeField(
        label="Au choix avec l’étape précédente",
        required=False,
        help_text="« Ou » : on suit l’une ou l’autre. Sinon, elle vient ensuite.",
    )


class PartFormSet(forms.BaseInlineFormSet):
    """Rows in the order in which they were on the screen. What is stored stays where it says so.

    ``begun`` says otherwise what stored rows say, {pk: {name: value}}: see ``beginning.py``.
    """

    begun = {}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None:
            form.initial.setdefault(ORDER, index + 1)
        form.initial |= self.begun.get(form.instance.pk, {})

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if form.instance.pk or form.has_changed()]
        # A stable sort: a row that says nothing comes last.
        rows.sort(key=lambda form: LAST if _said(form, ORDER) is None else _said(form, ORDER))
        order = as_said([(form, _said(form, ALTERNATIVE)) for form in rows])
        # Whoever was at choice with a row that goes is not at choice with the one before it.
        staying = {form for form in rows if not _said(form, DELETION_FIELD_NAME)}
        order = only(order, staying)
        columns = {form: vars(form.instance) for form in flat(order) if form.instance.pk}
        for form, places in self.numbered(order, columns).items():
            form.place_in(places)

    def numbered(self, order, columns):
        return numbered(flat(order), columns)


class StepFormSet(PartFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk:
            form.initial[ALTERNATIVE] = form.instance.pk in self._alternatives

    @cached_property
    def _alternatives(self):
        """The keys of the steps that are at choice with the one before them."""
        order = as_stored({step.pk: vars(step) for step in self.get_queryset()})
        return {pk for group in order for pk in group[1:]}

    def numbered(self, order, columns):
        return numbered_steps(order, columns)


def _said(form, name):
    return form.cleaned_data.get(name)


class PartInline(admin.StackedInline):
    """Rows of a sheet, in their order: who may write the sheet writes them."""

    fk_name = "procedure"
    extra = 0
    max_num = MOST_ROWS_OF_A_SHEET
    form = PartForm
    formset = PartFormSet
    formfield_overrides = PLAIN_TEXTS

    @property
    def sheets(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.sheets.may_write(request, obj):
            return fieldsets
        # Who may only look reads the rows in their order, and of texts no tags.
        shown = dict.fromkeys(OF_THE_FORM) | texts_as_read(self.model)
        return with_fields(fieldsets, lambda name: shown.get(name, name))

    def get_formset(self, request, obj=None, **kwargs):
        # What two people added at once is shown to whoever comes second; no more is read.
        kwargs["absolute_max"] = MOST_ROWS_SENT
        if not self.sheets.may_write(request, obj):
            kwargs["help_texts"] = no_advice(self.model)
            names = flatten_fieldsets(self.get_fieldsets(request, obj))
            kwargs["fields"] = [name for name in names if not callable(name)]
        formset = super().get_formset(request, obj, **kwargs)
        begun = beginning_of(request).changed.get(self.model)
        return type(formset)(formset.__name__, (formset,), {"begun": begun}) if begun else formset

    def get_extra(self, request, obj=None, **kwargs):
        return len(beginning_of(request).rows.get(self.model, ()))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # Four signs beside each choice, to change what it leads to, are four ways to get lost.
        for what in ("add", "change", "delete", "view"):
            if field is not None and hasattr(field.widget, f"can_{what}_related"):
                setattr(field.widget, f"can_{what}_related", False)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        kwargs.setdefault("form_class", FewField)
        kwargs["queryset"] = self._to_choose(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _to_choose(self, field, request):
        """Return what a row may name: of rows and offices, those of its sheet."""
        model, sheet = field.related_model, request.resolver_match.kwargs.get("object_id")
        if row_kind(model):
            own = {"procedure": sheet}
        elif model is Prefecture:
            own = {"procedures": sheet}
        else:
            return model.objects.all()
        return model.objects.filter(**own) if sheet else model.objects.none()

    def has_view_permission(self, request, obj=None):
        return self.sheets.has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self.sheets.may_write(request, obj)

    has_change_permission = has_delete_permission = has_add_permission


class StepInline(PartInline):
    form = StepForm
    formset = StepFormSet
    fieldsets = [
        (None, {"fields": ["order", "kind", "is_alternative", "office"]}),
        (None, {"fields": ["registered", "address", "url", "email", "phone", "hours"]}),
        (None, {"fields": ["booking_code", "instructions"]}),
        rarely("role", "is_owed", ("source", "known_on")),
    ]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "role":
            obvious = [("", "ce qui va de soi")]
            kwargs["choices"] = db_field.get_choices(blank_choice=obvious)
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "kind":
            # For the script, which shows the fields of the kind that is chosen.
            field.widget.attrs |= {
                "data-fields": json.dumps(Step.FIELDS),
                "data-roles": json.dumps(
                    {kind: str(role.label) for kind, role in Step.PROPOSED_ROLES.items()}
                ),
            }
        return field


class ContactInline(PartInline):
    fieldsets = [
        (None, {"fields": ["order", "kind", "value", "purpose"]}),
        rarely("hours", "is_for_another_request"),
    ]


class LinkInline(PartInline):
    fieldsets = [
        (None, {"fields": ["order", "kind", "label", "url", "publisher"]}),
        rarely(("printed_date", "consulted_on", "language"), "is_for_another_request"),
    ]


class QuotationForm(PartForm):
    is_from_source = forms.BooleanField(
        label="Tirée de la page source de la fiche",
        required=False,
        help_text="Le premier des liens « page où les modalités se lisent ». Il lui sera attaché à "
        "l’enregistrement.",
    )


class QuotationFormSet(PartFormSet):
    """Links are saved before the quotations that name them: see ``sheets/kinds.py``."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk:
            form.fields["is_from_source"].widget = forms.HiddenInput()

    def save_new(self, form, commit=True):
        if _said(form, "is_from_source") and form.instance.link_id is None:
            links = self.instance.links.filter(kind=Link.Kind.SOURCE)
            form.instance.link = links.exclude(url="").first()
        return super().save_new(form, commit=commit)


class QuotationInline(PartInline):
    form = QuotationForm
    formset = QuotationFormSet
    fieldsets = [
        (
            None,
            {"fields": ["order", "publisher", "link", "is_from_source", "text", "consulted_on"]},
        ),
        rarely("author", "printed_date", "is_excerpt"),
    ]


class ReferralInline(PartInline):
    fields = ["order", "ground", "sheet", "office", "note"]
    autocomplete_fields = ["sheet", "office"]


# Those that are not shown field by field, in the order of the model.
SHOWN_OTHERWISE = {
    Step: StepInline,
    Contact: ContactInline,
    Link: LinkInline,
    Quotation: QuotationInline,
    Referral: ReferralInline,
}


def inline_of(kind):
    """Return the inline of a ``Kind`` of rows."""
    shown = SHOWN_OTHERWISE.get(kind.model, PartInline)
    attributes = {"model": kind.model}
    if shown is PartInline:
        own = [field.name for field in fields_said(kind.model) if field.editable]
        attributes["fields"] = ["order", *(name for name in own if name != "position")]
    return type(f"{kind.model.__name__}Inline", (shown,), attributes)


class Named:
    """Rows as Django shows them, but for "Ajouter un objet Étape supplémentaire"."""

    def __init__(self, plain):
        self.plain = plain

    def __getattr__(self, name):
        return getattr(self.plain, name)

    def __iter__(self):
        return iter(self.plain)

    def inline_formset_data(self):
        data = json.loads(self.plain.inline_formset_data())
        data["options"]["addText"] = f"Ajouter {self.plain.opts.model.one_more}"
        return json.dumps(data)


INLINES = [inline_of(kind) for kind in ROWS]
