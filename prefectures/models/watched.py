"""What the watch knows of addresses, of the sites that they lead to, and of its own runs.

Found by asking, and found again if it were lost: no part of any sheet, and without history.
"""

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LONGEST_ADDRESS
from .verdict import Verdict

# Days without an answer after which nobody calls it a passing trouble any more.
DAYS_OUT = 7


class WatchedAddressQuerySet(models.QuerySet):
    def in_use(self):
        """Those that a published sheet gives."""
        return self.filter(is_in_use=True)

    def dead_before(self, day):
        """Those that readers are told of: gone, or without an answer since a week on ``day``."""
        return self.filter(
            Q(verdict=Verdict.GONE) | Q(verdict=Verdict.OUT, since__lte=day),
        )


class WatchedAddress(models.Model):
    """An address as sheets give it, to the letter, and what became of it.

    ``verdict`` is what is said of it, and holds since ``since``; ``seen`` is what the last try saw,
    and the ones before it since ``seen_since``: what would call it dead waits for another day.
    ``digest`` is the SHA-256 of ``url``, which is too long for an index.
    """

    class Kind(models.TextChoices):
        HTML = "html", "page"
        PDF = "pdf", "PDF"
        OTHER = "other", "autre document"

    digest = models.CharField("empreinte (SHA-256)", max_length=64, unique=True, editable=False)
    url = models.CharField("adresse", max_length=LONGEST_ADDRESS)
    host = models.CharField("site", max_length=255, db_index=True)
    is_in_use = models.BooleanField("donnée par une fiche publiée", default=True)
    first_given_at = models.DateTimeField("surveillée depuis", default=timezone.now)
    kind = models.CharField("nature", max_length=5, choices=Kind, blank=True)
    verdict = models.CharField("verdict", max_length=20, choices=Verdict, blank=True)
    since = models.DateField("depuis", null=True)
    seen = models.CharField("vu au dernier essai", max_length=20, choices=Verdict, blank=True)
    seen_since = models.DateField("vu depuis", null=True)
    detail = models.CharField("ce qui a été répondu", max_length=500, blank=True)
    moved_to = models.CharField("nouvelle adresse", max_length=LONGEST_ADDRESS, blank=True)
    # A ``PageState`` (monitoring/page_state.py), "" where nothing was read.
    page_state = models.CharField("ce que montre la page", max_length=20, blank=True)
    checked_at = models.DateTimeField("dernier essai", null=True)
    worked_on = models.DateField("marchait encore le", null=True)

    objects = WatchedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "adresse surveillée"
        verbose_name_plural = "adresses surveillées"
        ordering = ["host", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="watchedaddress_verdict_is_known",
                # "" until it was tried, and seen on two days where it has to be.
                condition=Q(verdict__in=["", *Verdict.values]) & Q(seen__in=["", *Verdict.values]),
                violation_error_message="Verdict inconnu.",
            ),
            models.CheckConstraint(
                name="watchedaddress_verdict_is_dated",
                condition=Q(verdict="") | Q(since__isnull=False),
                violation_error_message="Dites depuis quand.",
            ),
        ]
        indexes = [models.Index(fields=["is_in_use", "checked_at"], name="watched_oldest_first")]

    def __str__(self):
        return self.url

    def save(self, *args, **kwargs):
        self.digest = digest_of(self.url)
        super().save(*args, **kwargs)

    @property
    def is_unsure(self):
        """Whether the last try saw what another day has yet to confirm."""
        return self.seen != self.verdict


def digest_of(url):
    return sha256(url.encode()).hexdigest()


class WatchedHost(models.Model):
    """A site that was asked: ``failures`` tries in a row without an answer, until one has one."""

    host = models.CharField("site", max_length=255, primary_key=True)
    failures = models.PositiveIntegerField("essais sans réponse", default=0)
    failing_since = models.DateTimeField("sans réponse depuis", null=True)
    detail = models.CharField("ce qui s’est passé", max_length=500, blank=True)
    # Until then it asked to be left alone.
    retry_at = models.DateTimeField("pas avant", null=True)

    class Meta:
        verbose_name = "site surveillé"
        verbose_name_plural = "sites surveillés"
        ordering = ["host"]
        default_permissions = ()

    def __str__(self):
        return self.host


class WatchRun(models.Model):
    """One run of the watch. Without ``ended_at`` it is at work, or was killed."""

    started_at = models.DateTimeField("commencée")
    ended_at = models.DateTimeField("terminée", null=True, db_index=True)
    due = models.PositiveIntegerField("adresses à visiter", default=0)
    checked = models.PositiveIntegerField("adresses visitées", default=0)
    fault = models.CharField("ce qui l’a empêchée", max_length=500, blank=True)

    class Meta:
        verbose_name = "passage de la surveillance"
        verbose_name_plural = "passages de la surveillance"
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.started_at:%d/%m/%Y %H:%M}"
