"""What the tests of access share: somebody who signs in, step by step."""

import time
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from prefectures.models import JournalEntry

PASSWORD = "mot-de-passe-de-test"


def give_password(client, password=PASSWORD, username="claire", **sent):
    return client.post(reverse("admin:login"), {"username": username, "password": password, **sent})


def give_code(client, code, **sent):
    return client.post(reverse("admin:login_code"), {"code": code, **sent})


def shown_by(device, steps=0):
    """Return the code that the phone of ``device`` shows, ``steps`` half minutes from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def phone_for(account):
    return TOTPDevice.objects.create(user=account, name="téléphone")


def let_time_pass(device):
    """Let the wait after wrong codes be over, and the code that was used be of the past."""
    for model in (TOTPDevice, StaticDevice):
        for each in model.objects.filter(user=device.user):
            if each.throttling_failure_timestamp:
                each.throttling_failure_timestamp = timezone.now() - timedelta(days=1)
            if model is TOTPDevice:
                each.last_t = -1
            each.save()


def noted(*kinds):
    """Return [(kind, who, whose account, what)] of the journal, oldest first."""
    entries = JournalEntry.objects.order_by("pk").select_related("user", "account")
    return [
        (
            each.kind,
            each.user and each.user.username,
            each.account and each.account.username,
            each.detail,
        )
        for each in entries
        if not kinds or each.kind in kinds
    ]
