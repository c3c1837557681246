"""The steps, contacts and links of a sheet, on its form."""

import json

from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet

from ...models import Contact, Link, Step
from ..tracked import PLAIN_TEXTS


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
    add_text = "Ajouter une étape"
    fieldsets = [
        (None, {"fields": ["kind", "role", ("group", "position"), "registered", "address"]}),
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
    fields = [("kind", "position"), "value", "purpose", "hours"]


class LinkInline(PartInline):
    model = Link
    add_text = "Ajouter un lien"
    fields = [
        ("kind", "position"),
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
