"""What undoing one changeset would do, object by object; nothing of what was done since is lost."""

from dataclasses import dataclass, field

from django.db.models import Max

from ..gate.history_tables import fields_of, history_of, links_of
from ..gate.reading_back import batches, newest_ids
from ..gate.unit_of_work import ADDED, REMOVED
from ..models import Changeset, Contact, Link, Prefecture, Procedure, Revision, Step, Verification
from .snapshot import State, states_at

# Owners before their parts.
MODELS = (Prefecture, Procedure, Step, Contact, Link, Verification)

TAKEN_AWAY, BROUGHT_BACK, PUT_BACK = "sera retiré", "reviendra", "reprendra"


@dataclass
class Undone:
    """One object: ``what`` becomes of it, of which fields, and what of it stays (``kept``).

    ``now`` is what it is, None when it is not there; ``sheet`` the key of the sheet that it is or
    belongs to, None of an office.
    """

    model: type
    pk: object
    name: str
    sheet: int | None
    now: State | None
    what: str = ""
    values: dict = field(default_factory=dict)
    related: dict = field(default_factory=dict)
    labels: list = field(default_factory=list)
    kept: str = ""

    def keep(self, why):
        """Leave it as it is."""
        self.what, self.values, self.related, self.labels, self.kept = "", {}, {}, [], why

    def leave_out(self, name, why):
        """Leave one field as it is, or empty in what comes back."""
        column = self.model._meta.get_field(name)
        self.values.pop(column.attname, None)
        self.related.pop(name, None)
        label = str(column.verbose_name)
        self.labels = [each for each in self.labels if each != label]
        self.kept = " ; ".join(filter(None, [self.kept, f"{label} : {why}"]))
        if self.what == PUT_BACK and not self.values and not self.related:
            self.what = ""

    @property
    def final(self):
        """Return the values of the object once it is undone; None when it will not be there."""
        if self.what == TAKEN_AWAY:
            return None
        return {**(self.now.values if self.now else {}), **self.values}

    @property
    def final_related(self):
        return {**(self.now.related if self.now else {}), **self.related}


@dataclass
class Undoing:
    """What undoing the changeset ``record`` does.

    ``versions`` is what it was planned from: {pk of the sheet: version, 0 when it is not there}
    and ``offices`` {pk: newest history row}. ``changeset`` is the one that did it, once it is done.
    """

    record: Changeset
    versions: dict
    offices: dict
    told: list = field(default_factory=list)
    changeset: Changeset | None = None

    @property
    def undone(self):
        return [item for item in self.told if item.what]

    @property
    def kept(self):
        return [item for item in self.told if item.kept]

    def of(self, model, what):
        return [item for item in self.told if item.model is model and item.what == what]


def compared(record):
    """Return the ``Undoing`` of ``record`` that leaves alone whatever was changed since."""
    # Read first: what changes while the rest is read is noticed before anything is written.
    undoing = Undoing(record, versions_now(record), offices_now(record))
    later = _sheets_changed_since(record)
    for model in MODELS:
        undoing.told += _told(model, record, later)
    return undoing


def versions_now(record):
    """Return {pk: version} of the sheets that ``record`` touched, 0 for those that are gone."""
    pks = list(record.revisions.values_list("procedure", flat=True))
    versions = dict.fromkeys(pks, 0)
    for some in batches(pks):
        found = Procedure._base_manager.filter(pk__in=some)
        versions |= dict(found.values_list("pk", "version"))
    return versions


def offices_now(record):
    """Return {pk: newest history row} of the offices that ``record`` touched."""
    pks = Prefecture.history.filter(changeset=record).order_by().values_list("id", flat=True)
    return newest_ids(Prefecture, list(pks))


def _sheets_changed_since(record):
    """Return the sheets of ``record`` that got another version after it."""
    own = dict(record.revisions.values_list("procedure", "number"))
    later = set()
    for some in batches(own):
        last = Revision.objects.filter(procedure__in=some).order_by().values_list("procedure")
        later |= {pk for pk, number in last.annotate(Max("number")) if number > own[pk]}
    return later


def _told(model, record, later):
    history = history_of(model).objects
    own = dict(
        history.filter(changeset=record).order_by("history_id").values_list("id", "history_id")
    )
    newest = newest_ids(model, own)
    kinds = {}
    for some in batches({*own.values(), *newest.values()}):
        kinds |= dict(history.filter(pk__in=some).order_by().values_list("pk", "history_type"))
    before = states_at(model, list(newest_ids(model, own, before=record).values()))
    after = states_at(model, list(own.values()))
    now = states_at(model, [row for row in newest.values() if kinds[row] != REMOVED])
    names = _names(model, after)
    for pk, row in own.items():
        told = Undone(model, pk, names[pk], _sheet_of(model, after[pk]), now.get(pk))
        is_untouched = newest[pk] == row and not (model is Procedure and pk in later)
        _decide(told, kinds[row], before.get(pk), after[pk], is_untouched)
        yield told


def _sheet_of(model, state):
    return state.pk if model is Procedure else state.values.get("procedure_id")


def _names(model, states):
    label = model._meta.verbose_name
    if model in (Procedure, Prefecture):
        return {
            pk: f"{label} {state.values['departement_id']}/{state.values['slug']}"
            for pk, state in states.items()
        }
    sheets = {}
    for some in batches({state.values["procedure_id"] for state in states.values()}):
        sheets |= Procedure._base_manager.in_bulk(some)
    names = {}
    for pk, state in states.items():
        sheet = sheets.get(state.values["procedure_id"])
        number = f" n° {state.values['number']}" if "number" in state.values else ""
        names[pk] = f"{sheet.key if sheet else ''} {label}{number}".strip()
    return names


def _decide(told, kind, before, after, is_untouched):
    if kind == ADDED:
        if is_untouched:
            told.what = TAKEN_AWAY
        elif told.now is not None:
            told.kept = "changé depuis : reste"
    elif kind == REMOVED:
        if told.now is None:
            told.what = BROUGHT_BACK
            told.values, told.related = dict(before.values), dict(before.related)
    elif told.now is None:
        told.kept = "supprimé depuis : ne revient pas"
    else:
        _put_back(told, before, after)


def _put_back(told, before, after):
    """Put back each field that is still as the changeset left it."""
    later = []
    fields = [(column.attname, column, "values") for column in fields_of(told.model)]
    fields += [(column.name, column, "related") for column in links_of(told.model)]
    for name, column, kind in fields:
        was, became, is_now = (getattr(state, kind)[name] for state in (before, after, told.now))
        if was == became:
            continue
        if is_now == became:
            getattr(told, kind)[name] = was
            told.labels.append(str(column.verbose_name))
            told.what = PUT_BACK
        elif is_now != was:
            later.append(str(column.verbose_name))
    if later:
        told.kept = f"changé depuis, reste tel quel : {', '.join(later)}"
