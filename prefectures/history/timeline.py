"""What happened to an object, one entry a changeset, in words."""

import re
from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import Max, Min, OuterRef, Subquery, Value

from ..gate.history_tables import history_of
from ..gate.reading_back import ADDED, REMOVED, batches
from ..models import Changeset, Procedure, Revision
from ..sheets.closing import OF_A_SHEET
from ..sheets.difference import differing
from ..sheets.reading import names_of, rows_of_models
from ..sheets.telling import to_be_named, touched


@dataclass
class Entry:
    """One changeset, and what it ``touched``; of a sheet, the ``version`` that it made."""

    changeset: object
    touched: list = field(default_factory=list)
    version: int | None = None

    @property
    def how(self):
        return how(self.changeset)

    @property
    def is_end(self):
        """Whether it deleted the object: nothing is left to be looked at."""
        return any(each.kind == REMOVED and each.turn for each in self.touched)

    @property
    def turns(self):
        return [each.turn for each in self.touched if each.turn]


def how(record):
    """Return by which way a changeset was written: "par le formulaire"."""
    origins = Changeset.Origin
    if record.origin == origins.IMPORT:
        named = f"par import du fichier « {record.file_name} »"
        return named if record.file_name else "par import"
    if record.origin == origins.RESTORE:
        # Without a version, an import was undone: the reason says which.
        version = version_told(record)
        return f"retour à la version {version}" if version else "par annulation d’un import"
    return {
        origins.FORM: "par le formulaire",
        origins.COMMAND: "par une commande",
    }.get(record.origin, record.get_origin_display())


# --- Going back to a version, as its reason says it -------------------------------------------

WENT_BACK = re.compile(r"Retour à la version ([0-9]+)(?: en partie)? : ")


def reason_of_going_back(version, reason, *, is_whole):
    """Return the reason of the changeset that goes back to ``version``: no column holds it."""
    return f"Retour à la version {version}{'' if is_whole else ' en partie'} : {reason}"


def version_told(record):
    """Return the number of the version that ``record`` went back to, None where it did not."""
    told = WENT_BACK.match(record.reason) if record.origin == Changeset.Origin.RESTORE else None
    return int(told[1]) if told else None


# --- Reading ----------------------------------------------------------------------------------


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
        changesets = _changesets(versions_of(model, pk))
    entries = {changeset.pk: Entry(changeset) for changeset in changesets}
    sources = [(model, {model._meta.pk.attname: pk})]
    if model is Procedure:
        sources += [(part, {"procedure_id": pk}) for part in OF_A_SHEET]
    for changeset, told in _touched(sources, list(entries)):
        entries[changeset].touched.append(told)
    return [entries[key] for key in sorted(entries, reverse=True)]


def entries_of(model, pk, versions):
    """Return the ``Entry`` of each of these ``versions``, in their order."""
    told = {entry.changeset.pk: entry for entry in timeline(model, pk, _changesets(versions))}
    entries = [told[version.changeset_id] for version in versions]
    for entry, version in zip(entries, versions, strict=True):
        entry.version = getattr(version, "number", None) if model is Procedure else None
    return entries


def _changesets(versions):
    return [version.changeset for version in versions]


def _touched(sources, changesets):
    """Yield (changeset, ``Touched``) of what ``changesets`` wrote, model by model, in order."""
    rows = _with_the_one_before(sources, changesets)
    items = rows_of_models(
        {model: {key for row in rows[model] for key in row[1:3]} - {None} for model in rows}
    )
    told = [
        (changeset, model, before, after)
        for model, of_model in rows.items()
        for changeset, before, after in _compared(of_model, items[model])
        # What differed is told of another object today: words moved since (migration 0008).
        if None in (before, after) or differing(before, after)
    ]
    names = names_of(named for _, *difference in told for named in to_be_named(*difference))
    for changeset, *difference in told:
        yield changeset, touched(*difference, names)


def _compared(rows, items):
    """Yield (changeset, values before, after) of [(changeset, row, row before it, kind)]."""
    for changeset, row, before, kind in rows:
        yield changeset, *_before_and_after(kind, items.get(before), items[row])


def _before_and_after(kind, before, row):
    """Return the values of an object before and after, None where it was not, or is no more."""
    if kind == ADDED:
        # There is no row before what was added, or put back.
        return None, row.values
    if kind == REMOVED:
        # The row of a removal has lost what it was linked to.
        return (before or row).values, None
    return before.values, row.values


def _with_the_one_before(sources, changesets):
    """Return {model: [(changeset, row, row before it, kind)]} that ``changesets`` wrote.

    ``sources`` are [(model, which of its objects)]: one query for all of them.
    """
    found = {model: [] for model, _ in sources}
    models = list(found)
    for some in batches(changesets):
        first, *others = (
            _newly_written(model, where, some, at) for at, (model, where) in enumerate(sources)
        )
        for at, *row in first.union(*others, all=True) if others else first:
            found[models[at]].append(row)
    return {model: sorted(rows, key=itemgetter(1)) for model, rows in found.items() if rows}


def _newly_written(model, where, changesets, at):
    """Return the query for the rows of one model, which says that it is the one ``at``."""
    history, own = history_of(model), model._meta.pk.attname
    before = history.objects.filter(
        **{own: OuterRef(own)}, history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")
    of_them = history.objects.filter(changeset__in=changesets)
    ends = of_them.order_by().values(one=Value(1))
    # Between these two only: an object of ten thousand rows is not read to find twenty.
    return (
        history.objects.filter(**where, changeset__in=changesets)
        .filter(
            history_id__gte=Subquery(ends.annotate(first=Min("history_id")).values("first")),
            history_id__lte=Subquery(ends.annotate(last=Max("history_id")).values("last")),
        )
        .order_by()
        .annotate(at=Value(at), before=Subquery(before.values("history_id")[:1]))
        .values_list("at", "changeset", "history_id", "before", "history_type")
    )
