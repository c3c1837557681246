"""The version of all that readers can see: it moves in the transaction that changes a public page.

Whoever keeps something made of it (a rendered page, a document) keeps the version beside it, and
makes it anew when the two differ. Nobody ever has to empty anything.

An answer to which version it is may be used for ``GOOD_FOR`` seconds from when it was asked, by a
clock that only goes forward; whoever moves the version waits as long after the commit, before
anybody is told of it. So once a change is confirmed, no process takes the old version for that of
now, and the database is not asked for every page.
"""

import secrets
from functools import partial
from time import sleep, time

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.dispatch import receiver

from ..gate.locking import wait_for_turn
from ..gate.unit_of_work import changeset_ending
from .general_text import GeneralText
from .glossary_term import GlossaryTerm
from .ground import Ground
from .help_place import HelpPlace
from .prefecture import Prefecture
from .procedure import Procedure
from .revision import Revision
from .territory import Departement, Region

GOOD_FOR = 0.01

# Shown whether or not a sheet names them: the pages of régions and départements, and their titles;
# where to be helped; what the site says itself.
SHOWN_EVERYWHERE = (
    Region,
    Departement,
    Prefecture,
    Ground,
    HelpPlace,
    GlossaryTerm,
    GeneralText,
)


class ContentVersion(models.Model):
    """One row. ``number`` counts; ``stamp`` is drawn anew at each move, and is what is compared.

    A database that is put back from a copy counts again from where it was: another change then has
    the number of an old one, but never its stamp.
    """

    ONLY = 1

    number = models.PositiveBigIntegerField("version du contenu")
    stamp = models.CharField("marque", max_length=32)
    moved_second = models.PositiveBigIntegerField("seconde du changement, depuis 1970")

    class Meta:
        verbose_name = "version du contenu"
        verbose_name_plural = "versions du contenu"

    def __str__(self):
        return f"{self.number}-{self.stamp}"

    @classmethod
    def move(cls):
        """Give what readers see its next version, at the end of the transaction that changes it."""
        wait_for_turn()
        stamp, now = secrets.token_hex(8), int(time())
        moved = cls.objects.filter(pk=cls.ONLY).update(
            number=F("number") + 1,
            stamp=stamp,
            # A clock that is put back must not make a newer page look older.
            moved_second=Greatest(F("moved_second"), Value(now)),
        )
        if not moved:
            cls.objects.create(pk=cls.ONLY, number=1, stamp=stamp, moved_second=now)
        transaction.on_commit(partial(sleep, GOOD_FOR))


@receiver(changeset_ending)
def move_if_readers_see_it(sender, writing, **kwargs):
    if (
        writing.changes_names_everywhere
        or any(model in writing.written for model in SHOWN_EVERYWHERE)
        or _touches_a_published_sheet(writing.record)
    ):
        ContentVersion.move()


def _touches_a_published_sheet(record):
    """Whether a sheet that ``record`` touched is published now, or was before it."""
    if record.pk is None:
        return False
    published = Procedure.Publication.PUBLISHED
    before = Revision.objects.filter(
        procedure=OuterRef("procedure"), number=OuterRef("number") - 1, publication=published
    )
    touched = Revision.objects.filter(changeset=record).order_by()
    return touched.filter(Q(publication=published) | Exists(before)).exists()
