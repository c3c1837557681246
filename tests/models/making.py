"""What the tests of models and history write, each thing in a changeset of its own."""

from prefectures.models import Ground, Prefecture, Procedure, Step, changeset


def written(model, **fields):
    """Return a saved object of ``model``."""
    with changeset("Pour le test"):
        return model.objects.create(**fields)


def draft(title="Une fiche", departement="09", **fields):
    return written(Procedure, title=title, departement_id=departement, **fields)


def published(title="Une fiche", departement="09", **fields):
    """Return a sheet with the least that a published sheet needs: a ground and a step."""
    with changeset("Pour le test"):
        sheet = Procedure.objects.create(
            title=title, departement_id=departement, publication="published", **fields
        )
        sheet.grounds.add(all_grounds())
        Step.objects.create(procedure=sheet, kind="post")
    sheet.refresh_from_db()
    return sheet


def edited(item, **fields):
    """Save ``item`` with these fields, in a changeset of its own; return it as it is then."""
    with changeset("Pour le test"):
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()
    item.refresh_from_db()
    return item


def office(slug="prefecture-de-foix"):
    return Prefecture.objects.get(slug=slug)


def all_grounds():
    return Ground.objects.get(covers_all=True)


def rows_of(item):
    """Return the history rows of ``item``, oldest first."""
    return list(type(item).history.filter(id=item.pk).order_by("history_id"))


def kinds(item):
    """Return what happened to ``item``, oldest first: "+~-"."""
    return "".join(row.history_type for row in rows_of(item))
