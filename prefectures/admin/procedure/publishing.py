"""Publishing from the form: what is still missing, and the button that does it at once."""

import json

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from ...models import Procedure
from ...sheets.faults import NO_GROUND, NOTHING_TO_READ, SILENT

PUBLISH = "_publish"
NEW = "nouvelle fiche"
NO_DEPARTEMENT = "Choisissez le département de la fiche."


def as_sent(screen, data):
    """Take the button for what it says: the form then is as if its list had been set to it."""
    if PUBLISH in data:
        data["publication"] = Procedure.Publication.PUBLISHED
    return data


def in_form(screen, request, context, obj):
    """Tell the page in which state the sheet is kept, and what the script reads off its fields."""
    if not screen.may_write(request, obj):
        return
    # What was typed is in ``obj`` already, refused or not.
    kept = obj and Procedure.objects.filter(pk=obj.pk).only("publication").first()
    context |= {
        "kept": kept,
        "state": kept.get_publication_display() if kept else NEW,
        "missing": json.dumps(
            {
                "published": Procedure.Publication.PUBLISHED,
                "archived": Procedure.Publication.ARCHIVED,
                "silent": sorted(SILENT),
                "texts": [field.name for field in Procedure.rich_text_fields()],
                "noDepartement": NO_DEPARTEMENT,
                "noTitle": _no_title(),
                "noGround": NO_GROUND,
                "nothingToRead": NOTHING_TO_READ,
            }
        ),
    }


def _no_title():
    constraints = {each.name: each for each in Procedure._meta.constraints}
    return constraints["procedure_has_title"].violation_error_message


def say_where(request, sheet):
    """Tell whoever published ``sheet`` where it is read, and what may come next."""
    if PUBLISH in request.POST and sheet.is_published:
        messages.success(
            request,
            format_html(
                'La fiche est en ligne : <a href="{}">la voir sur le site</a>, ou '
                '<a href="{}">partir d’une autre page</a>.',
                sheet.get_absolute_url(),
                reverse("admin:prefectures_procedure_from_page"),
            ),
        )
