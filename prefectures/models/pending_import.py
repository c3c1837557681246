"""A spreadsheet that somebody has sent and looks at, and has not yet confirmed."""

from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import models
from django.utils import timezone

from .fields import LineField, LinesField

KEPT_FOR = timedelta(hours=2)


def new_token():
    return token_urlsafe(24)


class PendingImportQuerySet(models.QuerySet):
    def expired(self):
        return self.filter(sent_at__lt=timezone.now() - KEPT_FOR)


class PendingImport(models.Model):
    """Kept in the database, so that a restart or another process finds it; gone once confirmed.

    ``versions`` holds what the preview was made from: {sheet or office, "fiche 34/…": version}.
    """

    token = models.CharField(max_length=40, primary_key=True, default=new_token, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pending_imports"
    )
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)
    table = models.CharField(max_length=20)
    file_name = LineField(max_length=255)
    file_digest = models.CharField(max_length=64)
    content = models.BinaryField()
    reason = LinesField(blank=True)
    erases_empty = models.BooleanField(default=False)
    versions = models.JSONField(default=dict)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import en attente"
        verbose_name_plural = "imports en attente"
        ordering = ["-sent_at"]
        # Nobody is given a right to it: it is its author's alone.
        default_permissions = ()

    def __str__(self):
        return self.file_name
