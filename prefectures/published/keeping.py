"""When a changeset ends, the sheets whose public content it changed get their document.

Not only those that it wrote: an office, a ground, a help place, another sheet that they name may
have got another name. Whoever might have changed is looked at; what is the same is not kept again.
"""

from django.db import models
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from ..gate.locking import wait_for_turn
from ..gate.reading_back import BATCH, batches, chunks, newest_ids, related_in_history, related_keys
from ..gate.unit_of_work import changeset_ending
from ..models import (
    Departement,
    GeneralText,
    Ground,
    HelpPlace,
    Prefecture,
    Procedure,
    PublishedDocument,
    Referral,
    Region,
    Revision,
    Step,
)
from .gathering import documents_now

# What a sheet names, and by which questions it is found. Each field asked alone: an "or" over
# joined tables reads them whole.
BY_NAME = {
    Prefecture: [
        (Procedure, "offices", "pk"),
        (Procedure, "offices_not_receiving", "pk"),
        (Step, "office", "procedure"),
        (Referral, "office", "procedure"),
    ],
    Ground: [(Procedure, "grounds", "pk"), (Referral, "ground", "procedure")],
    Procedure: [(Referral, "sheet", "procedure")],
    Departement: [(Procedure, "departement", "pk")],
    Region: [(Procedure, "departement__region", "pk")],
}


@receiver(changeset_ending)
def keep_documents(sender, writing, **kwargs):
    if writing.record.pk is None:
        return
    # Who ends before may name what is renamed here: they are asked for when it has ended.
    wait_for_turn()
    pks = _concerned(writing)
    shown = documents_now(_published(pks))
    kept = newest(pks)
    rows = [*_changed(shown, kept), *_withdrawn(pks - shown.keys(), kept)]
    at = timezone.now()
    for row in rows:
        row.changeset_id, row.at = writing.record.pk, at
    PublishedDocument.objects.bulk_create(rows, batch_size=BATCH)


def _concerned(writing):
    """Return the keys of the sheets whose public content the changeset may have changed."""
    if writing.changes_names_everywhere or GeneralText in writing.written:
        return _all()
    own = Revision.objects.filter(changeset=writing.record).order_by()
    found = set(own.values_list("procedure", flat=True))
    for model, questions in BY_NAME.items():
        for some in batches(writing.written.get(model, ())):
            for asked, name, key in questions:
                rows = asked._base_manager.filter(**{f"{name}__in": some})
                found |= set(rows.values_list(key, flat=True))
    if HelpPlace in writing.written:
        found |= _helped(writing)
    return found


def _all():
    return set(Procedure._base_manager.order_by().values_list("pk", flat=True))


def _helped(writing):
    """Return the sheets of the départements where the written help places help, or did before."""
    pks = writing.written[HelpPlace]
    before = newest_ids(HelpPlace, pks, before=writing.record).values()
    now, then = related_keys(HelpPlace, pks), related_in_history(HelpPlace, before)
    places = [now["departements"].get(pk, ()) for pk in _there(HelpPlace, pks)]
    places += [then["departements"].get(row, ()) for row in before]
    if not all(places):
        # One of them helps everywhere.
        return _all()
    found = Procedure._base_manager.filter(departement__in={code for own in places for code in own})
    return set(found.order_by().values_list("pk", flat=True))


def _there(model, pks):
    return [pk for (pk,) in chunks(model._base_manager, "pk", pks, "pk")]


def _published(pks):
    rows = chunks(Procedure._base_manager, "pk", sorted(pks), "pk", "publication")
    return [pk for pk, publication in rows if publication == Procedure.Publication.PUBLISHED]


def newest(pks):
    """Return {pk of the sheet: its last ``PublishedDocument``, without its content}."""
    found = {}
    for some in batches(sorted(pks)):
        last = PublishedDocument.objects.filter(procedure__in=some).order_by().values("procedure")
        ids = last.annotate(last=models.Max("pk")).values("last")
        rows = PublishedDocument.objects.filter(Q(pk__in=ids)).defer("content").order_by()
        found |= {row.procedure_id: row for row in rows}
    return found


def _changed(shown, kept):
    for pk, (sheet, document) in shown.items():
        before, digest = kept.get(pk), document.sha256
        place = (sheet.departement_id, sheet.slug)
        if before and (before.departement_id, before.slug, before.sha256) == (*place, digest):
            continue
        yield PublishedDocument(
            procedure_id=pk,
            departement_id=sheet.departement_id,
            slug=sheet.slug,
            title=sheet.title,
            format=document.format,
            sha256=digest,
            content=document.compressed,
        )


def _withdrawn(pks, kept):
    for pk in sorted(pks & kept.keys()):
        before = kept[pk]
        if before.sha256:
            yield PublishedDocument(
                procedure_id=pk,
                departement_id=before.departement_id,
                slug=before.slug,
                title=before.title,
            )
