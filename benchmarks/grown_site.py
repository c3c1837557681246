"""Sites of several sizes for ``growth.py``: how many sheets they have, and how much history.

Sheets are GISTI's own of Occitanie, spread over the other départements, through the gate as an
import; the history is written past it, in the shape that the gate gives it, and sealed at the end.
"""

import json
from collections import defaultdict
from datetime import timedelta
from io import StringIO
from itertools import count, islice

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from prefectures.gate.bulk import add_all
from prefectures.gate.history_tables import columns_of, history_of, links_of, past_links_of
from prefectures.gate.reading_back import BATCH
from prefectures.models import (
    Arrondissement,
    Changeset,
    Contact,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    PublishedDocument,
    Quotation,
    Revision,
    Seal,
    Step,
    User,
    changeset,
)
from prefectures.published.document import written
from prefectures.published.past import document_of
from prefectures.sealing.guarding import history_unlocked
from prefectures.sealing.sealing import seal_what_was_there
from prefectures.text.plain_text import as_rich_text

LINKS_OF_EACH = 5
# The sheet, alone in its département, whose pages are compared; a fifth of the history is its own.
MEASURED = ("34", "fiche-mesuree")
SHARE_OF_MEASURED = 5
LAST_EDITS = 100
YEARS = 10


def prepare():
    """Make an empty site: migrations, territory, an account."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_territories", stdout=StringIO())
    with changeset("Un compte"):
        User.objects.create_superuser("mesure", password="mot-de-passe-de-mesure")


def grow(sheets, history_rows):
    """Give an empty site this many sheets, and this many rows of history at least."""
    add_sheets(sheets)
    long_ago = timezone.now() - timedelta(days=365 * YEARS)
    with connection.schema_editor() as editor, history_unlocked(editor):
        Changeset.objects.update(at=long_ago)
        PublishedDocument.objects.update(at=long_ago)
        models.QuerySet(Seal).delete()
    if history_rows:
        add_history(history_rows, long_ago)
    with transaction.atomic():
        seal_what_was_there(apps)
    _edit_measured()
    if connection.vendor == "postgresql":
        # It does so by itself, some minutes later.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def add_sheets(total):
    models_of = json.loads((settings.BASE_DIR / "fixtures/occitanie.json").read_text())["sheets"]
    places = [code for code in Departement.objects.values_list("pk", flat=True) if code != "34"]
    grounds = list(Ground.objects.filter(covers_all=False).values_list("pk", flat=True))
    offices, arrondissements = defaultdict(list), defaultdict(list)
    for model, found in ((Prefecture, offices), (Arrondissement, arrondissements)):
        for pk, departement in model.objects.values_list("pk", "departement"):
            found[departement].append(pk)
    sheets, parts = [], defaultdict(list)
    related = {"offices": [], "grounds": [], "arrondissements": []}
    states = ["published"] * 8 + ["draft", "archived"]
    today = timezone.localdate()
    for index in range(total):
        given = models_of[index % len(models_of)]
        place, rank = MEASURED[0], 0
        if index:
            place, rank = places[index % len(places)], index // len(places)
        sheet = Procedure(
            departement_id=place,
            slug=MEASURED[1] if index == 0 else f"fiche-{index}",
            title="Fiche mesurée" if index == 0 else f"{given['title']}, {index}",
            headline=given["headline"],
            publication=states[index % len(states)],
            updated_on=today - timedelta(days=30 * (index % 24)),
            position=rank,
        )
        sheets.append(sheet)
        related["offices"].append(offices[place][:2])
        related["grounds"].append([grounds[rank % len(grounds)]])
        # Some share their département out, some leave holes in it.
        halved = rank % 3 == 2
        related["arrondissements"].append(arrondissements[place][:1] if halved else [])
        _gather_parts(parts, sheet, given, index)
    with changeset("Des fiches à mesurer"):
        add_all(sheets, related)
        for rows in parts.values():
            for row in rows:
                row.procedure_id = row.procedure.pk
            add_all(rows)


def _gather_parts(parts, sheet, given, index):
    for model, name in ((Step, "steps"), (Contact, "contacts")):
        for number, fields in enumerate(given.get(name, ()), 1):
            parts[model].append(model(procedure=sheet, number=number, **fields))
    for number, fields in enumerate(given["quotations"], 1):
        text = as_rich_text(fields["text"])
        parts[Quotation].append(Quotation(procedure=sheet, number=number, text=text))
    own = given["links"][:LINKS_OF_EACH]
    more = ({"label": f"Une page, {n}", "url": f"https://a.example/{index}/{n}"} for n in count())
    for number, fields in enumerate([*own, *islice(more, LINKS_OF_EACH - len(own))], 1):
        parts[Link].append(Link(procedure=sheet, number=number, **fields))


# --- History ----------------------------------------------------------------------------------


def add_history(rows, since):
    """Write ``rows`` rows, two a changeset: an edit of a sheet with one of its rows."""
    changes = rows // 2
    author = User.objects.get(username="mesure")
    step = (timezone.now() - since) * 0.99 / changes
    made = Changeset.objects.bulk_create(
        [
            Changeset(at=since + step * n, author=author, origin="form", reason=f"Changement {n}")
            for n in range(1, changes + 1)
        ],
        batch_size=BATCH,
    )
    sheets = list(Procedure.objects.order_by("pk").prefetch_related("offices", "grounds"))
    others = sheets[1:] or sheets
    links = {link.procedure_id: link for link in Link.objects.filter(number=1)}
    versions = dict(Procedure.objects.values_list("pk", "version"))
    published = {row.procedure_id: row for row in PublishedDocument.objects.exclude(sha256="")}
    for start in range(0, changes, BATCH):
        edited = [
            sheets[0] if n % SHARE_OF_MEASURED == 0 else others[n % len(others)]
            for n in range(start, min(start + BATCH, changes))
        ]
        of_them = list(zip(made[start : start + BATCH], edited, strict=True))
        _write_rows(Procedure, [(at, sheet) for at, sheet in of_them], "headline")
        _write_rows(Link, [(at, links[sheet.pk]) for at, sheet in of_them], "label")
        revisions = []
        for record, sheet in of_them:
            versions[sheet.pk] += 1
            revisions.append(
                Revision(
                    procedure=sheet,
                    number=versions[sheet.pk],
                    changeset=record,
                    publication=sheet.publication,
                )
            )
        Revision.objects.bulk_create(revisions)
        _write_documents(published, of_them)
    for pk, version in versions.items():
        models.QuerySet(Procedure).filter(pk=pk).update(version=version)


def _write_documents(published, edits):
    """Write what readers saw after each (changeset, sheet), of those that they can open."""
    rows = []
    for record, sheet in edits:
        if sheet.pk not in published:
            continue
        last = published[sheet.pk]
        document = written(document_of(last).content | {"headline": f"Annonce {record.pk}"})
        rows.append(
            PublishedDocument(
                procedure_id=sheet.pk,
                changeset=record,
                at=record.at,
                departement_id=last.departement_id,
                slug=last.slug,
                title=last.title,
                format=document.format,
                sha256=document.sha256,
                content=document.compressed,
            )
        )
    PublishedDocument.objects.bulk_create(rows)


def _write_rows(model, edits, field):
    """Write a history row for each (changeset, item): ``field`` says something else each time."""
    history = history_of(model)
    columns = columns_of(model)
    rows = [
        history(
            history_date=record.at,
            history_type="~",
            history_user_id=record.author_id,
            changeset_id=record.pk,
            **{name: getattr(item, name) for name in columns}
            | {field: f"{getattr(item, field)} ({record.pk})"},
        )
        for record, item in edits
    ]
    history.objects.bulk_create(rows)
    for column in links_of(model):
        through = past_links_of(model, column)
        kept = column.name in ("offices", "grounds")
        through.objects.bulk_create(
            [
                through(
                    history=row,
                    id=0,
                    **{column.m2m_column_name(): item.pk, column.m2m_reverse_name(): other.pk},
                )
                for row, (_, item) in zip(rows, edits, strict=True)
                for other in (getattr(item, column.name).all() if kept else ())
            ]
        )


def _edit_measured():
    """Edit the measured sheet, so that lists of the last changes are as long at each size."""
    for number in range(LAST_EDITS):
        with changeset(f"Dernier changement {number}", public_reason="Une précision"):
            sheet = Procedure.objects.get(departement=MEASURED[0], slug=MEASURED[1])
            sheet.situation_note = f"Précision n° {number}"
            sheet.save()
    ContentType.objects.clear_cache()
