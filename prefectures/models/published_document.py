"""What readers see of a sheet from a moment on, as one document (``published/``)."""

from django.db import models

from .procedure import Procedure
from .territory import Departement
from .tracking import Changeset


class PublishedDocument(models.Model):
    """The canonical JSON of a sheet's public content, kept by the changeset that changed it.

    Not a column of ``Revision``: an office that gets another name changes what readers see of its
    sheets, without being a version of them that somebody who edits one would have to be told of.

    Rows are added under the lock that lets changesets end one after the other, so their order is
    that in which readers saw them, and ``at`` is when. ``departement`` and ``slug`` are where the
    sheet stood. From a row without ``content`` on, readers see nothing of it.
    """

    procedure = models.ForeignKey(
        Procedure,
        models.DO_NOTHING,
        verbose_name="fiche",
        related_name="documents",
        db_constraint=False,
        # The one of the constraint begins with it.
        db_index=False,
    )
    changeset = models.ForeignKey(
        Changeset, models.PROTECT, verbose_name="modification", related_name="documents"
    )
    at = models.DateTimeField("en ligne depuis")
    departement = models.ForeignKey(
        Departement,
        models.DO_NOTHING,
        verbose_name="département",
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    slug = models.SlugField("adresse de la page", max_length=120, db_index=False)
    title = models.CharField("titre", max_length=200)
    format = models.PositiveSmallIntegerField("format", null=True)
    sha256 = models.CharField("empreinte (SHA-256)", max_length=64, blank=True)
    content = models.BinaryField("contenu, comprimé", null=True)

    class Meta:
        verbose_name = "contenu publié"
        verbose_name_plural = "contenus publiés"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "changeset"], name="document_one_a_changeset"
            ),
            models.CheckConstraint(
                name="document_whole_or_none",
                condition=models.Q(content=None, format=None, sha256="")
                | (models.Q(content__isnull=False, format__isnull=False) & ~models.Q(sha256="")),
                violation_error_message="Un contenu publié a son format et son empreinte.",
            ),
        ]
        indexes = [
            models.Index(fields=["procedure", "id"], name="document_of_a_sheet"),
            models.Index(fields=["departement", "slug", "id"], name="document_at_an_address"),
            models.Index(fields=["procedure", "at"], name="document_on_a_day"),
        ]

    def __str__(self):
        return f"{self.departement_id}/{self.slug} · {self.at:%d/%m/%Y %H:%M}"
