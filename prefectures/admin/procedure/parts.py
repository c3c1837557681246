"""The steps, contacts and links of a sheet, on its form."""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property

from ...models import Contact, Link, Step
from ...models.numbering import MOST_ROWS_OF_A_SHEET
from ..merge_rows import MOST_ROWS_SENT
from ..ordering import ALTERNATIVE, ORDER, as_said, as_stored, flat, numbered, numbered_steps, only
from ..tracked import PLAIN_TEXTS, no_advice

LAST = float("inf")
OF_THE_FORM = {ORDER, ALTERNATIVE}


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
    """Rows in the order in which they were on the screen. What is stored stays where it says so."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and index < self.initial_form_count():
            form.initial[ORDER] = index + 1

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
        # Who may only look reads the rows in their order.
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in OF_THE_FORM]})
            for name, options in fieldsets
        ]

    def get_formset(self, request, obj=None, **kwargs):
        # What two people added at once is shown to whoever comes second; no more is read.
        kwargs["absolute_max"] = MOST_ROWS_SENT
        if not self.sheets.may_write(request, obj):
            kwargs["help_texts"] = no_advice(self.model)
        return super().get_formset(request, obj, **kwargs)

    def has_view_permission(self, request, obj=None):
        return self.sheets.has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self.sheets.may_write(request, obj)

    has_change_permission = has_delete_permission = has_add_permission


class StepInline(PartInline):
    model = Step
    form = StepForm
    formset = StepFormSet
    add_text = "Ajouter une étape"
    fieldsets = [
        (None, {"fields": ["order", "kind", "is_alternative", "role", "registered", "address"]}),
        (None, {"fields": ["url", "email", "phone", "hours", "booking_code", "instructions"]}),
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
    model = Contact
    add_text = "Ajouter un contact"
    fields = ["order", "kind", "value", "purpose", "hours"]


class LinkInline(PartInline):
    model = Link
    add_text = "Ajouter un lien"
    fields = [
        "order",
        "kind",
        "label",
        "url",
        "publisher",
        ("printed_date", "consulted_on", "language"),
    ]


class NamedFormSet(InlineAdminFormSet):
    """Says "Ajouter une étape", where Django says "Ajouter un objet Étape supplémentaire"."""

    def inline_formset_data(self):
        data = json.loads(super().inline_formset_data())
        data["options"]["addText"] = self.opts.add_text
        return json.dumps(data)


class NamesItsParts:
    def get_inline_formsets(self, *args, **kwargs):
        return [
            NamedFormSet(
                plain.opts,
                plain.formset,
                plain.fieldsets,
                plain.prepopulated_fields,
                plain.readonly_fields,
                plain.model_admin,
                plain.has_add_permission,
                plain.has_change_permission,
                plain.has_delete_permission,
                plain.has_view_permission,
            )
            for plain in super().get_inline_formsets(*args, **kwargs)
        ]
