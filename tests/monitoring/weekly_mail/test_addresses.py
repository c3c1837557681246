"""Each address is whole; that of the queue by the name that its screen has."""

import pytest

from prefectures.monitoring.weekly_mail.addresses import (
    change_address,
    queue_address,
    stop_address,
)
from prefectures.monitoring.weekly_mail.stopping import token_for

from .conftest import ADDRESS, QUEUE

pytestmark = pytest.mark.django_db


def test_the_queue_is_found_by_its_name():
    assert queue_address() == QUEUE


def test_a_form_is_that_of_its_sheet(beziers):
    assert change_address(beziers) == (
        f"{ADDRESS}/admin/prefectures/procedure/{beziers.pk}/change/"
    )


def test_the_address_that_stops_it_bears_the_token_of_its_account(writes):
    nadia = writes()
    assert stop_address(nadia) == f"{ADDRESS}/admin/courrier/{token_for(nadia)}/"
