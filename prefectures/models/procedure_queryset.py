"""The questions asked of sheets, each built on the one before."""

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from .age import stale_since
from .tracking import TrackedQuerySet


class ProcedureQuerySet(TrackedQuerySet):
    def published(self):
        return self.filter(publication=self.model.Publication.PUBLISHED)

    def with_age(self):
        """Add ``last_verified_on`` and ``confirmed_on``, the later of update and verification."""
        newest = (
            self.model.verifications.rel.related_model.objects.order_by()
            .filter(procedure=OuterRef("pk"))
            .values("procedure")
            .annotate(newest=Max("verified_on"))
            .values("newest")
        )
        return self.annotate(last_verified_on=Subquery(newest)).annotate(
            confirmed_on=Greatest(
                Coalesce("updated_on", "last_verified_on"),
                Coalesce("last_verified_on", "updated_on"),
            )
        )

    def fresh(self):
        """Those confirmed less than six months ago (needs ``with_age``)."""
        return self.filter(confirmed_on__gt=stale_since())

    def stale(self):
        """Those older than that, or of unknown age (needs ``with_age``)."""
        return self.filter(Q(confirmed_on=None) | Q(confirmed_on__lte=stale_since()))
