"""The page of a sheet today is its page as of today, and both say what its document says."""

from hashlib import sha256

import pytest
from django.utils import timezone

from prefectures.models import Procedure
from prefectures.published.gathering import documents_now
from prefectures.published.shown import as_shown

from .made_up import FILES, load_made_up
from .reading import text, tree

pytestmark = pytest.mark.django_db

# What one does with a page of today, and what a page of the past says of its day.
OF_ONE_DAY = ["passing-on", "keeping", "paper", "on-paper", "sheet-end", "copy"]


def said(page):
    """Return the words of the sheet, without those that are of one day alone."""
    article = page.find(".//article")
    for parent in list(article.iter()):
        for child in list(parent):
            if set(child.get("class", "").split()) & set(OF_ONE_DAY):
                parent.remove(child)
    return " ".join(text(article).split())


def of_today(sheet):
    return f"{sheet.get_absolute_url()}au/{timezone.localdate().isoformat()}/"


@pytest.mark.parametrize("file", [None, *FILES])
def test_today_s_page_and_its_document_say_the_same(client, file):
    before = set(Procedure.objects.values_list("pk", flat=True))
    if file:
        load_made_up(file)
    sheets = Procedure.objects.published().exclude(pk__in=before if file else ())
    assert len(sheets) == FILES.get(file, 14)
    now = documents_now([sheet.pk for sheet in sheets])
    for sheet in sheets:
        page = tree(client.get(sheet.get_absolute_url()).content.decode())
        then = tree(client.get(of_today(sheet)).content.decode())
        kept = client.get(f"{of_today(sheet)}document.json").content
        _, document = now[sheet.pk]
        assert said(page) == said(then)
        assert kept == document.json
        assert sha256(kept).hexdigest() in text(then).replace(" ", "")
        for step in as_shown(document).steps.all():
            for line in step.address.splitlines():
                assert " ".join(line.split()) in said(then)
