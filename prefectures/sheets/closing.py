"""When a changeset closes, a sheet gets its next version and is looked at as a whole."""

from collections import defaultdict

from django.db import models
from django.dispatch import receiver

from ..gate.locking import locked
from ..gate.reading_back import BATCH, batches, chunks
from ..gate.unit_of_work import changeset_closing
from ..models import FaultySheetsError, Procedure, Revision, StaleVersionError, Verification
from .faults import ADDRESS_LEADS_ELSEWHERE, faults_of
from .kinds import ROWS
from .reading import places_named, sheets_now

OF_A_SHEET = [*(kind.model for kind in ROWS), Verification]


@receiver(changeset_closing)
def number_versions(sender, writing, written, **kwargs):
    """Give each sheet that was written its next version, then check it as a whole.

    Raises StaleVersionError for a sheet whose expected version is no longer the current one,
    FaultySheetsError for those that cannot stay as they are.
    """
    pks = {row.id for row in written.get(Procedure, ())}
    pks |= {row.procedure_id for model in OF_A_SHEET for row in written.get(model, ())}
    if not pks:
        return
    # Whoever writes one of them waits here, or is waited for: afterwards its version is what it is.
    alive = locked(Procedure, pks)
    last = Revision.last_numbers(pks)
    for pk in sorted(pks):
        # The revisions also know of a sheet that was deleted meanwhile, or is deleted here.
        if writing.expected_versions.get(pk, last[pk]) != last[pk]:
            raise StaleVersionError(
                alive.get(pk) or Procedure.history.filter(id=pk).latest().instance
            )
    _raise_versions(alive, last)
    _refuse_faulty(alive)
    Revision.objects.bulk_create(
        [
            Revision(
                procedure_id=pk,
                number=last[pk] + 1,
                changeset_id=writing.record.pk,
                publication=alive[pk].publication if pk in alive else "",
            )
            for pk in sorted(pks)
        ],
        batch_size=BATCH,
    )


def _raise_versions(sheets, last):
    """Give each of the ``sheets`` the version after ``last``."""
    by_number = defaultdict(list)
    for pk in sheets:
        by_number[last[pk] + 1].append(pk)
    for number, pks in by_number.items():
        for some in batches(sorted(pks)):
            # A plain queryset: the version is no part of the history.
            models.QuerySet(Procedure).filter(pk__in=some).update(version=number)


def _refuse_faulty(sheets):
    """Raise FaultySheetsError if some of the ``sheets`` ({pk: sheet}) cannot stay as they are."""
    states = sheets_now(list(sheets))
    places = places_named(states.values())
    faults = {pk: list(faults_of(state, places)) for pk, state in states.items()}
    for pk in _at_an_address_that_leads_elsewhere(sheets.values()):
        faults[pk].append(ADDRESS_LEADS_ELSEWHERE)
    by_sheet = {sheets[pk]: sentences for pk, sentences in faults.items() if sentences}
    if by_sheet:
        # Of several sheets, say which.
        raise FaultySheetsError(by_sheet, is_alone=len(sheets) == 1)


def _at_an_address_that_leads_elsewhere(sheets):
    """Return the sheets at an address where another one, which still is there, was published."""
    by_address = {(sheet.departement_id, sheet.slug): sheet.pk for sheet in sheets}
    suspects = []
    for some in batches(by_address):
        rows = Procedure.history.filter(
            slug__in={slug for _, slug in some},
            departement_id__in={departement for departement, _ in some},
            publication=Procedure.Publication.PUBLISHED,
        )
        others = rows.order_by().values_list("departement_id", "slug", "id").distinct()
        suspects += [
            (by_address[departement, slug], other)
            for departement, slug, other in others
            if by_address.get((departement, slug), other) != other
        ]
    others = {other for _, other in suspects}
    alive = {pk for (pk,) in chunks(Procedure._base_manager, "pk", others, "pk")}
    return {pk for pk, other in suspects if other in alive}
