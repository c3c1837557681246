"""What can always be made again, kept so that it is not made each time.

No part of any history: each row tells what it is made of, and whoever reads it compares that with
what there is now. What differs is made anew, so nobody is ever shown anything old, and nobody who
saves has to think of it, or wait for it. Hence no constraints: checking one locks the other row.
"""

from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import OperationalError, connection, models, transaction

from ..gate.reading_back import BATCH
from ..gate.unit_of_work import current_changeset
from .procedure import Procedure
from .territory import Departement


class KeptContradictions(models.Model):
    """The contradictions of a département (``contradictions/kept.py``), those that are meant too.

    They hold from ``since`` to ``until`` (None: for ever), as long as ``made_of`` is what there is.
    ``found`` is [[key of the sheet, kind, fingerprint], …] in the order of the sheets, ``words``
    the same with all that is said, ``sheets`` how many sheets have any.
    """

    departement = models.OneToOneField(
        Departement, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    made_of = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    sheets = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)
    words = models.JSONField(default=list)

    class Meta:
        verbose_name = "contradictions d’un département"
        verbose_name_plural = "contradictions des départements"
        default_permissions = ()

    def __str__(self):
        return f"{self.departement_id} : {self.sheets}"


class SearchedText(models.Model):
    """The own words of a sheet at its ``version``, as ``code`` normalises them, to search them."""

    procedure = models.OneToOneField(
        Procedure, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    version = models.PositiveIntegerField()
    code = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        verbose_name = "texte cherché"
        verbose_name_plural = "textes cherchés"
        default_permissions = ()

    def __str__(self):
        return f"{self.procedure_id} v{self.version}"


@cache
def digest_of_code(*patterns):
    """Return a digest of these files of the app: another edition of the site may make otherwise."""
    app = Path(__file__).parent.parent
    files = sorted(path for pattern in patterns for path in app.glob(pattern))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def keep(rows):
    """Keep derived ``rows`` of one model in place of those of their key, unless one has to wait.

    Somebody who saves holds the database for a moment, on SQLite the whole of it: what is not kept
    is made again. Nothing is kept from within a changeset, which may be rolled back or last.
    """
    if not rows or current_changeset():
        return
    model = type(rows[0])
    key, *others = model._meta.concrete_fields
    try:
        with _impatience(), transaction.atomic():
            model.objects.bulk_create(
                # In the order of their keys: two who keep the same wait for no circle.
                sorted(rows, key=lambda row: row.pk),
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=[key.name],
                update_fields=[field.name for field in others],
            )
    except OperationalError:
        pass


@contextmanager
def _impatience():
    """Let what the database is busy for fail at once."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    ask = connection.connection.execute
    (usual,) = ask("PRAGMA busy_timeout").fetchone()
    ask("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        ask(f"PRAGMA busy_timeout = {usual}")
