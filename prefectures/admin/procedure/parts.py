"""The steps, contacts and links of a sheet, on its form."""

from django.contrib import admin

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
