"""What the tests of the watch share: sheets that give addresses of this machine, days that pass."""

from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

from prefectures.models import GivenAddress, Link, Procedure, WatchedAddress, changeset
from prefectures.monitoring.run import Watch

from ..models.making import published

PARIS = ZoneInfo("Europe/Paris")


def sheet_giving(*links, title="Une fiche", **fields):
    """Return a published sheet with these links: addresses, or (kind, address)."""
    sheet = published(title, updated_on="2026-11-20", **fields)
    with changeset("Pour le test"):
        for link in links:
            kind, url = link if isinstance(link, tuple) else (Link.Kind.SOURCE, link)
            Link.objects.create(procedure=sheet, kind=kind, url=url)
    sheet.refresh_from_db()
    return sheet


def withdraw_the_rest(*sheets):
    """Archive all other sheets: their préfectures are not asked by tests."""
    kept = [sheet.pk for sheet in sheets]
    with changeset("Pour le test"):
        for sheet in Procedure.objects.published().exclude(pk__in=kept):
            sheet.publication = Procedure.Publication.ARCHIVED
            sheet.save()


@contextmanager
def on(day, hour=12):
    """Let it be that day ("2026-12-01") at that hour in Paris."""
    moment = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=PARIS)
    with patch.object(timezone, "now", lambda: moment):
        yield


def watched(day, **options):
    """Run the watch on that day; return the ``WatchRun``."""
    with on(day):
        return Watch(pause=0, **options).run()


def known(url):
    return WatchedAddress.objects.get(url=url)


def given(sheet, url):
    return GivenAddress.objects.get(procedure=sheet, address__url=url)
