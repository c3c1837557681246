from django.db import models


class Channel(models.TextChoices):
    """A way to reach a préfecture. That of a step follows from its kind."""

    POSTAL = "postal", "voie postale"
    ONLINE = "online", "voie dématérialisée (en ligne)"
    PHONE = "phone", "téléphone"
    ON_SITE = "on_site", "sur place"
    EMAIL = "email", "courriel"
