"""The drill: a site is backed up, and comes back whole in an empty place."""

import pytest
from django.db import connection

from prefectures.backups.manifest import read
from prefectures.backups.standing_in import standing_in
from prefectures.models import Changeset
from prefectures.sealing.verifying import Verifier

from .whole import backed_up, documents, edit_the_site, history, pages, put_back, seals

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_site_comes_back_in_an_empty_place_page_for_page_row_for_row(folder, new_place):
    edit_the_site()
    until = Changeset.objects.order_by("pk").last().pk
    shown, told, published, sealed = pages(), history(until), documents(), seals()
    path = backed_up(folder)
    with standing_in(new_place()):
        put_back(path)
        # All that is new is that it tells of its return.
        assert Changeset.objects.filter(pk__gt=until).count() == 1
        assert seals(len(sealed)) == sealed
        assert history(until) == told
        assert documents() == published
        assert pages() == shown
        verifier = Verifier(read(path).digest_of_head)
        assert list(verifier.faults()) == []
        assert verifier.head_at == len(sealed)


def test_what_came_back_is_backed_up_and_comes_back_again(folder, new_place):
    path = backed_up(folder)
    with standing_in(new_place()):
        put_back(path)
        again, sealed = backed_up(folder), seals()
    with standing_in(new_place()):
        put_back(again)
        assert seals(len(sealed)) == sealed
    assert connection.is_usable()
