"""What no single row of a sheet can break: checked for all the sheets of a changeset at once."""

from django.db.models import Count, F, Q

from ..gate.reading_back import batches
from .numbering import MOST_ROWS_OF_A_SHEET
from .parts import Contact, Link, Step
from .procedure import Procedure

NO_GROUND = "Pour publier la fiche, choisissez au moins un motif."
NOTHING_TO_READ = (
    "Pour publier la fiche, donnez au moins une étape, un contact, un lien ou un texte."
)
QUOTED_FROM_ELSEWHERE = "Le texte est cité depuis un lien qui n’est pas de cette fiche."
ADDRESS_LEADS_ELSEWHERE = (
    "Cette adresse de page a été celle d’une autre fiche et mène toujours à elle : "
    "choisissez-en une autre."
)


def too_many(model):
    """Return the sentence that refuses a sheet with too many rows of ``model``."""
    return (
        f"Une fiche a au plus {MOST_ROWS_OF_A_SHEET} {model._meta.verbose_name_plural} : "
        "faites-en plusieurs fiches, ou regroupez ce qui se répète."
    )


def faults_of(sheets):
    """Return {pk: sentences} of the ``sheets`` that cannot stay as the database has them now.

    The number of queries depends on the sheets by the hundred only.
    """
    found = {}
    for some in batches(sheets):
        found |= _faults_of_some(some)
    return found


def _faults_of_some(sheets):
    pks = [sheet.pk for sheet in sheets]
    published = {sheet.pk for sheet in sheets if sheet.is_published}
    faults = {pk: [] for pk in pks}
    for pk in published - _with_a_ground(published):
        faults[pk].append(NO_GROUND)
    without_text = {
        sheet.pk
        for sheet in sheets
        if sheet.is_published
        and not any(getattr(sheet, field.name) for field in Procedure.rich_text_fields())
    }
    for pk in without_text - _with_a_part(without_text):
        faults[pk].append(NOTHING_TO_READ)
    for model in (Step, Contact, Link):
        for pk in _with_too_many(model, pks):
            faults[pk].append(too_many(model))
    for pk in _quoted_from_elsewhere([sheet.pk for sheet in sheets if sheet.quoted_from_id]):
        faults[pk].append(QUOTED_FROM_ELSEWHERE)
    for pk, place in _places_elsewhere(pks):
        faults[pk].append(f"{place} n’est pas dans ce département.")
    for pk in _at_an_address_that_leads_elsewhere(sheets):
        faults[pk].append(ADDRESS_LEADS_ELSEWHERE)
    return {pk: sentences for pk, sentences in faults.items() if sentences}


def _with_a_ground(pks):
    links = Procedure.grounds.through._base_manager.filter(procedure__in=pks)
    return set(links.values_list("procedure", flat=True))


def _with_a_part(pks):
    found = set()
    for model in (Step, Contact, Link):
        rest = pks - found
        if rest:
            rows = model._base_manager.filter(procedure__in=rest)
            found |= set(rows.order_by().values_list("procedure", flat=True))
    return found


def _with_too_many(model, pks):
    rows = model._base_manager.filter(procedure__in=pks).order_by().values("procedure")
    crowded = rows.annotate(count=Count("pk")).filter(count__gt=MOST_ROWS_OF_A_SHEET)
    return crowded.values_list("procedure", flat=True)


def _quoted_from_elsewhere(pks):
    if not pks:
        return []
    quoting = Procedure._base_manager.filter(pk__in=pks).exclude(quoted_from__procedure=F("pk"))
    return quoting.values_list("pk", flat=True)


def _places_elsewhere(pks):
    for name in ("arrondissements", "communes_included", "communes_excluded"):
        field = Procedure._meta.get_field(name)
        place = field.m2m_reverse_field_name()
        links = (
            field.remote_field.through._base_manager.filter(procedure__in=pks)
            .exclude(**{f"{place}__departement": F("procedure__departement")})
            .select_related(place)
        )
        for link in links:
            yield link.procedure_id, getattr(link, place)


def _at_an_address_that_leads_elsewhere(sheets):
    """Yield the sheets at an address where another one, which still is there, was published."""
    by_address = {(sheet.departement_id, sheet.slug): sheet.pk for sheet in sheets}
    rows = Procedure.history.filter(
        slug__in={slug for _, slug in by_address},
        departement_id__in={departement for departement, _ in by_address},
        publication=Procedure.Publication.PUBLISHED,
    )
    others = rows.order_by().values_list("departement_id", "slug", "id").distinct()
    suspects = [
        (by_address[departement, slug], other)
        for departement, slug, other in others
        if by_address.get((departement, slug), other) != other
    ]
    if not suspects:
        return
    alive = set(
        Procedure._base_manager.filter(Q(pk__in={other for _, other in suspects})).values_list(
            "pk", flat=True
        )
    )
    yield from {pk for pk, other in suspects if other in alive}
