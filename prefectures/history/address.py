"""The address of a page: which other sheet has it, or had it and is still led to from there."""

from ..models import Procedure

LONGEST = Procedure._meta.get_field("slug").max_length


def holder_of(departement, slug, pk):
    """Return the sheet, other than ``pk``, that the address belongs to; None where it is free."""
    others = Procedure.objects.exclude(pk=pk).filter(departement=departement)
    there = others.filter(slug=slug).first()
    if there is not None:
        return there
    once = Procedure.history.filter(
        departement_id=departement, slug=slug, publication=Procedure.Publication.PUBLISHED
    )
    return Procedure.objects.exclude(pk=pk).filter(pk__in=once.order_by().values("id")).first()


def free_slug(departement, slug, pk):
    """Return ``slug`` with the first number, from 2, that makes it an address of its own."""
    number = 2
    while holder_of(departement, candidate := _numbered(slug, number), pk):
        number += 1
    return candidate


def _numbered(slug, number):
    return f"{slug[: LONGEST - len(str(number)) - 1]}-{number}"
