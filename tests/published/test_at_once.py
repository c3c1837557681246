"""Two people at once: one renames what the other has a sheet name. Readers see both."""

import threading
import time

import pytest
from django.db import connection

from prefectures.models import Prefecture, Procedure, PublishedDocument, changeset
from prefectures.published.gathering import documents_now

from ..models.making import all_grounds, published

pytestmark = pytest.mark.django_db(transaction=True)


def office():
    return Prefecture.objects.get(slug="prefecture-de-foix")


def rename(sheet):
    item = office()
    item.printed_name = "Maison de l’État"
    item.save()


def name_it(sheet):
    sheet.offices.add(office())


def rename_the_ground(sheet):
    ground = all_grounds()
    ground.name = "Tout"
    ground.save()


def add_a_row(sheet):
    sheet.links.create(label="Notice")


class AtOnce:
    """Each write is there before either ends; ``slow`` ends later, where the database lets both."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.errors = []
        self.has_written = {}

    def run(self, slow, quick):
        self.has_written = {slow: threading.Event(), quick: threading.Event()}
        threads = [
            threading.Thread(target=self._try, args=(slow, quick, 0.2)),
            threading.Thread(target=self._try, args=(quick, slow, 0)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    def _try(self, write, other, pause):
        try:
            with changeset("Pour le test"):
                write(Procedure.objects.get(pk=self.sheet.pk))
                self.has_written[write].set()
                # On SQLite the other one waits for this one.
                self.has_written[other].wait(0.3)
                time.sleep(pause)
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("slow", "quick"),
    [
        (rename, name_it),
        (name_it, rename),
        (rename_the_ground, name_it),
        (name_it, rename_the_ground),
        (rename, rename_the_ground),
        (rename, add_a_row),
        (add_a_row, rename_the_ground),
    ],
)
def test_of_two_who_write_at_once_readers_see_what_both_wrote(slow, quick):
    sheet = published()
    with changeset("Pour le test"):
        if name_it not in (slow, quick):
            sheet.offices.add(office())
    at_once = AtOnce(sheet)
    at_once.run(slow, quick)
    assert at_once.errors == []
    rows = PublishedDocument.objects.filter(procedure=sheet.pk).order_by("pk")
    [(_, now)] = documents_now([sheet.pk]).values()
    assert rows.last().sha256 == now.sha256
    # In the order in which they were seen.
    assert list(rows) == sorted(rows, key=lambda row: row.at)
