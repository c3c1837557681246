"""Whom to tell of a weakness of the site: security.txt (RFC 9116)."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from ..public_address import whole_address
from .pages import kept_page

# RFC 9116, 2.5.5, asks for less than a year; it moves on each day for as long as the site is kept.
GOOD_FOR = timedelta(days=180)


@kept_page
def security_txt(request):
    midnight = datetime.combine(timezone.localdate(), time.min)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {timezone.make_aware(midnight + GOOD_FOR).isoformat()}",
        "Preferred-Languages: fr, en",
        f"Canonical: {whole_address(request, request.path)}",
    ]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )
