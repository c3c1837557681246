"""The contradictions of all sheets: kept by département, made anew where something changed.

Those of a département depend on its sheets and on those that they refer to, each known by its
version; on the grounds; on INSEE's communes, known by the loads of them; on the day, where a sheet
is about to end; and on the rules, which are code. What is kept says of which of these it was made,
and each reading compares that with those of now: as many queries for a thousand sheets as for one.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Case, Count, F, JSONField, Max, Value, When
from django.utils import timezone

from ..models import (
    Acknowledgement,
    Changeset,
    Ground,
    KeptContradictions,
    Procedure,
    Referral,
)
from ..models.derived import digest_of_code, keep
from .found import Contradiction
from .sheets import found_in

# Archived sheets have none: nobody reads them.
READ = Procedure.objects.exclude(publication=Procedure.Publication.ARCHIVED)
# The words of choices are the models'.
RULES = ("contradictions/*.py", "models/*.py", "sheets/kinds.py", "text/*.py")
WORDS = ("kind", "kept_fingerprint", "field", "reason", "advice", "part", "number")


@dataclass
class Found:
    """What is found in sheets: {key: [(kind, fingerprint), …]}, in the order of the sheets.

    ``meant`` has the (key, fingerprint) of those of which somebody said that they are.
    """

    all: dict
    meant: set

    def told(self, *, are_meant=False):
        """Return {key: kinds} of what is not meant, or of what is."""
        told = {
            pk: [kind for kind, mark in of_one if ((pk, mark) in self.meant) == are_meant]
            for pk, of_one in self.all.items()
        }
        return {pk: kinds for pk, kinds in told.items() if kinds}


def found_everywhere():
    """Return what is ``Found`` in all sheets, as the database has them now."""
    meant = set(Acknowledgement.objects.order_by().values_list("procedure", "fingerprint"))
    return Found(_by_sheet(told for (told,) in _kept({"found": F("found")})), meant)


def count_told():
    """Return how many sheets ``found_everywhere`` tells of, reading no more than the answer."""
    said = Acknowledgement.objects.order_by()
    said = list(said.values_list("procedure__departement", "procedure", "fingerprint"))
    # Only where something is meant one has to look closer.
    closer = When(departement__in={code for code, _, _ in said}, then=F("found"))
    kept = _kept({"sheets": F("sheets"), "found": Case(closer, default=Value([], JSONField()))})
    meant = {(pk, fingerprint) for _, pk, fingerprint in said}
    looked_at = _by_sheet(found for _, found in kept)
    told = Found(looked_at, meant).told()
    return sum(sheets for sheets, _ in kept) - len(looked_at) + len(told)


def contradictions_of(sheets):
    """Return {key: [Contradiction]} of those among ``sheets`` that have any, meant or not.

    As the database has them now, whatever these objects hold.
    """
    said = Acknowledgement.objects.filter(procedure__in=[sheet.pk for sheet in sheets])
    meant = {
        (item.procedure_id, item.fingerprint): item
        for item in said.order_by().select_related("acknowledged_by")
    }
    departements = {sheet.departement_id for sheet in sheets}
    kept = _kept({"words": F("words")}, departement__in=departements)
    words = _by_sheet(told for (told,) in kept)
    return {
        sheet.pk: [
            Contradiction(
                **dict(zip(WORDS, told, strict=True)),
                acknowledged=meant.get((sheet.pk, told[1])),
            )
            for told in words[sheet.pk]
        ]
        for sheet in sheets
        if sheet.pk in words
    }


def _by_sheet(columns):
    """Return {key of the sheet: what is told of it} of ``found`` or ``words``."""
    by_sheet = defaultdict(list)
    for told in columns:
        for pk, *what in told:
            by_sheet[pk].append(what)
    return by_sheet


def _kept(columns, **where):
    """Return these ``columns`` of ``KeptContradictions``, in the order of the départements.

    Of all, or of those ``where`` one asks for; {name: what is asked of the database}.
    """
    # Asked before the sheets are read: what changes meanwhile is made anew the next time.
    made_of = _made_of(READ.filter(**where))
    today = timezone.localdate()
    rows = KeptContradictions.objects.filter(**where)
    kept = {
        code: told
        for code, of_it, since, until, *told in rows.values_list(
            "departement_id", "made_of", "since", "until", *columns.values()
        )
        if of_it == made_of.get(code) and since <= today and (until is None or today <= until)
    }
    if changed := {code: made_of[code] for code in made_of.keys() - kept.keys()}:
        made = _made(changed, today)
        keep(made)
        kept |= {row.departement_id: [getattr(row, name) for name in columns] for row in made}
    return [kept[code] for code in sorted(kept)]


def _made_of(sheets):
    """Return {code of the département: what its contradictions are made of}."""
    rules = [digest_of_code(*RULES), *_grounds(), *_loads()]
    shared = sha256(repr(rules).encode()).hexdigest()
    versions = defaultdict(list)
    # Of an index alone ("procedure_at_a_glance"), hence in no order.
    for code, pk, version in sheets.order_by().values_list("departement_id", "pk", "version"):
        versions[code].append((pk, version))
    for code, *other in _referred(versions):
        versions[code].append(tuple(other))
    return {code: f"{shared} {sorted(own)}" for code, own in versions.items()}


def _referred(departements):
    """Return (code of the département, key, version) of the sheets that those of it refer to."""
    rows = Referral.objects.filter(sheet__isnull=False, procedure__departement__in=departements)
    found = rows.order_by().values_list("procedure__departement", "sheet_id", "sheet__version")
    # No version of a sheet that is gone.
    return {(code, pk, version or 0) for code, pk, version in found}


def _grounds():
    return Ground.objects.values_list("pk", "name", "covers_all", "is_neighbour")


def _loads():
    loads = Changeset.objects.filter(origin=Changeset.Origin.COMMAND, file_digest__gt="")
    return loads.order_by().aggregate(Count("pk"), Max("pk")).values()


def _made(made_of, today):
    """Return the rows of these départements ({code: what they are made of})."""
    sheets = list(READ.filter(departement__in=made_of))
    found = found_in(sheets)
    rows = {
        code: KeptContradictions(departement_id=code, made_of=of_it, since=today)
        for code, of_it in made_of.items()
    }
    for sheet in sheets:
        row = rows[sheet.departement_id]
        if sheet.valid_until and sheet.valid_until >= today:
            row.until = min(row.until or sheet.valid_until, sheet.valid_until)
        told = found.get(sheet.pk, ())
        row.sheets += bool(told)
        for item in told:
            row.found.append([sheet.pk, item.kind, item.fingerprint])
            said = [getattr(item, name) for name in WORDS[2:]]
            row.words.append([*row.found[-1], *said])
    return list(rows.values())
