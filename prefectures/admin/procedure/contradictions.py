"""A sheet's contradictions beside the fields concerned, and the report of them all."""

from collections import Counter
from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.utils.html import format_html

from ...contradictions import KINDS, contradictions_of, found_everywhere
from ...models import Procedure
from ..paging import page_of_many

SHEETS_A_PAGE = 50


# --- In the form ------------------------------------------------------------------------------


def in_form(screen, request, context, obj):
    found = []
    if obj is not None and obj.pk:
        found = contradictions_of([obj]).get(obj.pk, [])
    told = [item for item in found if item.acknowledged is None]
    context["contradictions"] = [(item, _mark(context, item)) for item in told]
    context["meant"] = [item for item in found if item.acknowledged is not None]
    context["may_acknowledge"] = screen.has_change_permission(request, obj)


def _mark(context, contradiction):
    """Say it under its field; return the id to go to, "" where there is nothing to edit."""
    if not contradiction.field:
        return field_id(None, contradiction)
    form = _form_of(context, contradiction)
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


def _form_of(context, contradiction):
    if not contradiction.part:
        return context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        if inline.formset.prefix == contradiction.part:
            for form in inline.formset.initial_forms:
                if form.instance.number == contradiction.number:
                    return form
    return None


# --- The report -------------------------------------------------------------------------------


def contradictions_view(screen, request):
    """List the sheets that contradict themselves, by département; ``?kind=`` keeps one kind.

    A page at a time; what is meant comes last, and apart.
    """
    if not screen.has_view_permission(request):
        raise PermissionDenied
    kind = request.GET.get("kind", "")
    found = found_everywhere()
    all_told = found.told()
    counts = Counter(own for kinds in all_told.values() for own in kinds)
    told, meant = (
        [pk for pk, kinds in of_all.items() if kind in ("", *kinds)]
        for of_all in (all_told, found.told(are_meant=True))
    )
    listed = [*((pk, False) for pk in told), *((pk, True) for pk in meant)]
    page = page_of_many(listed, request.GET.get("page"), SHEETS_A_PAGE)
    rows = _rows(page, kind)
    return screen.page(
        request,
        "contradictions",
        "Contradictions",
        kind=kind,
        kinds=[(name, KINDS[name], counts[name]) for name in KINDS if counts[name]],
        departements=[
            (departement, [row[:2] for row in group])
            for departement, group in groupby(
                (row for row in rows if not row[2]), key=lambda row: row[0].departement
            )
        ],
        sheet_count=len(told),
        meant=[row[:2] for row in rows if row[2]],
        meant_count=len(meant),
        page_of_meant=len(told) // SHEETS_A_PAGE + 1,
        page=page,
        query=f"{urlencode({'kind': kind})}&" if kind else "",
        may_acknowledge=screen.has_change_permission(request),
    )


def _rows(page, kind):
    """Return [(sheet, [(contradiction, id of its field)], whether they are meant)]."""
    pks = {pk for pk, _ in page}
    sheets = Procedure.objects.select_related("departement").prefetch_related("steps", "links")
    sheets = sheets.in_bulk(pks)
    found = contradictions_of(sheets.values())
    rows = []
    for pk, are_meant in page:
        # A colleague may have deleted it a moment ago: nothing is found in it.
        of_one = [
            (item, place(field_id(sheets[pk], item), item))
            for item in found.get(pk, ())
            if kind in ("", item.kind) and (item.acknowledged is not None) == are_meant
        ]
        if of_one:
            rows.append((sheets[pk], of_one, are_meant))
    return rows


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


URLS = [("contradictions/", contradictions_view, "contradictions")]
