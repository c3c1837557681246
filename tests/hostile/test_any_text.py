"""Whatever is typed, into any field, by any way: every page shows it as text, and runs none of it.

The suite takes some of the payloads, drawn at random; ``benchmarks/full_size.py`` all of them.
"""

import json
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from prefectures.importexport.files import write_set
from prefectures.importexport.resources import WHOLE_SHEETS, export
from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import (
    Departement,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Prefecture,
    Procedure,
    Region,
    User,
)

from ..admin.forms import errors, posted
from ..conftest import ReadingClient
from ..public.cache.asking import KEPT
from ..seed import SEED
from ..size import AT_FULL_SIZE
from .executed import MARK, made_by
from .payloads import PAYLOADS
from .texts import accepted, printable, sheet_of, text_fields, with_texts

pytestmark = pytest.mark.django_db
SHARE = PAYLOADS if AT_FULL_SIZE else random.Random(SEED).sample(PAYLOADS, 3)
# Of the pages that are kept, those that show something of any sheet.
SHOWING_SHEETS = [
    *("home", "region", "departement", "changes", "feed"),
    *("changes_of_departement", "feed_of_departement"),
]
SHEET = "admin:prefectures_procedure"


@pytest.fixture(params=SHARE, ids=lambda payload: f"no. {PAYLOADS.index(payload)}")
def payload(request):
    return request.param


@pytest.fixture
def other(payload):
    """What takes its place later: another one, for who reads it too."""
    place = PAYLOADS.index(payload)
    before = reversed(PAYLOADS[place:] + PAYLOADS[:place])
    return next(each for each in before if printable(each) != printable(payload))


@pytest.fixture
def sheet(payload, tmp_path):
    """A sheet whose every text is the payload, from a file of sheets."""
    path = tmp_path / "fiches.json"
    reason = f"<script>{MARK}()</script>"
    content = {"title": reason, "reason": reason, "public_reason": reason}
    path.write_text(json.dumps({**content, "sheets": [sheet_of(payload, 1)]}))
    load_sheets(path)
    return Procedure.objects.get(slug="un-essai-1")


def looked_at(client, *addresses):
    """Return (address, fault) of all that these pages would run."""
    found = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 302), (address, response.status_code)
        found += [(address, fault) for fault in made_by(response.headers, response.content)]
    return found


def pages_of(sheet):
    """Return the public addresses at which something of ``sheet`` is shown."""
    own = sheet.get_absolute_url()
    today = localdate().isoformat()
    first = sheet.revisions.first().changeset_id
    last = sheet.revisions.last().changeset_id
    history = f"{own}historique/"
    return [
        own,
        *(KEPT[name] for name in SHOWING_SHEETS),
        history,
        *([f"{history}?de={first}&a={last}"] if first != last else []),
        f"{own}au/{today}/",
        f"{own}au/{today}/document.json",
        "/recherche/?q=beziiers",
    ]


def screens_of(sheet):
    """Return the addresses of the administration at which something of ``sheet`` is shown."""
    one = [sheet.pk]
    numbers = list(sheet.revisions.order_by("number").values_list("number", flat=True))
    record = sheet.revisions.latest("pk").changeset_id
    own = ("change", "history", "delete", "versions", "duplicate", "compare_page")
    return [
        reverse("admin:index"),
        reverse("admin:prefectures_journalentry_changelist"),
        reverse("admin:prefectures_changeset_change", args=[record]),
        reverse(f"{SHEET}_changelist"),
        *(reverse(f"{SHEET}_{name}", args=one) for name in own),
        reverse(f"{SHEET}_preview", args=one),
        reverse(f"{SHEET}_contradictions"),
        *(reverse(f"{SHEET}_version", args=[sheet.pk, number]) for number in numbers),
        *(reverse(f"{SHEET}_restore", args=[sheet.pk, number]) for number in numbers[:-1]),
        *(
            reverse(f"{SHEET}_compare", args=[sheet.pk, number, numbers[-1]])
            for number in numbers[:-1]
        ),
    ]


def made_of(sheet, editor):
    sheet.refresh_from_db()
    return looked_at(ReadingClient(), *pages_of(sheet)) + looked_at(editor, *screens_of(sheet))


def test_what_a_file_of_sheets_brings_is_shown_as_text(sheet, admin_client):
    assert made_of(sheet, admin_client) == []


def test_what_a_form_takes_or_refuses_is_shown_as_text(sheet, payload, other, admin_client):
    form = reverse(f"{SHEET}_change", args=[sheet.pk])
    data = posted(admin_client.get(form))
    refused = admin_client.post(form, data | dict.fromkeys(data, payload))
    assert made_by(refused.headers, refused.content) == []
    reasons = dict.fromkeys(("reason", "public_reason"), printable(other))
    data = with_texts(data, other) | reasons
    taken = admin_client.post(form, data)
    assert taken.status_code == 302, errors(taken)
    assert made_of(sheet, admin_client) == []


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_what_a_spreadsheet_brings_is_shown_as_text(sheet, other, admin_client, kind):
    chosen = Procedure.objects.filter(pk=sheet.pk)
    tables = {each.name: with_payload(each, export(each, chosen), other) for each in WHOLE_SHEETS}
    file = SimpleUploadedFile(f"{MARK}.{kind}", write_set(kind, tables))
    sent = admin_client.post(reverse(f"{SHEET}_import"), {"file": file})
    assert sent.status_code == 302, sent.page.text
    assert looked_at(admin_client, sent.url) == []
    admin_client.post(sent.url)
    assert sheet.revisions.count() == 2
    assert made_of(sheet, admin_client) == []


def with_payload(kind, table, payload):
    """Return the ``table`` of ``kind`` with ``payload`` in the columns of its texts."""
    labels = {str(field.verbose_name): field for field in text_fields(kind.model).values()}
    rows = [
        [
            accepted(labels[header], printable(payload)) if header in labels and value else value
            for header, value in zip(table.headers, row, strict=True)
        ]
        for row in table
    ]
    return type(table)(*rows, headers=table.headers)


AROUND = [Prefecture, Ground, HelpPlace, GlossaryTerm, GeneralText, Region, Departement, User]


def test_what_stands_around_the_sheets_is_shown_as_text(payload, admin_client):
    """Each in a form of its own: an office, a word, a colleague."""
    screens = []
    for model in AROUND:
        known = {Departement: {"pk": "34"}, Region: {"pk": "76"}}.get(model, {})
        item = model.objects.filter(**known).order_by("pk").first()
        name = f"admin:prefectures_{model._meta.model_name}"
        form = reverse(f"{name}_change", args=[item.pk])
        data = posted(admin_client.get(form))
        fields = {name: field for name, field in text_fields(model).items() if name in data}
        assert fields
        sent = {name: accepted(field, payload) for name, field in fields.items()}
        if model in (Region, Departement):
            sent["name"] = printable(payload)
        taken = admin_client.post(form, data | sent | {"reason": "x"})
        assert taken.status_code == 302, errors(taken)
        screens += [form, reverse(f"{name}_history", args=[item.pk]), reverse(f"{name}_changelist")]
    assert looked_at(admin_client, *screens, reverse("admin:index")) == []
    assert looked_at(ReadingClient(), *KEPT.values(), "/recherche/?q=beziiers") == []


def test_what_is_searched_is_shown_as_text(payload, client, admin_client):
    for who, address in ((client, "/recherche/"), (admin_client, reverse(f"{SHEET}_changelist"))):
        response = who.get(address, {"q": payload})
        assert made_by(response.headers, response.content) == []
