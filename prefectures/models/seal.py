"""The seals over the history: each changeset's contents, in digests, chained to those before."""

from django.db import models

from .tracking import Changeset


class SealedColumns(models.Model):
    """Which columns of which tables seals cover: said once, and named by its digest.

    A seal is held against the columns that there were when it was made, so that one added later
    changes nothing in it.
    """

    digest = models.CharField("empreinte (SHA-256)", max_length=64, primary_key=True)
    description = models.TextField("tables et colonnes")

    class Meta:
        verbose_name = "colonnes scellées"
        verbose_name_plural = "colonnes scellées"
        default_permissions = ()

    def __str__(self):
        return self.digest


class Seal(models.Model):
    """The seal of a changeset. ``payload`` is what it covers (``sealing/payload.py``), compressed.

    ``digest`` is that of the payload, which holds all the rest, ``previous`` too: the columns are
    there to be read and looked for. Of no changeset is the seal of a migration that had to write
    some of the history anew.
    """

    number = models.PositiveBigIntegerField("numéro", primary_key=True)
    changeset = models.OneToOneField(
        Changeset,
        models.PROTECT,
        verbose_name="modification",
        related_name="seal",
        null=True,
    )
    sealed_at = models.DateTimeField("scellée le")
    is_from_before = models.BooleanField("écrite avant les sceaux, scellée après coup")
    format = models.PositiveSmallIntegerField("format")
    columns = models.ForeignKey(
        SealedColumns,
        models.PROTECT,
        verbose_name="colonnes scellées",
        related_name="seals",
        # Few of them: nobody looks for the seals of one.
        db_index=False,
    )
    payload = models.BinaryField("contenu scellé, comprimé")
    previous = models.CharField("empreinte du sceau précédent", max_length=64)
    digest = models.CharField("empreinte (SHA-256)", max_length=64, unique=True)

    class Meta:
        verbose_name = "sceau"
        verbose_name_plural = "sceaux"
        ordering = ["-number"]
        default_permissions = ()

    def __str__(self):
        return f"Sceau n° {self.number}"
