"""What the tests of undoing share: an import of a few objects, and what undoing it would leave."""

from prefectures.history.undo import plan_undo
from prefectures.models import Changeset, Prefecture, changeset


def imported(write, *args):
    """Return the changeset of what ``write`` does."""
    with changeset("Un import", origin=Changeset.Origin.IMPORT) as writing:
        write(*args)
    return writing.record


def save(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()


def kept(record):
    return [(item.name, item.kept) for item in plan_undo(record).kept]


def fresh(item):
    return type(item).objects.get(pk=item.pk)


def delete(item):
    with changeset("Pour le test"):
        fresh(item).delete()


def new_office(city="Ici", **fields):
    return Prefecture.objects.create(
        departement_id="09", kind="other", city=city, printed_name=f"Bureau de {city}", **fields
    )
