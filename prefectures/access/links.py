"""The link by which somebody chooses a password: once, within a day, and nobody else's password."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


def link_for(account):
    """Return the path of the page where ``account`` chooses its password.

    It serves until it has been used, until ``account`` signs in or until its time is over: the
    token is made of the password and of the last sign-in.
    """
    key = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    return reverse("admin:choose_password", args=[key, token])


def good_until():
    """Return until when a link that is made now can be used."""
    return timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
