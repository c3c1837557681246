"""What was kept of the pages that sheets rest on: a text with its day and digest, and the file."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from ...models import PageReading


def reading_view(screen, request, reading):
    """Show the text that a page had, from when to when, and what proves it."""
    reading = _reading(screen, request, reading)
    sheets = reading.address.given_by.select_related("procedure").order_by("procedure")
    return screen.page(
        request,
        "reading",
        f"Ce que disait {reading.address.host}",
        reading=reading,
        sheets=[given.procedure for given in sheets],
    )


def file_view(screen, request, reading):
    """Send the file as it came: to be kept, never shown, for it comes from anywhere."""
    reading = _reading(screen, request, reading)
    found = reading.original.bytes
    if found is None:
        raise Http404
    day = timezone.localdate(reading.first_seen_at)
    name = f"{slugify(reading.address.host.replace('.', '-'))}-{day:%Y-%m-%d}.octets"
    response = HttpResponse(found, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def _reading(screen, request, pk):
    if not screen.has_view_or_change_permission(request):
        raise PermissionDenied
    rows = PageReading.objects.select_related("address", "text", "original")
    reading = rows.filter(pk=pk).first()
    if reading is None:
        raise Http404
    return reading


URLS = [
    ("lectures/<int:reading>/", reading_view, "reading"),
    ("lectures/<int:reading>/fichier/", file_view, "reading_file"),
]
