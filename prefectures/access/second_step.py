"""The code that is asked for after the password: from a phone, or one of those kept on paper.

django-otp keeps the devices. Codes on paper are kept as digests only: a copy of the database
opens nothing by them.
"""

import math
from base64 import b32encode

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from ..models import JournalEntry
from ..models.journal_entry import note

CODES_ON_PAPER = 10
LENGTH_ON_PAPER = 8
DIGITS = 6


class CodeRefusedError(Exception):
    """A code that does not let in; its text says why and what to do."""


def phone_of(account):
    """Return the device that shows the codes of ``account``, None where there is none yet."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).order_by("pk").first()


def codes_left(account):
    """Return how many codes on paper ``account`` has not used."""
    return StaticToken.objects.filter(device__user=account, device__confirmed=True).count()


# --- Setting up -------------------------------------------------------------------------------


def phone_to_come(account):
    """Return the device that ``account`` is setting up: the same until it is confirmed."""
    waiting = TOTPDevice.objects.filter(user=account, confirmed=False).order_by("pk").first()
    return waiting or TOTPDevice.objects.create(user=account, confirmed=False, name="téléphone")


def secret_in_words(device):
    """Return what is typed where nothing can be scanned, four signs at a time."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def confirm_phone(account, typed):
    """Take the phone that ``account`` is setting up, in place of any other; return it.

    CodeRefusedError where the code is not the one that it shows.
    """
    with transaction.atomic():
        device = (
            TOTPDevice.objects.select_for_update().filter(user=account, confirmed=False).first()
        )
        _refuse_haste(device)
        if device is None or not device.verify_token(_as_typed(typed)):
            taken = False
        else:
            taken = True
            TOTPDevice.objects.filter(user=account, confirmed=True).delete()
            device.confirmed = True
            device.save()
    if not taken:
        raise CodeRefusedError(
            "Ce n’est pas le code que le téléphone devrait montrer. Vérifiez que son heure est "
            "juste, attendez le code suivant et recopiez-le."
        )
    note(JournalEntry.Kind.CODES_ON, account)
    return device


def new_codes_on_paper(account):
    """Return the codes that open the account of ``account`` without its phone, each once.

    Those given before open nothing any more.
    """
    codes = [StaticToken.random_token() for _ in range(CODES_ON_PAPER)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=account).delete()
        device = StaticDevice.objects.create(user=account, name="papier")
        for code in codes:
            device.token_set.create(token=_kept(code))
    note(JournalEntry.Kind.RECOVERY, account, "refaits ; les anciens ne servent plus")
    half = LENGTH_ON_PAPER // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def _kept(code):
    return salted_hmac("prefectures.access.second_step", code, algorithm="sha256").hexdigest()[:16]


# --- Asking -----------------------------------------------------------------------------------


def check_code(account, typed):
    """Return the device whose code ``typed`` is. CodeRefusedError where it is of none."""
    code = _as_typed(typed)
    is_of_phone = len(code) == DIGITS and code.isdecimal()
    model = TOTPDevice if is_of_phone else StaticDevice
    with transaction.atomic():
        device = (
            model.objects.select_for_update().filter(user=account, confirmed=True).order_by("pk")
        ).first()
        _refuse_haste(device)
        is_right = device is not None and device.verify_token(code if is_of_phone else _kept(code))
    if not is_right:
        raise CodeRefusedError(
            "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, "
            "ou prenez un de vos codes de secours."
        )
    if not is_of_phone:
        left = codes_left(account)
        note(JournalEntry.Kind.RECOVERY, account, f"un code utilisé ; il en reste {left}")
    return device


def _as_typed(typed):
    """Return a code without what people put between its signs."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def _refuse_haste(device):
    """Refuse to look at a code so soon after wrong ones: each makes the wait twice as long."""
    allowed, why = device.verify_is_allowed() if device else (True, None)
    if allowed:
        return
    seconds = max(1, math.ceil((why["locked_until"] - timezone.now()).total_seconds()))
    wait = "une seconde" if seconds == 1 else f"{seconds} secondes"
    if seconds > 90:
        wait = f"{math.ceil(seconds / 60)} minutes"
    raise CodeRefusedError(f"Trop de codes faux à la suite : attendez {wait}, puis recommencez.")


# --- Ending -----------------------------------------------------------------------------------


def forget_second_step(account):
    """Forget phone and codes of ``account``: its next sign-in sets them up anew."""
    for device in devices_for_user(account, confirmed=None):
        device.delete()
