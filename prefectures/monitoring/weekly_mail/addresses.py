"""The addresses that the mail gives: whole, since it is read far from the site."""

from django.conf import settings
from django.urls import reverse

from .stopping import token_for


def change_address(sheet):
    return _whole(reverse("admin:prefectures_procedure_change", args=[sheet.pk]))


def queue_address():
    return _whole(reverse("admin:prefectures_procedure_queue"))


def stop_address(account):
    return _whole(reverse("admin:weekly_mail", args=[token_for(account)]))


def _whole(path):
    return f"{settings.PUBLIC_ADDRESS}{path}"
