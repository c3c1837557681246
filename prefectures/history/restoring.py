"""Bringing a sheet back to a version, whole or in part; or a sheet that was deleted.

A plan is made with nothing locked: what would change, part by part, and what can no longer come
back. What is taken of it is written in one changeset, if the sheet still is at the version seen.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.db.models.functions import TruncDate

from ..gate.history_tables import history_of
from ..gate.reading_back import REMOVED
from ..models import Changeset, Procedure, Revision, StaleVersionError, Verification, changeset
from ..sheets.checking import refusals
from ..sheets.difference import Change, changes, differing
from ..sheets.kinds import ROWS, row_kind
from ..sheets.locking import lock_as_read
from ..sheets.reading import items_at, names_of, sheet_at_each
from ..sheets.state import Item, State
from ..sheets.telling import Touched, differences, fields_in_order, to_be_named, touched
from ..sheets.writing import write
from .address import free_slug, holder_of
from .timeline import reason_of_going_back
from .what_is_gone import leave_out_what_is_gone

PUBLICATION, SLUG = "publication", "slug"


class NotAVersionError(Exception):
    """The sheet was not there at that version, which is the one that deleted it."""


class NothingToRestoreError(Exception):
    """What was taken leaves the sheet as it is."""


@dataclass
class Part:
    """What is taken back or left as it is: a field of the sheet, or a row.

    ``told`` is what changes in it; ``notice`` what follows for readers.
    """

    key: str
    label: str
    told: Touched
    is_taken: bool = True
    notice: str = ""


@dataclass
class Restoring:
    """Going back to ``version`` of the sheet ``pk``, from ``now``, its version ``last``.

    ``then`` is what it was, but for what can no longer be: ``lost`` says what, in sentences.
    ``holder`` is the other sheet that has its address today: a deleted sheet then comes back at
    ``slug``. ``whole`` is what comes back of a deleted sheet whatever is chosen.
    ``verified_on`` is when somebody looked at the source since that version, None where nobody did.
    """

    pk: int
    version: int
    last: int
    now: State
    then: State
    parts: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    holder: Procedure | None = None
    slug: str = ""
    whole: Touched | None = None
    verified_on: date | None = None

    @property
    def is_deleted(self):
        return self.now.sheet is None

    @property
    def is_whole(self):
        return all(part.is_taken for part in self.parts) and not self.lost

    @property
    def title(self):
        values = (self.now.sheet or self.then.sheet).values
        return f"{values['title']} ({values['departement']})"

    def final(self):
        """Return the sheet as it will be with what is taken."""
        taken = {part.key for part in self.parts if part.is_taken}
        final = State(Item(self.pk, self._values(taken)))
        for kind in ROWS:
            rows, then = self.now.rows[kind], self.then.rows[kind]
            for number in sorted({*rows, *then}):
                row = (then if _key(kind, number) in taken else rows).get(number)
                if row is not None:
                    # A row that was removed comes back as the one it was, with its key.
                    pk = rows[number].pk if number in rows else row.pk
                    final.rows[kind][number] = Item(pk, dict(row.values))
        _lead_to_the_same_rows(final, self.then)
        return final

    def _values(self, taken):
        values = dict(self.then.sheet.values)
        if not self.is_deleted:
            return self.now.sheet.values | {key: values[key] for key in taken if key in values}
        if self.holder:
            values[SLUG] = self.slug
        is_left = any(part.key == PUBLICATION and not part.is_taken for part in self.parts)
        return values | ({PUBLICATION: Procedure.Publication.DRAFT} if is_left else {})


def plan(pk, version, left_out=(), slug=None):
    """Return the ``Restoring`` of the sheet ``pk``, without the parts whose keys are ``left_out``.

    ``slug`` is the address at which a deleted sheet is to come back, where another has its own.
    Raises NotAVersionError.
    """
    last = Revision.last_numbers([pk])[pk]
    states = sheet_at_each(pk, {version, last})
    restoring = Restoring(pk, version, last, states[last], states[version])
    if restoring.then.sheet is None:
        raise NotAVersionError
    restoring.lost += leave_out_what_is_gone(restoring.now, restoring.then)
    _settle_the_address(restoring, slug)
    found = list(differences(restoring.now, restoring.then))
    names = names_of(each for difference in found for each in to_be_named(*difference))
    for model, before, after in found:
        told = touched(model, before, after, names)
        if model is not Procedure:
            number = (after or before)["number"]
            key = _key(row_kind(model), number)
            restoring.parts.append(Part(key, told.title, told))
        elif restoring.is_deleted:
            restoring.whole = told
            restoring.parts += _publication_of_a_deleted(after)
        else:
            restoring.parts += _by_field(before, after, names)
    for part in restoring.parts:
        part.is_taken = part.key not in left_out
    restoring.verified_on = _verified_since(pk, version)
    return restoring


def _verified_since(pk, version):
    """Return the day of the last verification of a sheet, if it is not of before ``version``."""
    then = Revision.objects.filter(procedure=pk, number=version).order_by()
    since = Verification.objects.filter(
        procedure=pk, verified_on__gt=TruncDate(Subquery(then.values("changeset__at")))
    )
    return since.order_by("-verified_on").values_list("verified_on", flat=True).first()


def _key(kind, number):
    return f"{kind.part}-{number}"


def _by_field(before, after, names):
    """Yield the ``Part`` of each field of the sheet that is not the same."""
    changed = differing(before, after)
    for name in (each.name for each in fields_in_order(Procedure) if each.name in changed):
        told = touched(Procedure, {name: before[name]}, {name: after[name]}, names)
        label = str(Procedure._meta.get_field(name).verbose_name)
        notice = _notice(before[name], after[name]) if name == PUBLICATION else ""
        yield Part(name, label, told, notice=notice)


def _publication_of_a_deleted(values):
    """Yield the ``Part`` that a deleted sheet has: without it, it comes back as a draft."""
    states = Procedure.Publication
    if values[PUBLICATION] != states.DRAFT:
        before, after = {PUBLICATION: states.DRAFT}, {PUBLICATION: values[PUBLICATION]}
        label = str(Procedure._meta.get_field(PUBLICATION).verbose_name)
        told = touched(Procedure, before, after, {})
        yield Part(PUBLICATION, label, told, notice=_notice(None, values[PUBLICATION]))


def _notice(before, after):
    states = Procedure.Publication
    if after == states.PUBLISHED:
        return "La fiche sera en ligne dès que vous aurez confirmé."
    return "La fiche ne sera plus en ligne." if before == states.PUBLISHED else ""


def _settle_the_address(restoring, slug):
    """Leave the address aside where another sheet has it today; offer one that is free."""
    then, now = restoring.then.sheet.values, restoring.now.sheet
    place = then["departement"], then[SLUG]
    if now and place == (now.values["departement"], now.values[SLUG]):
        return
    restoring.holder = holder_of(*place, restoring.pk)
    if restoring.holder is None:
        return
    told = _whose(then[SLUG], restoring.holder)
    if restoring.is_deleted:
        restoring.slug = free_slug(*place, restoring.pk) if slug is None else slug
        restoring.lost.append(f"{told} Choisissez-en une autre ci-dessous.")
    else:
        then[SLUG] = now.values[SLUG]
        restoring.lost.append(f"{told} La fiche garde la sienne : « {now.values[SLUG]} ».")


def _whose(slug, holder):
    return f"Adresse de la page : « {slug} » est maintenant celle de « {holder} »."


def _lead_to_the_same_rows(final, then):
    """Lead the rows of ``final`` that name rows of ``then`` to those that stand in their place."""
    for kind in ROWS:
        for leading in kind.leading:
            named = row_kind(leading.related_model)
            numbers = {row.pk: number for number, row in then.rows[named].items()}
            for row in final.rows[kind].values():
                number = numbers.get(row.values[leading.name])
                if number in final.rows[named]:
                    row.values[leading.name] = final.rows[named][number].pk


# --- Writing ----------------------------------------------------------------------------------


def restore(restoring, author, *, reason, public_reason=""):
    """Write what is taken of ``restoring`` in one changeset; return its record.

    Raises NothingToRestoreError, StaleVersionError when the sheet was written since the plan was
    made, ValidationError when it cannot stay so. Then nothing was written.
    """
    final = restoring.final()
    wanted = list(changes(restoring.now, final))
    if not wanted:
        raise NothingToRestoreError
    _refuse(wanted)
    _refuse_a_taken_address(restoring, final)
    if restoring.is_deleted:
        wanted += _verifications(restoring, final)
    told = reason_of_going_back(restoring.version, reason, is_whole=restoring.is_whole)
    with changeset(
        told, origin=Changeset.Origin.RESTORE, author=author, public_reason=public_reason
    ) as writing:
        lock_as_read({restoring.pk: 0 if restoring.is_deleted else restoring.last})
        # Of a sheet that is not there, only its versions tell that it came, and went again.
        if Revision.last_numbers([restoring.pk])[restoring.pk] != restoring.last:
            raise StaleVersionError
        write(wanted)
        writing.close()
    if writing.record.pk is None:
        raise NothingToRestoreError
    return writing.record


def _refuse(wanted):
    """Raise ValidationError for what the database would refuse without saying why."""
    sentences = []
    for change in wanted:
        if change.after is None:
            continue
        number = change.after.values.get("number")
        name = f"{change.model._meta.verbose_name} n° {number} : ".capitalize() if number else ""
        for column, told in refusals(change.model, change.after).items():
            label = f"{change.model._meta.get_field(column).verbose_name} : " if column else ""
            sentences += [f"{name}{label}{sentence}" for sentence in told]
    if sentences:
        raise ValidationError(sentences)


def _refuse_a_taken_address(restoring, final):
    if restoring.is_deleted and restoring.holder:
        values = final.sheet.values
        holder = holder_of(values["departement"], values[SLUG], restoring.pk)
        if holder:
            raise ValidationError(f"{_whose(values[SLUG], holder)} Choisissez-en une autre.")


def _verifications(restoring, final):
    """Yield the ``Change`` of each verification that went with a deleted sheet."""
    gone = history_of(Verification).objects.filter(
        procedure_id=restoring.pk,
        history_type=REMOVED,
        changeset__revisions__procedure=restoring.pk,
        changeset__revisions__number=restoring.last,
    )
    rows = gone.order_by("history_id").values_list("history_id", flat=True)
    for item in items_at(Verification, list(rows)).values():
        yield Change(Verification, None, item, final.sheet)
