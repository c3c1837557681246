"""What a page said on which days: its text and the file as it came, known by their SHA-256."""

import zlib
from hashlib import sha256

from django.db import models

from .watched import WatchedAddress


class KeptBytes(models.Model):
    """Bytes that were fetched, or a text made of them: kept once, however often they came.

    ``content`` is compressed, and None once the room was needed (``monitoring/evidence.py``): the
    digest still says of a file that somebody has whether it is this one.
    """

    sha256 = models.CharField("empreinte (SHA-256)", max_length=64, primary_key=True)
    size = models.PositiveIntegerField("octets")
    kept_size = models.PositiveIntegerField("octets gardés", default=0, db_index=True)
    content = models.BinaryField("contenu, comprimé", null=True)

    class Meta:
        verbose_name = "fichier gardé"
        verbose_name_plural = "fichiers gardés"
        default_permissions = ()

    def __str__(self):
        return self.sha256

    @classmethod
    def of(cls, found):
        """Return the row of these bytes; kept (again) where they are not."""
        digest = sha256(found).hexdigest()
        row = cls.objects.defer("content").filter(pk=digest, kept_size__gt=0).first()
        if row is None:
            content = zlib.compress(found, 6)
            row = cls(sha256=digest, size=len(found), kept_size=len(content), content=content)
            row.save()
        return row

    @property
    def bytes(self):
        """Return what was kept, or None."""
        return None if self.content is None else zlib.decompress(self.content)


class PageReading(models.Model):
    """A page had this text from ``first_seen_at`` to ``last_seen_at``, as far as anybody looked.

    ``original`` is the file of the first time: dates and tokens in it differ from day to day.
    """

    address = models.ForeignKey(
        WatchedAddress, models.CASCADE, verbose_name="adresse", related_name="readings"
    )
    first_seen_at = models.DateTimeField("vue la première fois")
    last_seen_at = models.DateTimeField("vue la dernière fois")
    content_type = models.CharField("type", max_length=100, blank=True)
    text = models.ForeignKey(
        KeptBytes, models.PROTECT, verbose_name="texte", related_name="texts_of"
    )
    original = models.ForeignKey(
        KeptBytes, models.PROTECT, verbose_name="fichier", related_name="originals_of"
    )

    class Meta:
        verbose_name = "lecture d’une page"
        verbose_name_plural = "lectures de pages"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["address", "-id"], name="reading_newest_of_page")]

    def __str__(self):
        return f"{self.address} · {self.first_seen_at:%d/%m/%Y %H:%M}"

    @property
    def words(self):
        """Return its text; "" where the room was needed for others."""
        found = self.text.bytes
        return "" if found is None else found.decode()
