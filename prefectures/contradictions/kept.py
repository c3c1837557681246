"""The contradictions of all sheets: kept by département, made anew where something changed.

Those of a département depend on its sheets, each known by its version; on the grounds; on INSEE's
communes, known by the loads of them; on the day, where a sheet is about to end; and on the rules,
which are code. What is kept says of which of these it was made, and each reading compares that with
those of now: as many queries for a thousand sheets as for one.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Max
from django.utils import timezone

from ..models import Acknowledgement, Changeset, Ground, KeptContradictions, Procedure
from ..models.derived import digest_of_code, keep
from .found import Contradiction
from .sheets import found_in

# Archived sheets have none: nobody reads them.
READ = Procedure.objects.exclude(publication=Procedure.Publication.ARCHIVED)
# The words of choices are the models'.
RULES = ("contradictions/*.py", "models/*.py")
WORDS = ("kind", "kept_fingerprint", "field", "reason", "advice", "part", "number")


@dataclass
class Found:
    """What is found in all sheets: {key: [(kind, fingerprint), …]}.

    ``meant`` has the (key, fingerprint) of those of which somebody said that they are.
    """

    all: dict
    meant: set

    def told(self, kind="", *, are_meant=False):
        """Return {key: kinds} of what is not meant (or is), of all kinds or of this one."""
        chosen = {
            pk: [
                own
                for own, fingerprint in of_one
                if kind in ("", own) and ((pk, fingerprint) in self.meant) == are_meant
            ]
            for pk, of_one in self.all.items()
        }
        return {pk: kinds for pk, kinds in chosen.items() if kinds}


def found_everywhere():
    """Return what is ``Found`` in all sheets, as the database has them now."""
    meant = set(Acknowledgement.objects.order_by().values_list("procedure", "fingerprint"))
    return Found(_kept("found"), meant)


def contradictions_of(sheets):
    """Return {key: [Contradiction]} of those among ``sheets`` that have any, meant or not.

    As the database has them now, whatever these objects hold.
    """
    said = Acknowledgement.objects.filter(procedure__in=[sheet.pk for sheet in sheets])
    meant = {
        (item.procedure_id, item.fingerprint): item
        for item in said.order_by().select_related("acknowledged_by")
    }
    words = _kept("words", departement__in={sheet.departement_id for sheet in sheets})
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


def _kept(column, **where):
    """Return {key of the sheet: what ``column`` of ``KeptContradictions`` says of it}.

    Of all départements, or of those ``where`` one asks for.
    """
    # Asked before the sheets are read: what changes meanwhile is made anew the next time.
    made_of = _made_of(READ.filter(**where))
    today = timezone.localdate()
    rows = KeptContradictions.objects.filter(**where)
    kept = {
        code: told
        for code, of_it, since, until, told in rows.values_list(
            "departement_id", "made_of", "since", "until", column
        )
        if of_it == made_of.get(code) and since <= today and (until is None or today <= until)
    }
    if changed := {code: made_of[code] for code in made_of.keys() - kept.keys()}:
        made = _made(changed, today)
        keep(made)
        kept |= {row.departement_id: getattr(row, column) for row in made}
    return {int(pk): told for by_sheet in kept.values() for pk, told in by_sheet.items()}


def _made_of(sheets):
    """Return {code of the département: what its contradictions are made of}."""
    rules = [digest_of_code(*RULES), *_grounds(), *_loads()]
    shared = sha256(repr(rules).encode()).hexdigest()
    versions = defaultdict(list)
    # Of an index alone ("procedure_at_a_glance"), hence in no order.
    for code, pk, version in sheets.order_by().values_list("departement_id", "pk", "version"):
        versions[code].append((pk, version))
    return {code: f"{shared} {sorted(own)}" for code, own in versions.items()}


def _grounds():
    return Ground.objects.values_list("pk", "name", "covers_all")


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
        told = found.get(sheet.pk)
        if told:
            row.found[str(sheet.pk)] = [(item.kind, item.fingerprint) for item in told]
            row.words[str(sheet.pk)] = [
                (item.kind, item.fingerprint, *(getattr(item, name) for name in WORDS[2:]))
                for item in told
            ]
    return list(rows.values())
