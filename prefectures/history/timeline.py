"""What happened to an object, one entry a changeset, in words."""

from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import Max, Min, OuterRef, Subquery, Value

from ..gate.history_tables import history_of
from ..gate.reading_back import ADDED, CHANGED, REMOVED, batches
from ..models import Procedure, Revision
from ..sheets.closing import OF_A_SHEET
from ..sheets.difference import differing
from ..sheets.reading import names_of, rows_at
from ..sheets.words import Told, in_words


@dataclass
class Touched:
    """One object that a changeset added, changed or removed."""

    name: str
    kind: str
    changes: list = field(default_factory=list)


@dataclass
class Entry:
    changeset: object
    touched: list = field(default_factory=list)


def versions_of(model, pk):
    """Return what knows the changesets of an object, newest first: ``changeset`` of each row."""
    if model is Procedure:
        # One row a changeset, whichever parts it touched.
        rows = Revision.objects.filter(procedure=pk).order_by("-number")
    else:
        own = {model._meta.pk.attname: pk}
        rows = history_of(model).objects.filter(**own).order_by("-history_id")
    return rows.select_related("changeset__author")


def timeline(model, pk, changesets=None):
    """Return the ``Entry`` list of an object, newest first; of a sheet, with all its parts.

    Of these ``changesets`` of its own alone: a page of them costs the same, whatever came before.
    """
    if changesets is None:
        changesets = [version.changeset for version in versions_of(model, pk)]
    entries = {changeset.pk: Entry(changeset) for changeset in changesets}
    sources = [(model, {model._meta.pk.attname: pk})]
    if model is Procedure:
        sources += [(part, {"procedure_id": pk}) for part in OF_A_SHEET]
    for source, where in sources:
        for changeset, touched in _touched(source, where, list(entries)):
            entries[changeset].touched.append(touched)
    return [entries[key] for key in sorted(entries, reverse=True)]


def _touched(model, where, changesets):
    """Yield (changeset, ``Touched``) of what ``changesets`` wrote, in order."""
    rows = list(_with_the_one_before(model, where, changesets))
    items = rows_at(model, {key for row in rows for key in row[1:3]} - {None})
    compared = [
        # There is no row before what was added, or put back.
        (changeset, kind, items[before].values if kind == CHANGED else {}, items[row].values)
        for changeset, row, before, kind in rows
    ]
    changed = {
        number: [] if kind == REMOVED else differing(before, after)
        for number, (_, kind, before, after) in enumerate(compared)
    }
    names = names_of(
        (model._meta.get_field(name), values[name])
        for number, own in changed.items()
        for values in compared[number][2:]
        for name in own
        if name in values
    )
    for number, (changeset, kind, before, after) in enumerate(compared):
        if kind == CHANGED and not changed[number]:
            # What differed is told of another object today: words moved since (migration 0008).
            continue
        yield changeset, _in_words(model, kind, before, after, changed[number], names)


def _with_the_one_before(model, where, changesets):
    """Yield (changeset, row, row before it, kind) of the history that ``changesets`` wrote."""
    history, own = history_of(model), model._meta.pk.attname
    before = history.objects.filter(
        **{own: OuterRef(own)}, history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")
    rows = []
    for some in batches(changesets):
        of_them = history.objects.filter(changeset__in=some)
        ends = of_them.order_by().values(one=Value(1))
        # Between these two only: an object of ten thousand rows is not read to find twenty.
        rows += (
            history.objects.filter(**where, changeset__in=some)
            .filter(
                history_id__gte=Subquery(ends.annotate(first=Min("history_id")).values("first")),
                history_id__lte=Subquery(ends.annotate(last=Max("history_id")).values("last")),
            )
            .annotate(before=Subquery(before.values("history_id")[:1]))
            .values_list("changeset", "history_id", "before", "history_type")
        )
    return sorted(rows, key=itemgetter(1))


def _in_words(model, kind, before, after, changed, names):
    number = after.get("number")
    what = str(model._meta.verbose_name) + (f" n° {number}" if number else "")
    touched = Touched(what, kind)
    for name in changed:
        field = model._meta.get_field(name)
        texts = [in_words(field, values.get(name), names) for values in (before, after)]
        if name in ("procedure", "number") or texts[0] == texts[1]:
            continue
        if kind != ADDED or texts[1] not in ("", "non", "0"):
            touched.changes.append(Told(str(field.verbose_name), *texts))
    return touched
