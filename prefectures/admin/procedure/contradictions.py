"""A sheet's contradictions beside the fields concerned, and the report of them all."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from ...contradictions import KINDS, all_contradictions_of
from ...models import Procedure
from .acknowledging import AcknowledgesContradictions


class ShowsContradictions(AcknowledgesContradictions):
    """They warn, and never keep anybody from saving."""

    def get_urls(self):
        report = path(
            "contradictions/",
            self.admin_site.admin_view(self.contradictions_view),
            name="prefectures_procedure_contradictions",
        )
        return [report, *super().get_urls()]

    # --- In the form --------------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, obj=None, **kwargs):
        found = []
        if obj is not None and obj.pk:
            # Read anew: a form that was refused leaves what it holds on its own object.
            saved = Procedure.objects.filter(pk=obj.pk)
            found = all_contradictions_of(list(saved)).get(obj.pk, [])
        told = [item for item in found if item.acknowledged is None]
        context["contradictions"] = [(item, self._mark(context, item)) for item in told]
        context["meant"] = [item for item in found if item.acknowledged is not None]
        context["may_acknowledge"] = self.has_change_permission(request, obj)
        return super().render_change_form(
            request, context, add=add, change=change, obj=obj, **kwargs
        )

    def _mark(self, context, contradiction):
        """Say it under its field; return the id to go to, "" where there is nothing to edit."""
        if not contradiction.field:
            return field_id(None, contradiction)
        form = self._form_of(context, contradiction)
        if form is None or contradiction.field not in form.fields:
            return ""
        bound = form[contradiction.field]
        # Django ties the help to the field (aria-describedby).
        bound.field.help_text = bound.help_text = format_html(
            '{}<strong class="contradiction">{} {}</strong>',
            bound.help_text,
            contradiction.reason,
            contradiction.advice,
        )
        return place(bound.auto_id, contradiction)

    def _form_of(self, context, contradiction):
        if not contradiction.part:
            return context["adminform"].form
        for inline in context["inline_admin_formsets"]:
            if inline.formset.prefix == contradiction.part:
                for form in inline.formset.initial_forms:
                    if form.instance.number == contradiction.number:
                        return form
        return None

    # --- The report ---------------------------------------------------------------------------

    def contradictions_view(self, request):
        """List the contradictions of all sheets, by département; ``?kind=`` keeps one kind.

        Those that are meant come apart.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        kind = request.GET.get("kind", "")
        sheets = list(Procedure.objects.select_related("departement"))
        found = all_contradictions_of(sheets)
        counts = dict.fromkeys(KINDS, 0)
        for of_one in found.values():
            for item in of_one:
                counts[item.kind] += item.acknowledged is None

        def kept(is_meant):
            for sheet in sheets:
                of_one = [
                    (item, place(field_id(sheet, item), item))
                    for item in found.get(sheet.pk, ())
                    if kind in ("", item.kind) and (item.acknowledged is not None) == is_meant
                ]
                if of_one:
                    yield sheet, of_one

        rows = list(kept(is_meant=False))
        context = {
            **self.admin_site.each_context(request),
            "title": "Contradictions",
            "opts": self.opts,
            "kind": kind,
            "kinds": [(name, KINDS[name], count) for name, count in counts.items() if count],
            "departements": [
                (departement, list(group))
                for departement, group in groupby(rows, key=lambda row: row[0].departement)
            ],
            "sheet_count": len(rows),
            "meant": list(kept(is_meant=True)),
            "may_acknowledge": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/prefectures/contradictions.html", context)


def field_id(sheet, contradiction):
    """Return the id that the field concerned has in the form of ``sheet``, loaded with its parts.

    The form has its rows in the same order.
    """
    if not contradiction.field:
        return f"{contradiction.part}-group"
    if not contradiction.part:
        return f"id_{contradiction.field}"
    numbers = [row.number for row in getattr(sheet, contradiction.part).all()]
    index = numbers.index(contradiction.number)
    return f"id_{contradiction.part}-{index}-{contradiction.field}"


def place(field_id, contradiction):
    """Return the id that a link to a field leads to."""
    # The editor of a rich text hides the field itself, and nothing hidden can be gone to.
    is_rich = contradiction.field in {field.name for field in Procedure.rich_text_fields()}
    return f"{field_id}_helptext" if is_rich and not contradiction.part else field_id
