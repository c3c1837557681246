from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from prefectures.models import User, Verification, changeset

from .making import draft, edited, published, rows_of, written

pytestmark = pytest.mark.django_db


def test_a_verification_is_of_today_unless_said_otherwise():
    assert written(Verification, procedure=draft()).verified_on == timezone.localdate()


def test_a_verification_leaves_the_date_of_the_sheet():
    sheet = published(updated_on=date(2023, 2, 22))
    written(Verification, procedure=sheet)
    sheet.refresh_from_db()
    assert sheet.updated_on == date(2023, 2, 22)


def test_the_newest_verification_comes_first():
    sheet = draft()
    days = [timezone.localdate() - timedelta(age) for age in (9, 3, 6)]
    for day in days:
        written(Verification, procedure=sheet, verified_on=day)
    assert [item.verified_on for item in sheet.verifications.all()] == sorted(days, reverse=True)


def test_of_two_verifications_of_one_day_the_last_written_comes_first():
    sheet = draft()
    first, second = (written(Verification, procedure=sheet) for _ in range(2))
    assert list(sheet.verifications.all()) == [second, first]


def test_a_verification_is_in_history_with_what_was_found():
    item = edited(written(Verification, procedure=draft()), has_changed=True, note="Lien mort")
    assert [(row.has_changed, row.note) for row in rows_of(item)] == [
        (False, ""),
        (True, "Lien mort"),
    ]


def test_the_source_of_a_verification_is_a_web_address():
    sheet = draft()
    with pytest.raises(ValidationError, match="adresse complète"):
        written(Verification, procedure=sheet, source_url="gard.gouv.fr")


def test_a_verification_keeps_who_looked():
    user = User.objects.create_user("rim", password="mot-de-passe-de-test")
    item = written(Verification, procedure=draft(), verified_by=user)
    assert rows_of(item)[0].verified_by == user


def test_who_looked_cannot_be_deleted():
    user = User.objects.create_user("rim", password="mot-de-passe-de-test")
    written(Verification, procedure=draft(), verified_by=user)
    with pytest.raises(ProtectedError), changeset("Pour le test"):
        user.delete()


def test_a_verification_is_shown_with_its_sheet_and_its_day():
    item = Verification(procedure=draft("Une fiche"), verified_on=date(2023, 2, 22))
    assert str(item) == "Une fiche (09) : 22/02/2023"
