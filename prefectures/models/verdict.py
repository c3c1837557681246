"""What became of an address that sheets give, in words that an editor understands."""

from django.db import models


class Verdict(models.TextChoices):
    WORKS = "works", "fonctionne"
    MOVED = "moved", "a déménagé"
    # Somebody who reads with a browser may well get the page: it is not dead.
    REFUSES_ROBOTS = "refuses_robots", "refuse les robots"
    OUT = "out", "en panne pour le moment"
    GONE = "gone", "n’existe plus"
    CERTIFICATE = "certificate", "certificat refusé"
    OTHER_KIND = "other_kind", "est devenue un autre document"
    # Of this machine or its network, of another port, with a password in it.
    NOT_ASKED = "not_asked", "ne se visite pas"
