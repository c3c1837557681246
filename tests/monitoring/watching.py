"""What the tests of the watch share: sheets that give addresses of this machine, days that pass."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

from prefectures.models import (
    GivenAddress,
    KeptBytes,
    Link,
    PageReading,
    Procedure,
    Verdict,
    WatchedAddress,
    changeset,
)
from prefectures.models.fields import host
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


def read_on(address, text, days_ago):
    """Return a reading of a page that said ``text`` some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    return PageReading.objects.create(
        address=address,
        first_seen_at=at,
        last_seen_at=at,
        text=KeptBytes.of(text.encode()),
        original=KeptBytes.of(f"<p>{text}</p>".encode()),
    )


def page_changed(sheet, url, before, after):
    """Have a source of ``sheet`` say something else since three days; return its row."""
    day = timezone.localdate() - timedelta(days=3)
    address = WatchedAddress.objects.create(
        url=url,
        host=host(url),
        verdict=Verdict.WORKS,
        seen=Verdict.WORKS,
        since=day,
        checked_at=timezone.now(),
    )
    return GivenAddress.objects.create(
        procedure=sheet,
        address=address,
        is_source=True,
        accepted=read_on(address, before, 10),
        changed=read_on(address, after, 1),
        changed_on=day,
    )
