"""To whom the weekly mail goes: to all who may edit sheets, until they say that they had enough."""

from django.conf import settings
from django.db import models


class WeeklyMail(models.Model):
    """When somebody last got one, and whether they want no more."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="weekly_mail"
    )
    sent_at = models.DateTimeField("dernier courrier", null=True)
    is_stopped = models.BooleanField("arrêté", default=False)

    class Meta:
        verbose_name = "courrier de la semaine"
        verbose_name_plural = "courriers de la semaine"
        default_permissions = ()

    def __str__(self):
        return str(self.user_id)
